"""What sales announce to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class QuoteAnswered:
    """A customer took a quote, or declined it; `total`: what was taken, excl. tax (zero when declined). The
    quote is locked, its state not written yet; a reaction that refuses undoes the answer."""

    quote_id: int
    number: str
    accepted: bool
    total: Decimal
    actor: Any


@dataclass(frozen=True)
class InvoiceMoved:
    """An invoice or a credit note, in hand, is issued (`move` « issue »), or a draft of it given up is taken
    up again (« restore »): what it bills must not be billed elsewhere."""

    invoice: Any
    move: str
    actor: Any = None
