"""What the acts of delivery notes, proforma invoices and disbursements are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
