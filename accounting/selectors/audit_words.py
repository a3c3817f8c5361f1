"""The values of a proof in words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cae.core.templatetags.formats import NOTHING, amount, day, moment, quantity


def shown(value: Any) -> str:
    """A value as a page says it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return quantity(value) if isinstance(value, int) else str(value)
