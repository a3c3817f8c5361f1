"""Acts for a person who asks for it: begins with a reason, ends by itself, and the person knows (PEO-04)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import Assistance, Person, User
from people.notices import tell_of_assistance
from people.selectors.assistance import may_act_for
from people.services.changes import require_text
from people.states import ASSISTANCE_TIME


@transaction.atomic
def start_assistance(person: Person, *, reason: str, actor: User, now: datetime) -> Assistance:
    """Does: begins a spell during which the actor works under the person’s name. Refuses: no reason, oneself,
    a closed account, somebody out of reach or with more rights than the actor.
    Leaves behind: the spell, audit, the person told at once; another spell of the same actor is over."""
    require_text(reason, "reason", _("Dites pourquoi cette personne vous le demande."))
    if person.pk == actor.person_id:
        raise Refused(Code.NOT_ALLOWED, _("Vous n’avez pas besoin d’agir pour vous-même."))
    # Two browsers of one helper: the second waits here, then ends the spell of the first.
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    if not may_act_for(actor, person):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Vous ne pouvez pas agir pour cette personne : compte fermé, ou rôle que vous n’avez pas."),
        )
    for former in Assistance.objects.filter(helper=actor, ended_at=None, ends_at__gt=now):
        end_assistance(former, actor=actor, now=now)
    helped = User.objects.select_related("person").get(person=person)
    row = Assistance.objects.create(
        helper=actor, helped=helped, reason=reason.strip(), started_at=now, ends_at=now + ASSISTANCE_TIME
    )
    audit.record(actor, "people.assistance.start", helped, detail={"reason": row.reason})
    tell_of_assistance(row)
    return row


@transaction.atomic
def end_assistance(assistance: Assistance, *, actor: User, now: datetime) -> None:
    """Does: gives the person’s name back before the time is over. Refuses: nothing; a spell that is over is
    left alone. Leaves behind: when it ended, audit."""
    row = Assistance.objects.select_for_update(of=("self",)).select_related("helped").get(pk=assistance.pk)
    if row.is_open(now):
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        audit.record(actor, "people.assistance.end", row.helped)
