"""Hands over what somebody who leaves has in hand, and ends the rest on their last day (ENT-39)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.templatetags.formats import day as shown
from entrepreneurs.models import Application, Exit, Meeting, Referent
from entrepreneurs.selectors.handing_over import InHand, held_by, meetings_after
from entrepreneurs.selectors.referents import team_on
from entrepreneurs.services.meetings import cancel_meeting, give_meeting
from entrepreneurs.services.referents import end_referent, reassign
from entrepreneurs.services.sending_applications import withdraw_application
from entrepreneurs.services.stages import transfer_application
from entrepreneurs.states.applications import OPEN_APPLICATIONS
from entrepreneurs.states.exits import ExitState
from people.models import Person, Role, StatusPeriod, User
from people.services.requests import leave_requests
from people.services.roles import end_role

DAY = timedelta(days=1)


@transaction.atomic
def hand_over(row: Exit, *, to: Person, actor: User, at: datetime) -> int:
    """Does: hands to a colleague, from the day after the last, the people followed, and at once the meetings
    after it, the requests taken and the applications followed; a meeting at which the colleague is not free
    is cancelled with a word. Refuses: a departure no longer prepared, nothing to hand over, the person who
    leaves, somebody who is not of the team that day. Leaves behind: each side told, audit; gives how many
    things changed hands."""
    row = Exit.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != ExitState.PREPARED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette sortie n’est plus en préparation."))
    held = held_by(row.person, row.last_day, at)
    if not held:
        raise Refused(Code.VALUE_MISSING, _("Il n’y a rien à confier."), field="to")
    count = _hand_people(row, held, to, actor)
    for meeting in held.meetings:
        _give(meeting, row.person, to, actor)
    reason = house_words(gettext_lazy("Sortie de la coopérative"), row.person)
    for application in held.applications:
        transfer_application(application, advisor=to, reason=reason, actor=actor)
    account = User.objects.filter(person=row.person).first()
    if account is not None:
        colleague = User.objects.filter(person=to, is_active=True).first()
        leave_requests(account, to=colleague, actor=actor, on=timezone.localdate(at))
    count += len(held.meetings) + len(held.applications) + len(held.requests)
    audit.record(actor, "entrepreneurs.exit.hand_over", row, detail={"to": str(to)})
    return count


def _hand_people(row: Exit, held: InHand, to: Person, actor: User) -> int:
    """Function by function, from the day after the last; who is not of the team that day is refused."""
    first = row.last_day + DAY
    if to.pk == row.person_id or not team_on(first).filter(pk=to.pk).exists():
        raise Refused(
            Code.ROLE_INVALID,
            _("%(name)s n’est pas de l’équipe le %(day)s.") % {"name": to, "day": shown(first)},
            field="to",
        )
    by_function: dict[str, list[Person]] = {}
    for referent in held.referents:
        if referent.person_id != to.pk and referent.starts_on < first:
            by_function.setdefault(referent.function, []).append(referent.person)
    return sum(
        len(reassign(persons, advisor=to, function=function, starts_on=first, actor=actor))
        for function, persons in sorted(by_function.items())
    )


def _give(meeting: Meeting, leaver: Person, to: Person, actor: User) -> None:
    try:
        give_meeting(meeting, to=to, actor=actor)
    except Refused:
        words = gettext_lazy(
            "Départ de la coopérative ; prenez rendez-vous avec la personne qui prend la suite"
        )
        cancel_meeting(meeting, reason=house_words(words, to), actor=actor)


def settle_path(row: Exit, *, reason: str, actor: User, at: datetime) -> None:
    """Does: at the closing of a departure, ends the contacts on both sides, cancels the meetings after the
    last day, gives the requests taken back to the team, takes back an application still to be answered, ends
    the functions held in the team. Refuses: the last administrator. Leaves behind: nothing open in the name
    of who left; each side told; audit."""
    today = timezone.localdate(at)
    _end_referents(row, actor)
    mine = Q(person=row.person) | Q(advisor=row.person)
    for meeting in meetings_after(row.last_day, at).filter(mine):
        cancel_meeting(meeting, reason=reason, actor=actor)
    account = User.objects.filter(person=row.person).first()
    if account is not None:
        leave_requests(account, to=None, actor=actor, on=today)
    for application in Application.objects.filter(person=row.person, state__in=OPEN_APPLICATIONS):
        withdraw_application(application, reason=reason, now=at, actor=actor)
    _end_roles(row, reason, actor, at)


def _end_referents(row: Exit, actor: User) -> None:
    mine = Q(person=row.person) | Q(advisor=row.person)
    open_after = Referent.objects.filter(mine, Q(ends_on__isnull=True) | Q(ends_on__gt=row.last_day))
    for referent in open_after.order_by("pk"):
        end_referent(referent, last_day=max(row.last_day, referent.starts_on - DAY), actor=actor)


def _end_roles(row: Exit, reason: str, actor: User, at: datetime) -> None:
    """Those given apart from any status; a role is never ended before yesterday."""
    last: date = max(row.last_day, timezone.localdate(at) - DAY)
    with_status = StatusPeriod.objects.filter(person=row.person, role__isnull=False).values("role")
    held = Role.objects.filter(person=row.person, starts_on__lte=last).exclude(pk__in=with_status)
    for role in held.exclude(ends_on__lte=last).order_by("pk"):
        end_role(role, last_day=last, reason=reason, actor=actor, now=at)
