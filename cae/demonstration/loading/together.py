"""Quotes that two activities make together: a campaign shared 60/40, with its deposit paid in part, and a
festival shared line by line that waits for an agreement (INV-20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.utils import timezone

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import key_of
from cae.demonstration.loading.sales import Event, Market
from invoicing.models import Quote, QuoteShare
from invoicing.services.answering import Reply, accept_quote
from invoicing.services.approving import approve_quote
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.parting import Ask, prepare_deposit
from invoicing.services.payments import record_payment
from invoicing.services.quoting import create_quote_draft
from invoicing.services.sharing import SharesContent, agree_share, ask_agreements, share_quote
from invoicing.states.joint import Sharing
from invoicing.states.sales import PaymentMode

_PROPOSED, _INVOICED, _PAID, _WAITING = 34, 29, 21, 2
_SIXTY, _FORTY = Decimal("0.6"), Decimal("0.4")


@dataclass(frozen=True)
class Work:
    """What two activities propose together: for whom, an article of each, how it is shared."""

    customer: str
    purpose: str
    own: tuple[str, str]
    theirs: tuple[str, str]
    sharing: Sharing


CAMPAIGN = Work(
    "agence", "Campagne d’affichage : images et maquettes", ("day", "3"), ("poster", "2"), Sharing.WHOLE
)
FESTIVAL = Work(
    "festival", "Onzième édition : affiche et reportage", ("poster", "2"), ("half", "2"), Sharing.LINES
)


class Together:
    """Gives what there is to do each day, as the market plays it."""

    def __init__(self, market: Market, shops: list[Shop]) -> None:
        by_code = {shop.plan.code: shop for shop in shops}
        self.market = market
        self.photo, self.drawing = by_code["LENOIR"], by_code["TRAITLIBRE"]
        self.campaign: list[Quote] = []

    def events(self) -> Iterator[Event]:
        yield Event(-_PROPOSED, 4, self._campaign)
        yield Event(-_INVOICED, 0, self._deposit)
        yield Event(-_PAID, 1, self._pay)
        yield Event(-_WAITING, 4, self._waiting)

    def _campaign(self) -> None:
        quote = self._shared(self.photo, self.drawing, CAMPAIGN, _PROPOSED)
        share = QuoteShare.objects.get(quote=quote, activity=self.drawing.activity)
        at = self._at(_PROPOSED, 14)
        agree_share(share, version=quote.version, actor=self.drawing.author, at=at)
        on = self._day(_PROPOSED)
        quote = approve_quote(quote, actor=self.market.accountant, on=on)
        reply = Reply(quote.customer.contact_name or quote.customer.name, note="Bon pour accord.")
        day = self._at(_PROPOSED - 2, 9)
        self.campaign.append(accept_quote(quote, reply=reply, actor=self.photo.author, at=day))

    def _deposit(self) -> None:
        key = key_of("together-deposit", self.photo.plan.code)
        ask = Ask(rate=Decimal("0.3"))
        draft = prepare_deposit(self.campaign[0], ask=ask, form_key=key, actor=self.photo.author)
        self.market.issue(draft, self.photo.author, _INVOICED)

    def _pay(self) -> None:
        """A first transfer: each has its part of it."""
        record_payment(
            self.campaign[0].invoices.get(),
            amount=Decimal("500.00"),
            on=self._day(_PAID),
            mode=PaymentMode.TRANSFER,
            form_key=key_of("together-paid", self.photo.plan.code),
            actor=self.photo.author,
            today=self.market.today,
        )

    def _waiting(self) -> None:
        self._shared(self.drawing, self.photo, FESTIVAL, _WAITING)

    def _shared(self, leading: Shop, other: Shop, work: Work, ago: int) -> Quote:
        """A draft of which the other activity is asked to agree to its share."""
        quote = create_quote_draft(
            leading.activity,
            content=DraftContent(
                customer=leading.customers[work.customer],
                lines=(self._line(leading, *work.own), self._line(other, *work.theirs)),
                purpose=work.purpose,
            ),
            form_key=key_of("together", leading.plan.code),
            actor=leading.author,
        )
        keys = dict(quote.lines.values_list("position", "pk"))
        mine, theirs = leading.activity.pk, other.activity.pk
        by_line = {keys[1]: mine, keys[2]: theirs} if work.sharing == Sharing.LINES else {}
        at = self._at(ago, 10)
        quote = share_quote(
            quote,
            content=SharesContent(work.sharing, {mine: _SIXTY, theirs: _FORTY}, by_line),
            version=quote.version,
            actor=leading.author,
            at=at,
            on=self._day(ago),
        )
        ask_agreements(quote, actor=leading.author, at=at)
        return quote

    def _line(self, shop: Shop, article: str, quantity: str) -> LineContent:
        sold = shop.plan.articles[article]
        return LineContent(
            label=sold.label,
            description=sold.description,
            quantity=Decimal(quantity),
            unit=sold.unit,
            unit_price=Decimal(sold.price),
            nature=sold.nature,
            vat_rate=self.market.rates[sold.vat],
        )

    def _day(self, ago: int) -> date:
        return days_ago(self.market.today, ago)

    def _at(self, ago: int, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(self._day(ago), time(hour, 5))).astimezone(UTC)
