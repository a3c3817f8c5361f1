"""Declares what files and mails that come in need when the room starts."""


def register_incoming() -> None:
    """Called once, when models are ready."""
