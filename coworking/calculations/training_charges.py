"""Frame D of the BPF proposed from the books: what training cost, section by section (COW-49).

Pure. A section whose sales are all of training bears all its costs; one that sells other things bears the
part of its costs that its sales of training are of all its sales, to the cent (`cae.core.money.share`). A
section that sold none bears nothing: what training cost there, the books do not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cae.core.money import ZERO, share
from coworking.calculations.training_statement import Charges

# Accounts of class 6, by the beginning of their number (PCG): all costs; pay and what it bears; services
# bought, subcontracting, fees.
ALL, PAY, PURCHASES = ("6",), ("641", "645"), ("604", "611", "6226")
OF_FIGURE: dict[str, tuple[str, ...]] = {"total": ALL, "pay": PAY, "purchases": PURCHASES}


@dataclass(frozen=True)
class SectionSales:
    """What a section sold in a year, of which training; euros before tax."""

    training: Decimal
    total: Decimal

    @property
    def key(self) -> Decimal:
        """The part of training, a fraction to a hundredth of percent; 1 at most, nothing below nothing."""
        if self.training <= 0:
            return Decimal(0)
        whole = max(self.total, self.training)
        return (self.training / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Cost:
    """What a section spent on an account in a year, euros: debit less credit."""

    section: int
    account: int
    number: str
    amount: Decimal


@dataclass(frozen=True)
class Part:
    """A cost, and the part of it that training bears."""

    cost: Cost
    part: Decimal


def training_parts(sales: Mapping[int, SectionSales], costs: Iterable[Cost]) -> list[Part]:
    """The part of each cost; those of sections that sold no training left out."""
    found = []
    for cost in costs:
        sold = sales.get(cost.section)
        if sold is None or sold.training <= 0:
            continue
        others = max(sold.total - sold.training, ZERO)
        found.append(Part(cost, share(cost.amount, [sold.training, others])[0]))
    return found


def of_figure(parts: Iterable[Part], figure: str) -> list[Part]:
    """The parts that make a figure of frame D: total, pay or purchases."""
    return [one for one in parts if one.cost.number.startswith(OF_FIGURE[figure])]


def proposed(parts: Iterable[Part]) -> Charges:
    """Frame D of these parts; none below nothing, the total no less than what it is made of."""
    rows = list(parts)
    sums = {
        figure: max(sum((one.part for one in of_figure(rows, figure)), ZERO), ZERO) for figure in OF_FIGURE
    }
    sums["total"] = max(sums["total"], sums["pay"] + sums["purchases"])
    return Charges(**sums)
