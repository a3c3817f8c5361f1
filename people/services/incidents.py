"""Opens and follows incidents on data, told to the authority within 72 hours (PEO-39, GDPR art. 33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.workflow import performs
from people.models import DataIncident, User
from people.services.changes import require_text, write
from people.states.data_requests import INCIDENT_FLOW, NOTIFY_WITHIN, IncidentState


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
