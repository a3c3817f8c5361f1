"""Gives up a draft, or takes it up again: it has no number, so nothing is left missing."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.events import publish
from cae.core.workflow import performs
from invoicing.events import InvoiceMoved
from invoicing.models import Invoice, Quote
from invoicing.selectors.quotes import invoice_of
from invoicing.services.recharging import free_recharges, take_recharges_again
from invoicing.states.sales import INVOICE_FLOW


@performs(INVOICE_FLOW, "discard")
def discard_invoice(invoice: Invoice, *, actor: Any) -> None:
    """Does: puts a draft aside. Refuses: anything but a draft. Leaves behind: the state, audit; the expenses
    it rebilled free for another."""
    free_recharges(invoice, at=timezone.now())


@performs(INVOICE_FLOW, "restore")
def restore_invoice(invoice: Invoice, *, actor: Any) -> None:
    """Does: takes up a discarded draft. Refuses: anything else; one whose quote, or an expense of it,
    was invoiced otherwise since; what a room above refuses. Leaves behind: the state, audit."""
    if invoice.is_part:
        raise IllegalMove(_("Ce qui reste du devis a pu changer : préparez une nouvelle facture."))
    if invoice.quote is not None:
        quote = Quote.objects.select_for_update(of=("self",)).get(pk=invoice.quote.pk)
        made = invoice_of(quote)
        if made is not None:
            raise Refused(
                Code.ALREADY_DONE, _("Ce devis a déjà sa facture : %(invoice)s.") % {"invoice": made}
            )
    take_recharges_again(invoice)
    publish(InvoiceMoved(invoice, "restore", actor))
