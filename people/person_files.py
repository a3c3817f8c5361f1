"""Declares what the file of a person keeps beside the name: its proofs, what « Mes données » says of it."""

from django.utils.translation import gettext_lazy as _

from cae.core.documents import register_document_kind
from cae.core.facts import PersonalData, provide_personal_data
from people.selectors.person_files import held_of_files
from people.services.erasing_files import erase_files
from people.services.skills import PROOF_KIND, PROOF_RIGHT


def register() -> None:
    register_document_kind(PROOF_KIND, right=PROOF_RIGHT, label=_("Justificatif d’une compétence"))
    provide_personal_data(
        PersonalData(
            "people.files",
            _("État civil, situation, compétences"),
            held=held_of_files,
            erase=erase_files,
        )
    )
