"""Sends requests to the staff and moves them on: each move is one service (CAE-21, CAE-23)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.options import options_on
from cae.core.settings import value_of
from cae.core.threads import post_message
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.models import Person, Request, User
from people.selectors.requests import answerers_of, colleagues_of
from people.services.changes import require_text
from people.services.guide import draft_page, drop_draft
from people.states.requests import (
    DAYS,
    DAYS_OF_KIND,
    KIND_LIST,
    REQUEST_FLOW,
    ROLE_OF_DEPARTMENT,
    Department,
    RequestState,
)

NOTICE, ANSWER = "people.request", "people.request_answered"
TITLE_LENGTH = 120


@transaction.atomic
def send_request(
    person: Person,
    *,
    department: str,
    kind: str,
    title: str,
    text: str,
    actor: User,
    on: date,
    page: str = "",
    page_title: str = "",
    form_key: uuid.UUID | None = None,
) -> Request:
    """Does: sends a request, with the day by which it is to be answered; the same form twice sends one.
    Refuses: no words, no subject, an unknown department or kind. Leaves behind: the request, its first
    message, those who answer told, audit."""
    require_text(title, "title", _("Dites en quelques mots ce dont il s’agit."))
    require_text(text, "text", _("Écrivez votre demande."))
    if len(title.strip()) > TITLE_LENGTH:
        raise Refused(Code.TEXT_TOO_LONG, _("L’objet compte 120 caractères au plus."), field="title")
    if department not in Department.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un service."), field="department")
    if kind not in {option.code for option in options_on(KIND_LIST, on=on).offered}:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un sujet de la liste."), field="kind")
    key = form_key or uuid.uuid4()
    take_turn(f"people.request.{key}")
    sent = Request.objects.filter(form_key=key, person=person).first()
    if sent is not None:
        return sent
    row = Request.objects.create(
        person=person,
        department=department,
        kind=kind,
        title=title.strip(),
        page=page[:300],
        page_title=page_title[:120],
        due_on=on + timedelta(days=days_for(kind, on)),
        form_key=key,
    )
    audit.record(actor, "people.request.send", row, detail={"department": department, "kind": kind})
    post_message(row, text=text, actor=actor, tell=False)
    _tell_staff(row, _new_words, actor=actor, on=on)
    return row


def days_for(kind: str, on: date) -> int:
    """Gives within how many days a request of this kind is to be answered."""
    days: int = value_of(DAYS_OF_KIND.get(kind, DAYS), on=on)
    return days


@performs(REQUEST_FLOW, "take")
def take_request(request: Request, *, actor: User) -> None:
    """Does: takes a request in hand. Refuses: one that somebody has. Leaves behind: its owner, audit."""
    request.owner = actor


def assign_request(request: Request, *, owner: User, actor: User, on: date) -> Request:
    """Does: hands a request to a colleague of its department. Refuses: somebody who does not answer there, a
    request that waits for nobody here. Leaves behind: its owner, who is told; audit."""
    with transaction.atomic():
        row = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if row.state not in (RequestState.NEW, RequestState.TAKEN, RequestState.REOPENED):
            raise Refused(Code.ILLEGAL_MOVE, _("Cette demande n’attend plus l’équipe."))
        if owner.pk not in {user.pk for user in colleagues_of(row.department, on)}:
            raise Refused(Code.NOT_ALLOWED, _("Cette personne ne répond pas dans ce service."), field="owner")
        if row.owner_id == owner.pk and row.state == RequestState.TAKEN:
            return row
        row.owner, row.state, row.state_since = owner, RequestState.TAKEN, timezone.now()
        row.save()
        audit.record(actor, "people.request.assign", row, detail={"owner": owner.get_full_name()})
        notify(
            [owner],
            NOTICE,
            subject=lambda: _("Une demande vous est confiée : %(title)s") % {"title": row.title},
            url=row.get_absolute_url(),
            about=row,
            actor=actor,
        )
        return row


@performs(REQUEST_FLOW, "release")
def release_request(request: Request, *, actor: User) -> None:
    """Does: leaves a request to the whole team again. Refuses: one that nobody has taken.
    Leaves behind: no owner, audit."""
    request.owner = None


@performs(REQUEST_FLOW, "hand_over")
def hand_over_request(request: Request, *, department: str, text: str, actor: User, on: date) -> None:
    """Does: passes a request to another department, with a word for it. Refuses: the same department, one
    that is over. Leaves behind: no owner, a message among the staff, those who answer told, audit."""
    if department not in ROLE_OF_DEPARTMENT or department == request.department:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un autre service."), field="department")
    request.owner, request.department = None, department
    if text.strip():
        post_message(request, text=text, actor=actor, internal=True, tell=False)
    _tell_staff(request, _new_words, actor=actor, on=on)


@performs(REQUEST_FLOW, "ask")
def ask_for_more(request: Request, *, text: str, actor: User) -> None:
    """Does: asks the person for more; the request waits for them. Refuses: no question, one that is over.
    Leaves behind: the message, the person told, audit."""
    require_text(text, "text", _("Écrivez votre question."))
    request.owner = request.owner or actor
    post_message(request, text=text, actor=actor, tell=False)
    _tell_person(request, _question_words, text, actor)


@performs(REQUEST_FLOW, "answer")
def answer_request(request: Request, *, text: str, actor: User, useful: bool = False) -> None:
    """Does: answers; the first answer stops the count of its delay. Refuses: no answer, one that is over.
    Leaves behind: the message, the person told, the instant; « utile à tous » if it is said, and the draft of
    a page of the guide; audit."""
    require_text(text, "text", _("Écrivez votre réponse."))
    request.owner = request.owner or actor
    request.answered_at = request.answered_at or timezone.now()
    request.is_useful = request.is_useful or useful
    post_message(request, text=text, actor=actor, tell=False)
    if useful:
        draft_page(request, actor=actor)
    _tell_person(request, _answer_words, text, actor)


@performs(REQUEST_FLOW, "close")
def close_request(request: Request, *, actor: User | None) -> None:
    """Does: closes a request that calls for nothing more. Refuses: one already closed.
    Leaves behind: the request, which the person may reopen; audit."""
    request.owner = request.owner or actor


@performs(REQUEST_FLOW, "specify")
def specify_request(request: Request, *, text: str, actor: User, on: date) -> None:
    """Does: the person gives what they were asked for. Refuses: no words, a request that waits for nothing.
    Leaves behind: the message, its owner told, audit."""
    require_text(text, "text", _("Écrivez votre précision."))
    post_message(request, text=text, actor=actor, tell=False)
    _tell_staff(request, _more_words, actor=actor, on=on)


@performs(REQUEST_FLOW, "reopen")
def reopen_request(request: Request, *, text: str, actor: User, on: date) -> None:
    """Does: the person says that it is not settled. Refuses: no words, a request still open.
    Leaves behind: the message, a new day to answer by, the staff told, audit."""
    require_text(text, "text", _("Dites ce qui reste à régler."))
    request.due_on = on + timedelta(days=days_for(request.kind, on))
    post_message(request, text=text, actor=actor, tell=False)
    _tell_staff(request, _more_words, actor=actor, on=on)


@transaction.atomic
def leave_requests(owner: User, *, to: User | None, actor: User | None, on: date) -> int:
    """Does: takes the open requests out of the hands of somebody who leaves: to a colleague where they
    answer, else to the whole team. Refuses: nothing. Leaves behind: owners, who are told; audit; gives how
    many."""
    rows = list(Request.objects.select_for_update(of=("self",)).open().filter(owner=owner).order_by("pk"))
    for row in rows:
        row.owner = to if to and to in colleagues_of(row.department, on) else None
        if row.owner is None and row.state == RequestState.TAKEN:
            row.state, row.state_since = RequestState.NEW, timezone.now()
        row.save(update_fields=["owner", "state", "state_since"])
        detail = {"owner": row.owner.get_full_name() if row.owner else ""}
        audit.record(actor, "people.request.assign", row, detail=detail)
        _tell_staff(row, _handed_words, actor=actor, on=on)
    return len(rows)


def close_requests_of(person: Person, *, actor: User | None) -> int:
    """Does: closes the open requests of a person whose account is closed: nobody would read the answer.
    Refuses: nothing. Leaves behind: the requests, closed; audit; gives how many."""
    rows = list(Request.objects.open().filter(person=person).order_by("pk"))
    for row in rows:
        close_request(row, actor=actor)
    return len(rows)


@transaction.atomic
def mark_useful(request: Request, *, useful: bool, actor: User) -> Request:
    """Does: marks the answer as useful to all, which drafts a page of the guide; or unmarks it, which gives
    the draft up. Refuses: a request without an answer. Leaves behind: the mark, the draft, audit."""
    row = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.answered_at is None:
        raise Refused(Code.VALUE_MISSING, _("Cette demande n’a pas encore de réponse."))
    if row.is_useful != useful:
        row.is_useful = useful
        row.save(update_fields=["is_useful"])
        audit.record(actor, "people.request.useful", row, detail={"useful": useful})
        if useful:
            draft_page(row, actor=actor)
        else:
            drop_draft(row, actor=actor)
    return row


def _tell_staff(row: Request, words: Any, *, actor: User | None, on: date) -> None:
    """Its owner, else everybody who answers there."""
    notify(
        [row.owner] if row.owner else answerers_of(row, on),
        NOTICE,
        subject=lambda: words(row),
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )


def _tell_person(row: Request, words: Any, text: str, actor: User) -> None:
    notify(
        User.objects.filter(person=row.person_id, is_active=True),
        ANSWER,
        subject=lambda: words(row),
        text=text,
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )


def _new_words(row: Request) -> str:
    return _("Demande de %(name)s : %(title)s") % {"name": row.person, "title": row.title}


def _handed_words(row: Request) -> str:
    return _("Demande à reprendre : %(title)s") % {"title": row.title}


def _more_words(row: Request) -> str:
    return _("%(name)s vous a répondu : %(title)s") % {"name": row.person, "title": row.title}


def _question_words(row: Request) -> str:
    return _("L’équipe a besoin d’une précision : %(title)s") % {"title": row.title}


def _answer_words(row: Request) -> str:
    return _("Réponse à votre demande : %(title)s") % {"title": row.title}
