"""Declares what the room needs: what waits for associates and the bureau, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts
from cae.core.parameters import register_setting
from governance.selectors.assemblies import EVENING_HOURS
from governance.selectors.marks import BUREAU, bureau_seats_of_person
from governance.selectors.room_data import held_in_room
from governance.selectors.room_todo import AWAITED
from people.selectors import provide_mark


def register_room() -> None:
    """Called once, when models are ready."""
    facts.provide_awaited(AWAITED)
    register_setting(
        EVENING_HOURS,
        kind="integer",
        default="6",
        within=(0, 12),
        label=_("Séance du soir : ouverture possible après minuit (heures après l’heure convoquée)"),
        help=_(
            "Plus tard, qui était convoqué est rentré chez soi : la séance ne s’ouvre plus. Zéro : jamais"
            " après le jour convoqué."
        ),
        source=_("Choix de la coopérative"),
    )
    provide_mark(BUREAU, bureau_seats_of_person)
    facts.provide_personal_data(
        facts.PersonalData("governance.room", _("Séances d’assemblée"), held=held_in_room)
    )
