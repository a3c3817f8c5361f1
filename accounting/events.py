"""What the books announce to the rooms above."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class PaymentSettled:
    """The bank paid an order: whatever was to be paid (`order.source`) is paid, in the same transaction."""

    order: Any
    on: date
    actor: Any = None


@dataclass(frozen=True)
class LinesSettled:
    """A line of the bank settles documents of a room above, each by its key (« invoice:12 ») for an amount
    signed as the bank writes it. Whoever records them adds the entries it posted to `entries`."""

    shares: tuple[tuple[str, Decimal], ...]
    on: date
    reference: str
    # Names the matching: recorded once, however often it is asked.
    form_key: UUID
    today: date
    actor: Any = None
    entries: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class LinesTakenBack:
    """A matching is undone: what it had recorded by these entries is taken back on this day."""

    entries: tuple[Any, ...]
    on: date
    reason: str
    today: date
    actor: Any = None


@dataclass(frozen=True)
class SharesWithheld:
    """What was held on somebody's pay for their shares is posted, on 421 of the shared section; with
    `undone_on`, the pay was taken back that day."""

    person_id: int
    amount: Decimal
    on: date
    undone_on: date | None = None
    actor: Any = None
