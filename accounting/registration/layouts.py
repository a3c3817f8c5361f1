"""What the room declares of statements by layout when it starts."""


def register_layouts() -> None:
    """Called once, when models are ready."""
