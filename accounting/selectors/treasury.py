"""What sections own on a day and what is promised of it, read from the totals of whole months (ACC-30)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from accounting.calculations.treasury.cash import AccountBalance, CashState, cash_state
from accounting.models import AnalyticAccount, EntryLine, MonthTotal
from cae.core.periods import Month

# Banks and third parties: no other account is in a line of the cash.
_CASH = Q(account__number__startswith="4") | Q(account__number__startswith="5")
# With what activities owe to the shared services, which a forecast takes off.
_LINKED = _CASH | Q(account__number__startswith="181")

Balance = tuple[int, str, str | None, Decimal]


def cash_states(sections: Iterable[AnalyticAccount], on: date) -> dict[int, CashState]:
    """The cash of each of these sections at the end of a day, by key; one question, however many."""
    keys = [section.pk for section in sections]
    found: dict[int, list[AccountBalance]] = defaultdict(list)
    for section, number, _role, balance in _balances(_CASH, on, analytic__among=keys):
        found[section].append(AccountBalance(number, balance))
    return {key: cash_state(found[key]) for key in keys}


def cash_of_house(on: date) -> CashState:
    """The cash of the cooperative: every section, whatever its nature."""
    rows = _balances(_CASH, on)
    return cash_state(AccountBalance(number, balance) for _section, number, _role, balance in rows)


def balances_by_account(keys: Iterable[int], on: date) -> Iterable[Balance]:
    """Section, account, role, debit less credit: of banks, third parties and links between activities."""
    return _balances(_LINKED, on, analytic__among=list(keys))


def _balances(chosen: Q, on: date, **of: Any) -> Iterable[Balance]:
    """Debit less credit of each account of each section, up to a day: whole months from their totals, then
    the lines of the month that has begun. An account may come twice: sums add up."""
    whole = Month.of(on + timedelta(days=1)).first
    totals = _summed(MonthTotal.objects.filter(chosen, month__lt=whole, **of))
    lines = _summed(EntryLine.objects.filter(chosen, on__gte=whole, on__lte=on, **of))
    rows: Iterable[Balance] = totals.union(lines, all=True)
    return rows


def _summed(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    names = ("analytic_id", "account__number", "account__role")
    summed = rows.order_by().values(*names).annotate(sum=Sum(F("debit") - F("credit")))
    found: QuerySet[Any, Any] = summed.values_list(*names, "sum")
    return found
