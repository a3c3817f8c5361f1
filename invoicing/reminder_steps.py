"""First steps of the cooperative's reminders: the accountant changes them in the application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from invoicing.states.chasing import FIRST_STEPS


def load_first_steps(get_model: Callable[[str, str], Any]) -> None:
    """Does: gives the cooperative its first steps. Refuses: nothing; one that has steps keeps them.
    Leaves behind: the steps (`get_model` gives the models to use)."""
    steps = get_model("invoicing", "ReminderStep").objects
    if steps.filter(activity=None).exists():
        return
    for days, channel, tone, late_fees in FIRST_STEPS:
        steps.create(activity=None, days=days, channel=channel, tone=tone, late_fees=late_fees)
