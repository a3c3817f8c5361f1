"""Prepares the deposit that a quote announces as soon as its customer accepts, the seller told (INV-18)."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.notices import notify
from invoicing.models import Invoice, Quote
from invoicing.selectors.checkers import authors_of
from invoicing.services.parting import Ask, prepare_deposit
from invoicing.states.parts import InstalmentKind
from invoicing.states.sales import InvoiceState, QuoteState

TASK = "invoicing.prepare_announced_deposit"
PREPARED = "invoicing.deposit_prepared"


def prepare_announced_deposit(quote_id: int, *, at: datetime) -> Invoice | None:
    """Does: prepares the first deposit of a quote that asks for it at once; done again, it does nothing.
    Refuses: nothing: a quote not accepted, or already invoiced in part, is left as it is. Leaves behind: the
    draft, and the sellers told that it waits."""
    with transaction.atomic():
        quote = Quote.objects.select_for_update(of=("self",)).get(pk=quote_id)
        first = quote.instalments.filter(kind=InstalmentKind.DEPOSIT).order_by("position").first()
        made = quote.invoices.exclude(state=InvoiceState.DISCARDED).exists()
        if first is None or made or not quote.deposit_at_once or quote.state != QuoteState.ACCEPTED:
            return None
        key = uuid5(NAMESPACE_URL, f"{TASK}/{quote.form_key}")
        if Invoice.objects.filter(form_key=key).exists():
            return None
        draft = prepare_deposit(quote, ask=Ask(instalment=first), form_key=key, actor=None)
        facts = {"number": str(quote), "customer": draft.customer.name}
        notify(
            authors_of(quote, on=timezone.localdate(at)),
            PREPARED,
            subject=lambda: _("Facture d’acompte préparée : devis %(number)s de %(customer)s") % facts,
            text=_("Le client a accepté : vérifiez ce brouillon, puis envoyez-le."),
            url=draft.get_absolute_url(),
            about=draft,
            actor=None,
        )
        return draft
