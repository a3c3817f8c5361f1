"""Situations of the sales room, each built by the services: nothing here writes what a service would
refuse."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from cae.core.documents import store_document
from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.models import CatalogueItem, Customer, Invoice, Payment, Receipt, VatRate
from invoicing.services.archiving import DOCUMENT_KIND
from invoicing.services.catalogue import create_item
from invoicing.services.checking import check_invoice
from invoicing.services.crediting import draft_credit_note
from invoicing.services.customers import create_customer
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import CustomerContent, DraftContent, ItemContent, LineContent
from invoicing.services.issuing import issue_invoice
from invoicing.services.payments import record_payment, reverse_receipt
from invoicing.services.self_validating import give_self_validation
from invoicing.states.sales import CheckedKind, CreditPart, PaymentMode
from people.models import User
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative

DAY = date(2026, 3, 2)
SIRENS = ("552100554", "443061841", "732829320", "542051180", "784671695", "552032534")


def firm(owner: Activity, *, siren: str = SIRENS[0], **details: Any) -> Customer:
    content = {"name": "Client A", "address_line": "1 place Neuve", "postcode": "33000", "city": "Bordeaux"}
    return create_customer(
        owner, content=CustomerContent(siren=siren, **content | details), form_key=uuid.uuid4(), actor=None
    )


def item(owner: Activity | None, **details: Any) -> CatalogueItem:
    """Something sold; without owner, shared by all."""
    values: dict[str, Any] = {"label": "Reportage", "unit_price": Decimal("620.00"), "vat_code": "normal"}
    return create_item(owner, content=ItemContent(**values | details), on=DAY, actor=None)


def rate(code: str = "normal") -> VatRate:
    return VatRate.objects.get(code=code)


def line(net: str = "200.00", *, vat: str = "normal", **details: Any) -> LineContent:
    values: dict[str, Any] = {"label": "Prestation", "quantity": Decimal(1), "unit_price": Decimal(net)}
    return LineContent(**values | details, vat_rate=rate(vat))


def draft(
    owner: Activity | None = None, *lines: LineContent, customer: Customer | None = None, **details: Any
) -> Invoice:
    make_cooperative()
    owner = owner or make_activity()
    customer = customer or owner.customers.first() or firm(owner)
    content = DraftContent(customer=customer, lines=lines or (line(),), **details)
    return create_draft(owner, content=content, form_key=uuid.uuid4(), actor=None)


def issue(document: Invoice, *, on: date = DAY, actor: Any = None) -> Invoice:
    """Issues through the gate, as the page does."""
    check_invoice(document, actor=actor, on=on)
    return issue_invoice(document, actor=actor, on=on, today=on)


def issued(owner: Activity | None = None, *lines: LineContent, on: date = DAY, **details: Any) -> Invoice:
    return issue(draft(owner, *lines, **details), on=on)


def trust(user: User, *kinds: str, ceiling: str | None = None, since: date = BEGINNING) -> User:
    """The person validates alone these kinds of document, or all of them."""
    assert user.person is not None
    for kind in kinds or CheckedKind.values:
        give_self_validation(
            user.person,
            kind=kind,
            ceiling=None if ceiling is None else Decimal(ceiling),
            starts_on=since,
            reason="pour le test",
            actor=None,
        )
    return user


def pay(
    invoice: Invoice,
    amount: str,
    *,
    on: date = date(2026, 4, 1),
    keep_surplus: bool = True,
    mode: PaymentMode = PaymentMode.TRANSFER,
) -> Payment:
    return record_payment(
        invoice,
        amount=Decimal(amount),
        on=on,
        mode=mode,
        form_key=uuid.uuid4(),
        actor=None,
        today=on,
        keep_surplus=keep_surplus,
    )


def reverse(payment: Payment, *, on: date = date(2026, 4, 2), reason: str = "Chèque impayé") -> Receipt:
    return reverse_receipt(payment.receipt, on=on, reason=reason, form_key=uuid.uuid4(), actor=None, today=on)


def credit(invoice: Invoice, part: str = CreditPart.WHOLE, **details: Any) -> Invoice:
    return draft_credit_note(
        invoice, part=part, reason="Erreur de quantité", form_key=uuid.uuid4(), actor=None, **details
    )


def stored() -> Document:
    """Some file of the house."""
    return store_document(
        b"%PDF",
        kind=DOCUMENT_KIND,
        name="piece.pdf",
        mime="application/pdf",
        about=make_cooperative(),
        actor=None,
        retention_until=date(2036, 12, 31),
    )
