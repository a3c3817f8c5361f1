"""Declares what deals need when the room starts."""


def register_deals() -> None:
    """Called once, when models are ready."""
