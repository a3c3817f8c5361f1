"""What the room declares of grants and earmarked funds when it starts."""


def register_funds() -> None:
    """Called once, when models are ready."""
