"""Declares what the exchange with an approved platform need when the room starts."""


def register_exchange() -> None:
    """Called once, when models are ready."""
