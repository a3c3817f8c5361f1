"""What the room declares of simulation of pay and price when it starts."""

from __future__ import annotations

from accounting.simulation_parameters import register_simulation_parameters


def register_simulation() -> None:
    """Called once, when models are ready."""
    register_simulation_parameters()
