"""Proves that the parts of a quote never pass it, and that a closed quote was invoiced to the cent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from invoicing.calculations.schedule import gross_of
from invoicing.models import Invoice, Quote
from invoicing.selectors.parts import work_of
from invoicing.states.parts import InvoicePart
from invoicing.states.sales import InvoiceState


def part_faults() -> Iterator[str]:
    """Deposit, instalments, situations and balance of a quote ask it once: in net, in tax of each rate and in
    gross; a deposit is never taken off twice."""
    live = Invoice.objects.exclude(state=InvoiceState.DISCARDED).exclude(part=InvoicePart.WHOLE)
    for quote in Quote.objects.filter(pk__in=live.values("quote")).order_by("pk"):
        work = work_of(quote)
        if work.prepared is not None:
            # A draft may be stale: it is judged when it is issued.
            work = work_of(quote, without=work.prepared)
        signs = [min(group.net, group.tax) < 0 for group in work.left if group.gross > 0]
        if work.gross_left < 0 or any(signs):
            yield _("%(number)s : facturé au-delà du devis accepté.") % {"number": quote}
        closing = [part for part in work.parts if part.invoice.part == InvoicePart.BALANCE]
        credited = any(gross_of(part.groups) != part.invoice.total_incl_tax for part in work.parts)
        if closing and work.left and not credited:
            yield _("%(number)s : le solde laisse quelque chose à facturer.") % {"number": quote}
        for deposit in work.deposits:
            taken, asked = sum(deposit.recovered.values()), sum(deposit.veins.values())
            if taken > asked:
                yield _("%(number)s : acompte déduit deux fois.") % {"number": deposit.invoice.number}
