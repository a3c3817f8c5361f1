"""The library of clauses: the list, one written or changed, archived and taken back (INV-19)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from invoicing.forms.contract_reviews import ClauseForm
from invoicing.models import ContractClause
from invoicing.services.deal_kinds import archive_clause, write_clause
from invoicing.states.deals import ReviewSubject
from invoicing.views.deal_tables import ClauseFilters, ClauseTable, deal_tabs

_FIELDS = ("subject", "title", "text", "advice", "version")


@requires("invoicing.view_clauses")
def clause_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Nouvelle clause"),
        reverse("invoicing:clause_new"),
        right="invoicing.keep_clauses",
        icon="plus-lg",
    )
    rows = ContractClause.objects.all()
    if not request.GET.get("archived"):
        rows = rows.filter(archived_at__isnull=True)
    return list_page(
        request,
        queryset=rows,
        table=ClauseTable,
        filters=ClauseFilters,
        page="invoicing.clauses",
        title=_("Clauses types"),
        empty=EmptyState(
            _("Aucune clause."),
            _("Une clause type se propose à la place de celle qui ne convient pas."),
            new,
        ),
        main_action=new,
        tabs=deal_tabs(request.user, "invoicing:clause_list"),
    )


@requires("invoicing.view_clauses")
def clause_detail(request: HttpRequest, pk: int) -> HttpResponse:
    clause = get_object_or_404(ContractClause, pk=pk)
    context = {"clause": clause, "may_keep": can(request.user, "invoicing.keep_clauses")}
    return render(request, "invoicing/deals/clause.html", context)


@requires("invoicing.keep_clauses")
def clause_new(request: HttpRequest) -> HttpResponse:
    return act_page(
        request,
        ClauseForm(request.POST or None),
        lambda found: _write(request, None, found),
        done=_("La clause est dans la bibliothèque."),
        back_url=reverse("invoicing:clause_list"),
        title=_("Nouvelle clause"),
        submit=_("Enregistrer"),
        crumbs=_crumbs(_("Nouvelle clause")),
    )


@requires("invoicing.keep_clauses")
def clause_edit(request: HttpRequest, pk: int) -> HttpResponse:
    clause = get_object_or_404(ContractClause, pk=pk)
    initial = {name: getattr(clause, name) for name in _FIELDS}
    return act_page(
        request,
        ClauseForm(request.POST or None, initial=initial),
        lambda found: _write(request, clause, found),
        done=_("La clause est modifiée ; les réponses déjà données gardent leur texte."),
        back_url=clause.get_absolute_url(),
        title=clause.title,
        submit=_("Enregistrer"),
        crumbs=[*_crumbs(clause.title, clause.get_absolute_url()), (_("Modifier"), "")],
    )


@require_POST
@requires("invoicing.keep_clauses")
def clause_archive(request: HttpRequest, pk: int) -> HttpResponse:
    clause = get_object_or_404(ContractClause, pk=pk)
    return act_now(
        request,
        lambda: archive_clause(clause, at=timezone.now(), actor=request.user),
        done=_("La clause n’est plus proposée."),
        back_url=reverse("invoicing:clause_list"),
    )


@require_POST
@requires("invoicing.keep_clauses")
def clause_restore(request: HttpRequest, pk: int) -> HttpResponse:
    clause = get_object_or_404(ContractClause, pk=pk)
    return act_now(
        request,
        lambda: archive_clause(clause, at=None, actor=request.user),
        done=_("La clause est de nouveau proposée."),
        back_url=reverse("invoicing:clause_list"),
    )


def _write(request: HttpRequest, clause: ContractClause | None, found: dict[str, Any]) -> None:
    words = {name: found[name] for name in ("title", "text", "advice")}
    subject = ReviewSubject(found["subject"])
    write_clause(clause, subject=subject, version=found["version"] or 0, actor=request.user, **words)


def _crumbs(last: str, url: str = "") -> list[tuple[Any, str]]:
    return [(_("Clauses types"), reverse("invoicing:clause_list")), (last, url)]
