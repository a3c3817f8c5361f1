"""What the room declares of deposit slips when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.deposits import slip_of_entries, slip_sources
from accounting.selectors.open_items import provide_deposits
from accounting.services.deposit_files import SLIP_FILE
from cae.core.documents import register_document_kind
from cae.core.facts import provide_source


def register_reconciliation() -> None:
    """Called once, when models are ready."""
    register_document_kind(SLIP_FILE, right="accounting.view_bank", label=_("Bordereau de remise"))
    provide_source("accounting.depositslip", slip_sources)
    provide_deposits(slip_of_entries)
