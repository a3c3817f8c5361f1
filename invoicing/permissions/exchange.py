"""Who may do what with the exchange with an approved platform, the addresses and the sender."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from invoicing.permissions.sales import reads_sales, sees_invoice, sells
from people.permissions import has_role, is_accountant, is_admin
from people.states import RoleKind


@rules.predicate
def came_through_exchange(_user: Any, document: Document | None = None) -> bool:
    return document is None or document.about_type == "invoicing.exchangemessage"


# The whole traffic of the cooperative: what is said of one document is read on its page.
reads_exchange = is_accountant | is_admin | has_role(RoleKind.CO_MANAGER, RoleKind.AUDITOR)
keeps_addresses = is_accountant | is_admin

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_exchange": reads_exchange,
    "invoicing.run_exchange": is_accountant,
    "invoicing.note_einvoice_status": is_accountant & sees_invoice,
    "invoicing.view_einvoice_life": reads_sales & sees_invoice,
    "invoicing.open_exchange_file": reads_exchange & came_through_exchange,
    "invoicing.view_routing": reads_exchange,
    "invoicing.keep_routing": keeps_addresses,
    "invoicing.edit_sender": sells,
}
