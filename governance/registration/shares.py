"""Declares what shares need: kinds of document, the menu, what waits for somebody, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
