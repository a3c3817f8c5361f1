"""Declares what files and mails that come in need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import documents, facts, menu
from cae.core.mail_texts import register_mail
from invoicing.selectors.incoming_todo import AWAITED
from invoicing.services.erasing_mails import erase_mails, held_of_mails
from invoicing.services.incoming import FILE_KIND, INNER_KIND
from invoicing.services.voucher_answers import MAIL

_DOCUMENTS = (
    (FILE_KIND, "invoicing.open_incoming_file", _("Fichier de fournisseur")),
    (INNER_KIND, "invoicing.open_incoming_file", _("Pièce jointe à une facture de fournisseur")),
)


def register_incoming() -> None:
    """Called once, when models are ready."""
    for code, right, label in _DOCUMENTS:
        documents.register_document_kind(code, right=right, label=label)
    register_mail(MAIL)
    facts.provide_awaited(AWAITED)
    facts.provide_personal_data(
        facts.PersonalData(
            "invoicing.mails",
            _("Justificatifs et factures par e-mail"),
            held=held_of_mails,
            erase=erase_mails,
        )
    )
    menu.register_entry(
        group="spending",
        label=_("Fichiers reçus"),
        url_name="invoicing:incoming_list",
        right="invoicing.view_incoming_files",
        icon="inbox",
        order=35,
    )
    menu.register_pages("invoicing:incoming_list", "/depenses/adresses/")
    menu.register_pages("invoicing:incoming_list", "/depenses/e-mails-recus/")
