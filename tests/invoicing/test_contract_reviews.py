"""A contract of a customer is read point by point before it is signed; clauses of the library (INV-19)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice
from invoicing.calculations.deals import Indicator
from invoicing.models import ContractClause
from invoicing.selectors.deal_figures import situations_of
from invoicing.services.contract_reviews import (
    ANSWERED,
    TO_READ,
    Point,
    approve_review,
    negotiate_review,
    refuse_review,
    withdraw_review,
)
from invoicing.services.deal_kinds import archive_clause, write_clause
from invoicing.states.deals import PointVerdict, ReviewState, ReviewSubject
from people.states import RoleKind
from tests.factories import deals as made
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DAY = sales.DAY


def test_readers_are_told_and_the_author_gets_the_answer() -> None:
    reader = make_user(RoleKind.ACCOUNTANT)
    author, owner = make_entrepreneur()
    review = made.review(owner, actor=author)
    assert list(Notice.objects.filter(kind=TO_READ).values_list("user", flat=True)) == [reader.pk]
    answered = approve_review(review, points=made.points(), answer="Tout va bien.", actor=reader)
    assert (answered.state, answered.answer, answered.answered_by) == (
        ReviewState.APPROVED,
        "Tout va bien.",
        reader,
    )
    assert answered.points.count() == len(ReviewSubject)
    assert list(Notice.objects.filter(kind=ANSWERED).values_list("user", flat=True)) == [author.pk]
    with refused(Code.ILLEGAL_MOVE):
        approve_review(answered, points=made.points(), actor=reader)


def test_an_answer_agrees_with_its_points() -> None:
    reader, review = make_user(RoleKind.ACCOUNTANT), made.review()
    reserve = {"liability": Point(PointVerdict.RESERVE, "Responsabilité sans plafond")}
    blocking = {"penalties": Point(PointVerdict.BLOCKING, "10 % par jour")}
    with refused(Code.VALUE_INVALID, "answer"):
        approve_review(review, points=made.points(**reserve), actor=reader)
    with refused(Code.VALUE_MISSING, "answer"):
        negotiate_review(review, points=made.points(), actor=reader)
    with refused(Code.VALUE_MISSING, "answer"):
        refuse_review(review, points=made.points(**reserve), actor=reader)
    assert refuse_review(review, points=made.points(**blocking), actor=reader).state == ReviewState.REFUSED


def test_each_subject_has_an_opinion_and_a_fault_is_explained() -> None:
    reader, review = make_user(RoleKind.ACCOUNTANT), made.review()
    partial = made.points()
    del partial["insurance"]
    with refused(Code.VALUE_MISSING, "insurance"):
        approve_review(review, points=partial, actor=reader)
    with refused(Code.VALUE_MISSING, "payment"):
        negotiate_review(review, points=made.points(payment=Point(PointVerdict.RESERVE, "  ")), actor=reader)


def test_a_clause_proposed_keeps_its_text_when_the_library_changes() -> None:
    clause = ContractClause.objects.get(title="Plafond de responsabilité")
    said = clause.text
    point = Point(PointVerdict.RESERVE, clause=clause)
    answered = negotiate_review(
        made.review(), points=made.points(liability=point), actor=make_user(RoleKind.ACCOUNTANT)
    )
    write_clause(
        clause,
        subject=ReviewSubject.LIABILITY,
        title=clause.title,
        text="Autre texte.",
        version=clause.version,
        actor=None,
    )
    assert answered.points.get(subject=ReviewSubject.LIABILITY).proposed == said


def test_a_new_version_replaces_the_one_answered_and_its_opinion_counts_no_more() -> None:
    owner = make_activity()
    deal, reader, author = made.deal(owner), make_user(RoleKind.ACCOUNTANT), make_user()
    first = made.review(of=deal)
    assert situations_of([deal], on=DAY)[deal.pk].lit == (Indicator.CONTRACT_WAITING,)
    with refused(Code.ILLEGAL_MOVE):
        made.review(of=deal, replaces=first, actor=author)
    bad = made.points(property=Point(PointVerdict.BLOCKING, "Tous droits cédés"))
    first = refuse_review(first, points=bad, actor=reader)
    assert situations_of([deal], on=DAY)[deal.pk].lit == (Indicator.CONTRACT_REFUSED,)
    second = made.review(of=deal, replaces=first)
    approve_review(second, points=made.points(), actor=reader)
    assert situations_of([deal], on=DAY)[deal.pk].lit == ()


def test_what_is_asked_is_of_the_activity_and_of_a_day_to_come() -> None:
    owner, stranger = make_activity(), make_activity()
    sales.firm(owner)
    actor, other = make_user(), made.deal(stranger)
    with refused(Code.VALUE_INVALID, "deal"):
        made.review(owner, deal=other, actor=actor)
    with refused(Code.DATE_INVALID, "sign_by"):
        made.review(owner, sign_by=DAY - timedelta(days=1), actor=actor)
    with refused(Code.AMOUNT_INVALID, "amount"):
        made.review(owner, amount=Decimal("-1.00"), actor=actor)
    with refused(Code.VALUE_MISSING, "title"):
        made.review(owner, title=" ", actor=actor)


def test_a_question_taken_back_is_answered_no_more() -> None:
    review, reader = withdraw_review(made.review(), actor=None), make_user(RoleKind.ACCOUNTANT)
    assert review.state == ReviewState.WITHDRAWN
    with refused(Code.ILLEGAL_MOVE):
        approve_review(review, points=made.points(), actor=reader)


def test_a_clause_is_archived_once_and_taken_back() -> None:
    clause = ContractClause.objects.first()
    assert clause is not None
    archive_clause(clause, at=timezone.now(), actor=None)
    with refused(Code.ALREADY_DONE):
        archive_clause(clause, at=timezone.now(), actor=None)
    archive_clause(clause, at=None, actor=None)
    with refused(Code.STALE_FORM):
        write_clause(clause, subject=ReviewSubject.AMOUNT, title="Titre", text="Texte", version=0, actor=None)
