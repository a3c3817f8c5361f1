"""What the end of a year reads in the books: classes 6 and 7 of each section, and what was already taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet, Sum

from accounting.calculations.year_end import (
    CLOSING_JOURNAL,
    LOSS,
    PROFIT,
    Held,
    Opening,
    opening_lines,
)
from accounting.models import AnalyticAccount, Entry, EntryLine, FiscalYear, MonthTotal
from accounting.selectors.accounts import accounts_named
from accounting.selectors.lettering import open_lines
from accounting.states.books import AccountKind, AccountRole
from cae.core.money import ZERO
from cae.core.periods import Span

_RESULTS = (AccountRole.RESULT_PROFIT, AccountRole.RESULT_LOSS)
_SIGNED = Sum(F("debit") - F("credit"))


def held_at_end(year: FiscalYear, *, only: AnalyticAccount | None = None) -> dict[int, list[Held]]:
    """What accounts of expenses and income hold on the last day, by section; one query over month totals."""
    found: dict[int, list[Held]] = {}
    chosen = Q() if only is None else Q(analytic=only)
    for row in _held(chosen & ~Q(account__kind=AccountKind.BALANCE), year.ends_on):
        found.setdefault(row.section, []).append(row)
    return found


def _held(accounts: Q, until: date) -> Iterator[Held]:
    """What these accounts hold on the last day of a month, by section and number."""
    rows = MonthTotal.objects.filter(accounts, month__lte=until).values("analytic", "account__number")
    sums = rows.annotate(signed=_SIGNED).exclude(signed=0).order_by("analytic", "account__number")
    for section, number, signed in sums.values_list("analytic", "account__number", "signed"):
        yield Held(number, section, signed)


def closing_entries(year: FiscalYear) -> QuerySet[Entry]:
    """The closing entries of a year, those that undo them included."""
    kind = ContentType.objects.get_for_model(FiscalYear)
    rows = Entry.objects.filter(source_type=kind, source_id=year.pk, journal__code=CLOSING_JOURNAL)
    return rows.order_by("pk")


def standing_closings(year: FiscalYear) -> QuerySet[Entry]:
    """Those of them that nothing undid."""
    return closing_entries(year).filter(reverses=None, reversed_by=None)


def carried(year: FiscalYear) -> dict[int, Decimal]:
    """What closing entries of the year have taken to the result of each section, debits less credits."""
    rows = EntryLine.objects.filter(entry__in=closing_entries(year), account__role__in=_RESULTS)
    return dict(rows.order_by().values("analytic").annotate(signed=_SIGNED).values_list("analytic", "signed"))


def unclosed_before(year: FiscalYear | Span) -> dict[int, Decimal]:
    """The result of each section that no closing entry of a former year has taken, debits less credits."""
    unclosed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in _held(~Q(account__kind=AccountKind.BALANCE), year.starts_on - timedelta(days=1)):
        unclosed[row.section] += row.signed
    return {section: signed for section, signed in unclosed.items() if signed}


def unallocated_before(year: FiscalYear) -> Decimal:
    """What results of former years still hold at the end of this one, debits less credits: nobody said where
    they go."""
    rows = MonthTotal.objects.filter(account__role__in=_RESULTS, month__lte=year.ends_on)
    standing: Decimal = rows.aggregate(signed=_SIGNED)["signed"] or ZERO
    return standing - sum(carried(year).values(), ZERO)


def openings(year: FiscalYear | Span) -> list[Opening]:
    """What a year begins with, read from what stands the evening before: nothing of it is posted."""
    eve, unclosed = year.starts_on - timedelta(days=1), unclosed_before(year)
    named = accounts_named({PROFIT, LOSS}) if unclosed else {}
    numbers = (named[PROFIT].number, named[LOSS].number) if named else ("", "")
    details = [
        Opening(
            one.line.account.number,
            one.line.analytic_id,
            one.left,
            party=one.line.party,
            piece=one.line.entry.piece,
            due_on=one.line.due_on,
        )
        for one in open_lines(on=eve)
        if one.line.account.kind == AccountKind.BALANCE
    ]
    return opening_lines(_held(Q(account__kind=AccountKind.BALANCE), eve), details, unclosed, numbers)
