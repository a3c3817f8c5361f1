"""Declares what receipts and expense claims of the entrepreneur need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import documents, notices
from invoicing.services.expenses import ENTERED
from invoicing.services.vouchers import PREVIEW_KIND, VOUCHER_KIND

_DOCUMENTS = (
    (VOUCHER_KIND, "invoicing.open_voucher", _("Justificatif")),
    (PREVIEW_KIND, "invoicing.open_voucher", _("Image d’un justificatif")),
)


def register_expenses() -> None:
    """Called once, when models are ready."""
    for code, right, label in _DOCUMENTS:
        documents.register_document_kind(code, right=right, label=label)
    notices.register_notice(ENTERED, label=_("Dépense saisie pour vous"), mutable=True)
