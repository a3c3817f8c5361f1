"""Series of numbers of delivery notes and proforma invoices: never those of the law."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from invoicing.states.pieces import DELIVERY_SERIES, PROFORMA_SERIES

_SERIES = (
    (DELIVERY_SERIES, "Bons de livraison", "BL{YYYY}-{SEQ_YEAR:4}"),
    (PROFORMA_SERIES, "Factures proforma", "PF{YYYY}-{SEQ_YEAR:4}"),
)


def load_piece_series(get_model: Callable[[str, str], Any]) -> None:
    """Does: opens the two series where they are not open yet. Refuses: nothing. Leaves behind: their rows
    (`get_model` gives the models to use)."""
    for code, label, template in _SERIES:
        get_model("core", "NumberSeries").objects.get_or_create(
            code=code, defaults={"label": label, "template": template}
        )
