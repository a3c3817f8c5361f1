"""Before a quote is over: the sellers are told once; the customer is reminded, in one click or by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.settings import value_of
from cae.core.templatetags.formats import day
from invoicing import parameters
from invoicing.emails import REMINDER, letter_of
from invoicing.models import Quote, Sending
from invoicing.selectors.checkers import authors_of
from invoicing.selectors.sendings import live_addresses, quotes_ending, quotes_to_remind
from invoicing.services.sending import resend_quote
from invoicing.states.sales import QuoteState, SendingKind

ENDING = "invoicing.quote_ending"
# How many days before its last one a quote is announced as ending (interface.md §8).
ANNOUNCED = timedelta(days=3)


def remind_customer(quote: Quote, *, actor: Any, at: datetime) -> Quote:
    """Does: mails the customer that the quote ends soon, to the addresses that have it. Refuses: a quote
    answered, replaced or over; one that left by no mail. Leaves behind: new links, sendings, mails; audit."""
    to = live_addresses(quote)
    if not to:
        raise Refused(
            Code.VALUE_MISSING, _("Ce devis n’est parti par aucun e-mail : envoyez-le, ou appelez le client.")
        )
    letter = letter_of(quote, REMINDER, on=timezone.localdate(at))
    return resend_quote(quote, to=to, letter=letter, kind=SendingKind.REMINDER, actor=actor, at=at)


def watch_ending_quotes(*, at: datetime) -> int:
    """Does: tells the sellers of each quote that ends within three days, or ended while nobody looked; and
    reminds the customer, if the cooperative decided so. Refuses: nothing; each quote once.
    Leaves behind: notices, reminders, the instant of each; gives how many quotes were told."""
    on = timezone.localdate(at)
    told = sum(tell_ending(quote, at=at) for quote in quotes_ending(on + ANNOUNCED))
    days = value_of(parameters.REMINDER_DAYS, on=on)
    if days:
        for quote in quotes_to_remind(on, on + timedelta(days=days)):
            _remind_alone(quote, at)
    return told


def tell_ending(quote: Quote, *, at: datetime) -> bool:
    """Does: tells the sellers, once, that a quote is ending. Refuses: nothing. Leaves behind: notices, the
    instant; gives whether they were told now."""
    with transaction.atomic():
        row = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
        sendings = Sending.objects.filter(quote=row)
        if row.state != QuoteState.SENT or sendings.filter(end_told_at__isnull=False).exists():
            return False
        sendings.update(end_told_at=at)
        facts = {"number": str(row), "customer": quote.customer.name, "day": day(row.valid_until)}
        over = row.is_expired(timezone.localdate(at))
        notify(
            authors_of(row, on=timezone.localdate(at)),
            ENDING,
            subject=lambda: (
                _("Le devis %(number)s n’est plus valable depuis le %(day)s") % facts
                if over
                else _("Le devis %(number)s se termine le %(day)s") % facts
            ),
            text=lambda: _("%(customer)s n’a pas encore répondu.") % facts,
            url=row.get_absolute_url(),
            about=row,
        )
        return True


def _remind_alone(quote: Quote, at: datetime) -> None:
    """One refusal (an answer come meanwhile) does not stop the others."""
    try:
        remind_customer(quote, actor=None, at=at)
    except Refused:
        return
