"""Evaluations asked and answered, complaints heard and answered (COW-46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from coworking.calculations.evaluating import is_complete, later_on
from coworking.models import Complaint, Evaluation, TrainingSession
from coworking.services.training_mails import ask_evaluation
from coworking.states.training import (
    COMPLAINT_FLOW,
    EnrolmentState,
    EvaluationMoment,
    SessionState,
)
from people.models import User
from people.services.changes import one_line, refuse_long, require_text


@dataclass(frozen=True)
class ComplaintData:
    """What is typed of a complaint."""

    told_by: str
    told_on: date
    text: str


@transaction.atomic
def ask_evaluations(session: TrainingSession, *, moment: str, at: datetime, actor: User | None) -> int:
    """Does: asks the trainees of a session for an evaluation, each once a moment. Refuses: an unknown moment,
    the end or after before the session is over. Leaves behind: rows, links, mails, audit; gives how many."""
    if moment not in EvaluationMoment.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez dans la liste."), field="moment")
    row = TrainingSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    if moment != EvaluationMoment.BEFORE and row.half_days.filter(ends_at__gt=at).exists():
        raise Refused(Code.DATE_INVALID, _("Cette session n’est pas finie."))
    asked = 0
    live = (EnrolmentState.ENROLLED, EnrolmentState.DONE)
    for one in row.enrolments.filter(state__in=live).exclude(email="").order_by("pk"):
        one.session = row
        evaluation, made = Evaluation.objects.get_or_create(
            enrolment=one, moment=moment, defaults={"asked_at": at}
        )
        if made:
            ask_evaluation(one, evaluation, actor=actor, at=at)
            asked += 1
    if asked:
        audit.record(actor, "coworking.evaluation.ask", row, detail={"moment": moment, "count": asked})
    return asked


def ask_evaluations_due(*, at: datetime) -> int:
    """Does: asks, once the last half-day is over, for the evaluation of the end, and three months later for
    the last one. Refuses: nothing. Leaves behind: as `ask_evaluations`; gives how many."""
    today, asked = timezone.localdate(at), 0
    rows = (
        TrainingSession.objects.filter(state__in=(SessionState.RUNNING, SessionState.DONE))
        .annotate(last=Max("half_days__ends_at"))
        .filter(last__lt=at)
    )
    for row in rows.order_by("pk"):
        asked += ask_evaluations(row, moment=EvaluationMoment.END, at=at, actor=None)
        if later_on(timezone.localdate(row.last)) <= today:
            asked += ask_evaluations(row, moment=EvaluationMoment.LATER, at=at, actor=None)
    return asked


@transaction.atomic
def answer_evaluation(
    evaluation: Evaluation, *, answers: Mapping[str, int], comment: str, at: datetime
) -> Evaluation:
    """Does: keeps the answers of a trainee. Refuses: a question without mark, one answered already, too long
    a comment. Leaves behind: the answers, audit."""
    refuse_long(comment, "comment", 4000)
    row = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if row.answered_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Vous avez déjà répondu : merci."))
    if not is_complete(row.moment, answers):
        raise Refused(Code.VALUE_MISSING, _("Donnez une note à chaque question."))
    row.answers, row.comment, row.answered_at = dict(answers), comment.strip(), at
    row.save()
    audit.record(None, "coworking.evaluation.answer", row)
    return row


@transaction.atomic
def hear_complaint(session: TrainingSession, *, data: ComplaintData, today: date, actor: User) -> Complaint:
    """Does: writes down a complaint on a session. Refuses: nobody, nothing said, a day to come. Leaves
    behind: the row, to be answered; audit."""
    told_by = one_line(data.told_by, "told_by", _("Dites qui réclame."), most=160)
    require_text(data.text, "text", _("Écrivez ce qui est dit."))
    refuse_long(data.text, "text", 4000)
    if data.told_on > today:
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="told_on")
    row = Complaint.objects.create(
        session=session, told_by=told_by, told_on=data.told_on, text=data.text.strip(), created_by=actor
    )
    audit.record(actor, "coworking.complaint.hear", row)
    return row


@performs(COMPLAINT_FLOW, "answer")
def answer_complaint(row: Complaint, *, answer: str, actor: User) -> None:
    """Does: notes what was answered and done. Refuses: nothing said, too long. Leaves behind: its state,
    audit."""
    require_text(answer, "answer", _("Écrivez ce qui a été répondu et fait."))
    refuse_long(answer, "answer", 4000)
    row.answer = answer.strip()
