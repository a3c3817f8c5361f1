"""Who owes what, or is owed, and since when: from the open lines of the books (ACC-06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from accounting.calculations.ages import AGES, age_of
from accounting.models import AnalyticAccount, EntryLine
from accounting.selectors.lettering import OpenLine, open_lines
from accounting.states.lettering import PREFIXES, Side
from cae.core.money import ZERO


@dataclass(slots=True)
class Aged:
    """What one party owes to one section, or is owed by it: not yet due, then 30 days late after 30 days;
    `unused` (below zero): money or credit notes that wait for their document."""

    section: AnalyticAccount
    party: str
    ages: list[Decimal] = field(default_factory=lambda: [ZERO] * (len(AGES) + 1))
    unused: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return sum(self.ages, self.unused)

    @property
    def late(self) -> Decimal:
        return sum(self.ages[1:], ZERO)


def sign_of(side: str) -> int:
    """Customers owe on the debit side, suppliers are owed on the credit side: both are shown above zero."""
    return 1 if side == Side.CUSTOMERS else -1


def aged_lines(
    side: str,
    *,
    on: date,
    section: AnalyticAccount | None = None,
    sections: QuerySet[AnalyticAccount] | None = None,
    party: str | None = None,
) -> list[OpenLine]:
    """The open lines behind an aged balance."""
    prefix = PREFIXES[Side(side)]
    return open_lines(on=on, prefix=prefix, section=section, sections=sections, party=party)


def aged_balance(
    side: str,
    *,
    on: date,
    section: AnalyticAccount | None = None,
    sections: QuerySet[AnalyticAccount] | None = None,
) -> list[Aged]:
    """What each party owes to each section on a day, in the order of sections then parties; one query. Its
    sum is the balance of the accounts (`ledger_balance`)."""
    found: dict[tuple[int, str], Aged] = {}
    sign = sign_of(side)
    for one in aged_lines(side, on=on, section=section, sections=sections):
        line, amount = one.line, one.left * sign
        row = found.setdefault((line.analytic_id, line.party), Aged(line.analytic, line.party))
        if amount < ZERO:
            row.unused += amount
        else:
            row.ages[age_of(one.due_on, on)] += amount
    return sorted(found.values(), key=lambda row: (row.section.sort_label, row.section.pk, row.party))


def totals_of(rows: Iterable[Aged]) -> list[Decimal]:
    """The sum of each column: ages, unused, all."""
    every = list(rows)
    ages = [sum((row.ages[rank] for row in every), ZERO) for rank in range(len(AGES) + 1)]
    return [*ages, sum((row.unused for row in every), ZERO), sum((row.total for row in every), ZERO)]


def ledger_balance(side: str, *, on: date, section: AnalyticAccount | None = None) -> Decimal:
    """What the ledger says of the same accounts on the same day."""
    rows = EntryLine.objects.filter(account__number__startswith=PREFIXES[Side(side)], on__lte=on)
    if section is not None:
        rows = rows.filter(analytic=section)
    total: Decimal = rows.aggregate(sum=Sum(F("debit") - F("credit"), default=ZERO))["sum"]
    return total * sign_of(side)


def by_section(rows: Iterable[Aged]) -> list[Aged]:
    """The parties of each section added up, in the same order."""
    found: dict[int, Aged] = {}
    for row in rows:
        whole = found.setdefault(row.section.pk, Aged(row.section, ""))
        whole.ages = [one + other for one, other in zip(whole.ages, row.ages, strict=True)]
        whole.unused += row.unused
    return list(found.values())
