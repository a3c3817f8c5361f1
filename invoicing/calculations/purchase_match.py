"""What was ordered, received and invoiced, line by line: gaps of price and quantity (INV-46, INV-47)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, cents


class GapKind(StrEnum):
    PRICE = "price"
    QUANTITY = "quantity"
    NOT_RECEIVED = "not_received"
    NOT_ORDERED = "not_ordered"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line of an order, with what came in and what other purchases invoiced of it already."""

    key: int
    label: str
    quantity: Decimal
    unit_price: Decimal
    received: Decimal = ZERO
    invoiced: Decimal = ZERO

    @property
    def left_to_receive(self) -> Decimal:
        return max(self.quantity - self.received, ZERO)

    @property
    def left_to_invoice(self) -> Decimal:
        return max(self.quantity - self.invoiced, ZERO)


@dataclass(frozen=True, slots=True)
class Invoiced:
    """A line of a purchase; `quantity` is None when the document says none, `order_key` when nothing was
    ordered."""

    label: str
    net: Decimal
    quantity: Decimal | None = None
    order_key: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    kind: GapKind
    label: str
    wanted: Decimal
    found: Decimal


def gaps(lines: Sequence[Invoiced], ordered: Sequence[Ordered]) -> list[Gap]:
    """Gives what a purchase asks beyond its order: another unit price, more than what is left to invoice or
    than what came in, something that was never ordered. A cent of rounding a line is no gap."""
    found: list[Gap] = []
    by_key = {line.key: line for line in ordered}
    for line in lines:
        order = by_key.get(line.order_key) if line.order_key is not None else None
        if order is None:
            found.append(Gap(GapKind.NOT_ORDERED, line.label, ZERO, line.net))
            continue
        quantity = order.left_to_invoice if line.quantity is None else line.quantity
        expected = cents(quantity * order.unit_price)
        if abs(line.net - expected) > Decimal("0.01"):
            price = cents(line.net / quantity) if quantity else line.net
            found.append(Gap(GapKind.PRICE, line.label, order.unit_price, price))
        if quantity > order.left_to_invoice:
            found.append(Gap(GapKind.QUANTITY, line.label, order.left_to_invoice, quantity))
        elif order.invoiced + quantity > order.received:
            found.append(Gap(GapKind.NOT_RECEIVED, line.label, order.received, order.invoiced + quantity))
    return found
