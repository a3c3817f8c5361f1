"""Declares what parts of a quote need when the room starts."""


def register_parts() -> None:
    """Called once, when models are ready."""
