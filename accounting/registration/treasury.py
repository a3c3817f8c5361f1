"""What the room declares of cash to come, floors and alerts when it starts."""


def register_treasury() -> None:
    """Called once, when models are ready."""
