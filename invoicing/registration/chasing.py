"""Declares what reminders and statements need when the room starts."""


def register_chasing() -> None:
    """Called once, when models are ready."""
