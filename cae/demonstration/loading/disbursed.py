"""A fee paid in the name of a customer, asked back with its receipt beside the sale, and paid in part."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import key_of
from cae.demonstration.loading.plans import buy
from cae.demonstration.loading.sales import Event, Market
from invoicing.models import DisbursementProof, Invoice
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import DisbursementContent, DraftContent
from invoicing.services.payments import record_payment
from invoicing.services.proving import ProofContent, add_proof
from invoicing.states.sales import PaymentMode

_LABEL = "Redevance de dépôt de marque, une classe (INPI)"
_FEE, _PAID = Decimal("190.00"), Decimal("400.00")
_ISSUED_AGO, _PAID_AGO = 34, 20


class Fee:
    """The trade mark that a designer filed for a brewery."""

    def __init__(self, market: Market, shops: list[Shop]) -> None:
        self.market = market
        self.shop = next(shop for shop in shops if "identity" in shop.plan.articles)
        self.issued: list[Invoice] = []

    def events(self) -> Iterator[Event]:
        yield Event(-_ISSUED_AGO, 0, partial(self._invoice, _ISSUED_AGO))
        yield Event(-_PAID_AGO, 1, partial(self._pay, _PAID_AGO))

    def _invoice(self, ago: int) -> None:
        content = DraftContent(
            customer=self.shop.customers["brasserie"],
            lines=(self.market.line(self.shop, buy("layout", 10)),),
            purpose="Étiquettes d’hiver et dépôt de la marque",
            disbursements=(DisbursementContent(_LABEL, _FEE, self._proof()),),
        )
        author = self.shop.author
        draft = create_draft(
            self.shop.activity, content=content, form_key=key_of("disbursed", "invoice"), actor=author
        )
        self.issued.append(self.market.issue(draft, author, ago))

    def _proof(self) -> DisbursementProof:
        said = ProofContent(
            label=_LABEL,
            on=days_ago(self.market.today, _ISSUED_AGO + 6),
            amount=_FEE,
            name="recu-inpi.png",
            content=_receipt(),
        )
        return add_proof(
            self.shop.activity,
            said=said,
            form_key=key_of("disbursed", "proof"),
            actor=self.shop.author,
            today=self.market.today,
        )

    def _pay(self, ago: int) -> None:
        record_payment(
            self.issued[0],
            amount=_PAID,
            on=days_ago(self.market.today, ago),
            mode=PaymentMode.TRANSFER,
            form_key=key_of("disbursed", "payment"),
            actor=self.shop.author,
            today=self.market.today,
        )


def _receipt() -> bytes:
    """What the office gives back, with the name of whoever it was paid for."""
    paper = Image.new("RGB", (420, 260), "#ffffff")
    pen, large, small = ImageDraw.Draw(paper), ImageFont.load_default(20), ImageFont.load_default(15)
    rows = (
        ("RECU DE PAIEMENT", large),
        ("Depot de marque, une classe", small),
        ("Deposant : la brasserie, par son mandataire", small),
        (f"Redevance : {_FEE} EUR", large),
    )
    for rank, (words, font) in enumerate(rows):
        pen.text((24, 28 + rank * 52), words, fill="#22303a", font=font)
    drawn = BytesIO()
    paper.save(drawn, "PNG")
    return drawn.getvalue()
