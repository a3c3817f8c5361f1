"""What the room declares of levies of the cooperative’s own, trial of a scheme when it starts."""


def register_levies() -> None:
    """Called once, when models are ready."""
