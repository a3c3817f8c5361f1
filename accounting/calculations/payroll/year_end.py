"""The balance of a year in employer cost, before and after what was paid and left (ACC-29, design §16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cae.core.money import ZERO, share
from cae.core.periods import after_months


@dataclass(frozen=True)
class YearFigures:
    """What a year of an activity comes to for one person."""

    turnover: Decimal = ZERO
    direct_costs: Decimal = ZERO
    contribution: Decimal = ZERO
    real_cost: Decimal = ZERO
    left: Decimal = ZERO
    # What the year before left to recover: never positive.
    carried: Decimal = ZERO

    @property
    def base(self) -> Decimal:
        """What pay may be made of: turnover less the costs of the activity and the contribution."""
        return self.turnover - self.direct_costs - self.contribution

    @property
    def balance(self) -> Decimal:
        """What is still owed, in employer cost; negative, what is to recover."""
        return self.base - self.real_cost - self.left + self.carried


def shared_between(figures: YearFigures, people: int) -> list[YearFigures]:
    """The turnover, costs and contribution of an activity shared equally; what is of one person stays."""
    names = ("turnover", "direct_costs", "contribution")
    parts = {name: share(getattr(figures, name), [Decimal(1)] * people) for name in names}
    return [YearFigures(**{name: parts[name][rank] for name in names}) for rank in range(people)]


def due_on(assembly: date) -> date:
    """The last day to pay it: one month after the assembly on the accounts (C. trav. R7331-12), the day of
    the month that bears the same number (Code of civil procedure, art. 641)."""
    return after_months(assembly, 1)


def gross_of(balance: Decimal, gross_for: Callable[[Decimal], Decimal], already: Decimal) -> Decimal:
    """The gross that a balance pays beside the `already` gross of the month that it is paid with."""
    return max(gross_for(balance) - already, ZERO) if balance > ZERO else ZERO
