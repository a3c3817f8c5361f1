"""Pages of the contributions: each run with its working, and what undoes one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.forms.contributions import AdvanceForm, ReasonForm
from accounting.models import ContributionRun, EntryLine, SaleMovement
from accounting.selectors.contribution import (
    costs_behind,
    lines_of_run,
    month_label,
    movements_behind,
    runs_after,
    runs_visible_to,
    subject_words,
)
from accounting.selectors.working_words import of
from accounting.services.contribution import reverse_contribution, take_again
from accounting.services.contribution_months import take_advance
from accounting.states import RunKind, RunNature
from accounting.views.contribution_month import last_month
from accounting.views.filters import RunFilters
from accounting.views.tables import RunTable
from accounting.views.tabs import books_tabs
from cae.core import permissions
from cae.core.errors import Refused
from cae.core.facts import sources_of
from cae.core.forms import form_page, refuse
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page


@requires("accounting.view_ledger")
def run_list(request: HttpRequest) -> HttpResponse:
    """Every contribution of the cooperative, month by month and document by document."""
    return list_page(
        request,
        queryset=runs_visible_to(request.user),
        table=RunTable,
        filters=RunFilters,
        page="accounting.runs",
        title=_("Contributions"),
        totals_later=True,
        template="accounting/books_list.html",
        tabs=books_tabs("run_list"),
        main_action=Action(
            _("Calculer la contribution %(whose)s") % {"whose": of(month_label(last_month()))},
            reverse("accounting:month_preview"),
            right="accounting.run_contribution",
            tone="primary",
        ),
        empty=EmptyState(
            _("Aucune contribution."),
            _("Elles se prélèvent à l’émission des factures ou chaque mois, selon le barème."),
        ),
    )


@requires("accounting.view_statement")
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One contribution: how it was found, on which documents, what followed."""
    run = _run(request, pk)
    followers = list(runs_after(run))
    undone = run.nature == RunNature.REVERSE
    may_act = permissions.can(request.user, "accounting.reverse_contribution")
    context = {
        "run": run,
        "title": _("Contribution %(whose)s") % {"whose": of(subject_words(run))},
        "lines": lines_of_run(run),
        "movements": _with_pages(request.user, list(movements_behind(run))),
        "costs": _costs(run),
        "followers": followers,
        "may_reverse": may_act and not followers and not undone,
        "may_take_again": may_act and not followers and undone and run.kind == RunKind.DOCUMENT,
    }
    return render(request, "accounting/run.html", context)


@requires("accounting.reverse_contribution")
def run_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a contribution, for a reason."""
    run = _run(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reverse_contribution(
                run, on=timezone.localdate(), reason=form.cleaned_data["reason"], actor=request.user
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Contribution annulée."))
            return redirect(run)
    title = _("Annuler la contribution %(whose)s") % {"whose": of(subject_words(run))}
    crumbs = [
        (_("Contributions"), reverse("accounting:run_list")),
        (capfirst(subject_words(run)), run.get_absolute_url()),
        (title, ""),
    ]
    return form_page(
        request,
        form,
        title=title,
        lead=_(
            "Une écriture contraire est passée aujourd’hui ; le mois ou le document pourra être recalculé."
        ),
        submit=_("Annuler la contribution"),
        tone="danger",
        back_url=run.get_absolute_url(),
        crumbs=crumbs,
    )


@requires("accounting.run_contribution")
def advance_take(request: HttpRequest) -> HttpResponse:
    """Takes the months of floor that a scale asks before a contract starts."""
    form = AdvanceForm(request.POST or None, initial={"activity": request.GET.get("activite")})
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            run = take_advance(said["activity"], on=said["on"], actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Avance prélevée."))
            return redirect(run)
    back_url, title = reverse("accounting:run_list"), _("Prélever une avance")
    return form_page(
        request,
        form,
        title=title,
        lead=_(
            "Les mois de plancher demandés à l’entrée ; ils viennent en déduction du plancher de l’année."
        ),
        submit=_("Prélever l’avance"),
        back_url=back_url,
        crumbs=[(_("Comptabilité"), reverse("accounting:home")), (_("Contributions"), back_url), (title, "")],
    )


@require_POST
@requires("accounting.reverse_contribution")
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the contribution of a document that was undone, under the scale of its day."""
    run = _run(request, pk)
    try:
        run = take_again(run, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(run)


def _run(request: HttpRequest, pk: int) -> ContributionRun:
    return get_object_or_404(runs_visible_to(request.user), pk=pk)


def _with_pages(user: Any, movements: list[SaleMovement]) -> list[dict[str, Any]]:
    """Each movement with the page of its document, if this person may open it."""
    keys = {
        movement.pk: (
            f"{movement.source_type.app_label}.{movement.source_type.model}",
            str(movement.source_id),
        )
        for movement in movements
        if movement.source_type
    }
    pages = sources_of(user, keys.values())
    return [
        {"movement": movement, "url": pages[keys[movement.pk]].url if keys.get(movement.pk) in pages else ""}
        for movement in movements
    ]


def _costs(run: ContributionRun) -> list[EntryLine]:
    return list(costs_behind(run).annotate(amount=F("debit") - F("credit")))
