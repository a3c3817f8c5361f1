"""What the room declares of deposit slips and bank reconciliation when it starts."""


def register_reconciliation() -> None:
    """Called once, when models are ready."""
