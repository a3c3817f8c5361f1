"""Begins an application and keeps each page of it; says how long it is kept, and forgets the drafts that
nobody sent (ENT-01, ENT-02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import forget_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import PersonalLink
from cae.core.periods import last_day
from cae.core.settings import value_of
from entrepreneurs.calculations.steps import StepCode, questions_of
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.selectors.applications import (
    charter_on,
    fingerprint,
    forgotten_drafts,
    papers_at_the_door,
    papers_of,
)
from entrepreneurs.services.application_mails import BEGUN, write_to_candidate
from entrepreneurs.services.papers import ask_paper
from entrepreneurs.states.applications import ApplicationState, Door
from people.models import Person, User
from people.selectors.statuses import statuses_on
from people.services.changes import require_text
from people.services.statuses import end_status
from people.states.statuses import StatusKind

DRAFT_MONTHS = "entrepreneurs.draft_months"
KEPT_MONTHS = "entrepreneurs.application_months"


@transaction.atomic
def start_application(
    *, door: str, first_name: str, last_name: str, email: str, now: datetime, actor: User | None = None
) -> Application:
    """Does: begins a draft, with the papers that its door asks; somebody signed in goes on at once, others
    by the link sent to the address. Refuses: an unknown door, no name, an address that is none.
    Leaves behind: the draft, its link and mail unless somebody is signed in, audit."""
    _check(door, first_name, last_name, email)
    on, person = timezone.localdate(now), actor.person if actor else None
    application = Application.objects.create(
        door=door,
        first_name=" ".join(first_name.split()),
        last_name=" ".join(last_name.split()),
        email=email.strip(),
        person=person,
        phone=person.phone if person else "",
        postcode=person.postcode if person else "",
        city=person.city if person else "",
        territory=person.territory if person else None,
        created_at=now,
        changed_at=now,
        state_since=now,
        last_contact_on=on,
        retention_until=last_day(on, months=value_of(DRAFT_MONTHS, on=on)),
    )
    for kind in papers_at_the_door(door, on):
        ask_paper(person=person, kind=kind, about=application, due_on=None, actor=actor, on=on)
    audit.record(actor, "entrepreneurs.application.start", application)
    if actor is None:
        write_to_candidate(application, cause=BEGUN, values={}, now=now, actor=None)
    return application


def _check(door: str, first_name: str, last_name: str, email: str) -> None:
    if door not in Door.values:
        raise Refused(Code.VALUE_INVALID, _("Cette porte d’entrée n’existe pas."), field="door")
    require_text(first_name, "first_name", _("Indiquez votre prénom."))
    require_text(last_name, "last_name", _("Indiquez votre nom."))
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Refused(Code.VALUE_INVALID, _("Indiquez une adresse e-mail valable."), field="email") from error


@transaction.atomic
def save_step(
    application: Application,
    step: StepCode,
    *,
    values: Mapping[str, Any],
    shown: str,
    now: datetime,
    actor: User | None = None,
) -> Application:
    """Does: keeps the answers of one step of a draft, whole or not. Refuses: an application already sent; a
    page drawn before somebody else saved the same step with other answers (stale_form).
    Leaves behind: the draft, kept some months more from today."""
    row = lock_draft(application)
    known = questions_of(step, row.door)
    answers = {name: value for name, value in values.items() if name in known}
    differs = any(getattr(row, name) != value for name, value in answers.items())
    if differs and shown != fingerprint(row, step):
        raise Refused(
            Code.STALE_FORM,
            _("Cette page a été enregistrée entre-temps depuis une autre fenêtre. Rien n’est perdu :")
            + " "
            + _("comparez, puis enregistrez de nouveau pour garder vos réponses d’ici."),
        )
    for name, value in answers.items():
        setattr(row, name, value)
    _touch(row, now)
    return row


@transaction.atomic
def type_charter(
    application: Application, *, name: str, number: int, now: datetime, actor: User | None = None
) -> Application:
    """Does: keeps the name typed under the charter, which signs it when the application is sent; no name
    takes it back. Refuses: an application already sent, another version than the one in force.
    Leaves behind: the draft with its version of the charter."""
    row, name = lock_draft(application), " ".join(name.split())
    charter = charter_on(timezone.localdate(now)) if name else None
    if name and (charter is None or charter.number != number):
        raise Refused(
            Code.STALE_FORM,
            _("La charte a changé : relisez la version en vigueur avant de la signer."),
            field="charter_typed",
        )
    row.charter, row.charter_typed = charter, name[:120]
    _touch(row, now)
    return row


def lock_draft(application: Application) -> Application:
    """Gives the row under lock. Raises IllegalMove once it is sent or withdrawn."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if row.state != ApplicationState.DRAFT:
        raise IllegalMove(_("Cette candidature est déjà envoyée : ses réponses ne changent plus."))
    return row


def _touch(row: Application, now: datetime) -> None:
    on = timezone.localdate(now)
    row.changed_at, row.last_contact_on = now, on
    row.retention_until = last_day(on, months=value_of(DRAFT_MONTHS, on=on))
    row.save()


@transaction.atomic
def note_contact(application: Application, *, on: date, actor: User | None) -> Application:
    """Does: notes that the candidate and the house were in touch: the file is kept so many months from then.
    Refuses: nothing; a day before the last one known changes nothing. Leaves behind: both dates."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if on > row.last_contact_on:
        keep_from(row, on)
        row.save(update_fields=["last_contact_on", "retention_until"])
    return row


def keep_from(application: Application, on: date) -> None:
    """Writes on the row that both were in touch that day, from which an application sent is kept."""
    application.last_contact_on = on
    application.retention_until = last_day(on, months=value_of(KEPT_MONTHS, on=on))


def end_candidacy(person: Person, on: date, *, reason: str, actor: Any) -> None:
    """Does: ends the status of who is no longer a candidate: yesterday, or the day it began. Refuses:
    nothing. Leaves behind: the status ended, with its reason."""
    for status in statuses_on(person, on).filter(kind=StatusKind.CANDIDATE):
        eve = max(on - timedelta(days=1), status.starts_on)
        end_status(status, last_day=eve, reason=reason, actor=actor)


def erase_forgotten_drafts(on: date) -> int:
    """Does: erases the applications never sent whose day has come, with their papers and links, one by one.
    Refuses: nothing; one changed meanwhile stays. Leaves behind: nothing of them but the journal, which names
    nobody. Gives how many."""
    return sum(_erase(pk, on) for pk in list(forgotten_drafts(on).values_list("pk", flat=True)))


@transaction.atomic
def _erase(pk: int, on: date) -> int:
    row = forgotten_drafts(on).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return 0
    papers = list(papers_of(row))
    DocumentRequest.objects.filter(pk__in=[paper.pk for paper in papers]).delete()
    for paper in papers:
        if paper.document is not None and paper.reuses_id is None:
            forget_document(paper.document, on=on)
    PersonalLink.objects.filter(**audit.about(row)).delete()
    audit.record(None, "entrepreneurs.application.erase", row)
    row.delete()
    return 1
