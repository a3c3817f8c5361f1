"""Writes reports of meetings: a draft, then shared and frozen; a private note apart (ENT-53)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.models import FundedAction, Meeting, MeetingReport, PrivateNote, ReportAddendum
from entrepreneurs.models.slots import LONGEST, SHORTEST
from entrepreneurs.selectors.support import spent_by
from entrepreneurs.services.meetings import arrange_meeting, hold_meeting
from entrepreneurs.services.plans import add_action
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose, MeetingState
from entrepreneurs.states.reports import MAX_SAID, REPORT_FLOW
from people.models import Person, User
from people.services.changes import refuse_long, require_text

REPORT_NOTICE = "entrepreneurs.report"
ARCHIVE_TASK = "entrepreneurs.archive_report"


@dataclass(frozen=True)
class NewAction:
    """An action decided at a meeting."""

    label: str
    due_on: date | None = None
    is_advisors: bool = False


@dataclass(frozen=True)
class ReportContent:
    """What the form of a report holds."""

    met_on: date
    mode: str
    minutes: int
    said: str
    themes: Sequence[str] = ()
    decisions: str = ""
    private: str = ""
    actions: Sequence[NewAction] = field(default=())
    next_at: datetime | None = None
    funded_by: FundedAction | None = None


@transaction.atomic
def write_report(
    person: Person,
    *,
    content: ReportContent,
    author: Person,
    form_key: UUID,
    actor: Any,
    on: date,
    meeting: Meeting | None = None,
) -> MeetingReport:
    """Does: writes the draft of a report, of a meeting or of none; the same form sent twice is once. Refuses:
    a meeting already reported or not of this person, a day to come, an unknown length, too long a text, hours
    beyond what a funder pays. Leaves behind: the draft, its private note, its actions, audit."""
    Person.objects.select_for_update().get(pk=person.pk)
    known = MeetingReport.objects.filter(form_key=form_key).first()
    if known is not None:
        return known
    _check(content, on, person=person)
    _check_meeting(meeting, person)
    report = MeetingReport(person=person, author=author, meeting=meeting, form_key=form_key)
    _fill(report, content)
    report.save()
    _keep_private(report, content.private, author)
    for action in content.actions:
        owner = author if action.is_advisors else person
        add_action(
            person, label=action.label, owner=owner, due_on=action.due_on, report=report, actor=actor, on=on
        )
    audit.record(actor, "entrepreneurs.report.write", report)
    return report


@transaction.atomic
def rewrite_report(report: MeetingReport, *, content: ReportContent, actor: Any, on: date) -> MeetingReport:
    """Does: changes a draft. Refuses: a report already shared (an addendum corrects it), as `write_report`.
    Leaves behind: the draft, its private note, actions added, audit."""
    row = MeetingReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.is_shared:
        raise Refused(
            Code.ALREADY_DONE,
            _("Ce compte rendu est partagé : il ne change plus. Écrivez un complément."),
        )
    _check(content, on, person=row.person, known=row)
    _fill(row, content)
    row.save()
    _keep_private(row, content.private, row.author)
    for action in content.actions:
        owner = row.author if action.is_advisors else row.person
        add_action(
            row.person, label=action.label, owner=owner, due_on=action.due_on, report=row, actor=actor, on=on
        )
    audit.record(actor, "entrepreneurs.report.rewrite", row)
    return row


@performs(REPORT_FLOW, "share")
def share_report(
    report: MeetingReport, *, actor: Any, now: datetime, next_at: datetime | None = None
) -> None:
    """Does: shares the report with the person and freezes it; its meeting was held; the next one is booked.
    Refuses: an empty report, a next meeting that cannot be (slot_taken, advisor_away).
    Leaves behind: the state, audit, a notice to the person, the PDF to come."""
    require_text(report.said, "said", _("Écrivez ce qui s’est dit."))
    if report.meeting is not None and report.meeting.state != MeetingState.HELD:
        hold_meeting(report.meeting, actor=actor, now=now)
    if next_at is not None:
        report.next_meeting = _next(report, next_at, actor, now)
    run_later(ARCHIVE_TASK, report_id=report.pk)
    notify(
        User.objects.filter(person=report.person_id, is_active=True),
        REPORT_NOTICE,
        subject=lambda: _("%(name)s partage un compte rendu avec vous") % {"name": report.author},
        text=lambda: report.said[:500],
        url=report.get_absolute_url(),
        about=report,
        actor=actor,
    )


@transaction.atomic
def add_to_report(report: MeetingReport, *, text: str, author: Person, actor: Any) -> ReportAddendum:
    """Does: adds a dated correction to a shared report. Refuses: no text, too long a text, a draft (it is
    rewritten). Leaves behind: the addendum, for ever, audit, a notice to the person."""
    row = MeetingReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not row.is_shared:
        raise Refused(Code.NOT_ALLOWED, _("Un brouillon se modifie : il n’a pas besoin de complément."))
    _require(text, "text", _("Écrivez le complément."))
    added = ReportAddendum.objects.create(report=row, author=author, text=text.strip())
    audit.record(actor, "entrepreneurs.report.add", row)
    notify(
        User.objects.filter(person=row.person_id, is_active=True),
        REPORT_NOTICE,
        subject=lambda: _("%(name)s complète un compte rendu") % {"name": author},
        text=text.strip()[:500],
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )
    return added


@transaction.atomic
def write_private_note(report: MeetingReport, *, text: str, author: Person, actor: Any) -> None:
    """Does: keeps, changes or takes away the private part. Refuses: too long a text.
    Leaves behind: the note or none; audit without a word of it."""
    row = MeetingReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    _keep_private(row, text, author)
    audit.record(actor, "entrepreneurs.report.note", row)


@transaction.atomic
def discard_report(report: MeetingReport, *, actor: Any) -> None:
    """Does: gives up a draft, its note and the actions written with it. Refuses: a shared report.
    Leaves behind: nothing of it but its audit."""
    row = MeetingReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.is_shared:
        raise Refused(Code.NOT_ALLOWED, _("Ce compte rendu est partagé : il reste."))
    audit.record(actor, "entrepreneurs.report.discard", row)
    PrivateNote.objects.filter(report=row).delete()
    row.actions.all().delete()
    row.delete()


def _fill(report: MeetingReport, content: ReportContent) -> None:
    report.met_on, report.mode, report.minutes = content.met_on, content.mode, content.minutes
    report.themes, report.said = list(content.themes), content.said.strip()
    report.decisions, report.funded_by = content.decisions.strip(), content.funded_by


def _keep_private(report: MeetingReport, text: str, author: Person) -> None:
    text = text.strip()
    refuse_long(text, "private", MAX_SAID)
    if not text:
        PrivateNote.objects.filter(report=report).delete()
        return
    values = {"author": author, "text": text, "written_at": timezone.now()}
    PrivateNote.objects.update_or_create(report=report, defaults=values)


def _check(content: ReportContent, on: date, *, person: Person, known: MeetingReport | None = None) -> None:
    if content.met_on > on:
        raise Refused(Code.DATE_INVALID, _("Un compte rendu parle d’une rencontre passée."), field="met_on")
    if not 1 <= content.minutes <= LONGEST:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une rencontre dure de 1 à %(most)d minutes.") % {"most": LONGEST},
            field="minutes",
        )
    if content.mode not in MeetingMode.values:
        raise Refused(Code.VALUE_INVALID, _("Cette manière n’existe pas."), field="mode")
    _require(content.said, "said", _("Écrivez ce qui s’est dit."))
    refuse_long(content.decisions, "decisions", MAX_SAID)
    if content.funded_by is not None:
        _check_funding(content.funded_by, content, person, known)


def _check_funding(
    action: FundedAction, content: ReportContent, person: Person, known: MeetingReport | None
) -> None:
    """One report at a time for an action: its quotas are those left by the others."""
    take_turn(f"entrepreneurs.funded.{action.pk}")
    spent = spent_by(action, person=person, but=known)
    refusals = (
        (
            not action.starts_on <= content.met_on <= action.ends_on,
            _("« %(name)s » ne finance pas ce jour-là."),
        ),
        (
            spent.minutes + content.minutes > action.hours * 60,
            _("Il ne reste pas assez d’heures à « %(name)s »."),
        ),
        (
            action.hours_each is not None
            and spent.minutes_of_person + content.minutes > action.hours_each * 60,
            _("Cette personne a reçu toutes les heures que « %(name)s » lui réserve."),
        ),
        (
            action.places is not None and not spent.knows_person and spent.people >= action.places,
            _("Toutes les places de « %(name)s » sont prises."),
        ),
    )
    for is_refused, sentence in refusals:
        if is_refused:
            raise Refused(Code.VALUE_INVALID, sentence % {"name": action}, field="funded_by")


def _check_meeting(meeting: Meeting | None, person: Person) -> None:
    if meeting is None:
        return
    if meeting.person_id != person.pk or meeting.state == MeetingState.CANCELLED:
        raise Refused(Code.NOT_ALLOWED, _("Ce rendez-vous n’appelle pas de compte rendu."))
    if MeetingReport.objects.filter(meeting=meeting).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce rendez-vous a déjà son compte rendu."))


def _require(text: str, name: str, sentence: str) -> None:
    require_text(text, name, sentence)
    refuse_long(text, name, MAX_SAID)


def _next(report: MeetingReport, at: datetime, actor: Any, now: datetime) -> Meeting:
    """The next meeting: as long as this one, in the same way and at the same place."""
    former = report.meeting
    video = report.mode == MeetingMode.VIDEO
    mode = report.mode if not video or (former and former.link) else MeetingMode.PHONE
    try:
        return arrange_meeting(
            report.person,
            advisor=report.author,
            purpose=MeetingPurpose.FOLLOW_UP,
            starts_at=at,
            minutes=max(report.minutes, SHORTEST),
            mode=mode,
            place=former.place if former else "",
            link=former.link if former else "",
            actor=actor,
            now=now,
        )
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, field="next_at") from refusal
