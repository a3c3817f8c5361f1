"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from invoicing.acts import (
    chasing,
    claims,
    deals,
    disbursements,
    exchange,
    expenses,
    incoming,
    joint,
    parts,
    pieces,
    purchases,
    recurring,
    sales,
)

ACTS: dict[str, Any] = {
    **sales.ACTS,
    **expenses.ACTS,
    **claims.ACTS,
    **incoming.ACTS,
    **purchases.ACTS,
    **deals.ACTS,
    **parts.ACTS,
    **joint.ACTS,
    **recurring.ACTS,
    **pieces.ACTS,
    **disbursements.ACTS,
    **chasing.ACTS,
    **exchange.ACTS,
}
