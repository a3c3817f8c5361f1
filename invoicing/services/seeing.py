"""Notes that a customer opened the page of a document, and tells the sellers the first time (INV-17)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.notices import notify
from invoicing.models import Sending
from invoicing.selectors.checkers import authors_of

SEEN = "invoicing.quote_seen"


def note_seen(sending: Sending, *, at: datetime) -> None:
    """Does: keeps when the page was first and last opened. Refuses: nothing. Leaves behind: both instants;
    the sellers told the first time that a quote is seen."""
    with transaction.atomic():
        row = Sending.objects.select_for_update(of=("self",)).get(pk=sending.pk)
        first = row.first_seen_at is None
        row.first_seen_at = row.first_seen_at or at
        row.last_seen_at = max(at, row.first_seen_at)
        row.save(update_fields=["first_seen_at", "last_seen_at"])
        quote = sending.quote
        if not first or quote is None:
            return
        facts = {"number": str(quote), "customer": quote.customer.name}
        notify(
            authors_of(quote, on=timezone.localdate(at)),
            SEEN,
            subject=lambda: _("%(customer)s a ouvert le devis %(number)s") % facts,
            text=row.to,
            url=quote.get_absolute_url(),
            about=quote,
        )
