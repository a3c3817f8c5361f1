"""One example of each shape of scale: a sentence that says how it counts, values to start from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.calculations.contribution.scales import Kind, Window


@dataclass(frozen=True)
class Example:
    sentence: Any
    values: dict[str, Any] = field(default_factory=dict)
    rows: tuple[dict[str, Any], ...] = ()


def _tiers(*tiers: tuple[int | None, str]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"up_to": None if limit is None else Decimal(limit), "rate": Decimal(rate)} for limit, rate in tiers
    )


def _points(*points: tuple[int, int]) -> tuple[dict[str, Any], ...]:
    return tuple({"base": Decimal(base), "amount": Decimal(amount)} for base, amount in points)


EXAMPLES: dict[Kind, Example] = {
    Kind.FLAT: Example(
        _("Un seul taux, quelle que soit la base : à 10 %, 3 000 € donnent 300 €."),
        {"rate": Decimal(10), "window": Window.MONTH},
    ),
    Kind.SLICES: Example(
        _(
            "Chaque tranche a son taux : à 12 % jusqu’à 1 500 € puis 10 %, "
            "2 000 € donnent 180 € et 50 €, soit 230 €."
        ),
        {"window": Window.MONTH},
        _tiers((1500, "12"), (4000, "10"), (None, "8")),
    ),
    Kind.WHOLE_BASE: Example(
        _(
            "Le taux du palier atteint vaut pour toute la base : à 12 % jusqu’à 2 000 € puis 11 %, "
            "2 000 € donnent 240 € et 2 001 € donnent 220,11 €."
        ),
        {"window": Window.MONTH},
        _tiers((2000, "12"), (4000, "11"), (None, "10")),
    ),
    Kind.CUMULATIVE: Example(
        _(
            "Des tranches qui s’additionnent depuis l’entrée dans la coopérative, "
            "sans repartir de zéro chaque année."
        ),
        {},
        _tiers((80000, "12"), (160000, "10"), (None, "8")),
    ),
    Kind.CURVE: Example(
        _("Des montants donnés pour quelques bases de l’année ; entre deux points, une ligne droite."),
        {},
        _points((10000, 1200), (30000, 3300), (60000, 5400)),
    ),
}
