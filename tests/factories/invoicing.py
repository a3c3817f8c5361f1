"""Situations of the sales room, each built by the services: nothing here writes what a service would
refuse."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from accounting.models import ContributionScale
from accounting.services.scales import create_scale
from cae.core.documents import store_document
from cae.core.identity import change_identity
from cae.core.models import Cooperative, Document, LegalForm
from entrepreneurs.models import Activity
from entrepreneurs.services.opening import open_activity
from invoicing.models import Customer, Invoice, Payment, VatRate
from invoicing.services.archiving import DOCUMENT_KIND
from invoicing.services.checking import check_invoice
from invoicing.services.crediting import draft_credit_note
from invoicing.services.customers import create_customer
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import CustomerContent, DraftContent, LineContent
from invoicing.services.issuing import issue_invoice
from invoicing.services.payments import record_payment, reverse_payment
from invoicing.states import CreditPart, PaymentMode
from people.models import User
from people.services.accounts import open_account
from people.services.persons import PersonData, create_person
from people.services.roles import give_role
from people.states import RoleKind

OPENED = date(2026, 1, 5)
DAY = date(2026, 3, 2)
SIRENS = ("552100554", "443061841", "732829320", "542051180", "784671695", "552032534")
_rank = count(1)


def cooperative() -> Cooperative:
    """The identity that every document needs; made once."""
    known = Cooperative.objects.first()
    if known is not None:
        return known
    identity = Cooperative(
        valid_from=date(2020, 1, 1),
        legal_name="Coopérative Les Tisserands",
        legal_form=LegalForm.SCOP_SARL,
        siren="732829320",
        siret="73282932000074",
        vat_number="FR44732829320",
        rcs="RCS Bordeaux",
        capital=Decimal("42000.00"),
        address_line="12 rue des Ateliers",
        postcode="33000",
        city="Bordeaux",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
        email="contact@tisserands.example",
        phone="05 56 00 00 00",
        reason="Création",
    )
    return change_identity(identity, actor=None)


def default_scale(rate: str = "0.1000", *, on: date = OPENED) -> ContributionScale:
    """The scale that activities opened afterwards receive."""
    return create_scale(
        code="general",
        label="Barème général",
        rate=Decimal(rate),
        valid_from=on,
        decided_by="Assemblée de 2025",
        is_default=True,
        actor=None,
    )


def user(*kinds: str, name: str = "Camille") -> User:
    """An account that holds these roles for the whole cooperative."""
    rank = next(_rank)
    person = create_person(PersonData(first_name=name, last_name=f"Test{rank}"), actor=None)
    account = open_account(person, email=f"u{rank}@example.org", password="a long password", actor=None)
    for kind in kinds:
        give_role(person, kind=kind, actor=None, starts_on=OPENED, reason="test")
    return account


def activity(owner: User | None = None, *, code: str = "") -> Activity:
    """An activity with its analytic account, run by `owner`."""
    cooperative()
    owner = owner or user(RoleKind.ENTREPRENEUR)
    rank = next(_rank)
    assert owner.person is not None
    return open_activity(
        name=f"Atelier {rank}",
        trade="Menuiserie",
        code=code or f"ACT{rank}",
        email=f"atelier{rank}@tisserands.example",
        people=[owner.person],
        on=OPENED,
        actor=owner,
    )


def firm(owner: Activity, *, siren: str = SIRENS[0], **details: Any) -> Customer:
    content = {"name": "Client A", "address_line": "1 place Neuve", "postcode": "33000", "city": "Bordeaux"}
    return create_customer(
        owner, content=CustomerContent(siren=siren, **content | details), form_key=uuid.uuid4(), actor=None
    )


def rate(code: str = "normal") -> VatRate:
    return VatRate.objects.get(code=code)


def line(net: str = "200.00", *, vat: str = "normal", **details: Any) -> LineContent:
    values: dict[str, Any] = {"label": "Prestation", "quantity": Decimal(1), "unit_price": Decimal(net)}
    return LineContent(**values | details, vat_rate=rate(vat))


def draft(
    owner: Activity | None = None, *lines: LineContent, customer: Customer | None = None, **details: Any
) -> Invoice:
    owner = owner or activity()
    customer = customer or owner.customers.first() or firm(owner)
    content = DraftContent(customer=customer, lines=lines or (line(),), **details)
    return create_draft(owner, content=content, form_key=uuid.uuid4(), actor=None)


def issue(document: Invoice, *, on: date = DAY, actor: Any = None) -> Invoice:
    """Issues through the gate, as the page does."""
    check_invoice(document, actor=actor, on=on)
    return issue_invoice(document, actor=actor, on=on, today=on)


def issued(owner: Activity | None = None, *lines: LineContent, on: date = DAY, **details: Any) -> Invoice:
    return issue(draft(owner, *lines, **details), on=on)


def pay(invoice: Invoice, amount: str, *, on: date = date(2026, 4, 1)) -> Payment:
    return record_payment(
        invoice,
        amount=Decimal(amount),
        on=on,
        mode=PaymentMode.TRANSFER,
        form_key=uuid.uuid4(),
        actor=None,
        today=on,
    )


def reverse(payment: Payment, *, on: date = date(2026, 4, 2), reason: str = "Chèque impayé") -> Payment:
    return reverse_payment(payment, on=on, reason=reason, form_key=uuid.uuid4(), actor=None, today=on)


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
        about=cooperative(),
        actor=None,
        retention_until=date(2036, 12, 31),
    )
