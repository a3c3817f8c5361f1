"""What the room declares of simulation of pay and price when it starts."""


def register_simulation() -> None:
    """Called once, when models are ready."""
