"""Pages of the allocation of a result: what it is, what one decides of it while it is proposed (ACC-47)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.calculations.allocation.parts import Allocation, Bounds, bounds, breaches
from accounting.forms.allocation import FactsForm, PartsForm, RightForm
from accounting.models import FiscalYear, ResultAllocation
from accounting.selectors.allocation import (
    allocation_of,
    allocations,
    facts_shown,
    law_applied,
    receivers_of,
    resolution_of,
    right_of,
    totals_of,
    years_to_allocate,
)
from accounting.selectors.allocation_words import (
    allocation_draft,
    approval_draft,
    breach_words,
    key_words,
)
from accounting.services.allocation_proposing import (
    allocated,
    correct_facts,
    correct_right,
    decide_parts,
    propose_allocation,
    read_books_again,
)
from accounting.states.allocation import ALLOCATION_FLOW, AllocationState
from accounting.views.tabs import books_tabs
from cae.core.acting import act_now, act_page
from cae.core.forms import refused_at
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.permissions import can, requires
from cae.core.tables import EmptyState, Filters, LinkColumn, MoneyColumn, StatusColumn, Table, list_page
from people.requests import SignedIn

KEEP = "accounting.keep_allocation"


class AllocationTable(Table):
    year = LinkColumn(verbose_name=gettext_lazy("Exercice"))
    status = StatusColumn()
    result = MoneyColumn(verbose_name=gettext_lazy("Résultat"))
    reserves = MoneyColumn(verbose_name=gettext_lazy("Aux réserves"), accessor="reserves", orderable=False)
    labour = MoneyColumn(verbose_name=gettext_lazy("Part travail"))
    interest = MoneyColumn(verbose_name=gettext_lazy("Intérêt aux parts"))
    decision = tables.Column(verbose_name=gettext_lazy("Décision"))

    class Meta(Table.Meta):
        model = ResultAllocation
        fields = ("year", "status", "result", "reserves", "labour", "interest", "decision")


class AllocationFilters(Filters):
    search = ("decision",)

    class Meta:
        model = ResultAllocation
        fields: tuple[str, ...] = ()


@requires("accounting.view_allocation")
def allocation_list(request: HttpRequest) -> HttpResponse:
    """The years whose result was allocated, and those that wait for it."""
    return list_page(
        request,
        queryset=allocations(),
        table=AllocationTable,
        filters=AllocationFilters,
        page="accounting.allocations",
        title=_("Affectation du résultat"),
        intro=_("Où va le résultat de chaque exercice, de la proposition au versement."),
        tabs=books_tabs("allocation_list"),
        template="accounting/allocation/list.html",
        context={"waiting": list(years_to_allocate(timezone.localdate()))},
        empty=EmptyState(
            _("Aucune affectation."), _("Un exercice terminé a la sienne dès qu’elle est proposée.")
        ),
    )


@requires("accounting.view_allocation")
def allocation(request: SignedIn, month: str) -> HttpResponse:
    """The facts, the parts within their bounds, each person; or the button that proposes it all."""
    year = year_asked(month)
    row = allocation_of(year)
    if row is None:
        context = {
            "year": year,
            "title": title_of(year),
            "may_propose": can(request.user, KEEP) and year.ends_on < timezone.localdate(),
            "crumbs": crumbs(year),
        }
        return render(request, "accounting/allocation/none.html", context)
    return _drawn(request, row, PartsForm(row=row))


@require_POST
@requires(KEEP)
def allocation_propose(request: SignedIn, month: str) -> HttpResponse:
    year = year_asked(month)
    return act_now(
        request,
        lambda: propose_allocation(year, today=timezone.localdate(), actor=request.user),
        done=_("Affectation proposée : les livres sont lus, les parts sont au minimum de la loi."),
        back_url=reverse("accounting:allocation", args=[month]),
    )


@require_POST
@requires(KEEP)
def allocation_decide(request: SignedIn, pk: int) -> HttpResponse:
    """Writes the parts; what the law forbids stands at its field."""
    row = allocation_asked(pk)
    form = PartsForm(request.POST, row=row)
    if form.is_valid():
        with refused_at(form):
            version = form.cleaned_data["version"]
            decide_parts(row, wished=form.wished(), version=version, actor=request.user)
            return redirect(row)
    return _drawn(request, row, form)


@require_POST
@requires(KEEP)
def allocation_try(request: SignedIn, pk: int) -> HttpResponse:
    """The bounds as the parts move; nothing is kept."""
    row = allocation_asked(pk)
    form = PartsForm(request.POST, row=row)
    context = {"row": row, **_limits(row, form)}
    return render(request, "accounting/allocation/limits.html", context)


@requires(KEEP)
def allocation_facts(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    form = FactsForm(request.POST or None, row=row)
    title = _("Corriger les chiffres")
    return act_page(
        request,
        form,
        lambda typed: correct_facts(
            row,
            facts=form.facts(),
            reason=typed["reason"],
            version=typed["version"],
            actor=request.user,
        ),
        done=_("Chiffres corrigés ; les parts sont revues."),
        back_url=row.get_absolute_url(),
        title=title,
        submit=_("Enregistrer"),
        lead=_("Ce que les livres ne savent pas. Le chiffre lu reste visible à côté du vôtre."),
        crumbs=crumbs(row.year, title),
    )


@require_POST
@requires(KEEP)
def allocation_read(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    return act_now(
        request,
        lambda: read_books_again(row, actor=request.user),
        done=_("Livres relus ; ce que vous aviez corrigé reste tel quel."),
        back_url=row.get_absolute_url(),
    )


@requires(KEEP)
def allocation_right(request: SignedIn, pk: int) -> HttpResponse:
    right = get_object_or_404(right_of(pk))
    form = RightForm(request.POST or None, row=right)
    title = _("Corriger un droit")
    return act_page(
        request,
        form,
        lambda _typed: correct_right(right, said=form.said(), actor=request.user),
        done=_("Droit corrigé ; les parts sont recalculées."),
        back_url=right.allocation.get_absolute_url(),
        title=title,
        submit=_("Enregistrer"),
        lead=str(right.person),
        crumbs=crumbs(right.allocation.year, title),
    )


def _drawn(request: SignedIn, row: ResultAllocation, form: PartsForm) -> HttpResponse:
    receivers = receivers_of(row)
    may_keep = can(request.user, KEEP)
    context = {
        "row": row,
        "title": title_of(row.year),
        "form": form,
        "may_change": may_keep and row.state == AllocationState.PROPOSED,
        "moves": ALLOCATION_FLOW.moves_open_to(request.user, row),
        "facts": facts_shown(row),
        "receivers": receivers,
        "totals": totals_of(receivers),
        "unpaid": _unpaid(row, receivers) if may_keep else 0,
        "resolution": resolution_of(request.user, row),
        "drafts": [approval_draft(row), allocation_draft(row)],
        "key": key_words(row) if row.labour else "",
        "is_scic": row.law == "scic",
        "crumbs": crumbs(row.year),
        **_limits(row, form),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounting/allocation/detail.html", context, status=status)


def _unpaid(row: ResultAllocation, receivers: list[Any]) -> int:
    """How many parts still wait for a transfer, once it is paid."""
    if row.state != AllocationState.PAID:
        return 0
    return sum(len(one.shares) - len(one.orders) for one in receivers)


def _limits(row: ResultAllocation, form: PartsForm) -> dict[str, Any]:
    """The bounds of each part and what is broken, for what is typed, or for what is kept."""
    law, parts = law_applied(row), row.parts
    if form.is_bound and form.is_valid():
        parts = allocated(law, row.facts, form.wished())
    found = bounds(law, row.facts, labour=parts.labour, legal=parts.legal)
    broken = [breach_words(one, row)[0] for one in breaches(law, row.facts, parts)]
    return {"parts": parts, "bounds": found, "broken": broken, "slides": _slides(form, parts, found)}


def _slides(form: PartsForm, parts: Allocation, found: Bounds) -> list[dict[str, str]]:
    """A handle for each part that may move, between its bounds."""
    rest = max(parts.statutory - found.statutory_least, ZERO)
    bounded = {
        "legal": (found.legal_least, parts.legal + rest, parts.legal),
        "labour": (found.labour_least, found.labour_most, parts.labour),
        "interest": (ZERO, found.interest_most, parts.interest),
    }
    return [
        {
            "name": name,
            "label": str(form.fields[name].label),
            "least": str(least),
            "most": str(most),
            "value": str(value),
        }
        for name, (least, most, value) in bounded.items()
        if name in form.fields and least < most
    ]


def year_asked(month: str) -> FiscalYear:
    """The year of the books that begins with a month."""
    try:
        first = Month.parse(month).first
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(FiscalYear, starts_on=first)


def allocation_asked(pk: int) -> ResultAllocation:
    return get_object_or_404(allocations(), pk=pk)


def title_of(year: FiscalYear) -> str:
    return _("Affectation du résultat, %(year)s") % {"year": year}


def crumbs(year: FiscalYear, *more: str) -> list[tuple[Any, str]]:
    """From the list to the page of a year, then what is done there."""
    month = f"{year.starts_on:%Y-%m}"
    here = reverse("accounting:allocation", args=[month]) if more else ""
    return [
        (capfirst(str(year)), reverse("accounting:year_workbench", args=[month])),
        (_("Affectation du résultat"), here),
        *((one, "") for one in more),
    ]
