"""Declares what receipts and expense claims of the entrepreneur need when the room starts."""


def register_expenses() -> None:
    """Called once, when models are ready."""
