"""What the room declares when it starts: a module a subject."""

from invoicing.registration import (
    accountant_desk,
    bank,
    chasing,
    claims,
    deals,
    disbursements,
    exchange,
    expected,
    expenses,
    incoming,
    internal,
    joint,
    parts,
    pieces,
    purchases,
    recurring,
    sales,
)


def register_all() -> None:
    """Called once, when models are ready."""
    sales.register_sales()
    expenses.register_expenses()
    claims.register_claims()
    incoming.register_incoming()
    purchases.register_purchases()
    deals.register_deals()
    parts.register_parts()
    joint.register_joint()
    internal.register_internal()
    recurring.register_recurring()
    pieces.register_pieces()
    disbursements.register_disbursements()
    chasing.register_chasing()
    exchange.register_exchange()
    bank.register_bank()
    accountant_desk.register_desk()
    expected.register_expected()
