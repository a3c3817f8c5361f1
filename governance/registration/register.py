"""Declares what the register of associates needs: files, notices, mails, the menu, to-dos, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu, tab_bars
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.panels import provide_panel
from cae.core.search import provide_search
from governance.selectors.marks import ASSOCIATE, associates_of_person
from governance.selectors.register_data import held_register, hinders_register, last_register_contacts
from governance.selectors.register_found import associate_panel, find_associates
from governance.selectors.register_todo import AWAITED
from governance.services.erasing_register import erase_register
from governance.services.register_files import CERTIFICATE_FILE, REGISTER_FILE
from governance.services.register_mails import ASKED, register_mails
from people.selectors import provide_mark


def register_register() -> None:
    """Called once, when models are ready."""
    register_mails()
    register_notice(ASKED, label=_("Quelqu’un demande à devenir associé·e"))
    register_document_kind(
        REGISTER_FILE, right="governance.open_register_file", label=_("Registre des associé·es certifié")
    )
    register_document_kind(
        CERTIFICATE_FILE,
        right="governance.open_associate_certificate",
        label=_("Attestation d’associé·e"),
    )
    facts.provide_awaited(AWAITED)
    provide_mark(ASSOCIATE, associates_of_person)
    facts.provide_personal_data(
        facts.PersonalData(
            "governance.register",
            _("Sociétariat"),
            held=held_register,
            erase=erase_register,
            hindrance=hinders_register,
            last_contacts=last_register_contacts,
        )
    )
    provide_panel("people.person", associate_panel, order=60)
    provide_search(find_associates)
    menu.register_entry(
        group="governance",
        label=_("Associé·es"),
        url_name="governance:associate_list",
        right="governance.view_register",
        icon="people",
        order=20,
    )
    menu.register_pages("governance:associate_list", "/associes/", "/demandes-de-societariat/", "/colleges/")
    # Shorter than those above: whoever keeps the register is led by its entry, an associate by one’s own.
    menu.register_pages("people:own_deadlines", "/ma-situation/", "/associes", "/demandes-de-societariat")
    tab_bars.register_tab(
        tab_bars.OWN,
        label=_("Ma situation"),
        url_name="governance:own_situation",
        right="governance.view_own_situation",
        order=40,
    )
