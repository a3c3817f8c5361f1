"""Receives what is asked about data and answers it within a month, or three (PEO-39, GDPR art. 12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.periods import last_day
from cae.core.workflow import performs
from people.models import DataRequest, Person, User
from people.services.changes import require_text
from people.states.data_requests import (
    ANSWER_MONTHS,
    DATA_REQUEST_FLOW,
    LONGER_MONTHS,
    DataRequestKind,
    DataRequestState,
)


@transaction.atomic
def receive_data_request(
    *,
    person: Person | None,
    asker: str = "",
    kind: str,
    text: str,
    received_on: date,
    actor: User,
    on: date,
) -> DataRequest:
    """Does: notes a request with the last day to answer it. Refuses: nobody who asks, no text, a day to come.
    Leaves behind: the request, audit."""
    require_text(text, "text", _("Dites ce qui est demandé."))
    if person is None:
        require_text(asker, "asker", _("Dites qui demande."))
    if received_on > on:
        raise Refused(Code.DATE_INVALID, _("Ce jour n’est pas encore venu."), field="received_on")
    row = DataRequest.objects.create(
        person=person,
        asker="" if person else asker.strip(),
        kind=DataRequestKind(kind),
        text=text.strip(),
        received_on=received_on,
        due_on=last_day(received_on, months=ANSWER_MONTHS),
        author=actor,
    )
    audit.record(actor, "people.data_request.receive", row)
    return row


@transaction.atomic
def take_longer(request: DataRequest, *, reason: str, actor: User, on: date) -> DataRequest:
    """Does: gives a complex request two more months. Refuses: no reason, a second time, after the first month
    (GDPR art. 12(3)), one that is answered. Leaves behind: the new last day, audit."""
    require_text(reason, "reason", _("Dites à la personne pourquoi sa demande prend plus de temps."))
    row = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != DataRequestState.RECEIVED:
        raise IllegalMove(_("Cette demande est déjà traitée."))
    if row.longer_because:
        raise Refused(Code.ALREADY_DONE, _("Cette demande a déjà été prolongée : elle ne l’est qu’une fois."))
    if on > row.due_on:
        raise Refused(Code.DATE_INVALID, _("La prolongation se dit pendant le premier mois, qui est passé."))
    row.longer_because = reason.strip()
    row.due_on = last_day(row.received_on, months=LONGER_MONTHS)
    row.save(update_fields=["longer_because", "due_on"])
    audit.record(actor, "people.data_request.lengthen", row)
    return row


@performs(DATA_REQUEST_FLOW, "answer")
def answer_data_request(request: DataRequest, *, answer: str, actor: User, now: datetime) -> None:
    """Does: notes what was answered. Refuses: nothing said. Leaves behind: the answer, audit."""
    _answer(request, answer, actor, now)


@performs(DATA_REQUEST_FLOW, "refuse")
def refuse_data_request(request: DataRequest, *, answer: str, actor: User, now: datetime) -> None:
    """Does: refuses with the reason, which the law wants said. Refuses: no reason.
    Leaves behind: the reason, audit."""
    _answer(request, answer, actor, now)


def _answer(row: DataRequest, answer: str, actor: User, now: datetime) -> None:
    require_text(answer, "answer", _("Écrivez ce qui est répondu à la personne."))
    row.answer, row.answered_by, row.answered_at = answer.strip(), actor, now
