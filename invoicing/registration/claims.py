"""Declares what the check of claims and mileage need when the room starts."""


def register_claims() -> None:
    """Called once, when models are ready."""
