"""What the room declares of lettering and aged balances when it starts."""


def register_lettering() -> None:
    """Called once, when models are ready."""
