"""Pages of the contributions: each run with its working, and what undoes one."""

from __future__ import annotations

from collections.abc import Mapping
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
from accounting.models import ContributionRun, EntryLine
from accounting.selectors.adjusting_words import adjusted
from accounting.selectors.behind import Sold, costs_behind, runs_after, sales_behind
from accounting.selectors.contribution import month_label, runs_listed, runs_visible_to, subject_words
from accounting.selectors.working_words import of
from accounting.services.contribution import reverse_contribution, take_again
from accounting.services.contribution_months import take_advance
from accounting.states.contributions import RunKind, RunNature
from accounting.views.contribution_month import last_month
from accounting.views.filters import RunFilters
from accounting.views.run_parts import windows_shown, year_shown
from accounting.views.tables import RunTable
from accounting.views.tabs import books_tabs
from accounting.views.working_links import linked_runs
from cae.core import permissions
from cae.core.facts import Source, sources_of
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page


@requires("accounting.view_ledger")
def run_list(request: HttpRequest) -> HttpResponse:
    """Every contribution of the cooperative, month by month and document by document."""
    return list_page(
        request,
        queryset=runs_listed(request.user),
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
        "lines": linked_runs([run])[0],
        "sales": _with_pages(request.user, sales_behind(run)),
        "counts_sales": bool(run.working.get("parts")),
        "costs": _costs(run),
        "windows": windows_shown(run),
        "year": year_shown(run),
        "adjusted": adjusted(run),
        "given_back": -run.due,
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
        with refused_at(form):
            reverse_contribution(
                run, on=timezone.localdate(), reason=form.cleaned_data["reason"], actor=request.user
            )
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
        with refused_at(form):
            said = form.cleaned_data
            run = take_advance(said["activity"], on=said["on"], actor=request.user)
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
    with refused_above(request):
        run = take_again(run, actor=request.user)
    return redirect(run)


def _run(request: HttpRequest, pk: int) -> ContributionRun:
    return get_object_or_404(runs_visible_to(request.user), pk=pk)


def _with_pages(user: Any, sales: list[Sold]) -> list[dict[str, Any]]:
    """Each sale with the page of its document, or of the receipt, if this person may open it."""
    pages = sources_of(user, [sold.source for sold in sales if sold.source])
    return [{"sold": sold, "url": _page(sold, pages)} for sold in sales]


def _page(sold: Sold, pages: Mapping[tuple[str, str], Source]) -> str:
    if sold.entry is not None:
        return sold.entry.get_absolute_url()
    found = pages.get(sold.source) if sold.source else None
    return found.url if found else ""


def _costs(run: ContributionRun) -> list[EntryLine]:
    return list(costs_behind(run).annotate(amount=F("debit") - F("credit")))
