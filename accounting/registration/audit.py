"""What the room declares of the auditor when it starts."""


def register_audit() -> None:
    """Called once, when models are ready."""
