"""Declares what proxies, presence and correspondence need: notices, kinds of document, pages of the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from governance.services.correspondence import FORM_SCAN
from governance.services.proxy_mails import register_proxy_mails
from governance.services.representation_files import FORM_FILE, PROXY_FILE, SHEET_FILE
from governance.services.representing import PROXY_NOTICE


def register_representation() -> None:
    """Called once, when models are ready."""
    register_proxy_mails()
    register_notice(PROXY_NOTICE, label=_("Pouvoirs donnés et reçus"))
    for kind, right, label in (
        (PROXY_FILE, "governance.open_proxy_file", _("Pouvoir")),
        (SHEET_FILE, "governance.open_sheet", _("Feuille de présence")),
        (FORM_FILE, "governance.open_blank_form", _("Formulaire de vote par correspondance")),
        (FORM_SCAN, "governance.open_sheet", _("Formulaire de correspondance reçu")),
    ):
        register_document_kind(kind, right=right, label=label)
    menu.register_pages("governance:assembly_list", "/emargement/", "/pouvoirs/")
