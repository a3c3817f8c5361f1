"""What a scale takes from a whole ordinary year, sold evenly: for a price to be worked out (ENT-57)."""

from __future__ import annotations

from decimal import Decimal

from accounting.calculations.contribution.presence import Presence, months_of_year
from accounting.calculations.contribution.replay import Version, play
from accounting.calculations.contribution.scales import ORDINARY, Scale
from accounting.calculations.contribution.windows import Memory
from accounting.calculations.contribution.working import Fact
from accounting.calculations.contribution.year_end import close_year
from cae.core.money import ZERO, share

# No row bears this key: nothing of this year is in the books.
_NOWHERE = 0


def contribution_of_year(
    scale: Scale, turnover: Decimal, deducted: Decimal, presence: Presence, year: int
) -> Decimal:
    """Gives what twelve even months of these sales give, less the costs that the base leaves out, the floor
    and the cap of the year counted. Somebody there all along: no first months, no exemption."""
    months = months_of_year(year, scale.year_starts)
    even = [Decimal(1)] * len(months)
    sold, spent = share(turnover, even), share(deducted if scale.minus else ZERO, even)
    facts = [
        Fact(
            on=month.last,
            name=str(month),
            presence=presence,
            sales={ORDINARY: sold[rank]},
            costs={scale.minus[0]: spent[rank]} if scale.minus else {},
            curve_months=rank + 1,
            closes=month == months[-1],
        )
        for rank, month in enumerate(months)
    ]
    version = Version(_NOWHERE, scale)
    taken = sum((one.working.due for one in play([(version, fact) for fact in facts], Memory())), ZERO)
    return taken + close_year(scale, year, [(month, presence) for month in months], taken=taken).top_up
