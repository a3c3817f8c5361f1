"""Series of numbers of internal invoices and of their credit notes: never those of the law (case LG11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from invoicing.states.joint import INTERNAL_CREDIT_SERIES, INTERNAL_SERIES

_SERIES = (
    (INTERNAL_SERIES, "Factures internes", "INT{YYYY}-{SEQ_YEAR:4}"),
    (INTERNAL_CREDIT_SERIES, "Avoirs internes", "INTA{YYYY}-{SEQ_YEAR:4}"),
)


def load_internal_series(get_model: Callable[[str, str], Any]) -> None:
    """Does: opens the two series where they are not open yet. Refuses: nothing. Leaves behind: their rows
    (`get_model` gives the models to use)."""
    for code, label, template in _SERIES:
        get_model("core", "NumberSeries").objects.get_or_create(
            code=code, defaults={"label": label, "template": template}
        )
