"""What the room declares of years, months and entries by hand when it starts."""


def register_ledger() -> None:
    """Called once, when models are ready."""
