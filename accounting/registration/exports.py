"""What the room declares of FEC, exports to accounting programs, imported ledgers when it starts."""


def register_exports() -> None:
    """Called once, when models are ready."""
