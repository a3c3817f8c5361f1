"""Pages of those who read the books: home, journals, entry, general ledger, trial balance, activities."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import Account, BooksControl, Entry, EntryLine
from accounting.selectors.accounts import roles_unset
from accounting.selectors.balances import activity_balances
from accounting.selectors.contribution import runs_visible_to
from accounting.selectors.controls import last_control
from accounting.selectors.corrections import correction_of
from accounting.selectors.desk import desk_on
from accounting.selectors.ledger import (
    books_totals,
    entries_visible_to,
    lines_of,
    opening_balance,
    trial_balance,
)
from accounting.selectors.lettering import letterings_of_entry
from accounting.selectors.manual import planned_reversals
from accounting.selectors.pay_sight import gathered_pay
from accounting.selectors.scales import activities_without_scale
from accounting.states.manual import PlannedState
from accounting.views.filters import BalanceFilters, EntryFilters, LedgerFilters, SectionFilters
from accounting.views.tables import BalanceTable, EntryTable, LedgerTable, SectionTable
from accounting.views.tabs import books_tabs
from cae.core.facts import Source, sources_of
from cae.core.money import ZERO
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.formats import day, money


@requires("accounting.view_ledger")
def home(request: HttpRequest) -> HttpResponse:
    """Where the accountant starts: what is to be checked, posted, paid, claimed, closed (ACC-08)."""
    context = {"books_tabs": books_tabs("home"), "lists": desk_on(timezone.localdate())}
    return render(request, "accounting/ledger/desk.html", context)


@requires("accounting.view_ledger")
def overview(request: HttpRequest) -> HttpResponse:
    """The state of the books and what is missing."""
    totals, control = books_totals(), last_control()
    context = {
        "books_tabs": books_tabs("overview"),
        "totals": totals,
        "balance_hint": _("Égal aux débits") if totals.is_balanced else _("Différent des débits"),
        "control": control,
        "control_hint": _control_hint(control),
        "roles_unset": roles_unset(),
        "without_scale": list(activities_without_scale(timezone.localdate())),
        "recent": list(entries_visible_to(request.user)[:8]),
    }
    return render(request, "accounting/home.html", context)


def _control_hint(control: BooksControl | None) -> str:
    if control is None or control.is_sound:
        return _("Livres intacts")
    count = len(control.faults)
    return ngettext("%(count)s anomalie", "%(count)s anomalies", count) % {"count": count}


@requires("accounting.view_ledger")
def entry_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=entries_visible_to(request.user),
        table=EntryTable,
        filters=EntryFilters,
        page="accounting.entries",
        title=_("Journaux"),
        totals_later=True,
        template="accounting/books_list.html",
        tabs=books_tabs("entry_list"),
        empty=EmptyState(
            _("Aucune écriture."),
            _("Les écritures se passent d’elles-mêmes quand une facture est émise ou payée."),
        ),
    )


@requires("accounting.view_entry")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, its lines in sight, what it comes from."""
    found = get_object_or_404(entries_visible_to(request.user).select_related("source_type"), pk=pk)
    lines = list(lines_of(found, request.user))
    letterings = letterings_of_entry(found)
    for line in lines:
        line.lettered = letterings.get(line.pk)  # type: ignore[attr-defined]
    sums = gathered_pay(found, lines, request.user)
    context = {
        "entry": found,
        "title": _("Écriture %(entry)s") % {"entry": found},
        "lines": lines if sums is None else sums,
        "is_pay_of_other": sums is not None,
        "is_whole": len(lines) == found.line_count,
        "debit": sum((line.debit for line in lines), ZERO),
        "credit": sum((line.credit for line in lines), ZERO),
        "source": _source_page(request.user, found),
        "run": runs_visible_to(request.user).filter(entry=found).first(),
        "correction": correction_of(found),
        "planned": planned_reversals().filter(entry=found, state=PlannedState.PLANNED).first(),
        "reversed_by": Entry.objects.filter(reverses=found).select_related("journal").first(),
        "reads_books": can(request.user, "accounting.view_ledger"),
        "may_write": can(request.user, "accounting.write_entries"),
    }
    return render(request, "accounting/entry.html", context)


def _source_page(user: Any, found: Entry) -> Source | None:
    """The page of the document that caused the entry, if this person may open it."""
    if found.source_type is None:
        return None
    key = (f"{found.source_type.app_label}.{found.source_type.model}", str(found.source_id))
    return sources_of(user, [key]).get(key)


@requires("accounting.view_ledger")
def general_ledger(request: HttpRequest) -> HttpResponse:
    """An account, line by line, with its balance after each."""
    bar = LedgerFilters(request.GET, queryset=EntryLine.objects.none(), request=request)
    chosen = bar.form.cleaned_data if bar.form.is_valid() else {}
    account: Account | None = chosen.get("compte")
    return list_page(
        request,
        queryset=EntryLine.objects.none(),
        table=LedgerTable,
        filters=LedgerFilters,
        page="accounting.general_ledger",
        title=_("Grand livre"),
        tabs=books_tabs("general_ledger"),
        empty=EmptyState(_("Aucune ligne sur cette période.") if account else _("Choisissez un compte.")),
        intro=_ledger_intro(account, chosen.get("du")),
        template="accounting/books_list.html",
    )


def _ledger_intro(account: Account | None, start: date | None) -> str:
    if account is None:
        return _("Un compte, ligne à ligne, et son solde après chacune.")
    if start is None:
        return str(account)
    return _("%(account)s, solde reporté au %(day)s : %(balance)s") % {
        "account": account,
        "day": day(start),
        "balance": money(opening_balance(account, start)),
    }


@requires("accounting.view_ledger")
def balance(request: HttpRequest) -> HttpResponse:
    """« Balance générale »: every account that moved, totals equal on both sides."""
    return list_page(
        request,
        queryset=trial_balance(),
        table=BalanceTable,
        filters=BalanceFilters,
        page="accounting.trial_balance",
        title=_("Balance générale"),
        tabs=books_tabs("trial_balance"),
        empty=EmptyState(_("Aucun mouvement sur cette période.")),
        template="accounting/trial_balance.html",
    )


@requires("accounting.view_balances")
def sections(request: HttpRequest) -> HttpResponse:
    """Each activity in sight, with its balances."""
    return list_page(
        request,
        queryset=activity_balances(request.user),
        totals_later=True,
        table=SectionTable,
        filters=SectionFilters,
        page="accounting.sections",
        title=_("Soldes des activités"),
        main_action=Action(
            _("Balance âgée"),
            reverse("accounting:aged_balance"),
            right="accounting.view_aged",
            icon="hourglass-split",
        ),
        empty=EmptyState(_("Aucune activité dans votre portefeuille.")),
    )
