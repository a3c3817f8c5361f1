"""Documents that their customers have, each sent by the services; secrets are read in the mails."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.db import connection
from django.utils import timezone

from cae.core.signing import Hand, Origin
from entrepreneurs.models import Activity
from invoicing.emails import QUOTE, cause_of, letter_of
from invoicing.models import Customer, Invoice, Quote, Sending
from invoicing.selectors.answers import choice_of
from invoicing.services.answering import accept_online
from invoicing.services.inputs import LineContent
from invoicing.services.sending import send_invoice, send_quote
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import firm

READER = "jeanne@client.example"
ORIGIN = Origin("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")


def buyer(owner: Activity, **details: Any) -> Customer:
    """A firm with somebody to write to."""
    return firm(owner, email=READER, contact_name="Jeanne Durand", **details)


def ready_quote(owner: Activity | None = None, *lines: LineContent, **details: Any) -> Quote:
    """A quote approved today, for a customer with an address."""
    owner = owner or make_activity()
    facts: dict[str, Any] = {"customer": owner.customers.first() or buyer(owner), "on": timezone.localdate()}
    return quotes.approved(owner, *lines, **facts | details)


def send(quote: Quote, *, to: tuple[str, ...] = (READER,), actor: Any = None) -> Quote:
    at = timezone.now()
    letter = letter_of(quote, QUOTE, on=timezone.localdate(at))
    return send_quote(quote, to=to, letter=letter, actor=actor, at=at)


def sent_quote(
    owner: Activity | None = None, *lines: LineContent, to: str = READER, **details: Any
) -> tuple[Quote, str]:
    """A quote that its customer has, and the secret of the link."""
    quote = send(ready_quote(owner, *lines, **details), to=(to,))
    return quote, token_of(quote.sendings.get())


def sent_invoice(invoice: Invoice) -> str:
    """The secret by which the customer opens the invoice."""
    at = timezone.now()
    letter = letter_of(invoice, cause_of(invoice), on=timezone.localdate(at))
    send_invoice(invoice, to=[READER], letter=letter, actor=None, at=at)
    return token_of(invoice.sendings.latest("pk"))


def token_of(sending: Sending) -> str:
    """As the customer finds it in the mail: kept until it leaves, then with its reader alone."""
    assert sending.email is not None
    left = [
        str(one.body) for one in mail.outbox if one.extra_headers["Message-ID"] == sending.email.message_id
    ]
    found = re.search(r"/d/([\w-]+)/", "\n".join([sending.email.text, *left]))
    assert found, sending.email.text
    return found[1]


def accept(quote: Quote, token: str, *, options: tuple[int, ...] = (), **details: Any) -> Quote:
    given: dict[str, Any] = {
        "hand": Hand("Jeanne Durand", "Directrice", typed="Jeanne Durand"),
        "options": options,
        "terms_accepted": True,
        "shown_sha256": choice_of(quote, options).content_sha256,
        "proof_to": READER,
        "origin": ORIGIN,
        "at": timezone.now(),
    }
    return accept_online(token, **given | details)


def let_time_pass(quote: Quote, *, ended: date | None = None) -> Quote:
    """A quote as it stands once its last day is past: time alone does that, so no service does."""
    first = (ended or timezone.localdate() - timedelta(days=1)) - timedelta(days=30)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE invoicing_quote SET approved_on = %s, valid_until = %s WHERE id = %s",
            [first, ended or timezone.localdate() - timedelta(days=1), quote.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    quote.refresh_from_db()
    return quote
