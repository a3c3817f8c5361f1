"""Declares what joint and internal sales need when the room starts."""


def register_joint() -> None:
    """Called once, when models are ready."""
