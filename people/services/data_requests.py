"""What the data officer does: requests within a month, incidents within 72 hours, the register (PEO-39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.periods import last_day
from cae.core.workflow import performs
from people.models import DataIncident, DataRequest, Person, Processing, User
from people.services.changes import refuse_stale, require_text, write
from people.states.data_requests import (
    ANSWER_MONTHS,
    DATA_REQUEST_FLOW,
    INCIDENT_FLOW,
    LONGER_MONTHS,
    NOTIFY_WITHIN,
    DataRequestKind,
    DataRequestState,
    IncidentState,
)


@dataclass(frozen=True)
class IncidentData:
    """What is known of an incident, as read from its form."""

    title: str
    known_at: datetime
    facts: str
    data: str
    people_count: int | None = None
    risks: str = ""
    measures: str = ""
    told_people_on: date | None = None


@dataclass(frozen=True)
class ProcessingData:
    """A line of the register, as read from its form."""

    name: str
    purpose: str
    basis: str
    people: str
    data: str
    recipients: str
    retention: str
    security: str = ""
    ended_on: date | None = None


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


@transaction.atomic
def open_incident(data: IncidentData, *, actor: User, now: datetime) -> DataIncident:
    """Does: opens an incident, whose 72 hours count from when it was known. Refuses: no title, no facts, an
    instant to come. Leaves behind: the incident, audit."""
    _check_incident(data, now)
    row = DataIncident.objects.create(**vars(data), author=actor)
    audit.record(actor, "people.incident.open", row)
    return row


@transaction.atomic
def save_incident(incident: DataIncident, *, data: IncidentData, actor: User, now: datetime) -> DataIncident:
    """Does: completes an incident. Refuses: one that is closed, what opening refuses, an instant after the
    notification. Leaves behind: audit."""
    _check_incident(data, now)
    row = DataIncident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if row.state == IncidentState.CLOSED:
        raise IllegalMove(_("Cet incident est clos."))
    if row.notified_at is not None and row.notified_at < data.known_at:
        raise Refused(Code.DATE_INVALID, _("La notification l’a précédé."), field="known_at")
    if write(row, data):
        row.save()
        audit.record(actor, "people.incident.change", row)
    return row


@performs(INCIDENT_FLOW, "notify")
def notify_incident(
    incident: DataIncident, *, notified_at: datetime, late_because: str = "", actor: User, now: datetime
) -> None:
    """Does: notes that the authority was told. Refuses: before it was known, in the future; past the 72 hours
    without the reason of the delay (GDPR art. 33(1)). Leaves behind: when, audit."""
    if not incident.known_at <= notified_at <= now:
        raise Refused(
            Code.DATE_INVALID,
            _("La notification se situe entre la découverte et maintenant."),
            field="notified_at",
        )
    if notified_at > incident.known_at + NOTIFY_WITHIN:
        require_text(late_because, "late_because", _("Passé 72 heures, la CNIL demande le motif du retard."))
    incident.notified_at, incident.late_because = notified_at, late_because.strip()


@performs(INCIDENT_FLOW, "close")
def close_incident(incident: DataIncident, *, conclusion: str, actor: User, now: datetime) -> None:
    """Does: closes an incident; without notification, the conclusion says why there is no risk for people.
    Refuses: no conclusion. Leaves behind: the conclusion, audit."""
    require_text(
        conclusion,
        "conclusion",
        _("Écrivez la conclusion ; sans notification, dites pourquoi il n’y a pas de risque."),
    )
    incident.conclusion, incident.closed_at = conclusion.strip(), now


def _check_incident(data: IncidentData, now: datetime) -> None:
    require_text(data.title, "title", _("Donnez un intitulé."))
    require_text(data.facts, "facts", _("Dites ce qui s’est passé."))
    if data.known_at > now:
        raise Refused(Code.DATE_INVALID, _("Cet instant n’est pas encore venu."), field="known_at")


@transaction.atomic
def save_processing(
    processing: Processing | None, *, data: ProcessingData, actor: User, version: int | None = None
) -> Processing:
    """Does: writes a line of the register, or changes it. Refuses: no name, a name that stands already, a
    form opened before another change. Leaves behind: audit."""
    require_text(data.name, "name", _("Donnez un nom au traitement."))
    row = Processing.objects.select_for_update().get(pk=processing.pk) if processing else Processing()
    refuse_stale(row, version if processing else None)
    same = Processing.objects.filter(name=data.name, ended_on__isnull=True).exclude(pk=row.pk)
    if data.ended_on is None and same.exists():
        raise Refused(Code.DUPLICATE, _("Un traitement porte déjà ce nom."), field="name")
    changed = write(row, data)
    if changed or processing is None:
        row.version += 1 if processing else 0
        row.save()
        audit.record(actor, "people.processing.save", row, detail=changed if processing else None)
    return row
