"""What the mails of the path say of meetings: who, when, how, with the file that calendars read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core.calendars import calendar_text
from cae.core.documents import store_document
from cae.core.kept_words import translated
from cae.core.mail import queue_email
from cae.core.models import Document
from cae.core.notices import notify
from cae.core.templatetags.formats import spelled
from entrepreneurs.models import Meeting
from entrepreneurs.selectors.coaching_gathered import happening_of
from entrepreneurs.states.meetings import MeetingMode
from people.models import Person, User

MEETING_FILE = "entrepreneurs.meeting_file"
MEETING_REMINDER = "entrepreneurs.meeting_reminder"
# A calendar file is of no use once its meeting is past.
KEPT = timedelta(days=90)

SUBJECTS = {
    "booked": gettext_lazy("Rendez-vous le %(moment)s"),
    "given": gettext_lazy("Rendez-vous du %(moment)s : avec %(name)s"),
    "moved": gettext_lazy("Rendez-vous déplacé au %(moment)s"),
    "cancelled": gettext_lazy("Rendez-vous du %(moment)s annulé"),
    "reminder": gettext_lazy("Rappel : rendez-vous le %(moment)s"),
}


def moment_words(at: datetime) -> str:
    """« 12 mars 2027 à 14:00 »."""
    local = timezone.localtime(at)
    return _("%(day)s à %(time)s") % {"day": spelled(local), "time": time_format(local)}


def meeting_mails(meeting: Meeting, *, what: str, actor: Any, before: datetime | None = None) -> None:
    """Does: tells both sides of a meeting booked, moved, given to a colleague or cancelled, with its calendar
    file. Refuses: nothing. Leaves behind: a mail to each address known, the file."""
    file = _calendar_file(meeting, actor)
    for person, other in ((meeting.person, meeting.advisor), (meeting.advisor, meeting.person)):
        said = str(other or meeting.who)
        _write_to(person, meeting, what, said, before=before, actor=actor, attachments=[file.pk])


def _write_to(
    person: Person | None,
    meeting: Meeting,
    what: str,
    other: str,
    *,
    before: datetime | None = None,
    **options: Any,
) -> None:
    """One mail, in the language of its reader; nothing to whom no address is known."""
    address, language = _address_of(meeting, person)
    if not address:
        return
    with override(language):
        queue_email(
            to=address,
            subject=_subject(meeting, what),
            context={
                "paragraphs": _paragraphs(meeting, other, what, before),
                "button": _("Voir le rendez-vous"),
                "url": settings.SITE_URL + meeting.get_absolute_url(),
                "why": _("Vous recevez cet e-mail parce que ce rendez-vous vous concerne."),
            },
            cause=f"entrepreneurs.meeting.{what}",
            about=meeting,
            **options,
        )


def _subject(meeting: Meeting, what: str) -> str:
    facts = {"moment": moment_words(meeting.starts_at), "name": str(meeting.advisor)}
    return str(SUBJECTS[what]) % facts


def _address_of(meeting: Meeting, person: Person | None) -> tuple[str, str]:
    """Where somebody is written to, and in which language; a candidate without account by the application."""
    if person is None:
        found = meeting.application.email if meeting.application else ""
        return found, settings.LANGUAGE_CODE
    account = User.objects.filter(person=person, is_active=True).first()
    if account is not None:
        return account.email, account.language
    return person.email, settings.LANGUAGE_CODE


def _paragraphs(meeting: Meeting, other: str, what: str, before: datetime | None) -> list[str]:
    facts = {
        "purpose": meeting.get_purpose_display(),
        "name": other,
        "moment": moment_words(meeting.starts_at),
        "minutes": meeting.minutes,
        "before": moment_words(before) if before else "",
        "reason": translated(meeting.cancel_reason),
    }
    if what == "cancelled":
        return [
            _("Le rendez-vous « %(purpose)s » avec %(name)s, prévu le %(moment)s, n’aura pas lieu.") % facts,
            _("Motif : %(reason)s") % facts,
        ]
    said = [_("%(purpose)s avec %(name)s, le %(moment)s (%(minutes)s minutes).") % facts]
    if before is not None:
        said.append(_("Il était prévu le %(before)s.") % facts)
    said.append(where_words(meeting))
    if meeting.note:
        said.append(_("À aborder : %(note)s") % {"note": meeting.note})
    return said


def where_words(meeting: Meeting) -> str:
    """How the two people meet, in one sentence."""
    if meeting.mode == MeetingMode.VIDEO:
        return _("Par visioconférence : %(link)s") % {"link": meeting.link}
    if meeting.mode == MeetingMode.PHONE:
        return _("Par téléphone : %(phone)s") % {
            "phone": (meeting.person.phone if meeting.person else "") or _("numéro à convenir")
        }
    return _("Sur place : %(place)s") % {"place": meeting.place or _("lieu à convenir")}


def _calendar_file(meeting: Meeting, actor: Any) -> Document:
    last: date = timezone.localdate(meeting.ends_at)
    return store_document(
        calendar_text([happening_of(meeting, where_words(meeting))], name=str(meeting), now=timezone.now()),
        kind=MEETING_FILE,
        name="rendez-vous.ics",
        mime="text/calendar",
        about=meeting,
        actor=actor,
        retention_until=last + KEPT,
    )


def remind_of_meeting(meeting: Meeting) -> None:
    """Does: reminds both sides. Refuses: nothing. Leaves behind: a notice to those who have an account, a
    mail to a person without one."""
    sides = [one for one in (meeting.person, meeting.advisor) if one is not None]
    accounts = list(User.objects.filter(person__in=sides, is_active=True))
    notify(
        accounts,
        MEETING_REMINDER,
        subject=lambda: _subject(meeting, "reminder"),
        text=lambda: f"{meeting.get_purpose_display()} · {where_words(meeting)}",
        url=meeting.get_absolute_url(),
        about=meeting,
    )
    if meeting.person_id not in {account.person_id for account in accounts}:
        _write_to(meeting.person, meeting, "reminder", str(meeting.advisor), quiet=True)
