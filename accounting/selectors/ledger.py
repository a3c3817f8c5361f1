"""Journals, general ledger, trial balance and figures of activities: each one flat query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from accounting.models import Account, AnalyticAccount, Entry, EntryLine, MonthTotal
from accounting.states.books import BETWEEN_ACTIVITIES, AccountKind, AccountRole, AnalyticKind
from cae.core.facts import Source
from cae.core.money import ZERO
from cae.core.periods import Month

_MONEY = DecimalField(max_digits=14, decimal_places=2)
_CHARGED = F("debit") - F("credit")
_SALES = Q(account__kind=AccountKind.INCOME) & ~Q(account__role__in=BETWEEN_ACTIVITIES)


def _sum(expression: Any, condition: Q | None = None) -> Coalesce:
    return Coalesce(Sum(expression, filter=condition), Value(ZERO), output_field=_MONEY)


def entries_visible_to(user: Any) -> QuerySet[Entry]:
    return Entry.objects.visible_to(user).select_related("journal", "created_by", "reverses__journal")


def entry_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each entry that a file or an act is about, among those the person sees."""
    seen = Entry.objects.visible_to(user).filter(pk__in=keys).select_related("journal")
    return {
        str(entry.pk): Source(_("Écriture %(entry)s") % {"entry": entry}, entry.get_absolute_url())
        for entry in seen
    }


def line_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The entry of each line that another entry comes from, among those the person sees."""
    entries = dict(EntryLine.objects.filter(pk__in=keys).values_list("pk", "entry_id"))
    found = entry_sources(user, [str(key) for key in entries.values()])
    return {str(key): found[str(entry)] for key, entry in entries.items() if str(entry) in found}


def entries_touching(entries: QuerySet[Entry], **conditions: Any) -> QuerySet[Entry]:
    """The entries with a line that meets the conditions (`account=…`, `analytic=…`)."""
    return entries.filter(Exists(EntryLine.objects.filter(entry=OuterRef("pk"), **conditions)))


def lines_of(entry: Entry, user: Any) -> QuerySet[EntryLine]:
    """Lines of an entry, without those of sections out of this person's sight."""
    rows = EntryLine.objects.visible_to(user).filter(entry=entry)
    return rows.select_related("account", "analytic").order_by("position")


def general_ledger(account: Account, *, start: date | None, end: date | None) -> QuerySet[EntryLine]:
    """Lines of an account over a period, each with its running balance, carried from before the period."""
    rows = EntryLine.objects.filter(account=account)
    carried = opening_balance(account, start)
    if start:
        rows = rows.filter(on__gte=start)
    if end:
        rows = rows.filter(on__lte=end)
    order = [F("on").asc(), F("entry_id").asc(), F("position").asc()]
    running = Window(Sum(F("debit") - F("credit")), order_by=order)
    return (
        rows.annotate(running=Value(carried, output_field=_MONEY) + running)
        .select_related("entry__journal", "analytic")
        .order_by("on", "entry_id", "position")
    )


def ledger_saying(lines: QuerySet[EntryLine], text: str) -> QuerySet[EntryLine]:
    """Keeps the lines whose entry says these words; their running balance stays that of the whole account.

    The alternative that is never true puts the condition after the window function instead of before it.
    """
    for word in text.split():
        said = Q(entry__label__unaccent__icontains=word) | Q(entry__piece__unaccent__icontains=word)
        lines = lines.filter(said | Q(running__isnull=True))
    return lines


def opening_balance(account: Account, start: date | None) -> Decimal:
    """Debit less credit of an account before a date; nothing without a date."""
    if start is None:
        return ZERO
    rows = EntryLine.objects.filter(account=account, on__lt=start)
    balance: Decimal = rows.aggregate(balance=_sum(F("debit") - F("credit")))["balance"]
    return balance


def trial_balance(
    *, start: date | None = None, end: date | None = None, analytic: AnalyticAccount | None = None
) -> QuerySet[Account]:
    """Each account that moved: balance carried, debits and credits of the period, balance at its end.

    The balance is split into two columns, as the « balance générale » is read."""
    seen = Q(lines__isnull=False)
    if analytic is not None:
        seen &= Q(lines__analytic=analytic)
    if end is not None:
        seen &= Q(lines__on__lte=end)
    period = seen if start is None else seen & Q(lines__on__gte=start)
    signed = F("lines__debit") - F("lines__credit")
    rows = Account.objects.filter(seen).annotate(
        debits=_sum("lines__debit", period), credits=_sum("lines__credit", period), balance=_sum(signed, seen)
    )
    zero = Value(ZERO, output_field=_MONEY)
    return rows.annotate(
        carried=F("balance") - F("debits") + F("credits"),
        debit_balance=Greatest(F("balance"), zero),
        credit_balance=Greatest(-F("balance"), zero),
    ).order_by("number")


