"""Quotes in every state: each activity has proposed something, and what the customer made of it differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from random import Random
from typing import Any

from django.utils import timezone

from cae.core.notices import notices_of, read_notices
from cae.core.signing import Hand, Origin
from cae.core.threads import post_message
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import key_of
from cae.demonstration.loading.sales import Event, Market
from invoicing import emails
from invoicing.models import Invoice, Quote, Sending
from invoicing.selectors.answers import choice_of, options_of, shown_choices
from invoicing.services.answering import Reply, Seal, accept_quote, refuse_quote
from invoicing.services.approving import approve_quote, withdraw_quote
from invoicing.services.converting import invoice_quote
from invoicing.services.correcting import correct_quote
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.quoting import create_quote_draft, discard_quote, revise_quote
from invoicing.services.seeing import note_seen
from invoicing.services.sending import send_quote
from invoicing.services.submitting import submit_quote
from people.models import User


class Fate(StrEnum):
    """What became of a quote."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    SUBMITTED = "submitted"
    CORRECTED = "corrected"
    APPROVED = "approved"
    SENT = "sent"
    SEEN = "seen"
    ASKED = "asked"
    EXPIRED = "expired"
    REFUSED = "refused"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    ACCEPTED = "accepted"
    INVOICED = "invoiced"


