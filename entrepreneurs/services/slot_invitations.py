"""Invites a candidate to choose the slot of the first interview, reminds, hands the file back (ENT-08)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.notices import notify
from cae.core.settings import values_of
from entrepreneurs.calculations.reminding import read_delays, step_of
from entrepreneurs.models import Application, Meeting, SlotInvitation
from entrepreneurs.services.stages import locked
from entrepreneurs.services.welcome_mails import invite_to_choose
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.stages import InvitationState
from people.models import Person, User
from people.services.changes import require_text

REMINDER_DAYS, SILENCE_DAYS = "entrepreneurs.slot_reminder_days", "entrepreneurs.slot_silence_days"
NO_ANSWER = "entrepreneurs.candidate_silent"


@transaction.atomic
def invite_candidate(
    application: Application, *, advisor: Person, now: datetime, actor: Any
) -> SlotInvitation:
    """Does: asks the candidate to choose a slot of this advisor, who follows the file from now on if nobody
    does. Refuses: an application decided, an invitation that still waits, an interview already booked.
    Leaves behind: the invitation, a mail with the candidate's own link, audit."""
    row = locked(application)
    if SlotInvitation.objects.filter(application=row, state=InvitationState.WAITING).exists():
        raise Refused(Code.ALREADY_DONE, _("Une invitation attend déjà sa réponse."))
    if _booked_since(row, date.min):
        raise Refused(Code.ALREADY_DONE, _("Un rendez-vous est déjà pris avec cette personne."))
    if row.advisor_id is None:
        row.advisor = advisor
        row.save(update_fields=["advisor"])
    invitation = SlotInvitation.objects.create(
        application=row, advisor=advisor, invited_on=timezone.localdate(now), invited_by=actor
    )
    invite_to_choose(row, advisor=advisor.full_name, again=False, now=now, actor=actor)
    audit.record(actor, "entrepreneurs.slotinvitation.send", row, detail={"by": advisor.full_name})
    return invitation


@transaction.atomic
def stop_reminders(invitation: SlotInvitation, *, reason: str, now: datetime, actor: Any) -> SlotInvitation:
    """Does: stops the reminders: staff agreed on a time by phone, the person is ill. Refuses: no reason, an
    invitation no longer waiting. Leaves behind: the reason, audit."""
    require_text(reason, "reason", _("Dites pourquoi les relances s’arrêtent."))
    row = _waiting(invitation)
    _end(row, InvitationState.STOPPED, now, reason=reason.strip()[:300])
    audit.record(
        actor, "entrepreneurs.slotinvitation.stop", row.application, detail={"reason": row.stop_reason}
    )
    return row


def watch_invitations(*, now: datetime) -> int:
    """Does: each day, closes the invitations answered, reminds once whatever was missed, hands back those
    left without an answer. Refuses: nothing. Leaves behind: mails, notices; gives how many it touched."""
    keys = SlotInvitation.objects.filter(state=InvitationState.WAITING).order_by("pk")
    return sum(_watch(key, now) for key in list(keys.values_list("pk", flat=True)))


@transaction.atomic
def _watch(key: int, now: datetime) -> bool:
    row = (
        SlotInvitation.objects.select_for_update(of=("self",))
        .select_related("application", "advisor")
        .get(pk=key)
    )
    if row.state != InvitationState.WAITING:
        return False
    if row.application.state != ApplicationState.SUBMITTED:
        _end(row, InvitationState.STOPPED, now, reason=house_words(gettext_lazy("Candidature décidée")))
        return True
    if _booked_since(row.application, row.invited_on):
        _end(row, InvitationState.BOOKED, now)
        audit.record(None, "entrepreneurs.slotinvitation.book", row.application)
        return True
    today = timezone.localdate(now)
    values = values_of(REMINDER_DAYS, SILENCE_DAYS, on=row.invited_on)
    delays = read_delays(values[REMINDER_DAYS])
    step = step_of(row.invited_on, delays=delays, silence=values[SILENCE_DAYS], sent=row.sent, today=today)
    if step is None:
        return False
    if step.gives_up:
        _end(row, InvitationState.NO_ANSWER, now)
        audit.record(None, "entrepreneurs.slotinvitation.give_up", row.application)
        _tell_silent(row)
        return True
    row.sent = step.sent
    row.save(update_fields=["sent"])
    invite_to_choose(row.application, advisor=row.advisor.full_name, again=True, now=now, actor=None)
    audit.record(None, "entrepreneurs.slotinvitation.remind", row.application)
    return True


@transaction.atomic
def note_answered(application: Application, *, now: datetime, actor: Any) -> None:
    """Does: closes the invitation that waits, once a meeting answers it. Refuses: nothing, none waiting.
    Leaves behind: the invitation answered, audit."""
    rows = SlotInvitation.objects.select_for_update(of=("self",))
    for row in rows.filter(application=application, state=InvitationState.WAITING):
        _end(row, InvitationState.BOOKED, now)
        audit.record(actor, "entrepreneurs.slotinvitation.book", application)


def _booked_since(application: Application, day: date) -> bool:
    taken = Meeting.objects.filter(application=application, state=MeetingState.BOOKED)
    return taken.filter(booked_at__date__gte=day).exists()


def _waiting(invitation: SlotInvitation) -> SlotInvitation:
    row = SlotInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.state != InvitationState.WAITING:
        raise Refused(Code.ALREADY_DONE, _("Cette invitation n’attend plus de réponse."))
    return row


def _end(row: SlotInvitation, state: InvitationState, now: datetime, *, reason: str = "") -> None:
    row.state, row.ended_at, row.stop_reason = state, now, reason
    row.save(update_fields=["state", "ended_at", "stop_reason"])


def _tell_silent(row: SlotInvitation) -> None:
    account = User.objects.filter(person=row.advisor, is_active=True)
    notify(
        account,
        NO_ANSWER,
        subject=lambda: _("Sans réponse : %(name)s") % {"name": row.application.full_name},
        text=lambda: _("Aucun créneau choisi après les relances : appelez, ou décidez de la suite."),
        url=reverse("entrepreneurs:candidate_file", args=[row.application_id]),
        about=row.application,
    )
