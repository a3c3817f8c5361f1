"""The first mileage scale of a cooperative: that of 2026, unchanged since 2023.

Source: barème kilométrique, service-public.fr (9 April 2026). The accountant adds the scale of each year in
the application.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from invoicing.states.claims import VehicleKind

YEAR = 2026
SOURCE = "barème kilométrique, service-public.fr (09-04-2026)"
ELECTRIC_FACTOR = Decimal("1.200")

_CAR, _MOTORCYCLE, _MOPED = VehicleKind.CAR, VehicleKind.MOTORCYCLE, VehicleKind.MOPED
_CAR_KM, _BIKE_KM = (5000, 20000, None), (3000, 6000, None)

# kind, power from, power to, kilometres, then rate and amount of each band
SCALE: tuple[tuple[str, int, int | None, tuple[int | None, ...], tuple[tuple[str, str], ...]], ...] = (
    (_CAR, 0, 3, _CAR_KM, (("0.529", "0"), ("0.316", "1065"), ("0.370", "0"))),
    (_CAR, 4, 4, _CAR_KM, (("0.606", "0"), ("0.340", "1330"), ("0.407", "0"))),
    (_CAR, 5, 5, _CAR_KM, (("0.636", "0"), ("0.357", "1395"), ("0.427", "0"))),
    (_CAR, 6, 6, _CAR_KM, (("0.665", "0"), ("0.374", "1457"), ("0.447", "0"))),
    (_CAR, 7, None, _CAR_KM, (("0.697", "0"), ("0.394", "1515"), ("0.470", "0"))),
    (_MOTORCYCLE, 0, 2, _BIKE_KM, (("0.395", "0"), ("0.099", "891"), ("0.248", "0"))),
    (_MOTORCYCLE, 3, 5, _BIKE_KM, (("0.468", "0"), ("0.082", "1158"), ("0.275", "0"))),
    (_MOTORCYCLE, 6, None, _BIKE_KM, (("0.606", "0"), ("0.079", "1583"), ("0.343", "0"))),
    (_MOPED, 0, None, _BIKE_KM, (("0.315", "0"), ("0.079", "711"), ("0.198", "0"))),
)


def load_first_scale(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the scale of 2026 when no scale is there. Refuses: nothing. Leaves behind: a first scale
    (`get_model` gives the models to use)."""
    scales = get_model("invoicing", "MileageScale")
    if scales.objects.exists():
        return
    scale = scales.objects.create(year=YEAR, electric_factor=ELECTRIC_FACTOR, source=SOURCE)
    get_model("invoicing", "MileageBand").objects.bulk_create(
        get_model("invoicing", "MileageBand")(
            scale=scale,
            kind=kind,
            power_from=power_from,
            power_to=power_to,
            up_to_km=up_to,
            rate=Decimal(rate),
            plus=Decimal(plus),
        )
        for kind, power_from, power_to, limits, amounts in SCALE
        for up_to, (rate, plus) in zip(limits, amounts, strict=True)
    )
