"""Books, moves, cancels and closes meetings: the time of two people is taken once (ENT-52)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.settings import value_of
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.emails import meeting_mails, remind_of_meeting
from entrepreneurs.models import Application, Meeting
from entrepreneurs.models.slots import LONGEST, SHORTEST
from entrepreneurs.selectors.slots import Slot, away_at, free_slots
from entrepreneurs.states.meetings import MEETING_FLOW, TAKING, MeetingMode, MeetingPurpose, MeetingState
from people.models import Person
from people.services.changes import require_text

REMINDER_DAYS = "entrepreneurs.meeting_reminder_days"


def book_meeting(
    *,
    person: Person | None = None,
    application: Application | None = None,
    slot: Slot,
    purpose: str,
    actor: Any,
    mode: str = "",
    note: str = "",
    now: datetime | None = None,
) -> Meeting:
    """Does: books a slot that an advisor offers. Refuses: a slot that is no longer free (slot_taken), a day
    when the advisor is away (advisor_away), a way to meet that the slot does not offer, somebody who is
    already met at that time. Leaves behind: the meeting, audit, a mail with its calendar file to both."""
    now = now or timezone.now()
    with transaction.atomic():
        who = person or (application.person if application else None)
        _take_turns(slot.advisor_id, who)
        offered = _offered(slot, purpose, now)
        meeting = Meeting(
            advisor_id=slot.advisor_id,
            person=who,
            application=application,
            purpose=purpose,
            mode=_mode_of(offered, mode),
            starts_at=offered.starts_at,
            ends_at=offered.ends_at,
            place=offered.place,
            link=offered.link,
            note=" ".join(note.split())[:500],
            booked_by=actor,
        )
        return _book(meeting, actor)


def arrange_meeting(
    person: Person | None,
    *,
    advisor: Person,
    purpose: str,
    starts_at: datetime,
    minutes: int,
    mode: str,
    actor: Any,
    place: str = "",
    link: str = "",
    note: str = "",
    now: datetime | None = None,
    application: Application | None = None,
) -> Meeting:
    """Does: books a time that the team agreed with the person, outside the slots too. Refuses: a moment past,
    a day when the advisor is away, a time already taken on either side, an unknown length or way to meet, no
    link for a video. Leaves behind: the meeting, audit, a mail with its calendar file to both."""
    now = now or timezone.now()
    with transaction.atomic():
        _take_turns(advisor.pk, person)
        _check_moment(advisor, starts_at, minutes, now)
        if mode == MeetingMode.VIDEO and not link:
            raise Refused(Code.VALUE_MISSING, _("Indiquez le lien de la visioconférence."), field="link")
        meeting = Meeting(
            advisor=advisor,
            person=person,
            application=application,
            purpose=purpose,
            mode=mode,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            place=place,
            link=link,
            note=" ".join(note.split())[:500],
            booked_by=actor,
        )
        return _book(meeting, actor)


def move_meeting(meeting: Meeting, *, slot: Slot, actor: Any, now: datetime | None = None) -> Meeting:
    """Does: moves a meeting to another free slot of its advisor. Refuses: a meeting that is no longer booked,
    a slot that is not free, another advisor’s. Leaves behind: the meeting at its new time, to be reminded
    again, audit with the old one, a mail with its calendar file to both."""
    now = now or timezone.now()
    with transaction.atomic():
        _take_turns(meeting.advisor_id, meeting.person)
        row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if row.state != MeetingState.BOOKED:
            raise IllegalMove(_("Ce rendez-vous ne se déplace plus : il est déjà passé ou annulé."))
        offered = _offered(replace(slot, advisor_id=row.advisor_id), row.purpose, now, moved=row)
        before = row.starts_at
        row.starts_at, row.ends_at, row.reminded_at = offered.starts_at, offered.ends_at, None
        row.booked_at, row.revision = now, row.revision + 1
        row.mode = row.mode if row.mode in offered.modes else offered.modes[0]
        row.place, row.link = offered.place, offered.link
        _refuse_other(row)
        _save(row)
        detail = {"before": before.isoformat(), "after": row.starts_at.isoformat()}
        audit.record(actor, "entrepreneurs.meeting.move", row, detail=detail)
        meeting_mails(row, what="moved", actor=actor, before=before)
        return row


def give_meeting(meeting: Meeting, *, to: Person, actor: Any) -> Meeting:
    """Does: gives a meeting to a colleague, at the same time. Refuses: one no longer booked, a colleague away
    or already met by somebody at that time (advisor_away, slot_taken), the person themselves. Leaves behind:
    the meeting, to be reminded again, audit with who gave it, a mail with its calendar file to both."""
    with transaction.atomic():
        _take_turns(min(meeting.advisor_id, to.pk), None)
        _take_turns(max(meeting.advisor_id, to.pk), meeting.person)
        row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if row.state != MeetingState.BOOKED or row.person_id == to.pk:
            raise IllegalMove(_("Ce rendez-vous ne se confie plus : il est déjà passé ou annulé."))
        _refuse_away(to, row.starts_at, row.ends_at, "to")
        before, row.advisor = str(row.advisor), to
        row.reminded_at, row.revision = None, row.revision + 1
        _refuse_other(row)
        _save(row)
        audit.record(actor, "entrepreneurs.meeting.give", row, detail={"before": before, "after": str(to)})
        meeting_mails(row, what="given", actor=actor)
        return row


@performs(MEETING_FLOW, "cancel")
def cancel_meeting(meeting: Meeting, *, reason: str, actor: Any) -> None:
    """Does: cancels a meeting, whose time is free again. Refuses: no reason, one that is no longer booked.
    Leaves behind: the meeting with its reason, audit, a mail to both that takes it out of calendars."""
    require_text(reason, "reason", _("Dites pourquoi ce rendez-vous est annulé."))
    meeting.cancel_reason = " ".join(reason.split())[:300]
    meeting.revision += 1
    meeting.state = MeetingState.CANCELLED
    meeting_mails(meeting, what="cancelled", actor=actor)


@performs(MEETING_FLOW, "hold")
def hold_meeting(meeting: Meeting, *, actor: Any, now: datetime) -> None:
    """Does: says that the meeting took place. Refuses: one that has not begun; an absence whose time
    was given to somebody else. Leaves behind: the state, audit."""
    if meeting.starts_at > now:
        raise Refused(Code.DATE_INVALID, _("Ce rendez-vous n’a pas encore commencé."))
    _refuse_other(meeting)


@performs(MEETING_FLOW, "miss")
def miss_meeting(meeting: Meeting, *, actor: Any, now: datetime) -> None:
    """Does: says that nobody came. Refuses: a meeting that has not begun. Leaves behind: the state, audit."""
    if meeting.starts_at > now:
        raise Refused(Code.DATE_INVALID, _("Ce rendez-vous n’a pas encore commencé."))


def remind_of_meetings(*, now: datetime) -> int:
    """Does: reminds both sides of each meeting that comes within the delay, each once; a meeting booked
    within that delay was just confirmed. Refuses: nothing; the past is not reminded after a stop.
    Leaves behind: the instant on each meeting, notices and mails; gives how many."""
    delay = timedelta(days=value_of(REMINDER_DAYS, on=timezone.localdate(now)))
    keys = Meeting.objects.filter(
        state=MeetingState.BOOKED,
        reminded_at__isnull=True,
        starts_at__gt=now,
        starts_at__lte=now + delay,
    ).order_by("starts_at", "pk")
    count = 0
    for key in list(keys.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Meeting.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
            if row is None or row.reminded_at is not None or row.state != MeetingState.BOOKED:
                continue
            row.reminded_at = now
            row.save(update_fields=["reminded_at"])
            if row.booked_at <= row.starts_at - delay:
                remind_of_meeting(row)
                count += 1
    return count


def _take_turns(advisor_id: int, person: Person | None) -> None:
    """Advisors first, then people: nobody waits for who waits for them."""
    take_turn(f"entrepreneurs.meeting.advisor.{advisor_id}")
    if person is not None:
        take_turn(f"entrepreneurs.meeting.person.{person.pk}")


def _offered(slot: Slot, purpose: str, now: datetime, *, moved: Meeting | None = None) -> Slot:
    """The slot as it is offered now, whatever the form said of it."""
    if purpose not in MeetingPurpose.values:
        raise Refused(Code.VALUE_INVALID, _("Ce motif n’existe pas."), field="purpose")
    advisor = Person.objects.get(pk=slot.advisor_id)
    _refuse_away(advisor, slot.starts_at, max(slot.ends_at, slot.starts_at + timedelta(minutes=1)), "slot")
    free = free_slots([advisor], since=slot.day, until=slot.day, purpose=purpose, now=now, moved=moved)
    found = next((one for one in free if one.starts_at == slot.starts_at), None)
    if found is None:
        raise _taken()
    return found


def _mode_of(slot: Slot, wanted: str) -> str:
    if wanted and wanted not in slot.modes:
        raise Refused(Code.VALUE_INVALID, _("Ce créneau ne se propose pas de cette manière."), field="mode")
    return wanted or slot.modes[0]


def _check_moment(advisor: Person, starts_at: datetime, minutes: int, now: datetime) -> None:
    if starts_at < now:
        raise Refused(Code.DATE_INVALID, _("Ce moment est déjà passé."), field="starts_at")
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un rendez-vous dure de %(least)d à %(most)d minutes.") % {"least": SHORTEST, "most": LONGEST},
            field="minutes",
        )
    _refuse_away(advisor, starts_at, starts_at + timedelta(minutes=minutes), "starts_at")


def _refuse_away(advisor: Person, starts_at: datetime, ends_at: datetime, field: str) -> None:
    closed = away_at(advisor, starts_at, ends_at)
    if closed is not None:
        raise Refused(
            Code.ADVISOR_AWAY,
            _(
                "%(name)s ne reçoit pas ce jour-là (absence du %(first)s au %(last)s) : choisissez un autre"
                " jour."
            )
            % {
                "name": advisor,
                "first": f"{closed.starts_on:%d/%m/%Y}",
                "last": f"{closed.ends_on:%d/%m/%Y}",
            },
            field=field,
        )


def _refuse_other(meeting: Meeting) -> None:
    """Raises Refused(slot_taken) when either side is met by somebody else at that time."""
    others = Meeting.objects.filter(
        state__in=TAKING, starts_at__lt=meeting.ends_at, ends_at__gt=meeting.starts_at
    ).exclude(pk=meeting.pk)
    if others.filter(advisor=meeting.advisor_id).exists():
        raise _taken()
    if meeting.person_id and others.filter(person=meeting.person_id).exists():
        raise Refused(
            Code.SLOT_TAKEN,
            _("%(name)s a déjà un rendez-vous à cette heure.") % {"name": meeting.person},
            field="slot",
        )


def _book(meeting: Meeting, actor: Any) -> Meeting:
    _refuse_other(meeting)
    _save(meeting)
    audit.record(actor, "entrepreneurs.meeting.book", meeting)
    meeting_mails(meeting, what="booked", actor=actor)
    return meeting


def _save(meeting: Meeting) -> None:
    """The constraint has the last word, should a time be written by another way than these."""
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        if "_at_a_time" not in str(error):
            raise
        raise _taken() from error


def _taken() -> Refused:
    return Refused(
        Code.SLOT_TAKEN, _("Ce créneau vient d’être pris ou fermé : choisissez-en un autre."), field="slot"
    )