def cash_of(activities: Iterable[Any], on: date) -> dict[int, Decimal]:
    """Cash of each activity on a date: the lines of class 5 of its section."""
    return _by_activity(activities, on, _CHARGED, Q(account__number__startswith="5"))


def receivable_of(activities: Iterable[Any], on: date) -> dict[int, Decimal]:
    """What the customers of each activity owe on a date, tax included: account 41."""
    return _by_activity(activities, on, _CHARGED, Q(account__number__startswith="41"))


def sales_of_year(activities: Iterable[Any], on: date) -> dict[int, Decimal]:
    """Sales of each activity from 1 January to a date, tax excluded."""
    return _by_activity(activities, on, -_CHARGED, _SALES, since=on.replace(month=1, day=1))


def sales_of_month(activities: Iterable[Any], on: date) -> dict[int, Decimal]:
    """Sales of each activity from the first of the month to a date, tax excluded."""
    return _by_activity(activities, on, -_CHARGED, _SALES, since=on.replace(day=1))


def margin_of_month(activities: Iterable[Any], on: date) -> dict[int, Decimal]:
    """Sales less expenses of each activity from the first of the month to a date, before what goes between
    activities."""
    result = Q(account__kind__in=[AccountKind.INCOME, AccountKind.EXPENSE])
    chosen = result & ~Q(account__role__in=BETWEEN_ACTIVITIES)
    return _by_activity(activities, on, -_CHARGED, chosen, since=on.replace(day=1))


def contribution_of_month(activities: Iterable[Any], on: date) -> dict[int, Decimal]:
    """What each activity gave to the shared services from the first of the month to a date."""
    chosen = Q(account__role=AccountRole.INTERNAL_CHARGE)
    return _by_activity(activities, on, _CHARGED, chosen, since=on.replace(day=1))


def _by_activity(
    activities: Iterable[Any], on: date, amount: Any, chosen: Q, *, since: date | None = None
) -> dict[int, Decimal]:
    """What these accounts moved up to a date, from the first of a month or from the beginning: totals of
    whole months, then the lines of the month begun; one query.

    What took a year to its result is left out; it bears the last day of a month, so only totals hold it."""
    keys = [getattr(activity, "pk", activity) for activity in activities]
    chosen &= Q(analytic__kind=AnalyticKind.ACTIVITY, analytic__activity__among=keys)
    split = Month.of(on + timedelta(days=1)).first
    months, days = Q(month__lt=split), Q(on__gte=split, on__lte=on)
    if since is not None:
        months, days = months & Q(month__gte=since), days & Q(on__gte=since)
    taken = ~Q(account__kind=AccountKind.BALANCE)
    totals = MonthTotal.objects.filter(chosen, months).exclude(taken & Q(is_opening=True))
    # The order of lines would join their entries, whose columns nothing here needs.
    lines = EntryLine.objects.order_by().filter(chosen, days)
    found = dict.fromkeys(keys, ZERO)
    for key, moved in _added(totals, amount).union(_added(lines, amount), all=True):
        found[key] += moved
    return found


def _added(rows: QuerySet[Any, Any], amount: Any) -> QuerySet[Any, Any]:
    sums = rows.order_by().values("analytic__activity").annotate(moved=Sum(amount))
    found: QuerySet[Any, Any] = sums.values_list("analytic__activity", "moved")
    return found


@dataclass(frozen=True)
class BooksTotals:
    """The state of the books in three figures."""

    entries: int
    debit: Decimal
    credit: Decimal

    @property
    def is_balanced(self) -> bool:
        return self.debit == self.credit


def books_totals() -> BooksTotals:
    sums = EntryLine.objects.aggregate(debit=_sum("debit"), credit=_sum("credit"))
    return BooksTotals(entries=Entry.objects.count(), debit=sums["debit"], credit=sums["credit"])
