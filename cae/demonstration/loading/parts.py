"""Quotes invoiced in parts: an illustration with a deposit and its balance, a building site with two
situations, a retention, and the rest to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import partial

from django.utils import timezone

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import key_of
from cae.demonstration.loading.sales import Event, Market
from invoicing.models import Invoice, Quote
from invoicing.selectors.invoices import standing_of
from invoicing.services.answering import Reply, accept_quote
from invoicing.services.approving import approve_quote
from invoicing.services.inputs import DraftContent, InstalmentContent, LineContent, ScheduleContent
from invoicing.services.parting import Ask, prepare_balance, prepare_deposit, prepare_progress
from invoicing.services.payments import record_payment
from invoicing.services.quoting import create_quote_draft
from invoicing.states.parts import Billing, InstalmentKind
from invoicing.states.sales import PaymentMode

_DEPOSIT = InstalmentContent(InstalmentKind.DEPOSIT, rate=Decimal("0.3"))


@dataclass
class Site:
    """A quote, and what was issued of it so far."""

    shop: Shop
    customer: str
    purpose: str
    lines: tuple[tuple[str, str], ...]
    schedule: ScheduleContent
    proposed_ago: int
    rows: list[Quote] = field(default_factory=list)
    issued: list[Invoice] = field(default_factory=list)

    @property
    def quote(self) -> Quote:
        return self.rows[0]


class Sites:
    """Gives what there is to do each day, as the market plays it."""

    def __init__(self, market: Market, shops: list[Shop]) -> None:
        self.market = market
        by_code = {shop.plan.code: shop for shop in shops}
        drawn, built = by_code["LENOIR"], by_code["COPEAUX"]
        article = next(iter(drawn.plan.articles))
        self.drawing = Site(
            drawn,
            next(iter(drawn.plan.sales)).customer,
            "Livret d’accueil illustré",
            ((article, "6"),),
            ScheduleContent(instalments=(_DEPOSIT,)),
            48,
        )
        self.building = Site(
            built,
            "immobilier",
            "Résidence Brouchet, façade sud",
            (("insulation", "12"), ("labour", "64"), ("shelf", "18")),
            ScheduleContent(Billing.PROGRESS, instalments=(_DEPOSIT,)),
            96,
        )

    def events(self) -> Iterator[Event]:
        for site in (self.drawing, self.building):
            yield Event(-site.proposed_ago, 4, partial(self._propose, site))
        yield Event(-44, 0, partial(self._deposit, self.drawing, 44))
        yield Event(-37, 1, partial(self._pay, self.drawing, 37))
        yield Event(-9, 0, partial(self._balance, self.drawing, 9))
        yield Event(-90, 0, partial(self._deposit, self.building, 90))
        yield Event(-84, 1, partial(self._pay, self.building, 84))
        first, second = {1: "0.5", 2: "0.3"}, {1: "1", 2: "0.75", 3: "0.4"}
        yield Event(-56, 0, partial(self._situation, self.building, 56, first))
        yield Event(-31, 1, partial(self._pay, self.building, 31))
        yield Event(-18, 0, partial(self._situation, self.building, 18, second))

    def _propose(self, site: Site) -> None:
        author = site.shop.author
        draft = create_quote_draft(
            site.shop.activity,
            content=DraftContent(
                customer=site.shop.customers[site.customer],
                lines=tuple(self._line(site.shop, *line) for line in site.lines),
                purpose=site.purpose,
                schedule=site.schedule,
            ),
            form_key=key_of("site", site.shop.plan.code),
            actor=author,
        )
        quote = approve_quote(draft, actor=author, on=days_ago(self.market.today, site.proposed_ago))
        day = datetime.combine(days_ago(self.market.today, site.proposed_ago - 2), time(9, 20))
        at = timezone.make_aware(day).astimezone(UTC)
        reply = Reply(
            quote.customer.contact_name or quote.customer.name, note="Bon pour accord, signé au bureau."
        )
        site.rows.append(accept_quote(quote, reply=reply, actor=author, at=at))

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

    def _deposit(self, site: Site, ago: int) -> None:
        ask = Ask(instalment=site.quote.instalments.get())
        key = key_of("site-deposit", site.shop.plan.code)
        self._issue(site, prepare_deposit(site.quote, ask=ask, form_key=key, actor=site.shop.author), ago)

    def _balance(self, site: Site, ago: int) -> None:
        key = key_of("site-balance", site.shop.plan.code)
        self._issue(site, prepare_balance(site.quote, form_key=key, actor=site.shop.author), ago)

    def _situation(self, site: Site, ago: int, shares: Mapping[int, str]) -> None:
        keys = dict(site.quote.lines.values_list("position", "pk"))
        made = prepare_progress(
            site.quote,
            reached={keys[position]: Decimal(share) for position, share in shares.items()},
            form_key=key_of("site-situation", site.shop.plan.code, str(ago)),
            actor=site.shop.author,
        )
        self._issue(site, made, ago)

    def _issue(self, site: Site, draft: Invoice, ago: int) -> None:
        site.issued.append(self.market.issue(draft, site.shop.author, ago))

    def _pay(self, site: Site, ago: int) -> None:
        """The last document issued, as far as it is due."""
        invoice = site.issued[-1]
        record_payment(
            invoice,
            amount=standing_of(invoice).due,
            on=days_ago(self.market.today, ago),
            mode=PaymentMode.TRANSFER,
            form_key=key_of("site-payment", str(invoice.number)),
            actor=site.shop.author,
            today=self.market.today,
        )
