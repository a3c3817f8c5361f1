"""What follows an information meeting: chosen for each person, an application in one click (COW-31)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import Registration
from coworking.services.events import locked
from coworking.states.events import Attendance, NextStep
from entrepreneurs.calculations.steps import StepCode
from entrepreneurs.models import Application
from entrepreneurs.models.applications import MAX_STORY
from entrepreneurs.selectors.applications import fingerprint
from entrepreneurs.services.applications import save_step, start_application
from people.services.changes import refuse_long

MOST_NOTE = 3000


@transaction.atomic
def choose_next_step(registration: Registration, *, step: str, note: str, actor: Any) -> Registration:
    """Does: says what follows for somebody who came, and what was said. Refuses: an unknown step, a note too
    long, somebody who did not come, a kind of event without follow-up. Leaves behind: the step, audit."""
    row = _locked(registration)
    if step not in NextStep.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la suite dans la liste."), field="step")
    refuse_long(note, "note", MOST_NOTE)
    row.next_step, row.next_note = step, note.strip()
    row.save(update_fields=["next_step", "next_note"])
    audit.record(actor, "coworking.registration.next", row, detail={"value": step})
    return row


@transaction.atomic
def open_application(registration: Registration, *, door: str, now: datetime, actor: Any) -> Application:
    """Does: begins the application of somebody who came, with what is known of them and what was said (the
    team’s note, then their own remark and answers): they receive its link and nothing is asked twice.
    Refuses: one already opened, somebody who did not come, a kind of event without follow-up, what
    `start_application` refuses. Leaves behind: the draft, its link and mail, the step « candidater »,
    audit."""
    row = _locked(registration)
    if row.application_id is not None:
        raise Refused(Code.ALREADY_DONE, _("Sa candidature est déjà ouverte : le lien lui a été envoyé."))
    event = row.event
    made = start_application(
        door=door, first_name=row.first_name, last_name=row.last_name, email=row.email, now=now, actor=None
    )
    territory = event.territory or (event.place.scope.territory if event.place is not None else None)
    said: dict[StepCode, dict[str, Any]] = {
        StepCode.YOU: {"phone": row.phone, "referral": "event"},
        StepCode.PROJECT: {"summary": _said_of(row)},
        StepCode.PLACE: {"territory": territory},
    }
    for code, values in said.items():
        known = {name: value for name, value in values.items() if value}
        save_step(made, code, values=known, shown=fingerprint(made, code), now=now, actor=None)
        made.refresh_from_db()
    row.application, row.next_step = made, NextStep.APPLY
    row.save(update_fields=["application", "next_step"])
    audit.record(actor, "coworking.registration.apply", row, detail={"kind": door})
    return made


def _said_of(row: Registration) -> str:
    """What the team noted of the talk, then what was written when registering; what would not fit is left
    out whole."""
    answers = row.answers.select_related("field").order_by("field__position", "field_id")
    told = [row.next_note, row.note, *(f"{one.field.label}\n{one.text}" for one in answers)]
    said = ""
    for words in filter(None, told):
        longer = f"{said}\n\n{words}" if said else words
        said = longer if len(longer) <= MAX_STORY else said
    return said


def _locked(registration: Registration) -> Registration:
    event = locked(registration.event)
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    row.event = event
    if not event.kind.chooses_next_step:
        raise Refused(Code.NOT_ALLOWED, _("Ce genre d’événement n’a pas de suite à choisir."))
    if row.attendance != Attendance.PRESENT:
        raise Refused(
            Code.NOT_ALLOWED, _("Notez d’abord sa présence : la suite se choisit avec qui est venu.")
        )
    return row
