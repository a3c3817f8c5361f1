"""What the room declares of simulation of pay and price when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.simulation_parameters import register_simulation_parameters
from cae.core import menu


def register_simulation() -> None:
    """Called once, when models are ready."""
    register_simulation_parameters()
    menu.register_entry(
        group="activity",
        label=_("Simuler une paie"),
        url_name="accounting:simulate_pay",
        right="accounting.simulate_pay",
        icon="calculator",
        order=40,
    )
