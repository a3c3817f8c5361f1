"""Plays every sale on one line of time, so that numbers and dates rise together as they did in life."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.judging import judging_ahead
from cae.demonstration.loading.people import key_of
from cae.demonstration.loading.plans import Bought, Credit, Receipt, Sale
from invoicing.models import Invoice, Payment, VatRate
from invoicing.selectors.invoices import standing_of
from invoicing.services.checking import Judge, check_invoice
from invoicing.services.crediting import draft_credit_note
from invoicing.services.discarding import discard_invoice
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import DraftContent, LineContent, LineCredit
from invoicing.services.issuing import issue_invoice
from invoicing.services.payments import record_payment, reverse_receipt
from people.models import User


@dataclass
class Deal:
    """One sale of one activity, and the invoice once it is issued."""

    shop: Shop
    sale: Sale
    rank: int
    invoice: Invoice | None = None

    @property
    def issued(self) -> Invoice:
        if self.invoice is None:
            raise LookupError(f"{self.key}: something comes before its invoice")
        return self.invoice

    @property
    def key(self) -> tuple[str, str]:
        return self.shop.plan.code, str(self.rank)


@dataclass(order=True)
class Event:
    """Something to do so many days ago; on the same day, an invoice comes before what follows it."""

    before: int
    step: int
    act: Callable[[], None] = field(compare=False)


class Refusal(Exception):
    """The judges do not accept a document of the demonstration: our tables are wrong."""


class Market:
    """Plays the deals through the services."""

    def __init__(self, *, today: date, accountant: User) -> None:
        self.today = today
        self.accountant = accountant
        self.rates = {rate.code: rate for rate in VatRate.objects.all()}
        self.drafts: dict[tuple[str, str], Invoice] = {}
        self.judge: Judge | None = None

    def play(self, shops: Iterable[Shop], *others: Event) -> None:
        """Everything in the order of the days, with what `others` have to do among it."""
        deals = [
            Deal(shop, sale, rank) for shop in shops for rank, sale in enumerate(shop.plan.sales, start=1)
        ]
        for deal in deals:
            if deal.sale.ago is not None:
                self.drafts[deal.key] = self._draft(deal, deal.sale.ago)
        with judging_ahead() as ahead:
            self.judge = ahead.findings
            issued = sorted((deal for deal in deals if deal.sale.ago), key=lambda deal: -(deal.sale.ago or 0))
            ahead.ask((self.drafts[deal.key], days_ago(self.today, deal.sale.ago or 0)) for deal in issued)
            for event in sorted([*others, *(event for deal in deals for event in self._events(deal))]):
                event.act()
        for deal in deals:
            self._leave_open(deal)

    def _events(self, deal: Deal) -> Iterator[Event]:
        if deal.sale.ago is None:
            return
        yield Event(-deal.sale.ago, 0, partial(self._invoice, deal, deal.sale.ago))
        for rank, receipt in enumerate(deal.sale.receipts):
            payments: list[Payment] = []
            yield Event(-receipt.ago, 1, partial(self._receive, deal, receipt, rank, payments))
            if receipt.reversed_ago is not None:
                yield Event(
                    -receipt.reversed_ago,
                    2,
                    partial(self._take_back, receipt, receipt.reversed_ago, payments),
                )
        for rank, credit in enumerate(deal.sale.credits):
            if credit.ago is not None:
                yield Event(-credit.ago, 3, partial(self._credit, deal, credit, credit.ago, rank))

    def _invoice(self, deal: Deal, ago: int) -> None:
        deal.invoice = self.issue(self.drafts[deal.key], deal.shop.author, ago)

    def _receive(self, deal: Deal, receipt: Receipt, rank: int, payments: list[Payment]) -> None:
        amount = receipt.amount if receipt.amount is not None else standing_of(deal.issued).due
        payment = record_payment(
            deal.issued,
            amount=amount,
            on=days_ago(self.today, receipt.ago),
            mode=receipt.mode,
            form_key=key_of("payment", *deal.key, str(rank)),
            actor=deal.shop.author,
            today=self.today,
        )
        payments.append(payment)

    def _take_back(self, receipt: Receipt, ago: int, payments: list[Payment]) -> None:
        (payment,) = payments
        reverse_receipt(
            payment.receipt,
            on=days_ago(self.today, ago),
            reason=receipt.reason,
            form_key=key_of("reversal", str(payment.receipt.form_key)),
            actor=self.accountant,
            today=self.today,
        )

    def _credit(self, deal: Deal, credit: Credit, ago: int, rank: int) -> None:
        self.issue(self._credit_note(deal, credit, rank), self.accountant, ago)

    def _leave_open(self, deal: Deal) -> None:
        """What is still on the desk today: drafts, drafts given up, credit notes not yet issued."""
        if deal.sale.ago is None:
            draft = self._draft(deal, 0)
            if deal.sale.discarded:
                discard_invoice(draft, actor=deal.shop.author)
        for rank, credit in enumerate(deal.sale.credits):
            if credit.ago is None:
                self._credit_note(deal, credit, rank)

    def _draft(self, deal: Deal, ago: int) -> Invoice:
        sale, on = deal.sale, days_ago(self.today, ago)
        content = DraftContent(
            customer=deal.shop.customers[sale.customer],
            lines=tuple(self.line(deal.shop, line) for line in sale.lines),
            purpose=sale.purpose,
            order_reference=sale.order,
            due_on=on + timedelta(days=sale.due_in) if sale.due_in is not None else None,
            vat_due_on=sale.vat_due_on,
        )
        key = key_of("invoice", *deal.key)
        return create_draft(deal.shop.activity, content=content, form_key=key, actor=deal.shop.author)

    def line(self, shop: Shop, bought: Bought) -> LineContent:
        article = shop.plan.articles[bought.article]
        return LineContent(
            label=article.label,
            description=article.description,
            quantity=bought.quantity,
            unit=article.unit,
            unit_price=Decimal(article.price),
            nature=article.nature,
            vat_rate=self.rates[article.vat],
            discount_rate=bought.discount_rate,
            discount_amount=bought.discount_amount,
        )

    def _credit_note(self, deal: Deal, credit: Credit, rank: int) -> Invoice:
        own = {line.position: line for line in deal.issued.lines.all()}
        lines = [LineCredit(own[position], Decimal(quantity)) for position, quantity in credit.taken.items()]
        return draft_credit_note(
            deal.issued,
            part=credit.part,
            reason=credit.reason,
            form_key=key_of("credit", *deal.key, str(rank)),
            actor=self.accountant,
            lines=lines,
        )

    def issue(self, draft: Invoice, actor: User, ago: int) -> Invoice:
        """Judged, then numbered on its day."""
        on = days_ago(self.today, ago)
        verdict = check_invoice(draft, actor=actor, on=on, judge=self.judge)
        if not verdict.accepted:
            raise Refusal(f"{draft.activity.code}, {draft.customer.name}: {verdict.findings}")
        return issue_invoice(draft, actor=actor, on=on, today=self.today)
