"""Declares what delivery notes, proforma invoices and disbursements need when the room starts."""


def register_pieces() -> None:
    """Called once, when models are ready."""
