"""What a simulation is asked, and what it answers: plain values, in euros and fractions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO
from cae.core.periods import Month

# Official names with what the rules give for them, unrounded; None where a rule does not apply.
Values = Mapping[str, Decimal | None]
# The engine: a situation in the words of the rules, the names wanted, their values.
Compute = Callable[[Mapping[str, str], Sequence[str]], Values]


class HoursFrom(StrEnum):
    """Which minimum wage divides the pay of a CESA into hours: no text settles it (design §10)."""

    REFERENCE = "reference"
    CURRENT = "current"


class TargetKind(StrEnum):
    """The figure that a person knows; the others follow."""

    GROSS = "gross"
    COST = "cost"
    NET = "net"
    NET_AFTER = "net_after"


class Why(StrEnum):
    """Why a simulation does not reach what was asked."""

    NONE = ""
    # A cent more of gross loses the whole reduction: no pay costs exactly this.
    GAP = "gap"
    # The sum does not pay what the cooperative owes when nobody is paid.
    BELOW_COVER = "below_cover"


@dataclass(frozen=True, slots=True)
class Target:
    kind: TargetKind
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaySituation:
    """Whose pay: what the cooperative pays on it, and what is proper to the person.

    No weekly hours: a salaried entrepreneur, who has no working time."""

    headcount: int
    accident_rate: Decimal
    transport_rate: Decimal = ZERO
    health_amount: Decimal = ZERO
    health_employer_share: Decimal = ZERO
    provident_employee_rate: Decimal = ZERO
    provident_employer_rate: Decimal = ZERO
    hours_from: HoursFrom = HoursFrom.REFERENCE
    cadre: bool = False
    weekly_hours: Decimal | None = None
    withholding_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """A month of the year already paid, or proposed: its gross and the reduction that it was given."""

    month: Month
    gross: Decimal
    reduction: Decimal


@dataclass(frozen=True, slots=True)
class PayLine:
    """One contribution: its code (see `vocabulary`), what the employer and the person pay."""

    code: str
    employer: Decimal = ZERO
    employee: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class PaySimulation:
    """A month of pay, each figure rounded once. `regularisation` is what the year changes to the reduction of
    the month taken alone: negative, the month gives back."""

    month: Month
    gross: Decimal
    employer_cost: Decimal
    net_before_withholding: Decimal
    net_taxable: Decimal
    withholding: Decimal | None
    net_after_withholding: Decimal | None
    rgdu: Decimal
    regularisation: Decimal
    owed_by_person: Decimal
    lines: tuple[PayLine, ...]
    target: Target
    why: Why = Why.NONE
    # Version of the rules and overrides taken: « 11.1.0 », the date of the rules.
    ruleset: str = ""
    year_so_far: tuple[PaidMonth, ...] = field(default=())

    @property
    def rgdu_alone(self) -> Decimal:
        """The reduction if this month stood alone."""
        return self.rgdu - self.regularisation

    @property
    def employer_charges(self) -> Decimal:
        return self.employer_cost - self.gross

    @property
    def employee_charges(self) -> Decimal:
        return self.gross - self.net_before_withholding + self.owed_by_person
