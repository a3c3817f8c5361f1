"""What « Mes données » says of the path, and how it is erased."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.facts import PersonalData, provide_personal_data
from entrepreneurs.selectors.personal_data import held_of_path, last_contacts, waits_for_answer
from entrepreneurs.services.erasing import erase_applications


def register_personal_data() -> None:
    provide_personal_data(
        PersonalData(
            "entrepreneurs.path",
            _("Candidatures, contrats, activités"),
            held=held_of_path,
            erase=erase_applications,
            hindrance=waits_for_answer,
            last_contacts=last_contacts,
        )
    )
