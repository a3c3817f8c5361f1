"""Declares what disbursements need when the room starts."""

from django.utils.translation import gettext_lazy as _

from cae.core import documents
from invoicing.services.proving import PROOF_KIND


def register_disbursements() -> None:
    """Called once, when models are ready."""
    documents.register_document_kind(
        PROOF_KIND, right="invoicing.open_disbursement_proof", label=_("Preuve de débours")
    )
