"""Makes the role that goes with a status follow it, from today on: rights are never written for the past."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models import Role, StatusPeriod, User
from people.services.roles import close_role, give_role
from people.states.statuses import ROLE_OF

DAY = timedelta(days=1)


def follow(status: StatusPeriod, *, actor: User | None, now: datetime) -> None:
    """Does: gives, moves or ends the role so that from today on it is held on the days of the status; takes
    over a role of the same kind given before. Refuses: nothing. Leaves behind: the role, named by the status;
    what `give_role` and `close_role` leave."""
    kind = ROLE_OF.get(status.kind)
    if kind is None:
        return
    today = timezone.localdate(now)
    over = status.ends_on is not None and status.ends_on < max(today, status.starts_on)
    kept = None
    for role in _running(status, kind, today):
        if kept is None and not over and _began_alike(role, status, today):
            kept = role
        else:
            close_role(role, last_day=today - DAY, reason=status.change_reason, actor=actor, now=now)
    if kept is not None:
        kept.ends_on = status.ends_on
        kept.save(update_fields=["ends_on"])
    elif not over:
        kept = _given(status, kind, actor, today)
    if kept is not None and status.role_id != kept.pk:
        status.role = kept
        status.save(update_fields=["role"])


def _running(status: StatusPeriod, kind: str, today: date) -> list[Role]:
    """The role of the status, or those of its kind that somebody gave before, if they still run."""
    rows = _held(status, kind).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), ended_at=None)
    if status.role_id is not None:
        return list(rows.filter(pk=status.role_id))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=status.starts_on), status=None)
    return list(
        (rows.filter(starts_on__lte=status.ends_on) if status.ends_on else rows).order_by("starts_on")
    )


def _given(status: StatusPeriod, kind: str, actor: User | None, today: date) -> Role | None:
    """A new role, from the first day of the status that an ended one does not cover."""
    past = status.starts_on < today and _held(status, kind).exists()
    starts_on = max(status.starts_on, today) if past else status.starts_on
    for role in _held(status, kind).filter(ends_on__gte=starts_on).order_by("starts_on"):
        if role.starts_on <= starts_on and role.ends_on is not None:
            starts_on = role.ends_on + DAY
    if status.ends_on is not None and starts_on > status.ends_on:
        return status.role
    return give_role(
        status.person,
        kind=kind,
        actor=actor,
        starts_on=starts_on,
        ends_on=status.ends_on,
        reason=status.change_reason,
    )


def _held(status: StatusPeriod, kind: str) -> QuerySet[Role]:
    return Role.objects.filter(person=status.person_id, kind=kind, scope=None)


def _began_alike(role: Role, status: StatusPeriod, today: date) -> bool:
    """Both have begun, or both will on the same day."""
    return role.starts_on == status.starts_on or max(role.starts_on, status.starts_on) <= today
