"""What the room declares of pay when it starts."""


def register_payroll() -> None:
    """Called once, when models are ready."""
