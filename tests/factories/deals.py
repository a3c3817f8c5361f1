"""Deals, their papers and files, contracts given to read: each made by the services."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import (
    ContractClause,
    ContractReview,
    Customer,
    Deal,
    DealFile,
    DealKind,
    DealRequirement,
    Invoice,
    Quote,
)
from invoicing.services.contract_reviews import Asked, Point, ask_review, refuse_review
from invoicing.services.deal_papers import add_file
from invoicing.services.deals import DealContent, attach, close_deal, open_deal
from invoicing.states.deals import PointVerdict, ReviewSubject
from people.models import User
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, firm, issued
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.factories.quotes import approved

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


def dealt(users: dict[str, User], owner: Activity) -> dict[str, Any]:
    """Deals as the walk visits them: one in order, one to deal with, one closed; contracts read or not."""
    seller, reader = users["seller"], users["accountant"]
    sound = deal(owner, title="Identité de la librairie Mollat")
    # Numbers and dates rise together: documents of the house came before.
    piece = attach(sound, issued(owner, on=timezone.localdate()), actor=seller)
    kept = filed(sound, actor=seller)
    wanting = deal(owner, of="training", title="Formation à la prise de vue")
    attach(wanting, approved(owner, on=timezone.localdate()), actor=seller)
    closed = close_deal(deal(owner, title="Portraits"), on=DAY, actor=seller)
    asked = review(owner, of=wanting, actor=seller, question="La responsabilité est sans limite.")
    said = points(
        liability=Point(PointVerdict.RESERVE, "Sans plafond.", clause_of(ReviewSubject.LIABILITY)),
        penalties=Point(PointVerdict.BLOCKING, "10 % par jour de retard."),
    )
    answered = refuse_review(review(owner, actor=seller), points=said, answer="À revoir.", actor=reader)
    return {
        "deal": sound,
        "deal_piece": piece,
        "deal_file": kept,
        "deal_wanting": wanting,
        "deal_paper": paper("Feuilles d’émargement"),
        "deal_closed": closed,
        "deal_kind": kind("training"),
        "clause": clause_of(ReviewSubject.LIABILITY),
        "review": asked,
        "review_answered": answered,
    }


def clause_of(subject: ReviewSubject) -> ContractClause:
    """The first clause of the library on a subject."""
    return ContractClause.objects.filter(subject=subject).order_by("pk")[0]
