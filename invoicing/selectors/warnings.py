"""What the author of a draft should know before anything is refused: words, never an obstacle (INV-14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.templatetags.formats import money
from invoicing.models import Customer
from invoicing.selectors.invoices import invoices_overdue
from invoicing.selectors.self_validation import validates_alone
from invoicing.states.sales import CheckedKind, SaleKind


def warnings_of(user: Any, *, kind: str, customer: Customer | None, net: Decimal, on: date) -> list[str]:
    """The sentences for this customer and this amount before tax, the most pressing first."""
    found = []
    if customer is not None:
        found += _about_customer(user, customer, on)
    checked = CheckedKind.QUOTE if kind == SaleKind.QUOTE else CheckedKind.INVOICE
    if validates_alone(user, checked, None, on=on) and not validates_alone(user, checked, net, on=on):
        found.append(
            _("À %(amount)s HT, ce document dépasse votre autovalidation : l’équipe le relira.")
            % {"amount": money(net)}
        )
    return found


def _about_customer(user: Any, customer: Customer, on: date) -> list[str]:
    found = []
    if customer.is_archived:
        found.append(_("Ce client est archivé : reprenez sa fiche avant de lui envoyer ce document."))
    late = invoices_overdue(user, on=on).filter(customer=customer).order_by()
    owed = late.aggregate(count=Count("pk"), due=Sum("due"))
    if owed["count"]:
        sentence = ngettext(
            "%(count)d facture de ce client est en retard, pour %(amount)s.",
            "%(count)d factures de ce client sont en retard, pour %(amount)s.",
            owed["count"],
        )
        found.append(sentence % {"count": owed["count"], "amount": money(owed["due"])})
    return found
