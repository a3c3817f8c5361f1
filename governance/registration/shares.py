"""Declares what shares need: kinds of document, the menu, what waits for somebody, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import menu
from cae.core.documents import register_document_kind
from governance.services.share_files import BULLETIN_FILE, CERTIFICATE_FILE


def register_shares() -> None:
    """Called once, when models are ready."""
    register_document_kind(
        BULLETIN_FILE, right="governance.open_share_file", label=_("Bulletin de souscription de parts")
    )
    register_document_kind(
        CERTIFICATE_FILE, right="governance.open_share_file", label=_("Attestation de parts sociales")
    )
    menu.register_entry(
        group="governance",
        label=_("Parts sociales"),
        url_name="governance:share_movements",
        right="governance.view_shares",
        icon="pie-chart",
        order=30,
    )
    menu.register_entry(
        group="governance",
        label=_("Mes parts"),
        url_name="governance:own_shares",
        right="governance.view_own_shares",
        icon="pie-chart",
        order=31,
    )
    menu.register_pages("governance:share_movements", "/parts/")
