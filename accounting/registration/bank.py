"""What the room declares of statements of the bank and their matching when it starts."""


def register_bank() -> None:
    """Called once, when models are ready."""
