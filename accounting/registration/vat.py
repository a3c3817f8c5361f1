"""What the room declares of the VAT statement and the tax calendar when it starts."""


def register_vat() -> None:
    """Called once, when models are ready."""
