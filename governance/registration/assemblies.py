"""Declares what assemblies need: mails, notices, kinds of document, what waits, personal data, the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.allocation import RESOLUTION_FACT
from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.search import provide_search
from governance.selectors.accounts import resolutions_allocating
from governance.selectors.assembly_data import held_of_assemblies
from governance.selectors.assembly_found import (
    assembly_happenings,
    assembly_sources,
    find_assemblies,
    find_resolutions,
    resolution_sources,
)
from governance.selectors.assembly_todo import AWAITED
from governance.services.addition_answers import ADDITION_ANSWERED
from governance.services.agenda import PAPER_FILE
from governance.services.assembly_mails import register_assembly_mails
from governance.services.convocation_files import CONVOCATION_FILE, LETTER_FILE, LETTERS_FILE
from governance.services.convocation_proofs import PROOF_FILE
from governance.services.member_questions import ANSWERED, ASKED

_LETTER = "governance.open_convocation_letter"


def register_assemblies() -> None:
    """Called once, when models are ready."""
    register_assembly_mails()
    register_notice(ASKED, label=_("Question d’associé·e pour une assemblée"))
    register_notice(ADDITION_ANSWERED, label=_("Suite donnée à une résolution que je soutiens"))
    register_notice(ANSWERED, label=_("Réponse à ma question pour une assemblée"))
    register_document_kind(
        PAPER_FILE, right="governance.open_assembly_paper", label=_("Document d’une assemblée")
    )
    register_document_kind(CONVOCATION_FILE, right="governance.open_convocation", label=_("Convocation"))
    register_document_kind(LETTER_FILE, right=_LETTER, label=_("Lettre de convocation"))
    register_document_kind(PROOF_FILE, right=_LETTER, label=_("Preuve d’une convocation"))
    register_document_kind(
        LETTERS_FILE,
        right="governance.open_convocation_letters",
        label=_("Lettres de convocation à imprimer"),
    )
    facts.provide_awaited(AWAITED)
    facts.provide(RESOLUTION_FACT, resolutions_allocating)
    facts.provide_calendar(assembly_happenings)
    facts.provide_source("governance.assembly", assembly_sources)
    facts.provide_source("governance.resolution", resolution_sources)
    provide_search(find_assemblies)
    provide_search(find_resolutions)
    facts.provide_personal_data(
        facts.PersonalData("governance.assemblies", _("Assemblées"), held=held_of_assemblies)
    )
    menu.register_entry(
        group="governance",
        label=_("Assemblées"),
        url_name="governance:assembly_list",
        right="governance.view_assemblies",
        icon="megaphone",
        order=10,
    )