# How many of each, and how many days ago the first and the last of them were approved.
FATES: tuple[tuple[Fate, int, int, int], ...] = (
    (Fate.INVOICED, 7, 96, 30),
    (Fate.EXPIRED, 4, 75, 45),
    (Fate.REFUSED, 5, 64, 9),
    (Fate.NOTED, 2, 40, 26),
    (Fate.ACCEPTED, 6, 28, 4),
    (Fate.WITHDRAWN, 2, 33, 20),
    (Fate.REPLACED, 4, 24, 8),
    (Fate.SEEN, 6, 21, 3),
    (Fate.ASKED, 2, 12, 6),
    (Fate.SENT, 6, 17, 1),
    (Fate.APPROVED, 4, 5, 1),
    (Fate.SUBMITTED, 4, 2, 0),
    (Fate.CORRECTED, 2, 4, 2),
    (Fate.DRAFT, 5, 9, 0),
    (Fate.DISCARDED, 1, 30, 30),
)
# Neighbours in the list do not end alike: prime to the number of activities.
STRIDE = 7
MORE: tuple[tuple[str, Fate, int], ...] = (
    ("LENOIR", Fate.REFUSED, 52),
    ("LENOIR", Fate.ACCEPTED, 16),
    ("LENOIR", Fate.SEEN, 7),
    ("LENOIR", Fate.SENT, 2),
    ("LENOIR", Fate.DRAFT, 1),
    ("CELIK", Fate.SEEN, 5),
    ("CANOPEE", Fate.SUBMITTED, 1),
    ("CANOPEE", Fate.CORRECTED, 3),
    ("PLAN", Fate.ACCEPTED, 10),
    ("PLAN", Fate.SENT, 4),
)
VALID_DAYS = 30
# What the larger of two variants costs beside the one proposed.
LARGER = Decimal("1.40")
# An address kept for examples (RFC 5737): nobody's.
ORIGIN = Origin("192.0.2.17", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
REFUSALS = (
    "Le budget a été repoussé à l’an prochain.",
    "Nous avons retenu une proposition plus proche de chez nous.",
    "Le calendrier ne convient pas : il nous fallait une livraison avant l’été.",
    "Le projet est abandonné, merci pour le temps passé.",
    "Trop cher pour nous cette année, nous reviendrons vers vous.",
)
QUESTION = (
    "Bonjour, la deuxième ligne comprend-elle le déplacement ? Et peut-on commencer une semaine plus tard ?"
)
CORRECTION = "Le numéro de commande du client manque, et la date de début n’est pas dite. Merci de compléter."
# Read long ago: under the bell, only the last weeks are new.
NEWS_DAYS = 15
KEPT_DRAFTS = (Fate.DRAFT, Fate.DISCARDED, Fate.SUBMITTED, Fate.CORRECTED)


@dataclass
class Offer:
    """A quote of one activity."""

    shop: Shop
    fate: Fate
    ago: int
    rank: int
    row: Quote | None = None
    invoice: Invoice | None = None

    @property
    def quote(self) -> Quote:
        if self.row is None:
            raise LookupError(f"{self.shop.plan.code}: something comes before its quote")
        return self.row


class Offers:
    """Gives what there is to do each day; the invoices of accepted quotes are issued by the market."""

    def __init__(self, market: Market, shops: list[Shop], *, checker: User) -> None:
        self.market, self.today, self.checker = market, market.today, checker
        self.offers = list(_shared_out(shops))

    def events(self) -> Iterator[Event]:
        for offer in self.offers:
            yield Event(-offer.ago, 4, partial(self._propose, offer))
            if offer.fate == Fate.INVOICED:
                yield Event(-(offer.ago - 12), 0, partial(self._invoice, offer, offer.ago - 12))

    def settle_news(self) -> None:
        """What was told of quotes of long ago has been read since."""
        long_ago = [str(offer.quote.pk) for offer in self.offers if offer.ago > NEWS_DAYS]
        for user in User.objects.filter(person__isnull=False):
            read_notices(notices_of(user).filter(about_id__in=long_ago), at=timezone.now())

    def _propose(self, offer: Offer) -> None:
        shop = offer.shop
        offer.row = create_quote_draft(
            shop.activity,
            content=self._content(offer),
            form_key=key_of("quote", shop.plan.code, str(offer.rank)),
            actor=shop.author,
        )
        if offer.fate in KEPT_DRAFTS:
            self._keep_draft(offer)
            return
        on = days_ago(self.today, offer.ago)
        offer.row = approve_quote(offer.quote, actor=shop.author, on=on)
        if offer.fate != Fate.APPROVED:
            self._send(offer)
            self._end(offer)

    def _keep_draft(self, offer: Offer) -> None:
        on, author = days_ago(self.today, offer.ago), offer.shop.author
        if offer.fate == Fate.DISCARDED:
            discard_quote(offer.quote, actor=author)
        elif offer.fate != Fate.DRAFT:
            offer.row = submit_quote(offer.quote, actor=author, on=on)
        if offer.fate == Fate.CORRECTED:
            correct_quote(offer.quote, actor=self.checker, reason=CORRECTION, on=on)

    def _send(self, offer: Offer) -> None:
        letter = emails.letter_of(offer.quote, emails.QUOTE, on=days_ago(self.today, offer.ago))
        offer.row = send_quote(
            offer.quote,
            to=[offer.quote.customer.email],
            letter=letter,
            actor=offer.shop.author,
            at=self._at(offer.ago, hour=10),
        )

    def _end(self, offer: Offer) -> None:
        """What the customer did; seen on the same day, answered the day after."""
        quote, fate, author = offer.quote, offer.fate, offer.shop.author
        if fate not in (Fate.SENT, Fate.EXPIRED, Fate.NOTED, Fate.WITHDRAWN):
            note_seen(_sending(quote), at=self._at(offer.ago, hour=14))
        answered = self._at(max(offer.ago - 1, 0), hour=9)
        if fate == Fate.ASKED:
            post_message(quote, text=QUESTION, author_name=_signer(quote))
        elif fate == Fate.WITHDRAWN:
            withdraw_quote(quote, actor=author)
        elif fate == Fate.REPLACED:
            self._replace(offer)
        elif fate == Fate.REFUSED:
            reply = Reply(_signer(quote), sending=_sending(quote))
            reason = REFUSALS[offer.rank % len(REFUSALS)]
            refuse_quote(quote, reply=reply, reason=reason, actor=None, at=answered)
        elif fate == Fate.NOTED:
            reply = Reply(_signer(quote), note="Bon pour accord reçu par courrier, classé au dossier.")
            accept_quote(quote, reply=reply, options=_proposed(quote), actor=author, at=answered)
        elif fate in (Fate.ACCEPTED, Fate.INVOICED):
            offer.row = self._sign(quote, with_option=offer.rank % 2 == 0, at=answered)

    def _sign(self, quote: Quote, *, with_option: bool, at: datetime) -> Quote:
        options = [line.pk for line in options_of(quote)] if with_option else []
        options += _proposed(quote)
        name = _signer(quote)
        seal = Seal(Hand(name, typed=name), ORIGIN, choice_of(quote, options).content_sha256)
        reply = Reply(name, sending=_sending(quote))
        return accept_quote(quote, reply=reply, options=options, seal=seal, actor=None, at=at)

    def _replace(self, offer: Offer) -> None:
        """The customer asked for another version, which waits for an answer."""
        key = key_of("revision", offer.shop.plan.code, str(offer.rank))
        revised = revise_quote(offer.quote, form_key=key, actor=offer.shop.author)
        on = days_ago(self.today, offer.ago)
        offer.row = approve_quote(revised, actor=offer.shop.author, on=on)
        self._send(offer)

    def _invoice(self, offer: Offer, ago: int) -> None:
        key = key_of("invoice-of-quote", offer.shop.plan.code, str(offer.rank))
        draft = invoice_quote(offer.quote, form_key=key, actor=offer.shop.author)
        self.market.issue(draft, offer.shop.author, ago)

    def _content(self, offer: Offer) -> DraftContent:
        shop, on = offer.shop, days_ago(self.today, offer.ago)
        # Not for secrets: the same activity always proposes the same thing.
        draw = Random(f"co-actions:quote:{shop.plan.code}:{offer.rank}")  # noqa: S311
        sale = draw.choice([sale for sale in shop.plan.sales if sale.lines])
        lines = [self.market.line(shop, line) for line in sale.lines]
        if len(lines) > 1 and offer.rank % 3 == 0:
            lines = _with_option(lines)
        elif offer.rank % 5 == 1:
            lines = _with_variants(lines)
        return DraftContent(
            customer=shop.customers[sale.customer],
            lines=tuple(lines),
            purpose=sale.purpose,
            order_reference=sale.order,
            discount_rate=Decimal("0.03") if offer.rank % 7 == 0 else None,
            valid_until=on + timedelta(days=VALID_DAYS),
            starts_on=on + timedelta(days=VALID_DAYS + 14),
        )

    def _at(self, ago: int, *, hour: int) -> datetime:
        local = timezone.make_aware(datetime.combine(days_ago(self.today, ago), time(hour, 12)))
        # As the clock of the server says it: a signature seals the instant as it is written.
        return local.astimezone(UTC)


def _shared_out(shops: Sequence[Shop]) -> Iterator[Offer]:
    """One quote for each activity, the ends shared out over them; more for those whom people visit first."""
    fates = [
        (fate, first - (first - last) * rank // max(count - 1, 1))
        for fate, count, first, last in FATES
        for rank in range(count)
    ]
    for rank, shop in enumerate(shops):
        yield Offer(shop, *fates[rank * STRIDE % len(fates)], rank)
    by_code = {shop.plan.code: shop for shop in shops}
    for rank, (code, fate, ago) in enumerate(MORE, start=len(by_code)):
        yield Offer(by_code[code], fate, ago, rank)


def _with_option(lines: list[LineContent]) -> list[LineContent]:
    """Two groups, the last line being for the customer to choose."""
    first, *others, last = lines
    return [
        _changed(first, group_title="Notre proposition"),
        *others,
        _changed(last, group_title="Si vous le souhaitez", optional=True),
    ]


def _with_variants(lines: list[LineContent]) -> list[LineContent]:
    """The last line as the seller proposes it, or in a larger format that the customer may prefer."""
    *others, last = lines
    larger = (last.unit_price * LARGER).quantize(Decimal("0.01"))
    essential = _changed(last, group_title="Formule essentielle", choice="Formule")
    complete = _changed(
        essential, group_title="Formule complète", unit_price=larger, optional=True, item=None
    )
    return [*others, essential, complete]


def _changed(line: LineContent, **values: Any) -> LineContent:
    return replace(line, **values)


def _proposed(quote: Quote) -> list[int]:
    """The variants that the seller proposes, by their keys."""
    return [one.key for some in shown_choices(quote).values() for one in some if one.proposed]


def _sending(quote: Quote) -> Sending:
    sending = quote.sendings.order_by("pk").last()
    if sending is None:
        raise LookupError(f"{quote} was sent to nobody")
    return sending


def _signer(quote: Quote) -> str:
    return quote.customer.contact_name or quote.customer.name
