"""What the books announce to the rooms above."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PaymentSettled:
    """The bank paid an order: whatever was to be paid (`order.source`) is paid, in the same transaction."""

    order: Any
    on: date
    actor: Any = None
