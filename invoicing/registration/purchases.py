"""Declares what suppliers and purchases need when the room starts."""


def register_purchases() -> None:
    """Called once, when models are ready."""
