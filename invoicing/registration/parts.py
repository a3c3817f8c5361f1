"""Declares what parts of a quote need when the room starts."""

from invoicing.parameters import register_part_parameters


def register_parts() -> None:
    """Called once, when models are ready."""
    register_part_parameters()
