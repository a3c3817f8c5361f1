"""Deals, their papers and files, contracts given to read: each made by the services."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from entrepreneurs.models import Activity
from invoicing.models import (
    ContractReview,
    Customer,
    Deal,
    DealFile,
    DealKind,
    DealRequirement,
    Invoice,
    Quote,
)
from invoicing.services.contract_reviews import Asked, Point, ask_review
from invoicing.services.deal_papers import add_file
from invoicing.services.deals import DealContent, open_deal
from invoicing.states.deals import PointVerdict, ReviewSubject
from people.models import User
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, firm
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def kind(code: str = "classic") -> DealKind:
    return DealKind.objects.get(code=code)


def paper(label: str) -> DealRequirement:
    return DealRequirement.objects.get(label=label)


def deal(
    owner: Activity | None = None,
    *,
    of: str = "classic",
    customer: Customer | None = None,
    on: date = DAY,
    title: str = "Refonte du site",
) -> Deal:
    make_cooperative()
    owner = owner or make_activity()
    content = DealContent(title, kind(of), customer)
    return open_deal(owner, content=content, form_key=uuid.uuid4(), on=on, actor=None)


def filed(of: Deal, *, answers: DealRequirement | None = None, actor: User | None = None) -> DealFile:
    return add_file(
        of, content=PDF, name="piece.pdf", requirement=answers, on=DAY, actor=actor or make_user()
    )


def review(
    owner: Activity | None = None,
    *,
    of: Deal | None = None,
    actor: User | None = None,
    replaces: ContractReview | None = None,
    **asked: Any,
) -> ContractReview:
    make_cooperative()
    owner = owner or (of.activity if of else make_activity())
    customer = owner.customers.first() or firm(owner)
    words = {"title": "Contrat cadre", "customer": customer, "deal": of, "amount": Decimal("12000.00")}
    return ask_review(
        owner,
        asked=Asked(**words | asked),
        content=PDF,
        name="contrat.pdf",
        form_key=uuid.uuid4(),
        on=DAY,
        actor=actor or make_user(),
        replaces=replaces,
    )


def points(**said: Point) -> dict[str, Point]:
    """Every subject is good, but those said."""
    good = {subject.value: Point(PointVerdict.GOOD) for subject in ReviewSubject}
    return good | said


def belongs(document: Quote | Invoice) -> Deal:
    """The deal in which a document stands."""
    return document.deal_piece.deal
