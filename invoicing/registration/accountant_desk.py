"""Declares what sales and spending put on the desk of the accountant when the room starts."""

from __future__ import annotations

from invoicing.selectors.accountant_desk import register_accountant_desk
from invoicing.selectors.year_checks import register_year_checks


def register_desk() -> None:
    """Called once, when models are ready."""
    register_accountant_desk()
    register_year_checks()
