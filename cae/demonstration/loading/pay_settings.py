"""What the cooperative of the demonstration decided about pay: rates that make its simulations its own."""

from __future__ import annotations

from datetime import date

from accounting.simulation_parameters import (
    ACCIDENT_RATE,
    HEADCOUNT,
    HEALTH_AMOUNT,
    PROVIDENT_EMPLOYEE,
    PROVIDENT_EMPLOYER,
)
from cae.core.settings import set_setting
from people.models import User

# Made up, but of the size that one meets: a small cooperative with a mutuelle and a light provident cover.
_VALUES = {
    HEADCOUNT: ("38", "Effectif moyen de l’an passé, notifié par l’URSSAF."),
    ACCIDENT_RATE: ("0.0116", "Notification de la caisse pour l’année."),
    HEALTH_AMOUNT: ("46.80", "Contrat de mutuelle renouvelé au 1er janvier."),
    PROVIDENT_EMPLOYEE: ("0.0035", "Accord de prévoyance de la coopérative."),
    PROVIDENT_EMPLOYER: ("0.0065", "Accord de prévoyance de la coopérative."),
}


def decide_pay_rates(*, today: date, actor: User) -> None:
    """From the first day of the year on."""
    for code, (value, reason) in _VALUES.items():
        set_setting(code, value=value, valid_from=date(today.year, 1, 1), actor=actor, reason=reason)
