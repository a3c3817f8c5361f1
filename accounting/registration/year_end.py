"""What the room declares of closing of a year and allocation of the result when it starts."""


def register_year_end() -> None:
    """Called once, when models are ready."""
