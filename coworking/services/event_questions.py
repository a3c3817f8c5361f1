"""Questions of an inverted conference: sent, moderated, voted, put, answered, kept (COW-37)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from coworking.models import Event, Question, QuestionVote, Registration
from coworking.services.events import locked
from coworking.states.events import QUESTION_FLOW, EventState, QuestionState, RegistrationState
from people.services.changes import one_line, refuse_long, require_text

# From one person: beyond, one writes to the speaker.
MOST_QUESTIONS = 10
MOST_ANSWER = 8000


@transaction.atomic
def ask_question(
    registration: Registration, *, text: str, is_unnamed: bool, now: datetime, actor: Any
) -> Question:
    """Does: sends a question to those who moderate. Refuses: nothing written, an event that takes none, is
    not published or whose delay is over, somebody not registered, the same question twice, an eleventh.
    Leaves behind: the question, audit."""
    event, row = _open(registration, now)
    words = one_line(text, "text", _("Écrivez votre question."), most=500)
    own = Question.objects.filter(registration=row)
    if own.filter(text__iexact=words).exists():
        raise Refused(Code.DUPLICATE, _("Vous avez déjà envoyé cette question."), field="text")
    if own.count() >= MOST_QUESTIONS:
        raise Refused(
            Code.NOT_ALLOWED, _("Dix questions au plus par personne : votez aussi pour celles des autres.")
        )
    made = Question.objects.create(
        event=event, registration=row, text=words, is_unnamed=is_unnamed, sent_at=now, state_since=now
    )
    audit.record(actor, "coworking.question.ask", made)
    return made


@transaction.atomic
def vote_question(question: Question, registration: Registration, *, now: datetime) -> bool:
    """Does: gives one’s voice to a question, or takes it back. Refuses: a question of another event, not
    published or answered, one’s own, somebody not registered, a delay over. Leaves behind: one voice at most;
    tells whether it stands."""
    event, row = _open(registration, now)
    asked = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if asked.event_id != event.pk or asked.state != QuestionState.PUBLISHED:
        raise Refused(Code.NOT_ALLOWED, _("Cette question n’est pas soumise au vote."))
    if asked.registration_id == row.pk:
        raise Refused(Code.NOT_ALLOWED, _("C’est votre question : votez pour celles des autres."))
    gone, _tables = QuestionVote.objects.filter(question=asked, registration=row).delete()
    if not gone:
        QuestionVote.objects.create(question=asked, registration=row, voted_at=now)
    return not gone


@performs(QUESTION_FLOW, "publish")
def publish_question(row: Question, *, actor: Any) -> None:
    """Does: shows a question to those who come, who vote for it. Refuses: nothing more than the table of
    moves. Leaves behind: audit."""


@performs(QUESTION_FLOW, "discard")
def discard_question(row: Question, *, actor: Any) -> None:
    """Does: puts a question aside; its author reads so. Refuses: nothing more than the table of moves.
    Leaves behind: audit."""


@performs(QUESTION_FLOW, "answer")
def answer_question(row: Question, *, answer: str, actor: Any) -> None:
    """Does: keeps what was answered, which those who came read after. Refuses: nothing written, a text too
    long. Leaves behind: the answer, audit."""
    require_text(answer, "answer", _("Écrivez ce qui a été répondu."))
    refuse_long(answer, "answer", MOST_ANSWER)
    row.answer = answer.strip()


@transaction.atomic
def put_question(question: Question, *, now: datetime, actor: Any) -> Question:
    """Does: notes that a question was put to the speaker, or takes that back. Refuses: one that is not
    published. Leaves behind: the instant, audit."""
    row = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if row.state != QuestionState.PUBLISHED:
        raise Refused(Code.ILLEGAL_MOVE, _("Publiez la question avant de la poser."))
    row.put_at = None if row.put_at else now
    row.save(update_fields=["put_at"])
    audit.record(actor, "coworking.question.put", row)
    return row


def takes_questions(event: Event, now: datetime) -> bool:
    """Whether those who come may still ask and vote."""
    until = event.questions_until or event.ends_at
    return event.kind.takes_questions and event.state == EventState.PUBLISHED and now <= until


def _open(registration: Registration, now: datetime) -> tuple[Event, Registration]:
    event = locked(registration.event)
    row = Registration.objects.get(pk=registration.pk)
    if not event.kind.takes_questions:
        raise Refused(Code.NOT_ALLOWED, _("Cet événement ne prend pas de questions à l’avance."))
    if not takes_questions(event, now):
        raise Refused(Code.DATE_INVALID, _("Les questions sont closes : posez la vôtre pendant l’événement."))
    if row.state != RegistrationState.REGISTERED:
        raise Refused(Code.NOT_ALLOWED, _("Les questions sont à qui est inscrit : prenez d’abord une place."))
    return event, row
