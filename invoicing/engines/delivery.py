"""What a delivery note says, as typed values: frozen into its row, printed and shown from there (INV-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.engines.records import from_plain, to_plain

PAPER_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A line: how much now, how much was ordered, how much is still to come after it."""

    label: str
    unit: str  # in words, in the language of the customer
    quantity: Decimal
    ordered: Decimal
    left: Decimal
    description: str = ""
    unit_price: Decimal | None = None  # before tax; None on a note without prices
    net: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPaper:
    number: str
    issued_on: date
    delivered_on: date
    activity: str
    customer: str
    customer_address: tuple[str, ...]
    place: tuple[str, ...]  # where it was delivered; empty: at the address of the customer
    origin: str  # « Devis D2026-0012 »
    lines: tuple[HandedOver, ...]
    order_reference: str = ""
    message: str = ""
    net: Decimal | None = None  # of what is handed over; None on a note without prices
    language: str = "fr"

    def to_json(self) -> dict[str, Any]:
        """The values as JSON types, without loss: `from_json` gives back an equal object."""
        return {"version": PAPER_VERSION, **to_plain(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DeliveryPaper:
        """Does: reads frozen facts back. Refuses (ValueError): other version, unknown or malformed term."""
        values = dict(data)
        version = values.pop("version", None)
        if version != PAPER_VERSION:
            raise ValueError(f"delivery note of version {version!r}, expected {PAPER_VERSION}")
        return from_plain(cls, values)
