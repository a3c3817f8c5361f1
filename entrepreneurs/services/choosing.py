"""The moment of a first interview: chosen by the candidate, or fixed by the team; given back (ENT-08)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from entrepreneurs.models import Application, Meeting
from entrepreneurs.selectors.following import FIRST, meeting_of, slots_offered
from entrepreneurs.services.applications import note_contact
from entrepreneurs.services.meetings import arrange_meeting, book_meeting, cancel_meeting, move_meeting
from entrepreneurs.services.slot_invitations import note_answered
from entrepreneurs.services.stages import locked
from entrepreneurs.states.meetings import MeetingState
from people.models import Person


@transaction.atomic
def choose_slot(application: Application, *, starts_at: str, mode: str, now: datetime, actor: Any) -> Meeting:
    """Does: books the moment that the candidate chose among those offered, or moves the interview there.
    Refuses: a moment that is no longer offered, an interview already held. Leaves behind: as `book_meeting`
    or `move_meeting`, the contact noted; nothing when the interview is already at that moment."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    on, chosen = timezone.localdate(now), _moment(starts_at)
    slot = next(
        (one for one in slots_offered(row, on=on, now=now) if one.starts_at == chosen),
        None,
    )
    if slot is None:
        raise Refused(
            Code.VALUE_INVALID, _("Ce moment n’est plus libre : choisissez-en un autre."), field="slot"
        )
    held = meeting_of(row)
    if held is not None and held.state != MeetingState.BOOKED:
        raise IllegalMove(_("Cet entretien a déjà eu lieu."))
    if held is not None and held.starts_at == slot.starts_at:
        return held
    note_contact(row, on=on, actor=actor)
    if held is not None:
        return move_meeting(held, slot=slot, actor=actor, now=now)
    note_answered(row, now=now, actor=actor)
    return book_meeting(application=row, slot=slot, purpose=FIRST, mode=mode, actor=actor, now=now)


@transaction.atomic
def fix_interview(
    application: Application, *, advisor: Person, now: datetime, actor: Any, **moment: Any
) -> Meeting:
    """Does: books the first interview at a time agreed with the candidate (by telephone…), with somebody who
    follows the file from now on if nobody does. Refuses: an application decided, an interview booked or held,
    what `arrange_meeting` refuses. Leaves behind: as `arrange_meeting`; the contact noted, the invitation
    answered."""
    row = locked(application)
    held = meeting_of(row)
    if held is not None:
        raise Refused(Code.ALREADY_DONE, _("Un rendez-vous est déjà pris avec cette personne."))
    if row.advisor_id is None:
        row.advisor = advisor
        row.save(update_fields=["advisor"])
    note_contact(row, on=timezone.localdate(now), actor=actor)
    note_answered(row, now=now, actor=actor)
    return arrange_meeting(
        row.person, application=row, advisor=advisor, purpose=FIRST, now=now, actor=actor, **moment
    )


def give_slot_back(application: Application, *, now: datetime, actor: Any) -> Meeting:
    """Does: cancels the interview that the candidate had chosen. Refuses: none booked, one already begun.
    Leaves behind: as `cancel_meeting`."""
    held = meeting_of(application)
    if held is None or held.state != MeetingState.BOOKED or held.starts_at <= now:
        raise IllegalMove(_("Il n’y a pas de rendez-vous à annuler."))
    return cancel_meeting(held, reason=house_words(gettext_lazy("Annulé par la personne")), actor=actor)


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
