"""Asks the team to read a contract before it is signed, and answers point by point (INV-19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.uploads import plain_name, proof_mime
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.models import ContractClause, ContractReview, Customer, Deal, Quote, ReviewPoint
from invoicing.selectors.checkers import checkers_of
from invoicing.states.deals import REVIEW_FLOW, PointVerdict, ReviewState, ReviewSubject
from people.services.changes import one_line, refuse_long, refuse_spent

CONTRACT_KIND = "invoicing.customer_contract"
TO_READ, ANSWERED = "invoicing.contract_to_read", "invoicing.contract_answered"
MOST_MB = 20
RETENTION_YEARS = 10
_MOST_TITLE, _MOST_QUESTION, _MOST_ANSWER, _MOST_WORDS = 160, 2000, 4000, 2000


@dataclass(frozen=True)
class Asked:
    """What is typed when a contract is given to read."""

    title: str
    customer: Customer
    deal: Deal | None = None
    quote: Quote | None = None
    amount: Decimal | None = None
    sign_by: date | None = None
    question: str = ""


@dataclass(frozen=True)
class Point:
    """What is answered on one subject; a clause of the library may be proposed."""

    verdict: PointVerdict
    words: str = ""
    clause: ContractClause | None = None


@transaction.atomic
def ask_review(
    activity: Activity,
    *,
    asked: Asked,
    content: bytes,
    name: str,
    form_key: UUID,
    on: date,
    actor: Any,
    replaces: ContractReview | None = None,
) -> ContractReview:
    """Does: gives a contract to read, once for a form sent twice; a new version replaces the one answered.
    Refuses: no title, a file that is no PDF and no picture, a customer, a deal or a quote of another
    activity, a day to sign already past, a version of a contract still being read. Leaves behind: the
    contract kept, the row, readers told, audit."""
    _check(activity, asked, replaces, on=on)
    mime = proof_mime(content, most=MOST_MB, field="file")
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    known = ContractReview.objects.filter(activity=activity, form_key=form_key).first()
    if known is not None:
        return known
    review = ContractReview(activity=activity, form_key=form_key, asked_by=actor)
    refuse_spent(review)
    document = store_document(
        content,
        kind=CONTRACT_KIND,
        name=plain_name(name, otherwise=_("contrat")),
        mime=mime,
        about=asked.customer,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
    review.customer, review.deal, review.quote = asked.customer, asked.deal, asked.quote
    review.replaces, review.document = replaces, document
    review.title, review.question = " ".join(asked.title.split()), asked.question.strip()
    review.amount, review.sign_by = asked.amount, asked.sign_by
    review.save()
    audit.record(actor, "invoicing.ask_review", review)
    facts = {"title": review.title, "activity": activity.name}
    notify(
        checkers_of(activity, on=on),
        TO_READ,
        subject=lambda: _("Contrat à relire : %(title)s, %(activity)s") % facts,
        text=review.question,
        url=review.get_absolute_url(),
        about=review,
        actor=actor,
    )
    return review


@performs(REVIEW_FLOW, "approve")
def approve_review(
    review: ContractReview, *, points: Mapping[str, Point], answer: str = "", actor: Any
) -> None:
    """Does: says that the contract may be signed. Refuses: a subject without an opinion, or one that is not
    good. Leaves behind: the points, the answer, the state, its author told, audit."""
    if any(point.verdict != PointVerdict.GOOD for point in points.values()):
        sentence = _("Un point est à négocier ou bloquant : ce contrat ne peut pas être signé tel quel.")
        raise Refused(Code.VALUE_INVALID, sentence, field="answer")
    _answer(review, points, answer, actor)


@performs(REVIEW_FLOW, "negotiate")
def negotiate_review(
    review: ContractReview, *, points: Mapping[str, Point], answer: str = "", actor: Any
) -> None:
    """Does: says what is to be negotiated. Refuses: a subject without an opinion, no point to negotiate.
    Leaves behind: the points, the answer, the state, its author told, audit."""
    if all(point.verdict == PointVerdict.GOOD for point in points.values()):
        raise Refused(Code.VALUE_MISSING, _("Dites quel point est à négocier."), field="answer")
    _answer(review, points, answer, actor)


@performs(REVIEW_FLOW, "refuse")
def refuse_review(
    review: ContractReview, *, points: Mapping[str, Point], answer: str = "", actor: Any
) -> None:
    """Does: says that the contract is not to be signed. Refuses: a subject without an opinion, no blocking
    point. Leaves behind: the points, the answer, the state, its author told, audit."""
    if all(point.verdict != PointVerdict.BLOCKING for point in points.values()):
        raise Refused(Code.VALUE_MISSING, _("Dites quel point est bloquant."), field="answer")
    _answer(review, points, answer, actor)


@performs(REVIEW_FLOW, "withdraw")
def withdraw_review(review: ContractReview, *, actor: Any) -> None:
    """Does: takes a contract back before it is answered. Refuses: nothing more. Leaves behind: the state, the
    file, audit."""


def _answer(review: ContractReview, points: Mapping[str, Point], answer: str, actor: Any) -> None:
    answer = answer.strip()
    refuse_long(answer, "answer", _MOST_ANSWER)
    for subject in ReviewSubject:
        if subject.value not in points:
            raise Refused(
                Code.VALUE_MISSING,
                _("Donnez votre avis sur : %(subject)s.") % {"subject": subject.label},
                field=subject.value,
            )
    ReviewPoint.objects.bulk_create(_rows(review, points))
    review.answer, review.answered_by = answer, actor
    facts = {"title": review.title}
    notify(
        [review.asked_by],
        ANSWERED,
        subject=lambda: _("Contrat relu par l’équipe : %(title)s") % facts,
        text=answer,
        url=review.get_absolute_url(),
        about=review,
        actor=actor,
    )


def _rows(review: ContractReview, points: Mapping[str, Point]) -> Sequence[ReviewPoint]:
    rows = []
    for subject in ReviewSubject:
        point = points[subject.value]
        words = point.words.strip()
        refuse_long(words, subject.value, _MOST_WORDS)
        if point.verdict != PointVerdict.GOOD and not words and point.clause is None:
            sentence = _("Dites ce qui ne convient pas, ou proposez une clause.")
            raise Refused(Code.VALUE_MISSING, sentence, field=subject.value)
        proposed = point.clause.text if point.clause else ""
        rows.append(
            ReviewPoint(review=review, subject=subject, verdict=point.verdict, words=words, proposed=proposed)
        )
    return rows


def _check(activity: Activity, asked: Asked, replaces: ContractReview | None, *, on: date) -> None:
    one_line(asked.title, "title", _("Nommez ce contrat."), most=_MOST_TITLE)
    refuse_long(asked.question, "question", _MOST_QUESTION)
    for field, thing in (("customer", asked.customer), ("deal", asked.deal), ("quote", asked.quote)):
        if thing is not None and thing.activity_id != activity.pk:
            raise Refused(Code.VALUE_INVALID, _("Ce choix est d’une autre activité."), field=field)
    if asked.sign_by is not None and asked.sign_by < on:
        raise Refused(Code.DATE_INVALID, _("Ce jour est déjà passé."), field="sign_by")
    if asked.amount is not None and asked.amount < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Ce montant ne peut pas être négatif."), field="amount")
    if replaces is not None and replaces.state == ReviewState.ASKED:
        raise Refused(
            Code.ILLEGAL_MOVE, _("La version précédente est encore à relire : reprenez-la d’abord.")
        )
