"""Gives and ends dated roles: the only two acts that open or close a right."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from people.emails import role_given_email
from people.models import Person, Role, Scope, StatusPeriod, User
from people.selectors.persons import administrators
from people.services.changes import require_text
from people.states import SCOPES_OF_KIND, RoleKind


@transaction.atomic
def give_role(
    person: Person,
    *,
    kind: str,
    actor: User | None,
    starts_on: date,
    reason: str,
    scope: Scope | None = None,
    ends_on: date | None = None,
) -> Role:
    """Does: gives a role from a day on, for the whole cooperative or for one scope. Refuses: no reason, an
    end before the start, a scope this role is never limited to, a role already held there on these dates.
    Leaves behind: the role, audit, a mail to the person if they have an account."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    require_text(reason, "reason", _("Dites pourquoi ce rôle est donné."))
    _check_reach(kind, scope)
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    _refuse_overlap(locked, kind, scope, starts_on, ends_on)
    role = Role.objects.create(
        person=locked,
        kind=kind,
        scope=scope,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=actor,
        reason=reason.strip(),
    )
    audit.record(actor, "people.role.give", locked, detail=_facts(role) | {"reason": role.reason})
    _tell(role, actor)
    return role


@transaction.atomic
def end_role(role: Role, *, last_day: date, reason: str, actor: User | None, now: datetime) -> Role:
    """Does: ends a role on its last day; yesterday means at once. Refuses: no reason, a role already ended, a
    last day before yesterday (past counts stay true), the last administrator, a role that goes with a status.
    Leaves behind: the row, ended and frozen, audit."""
    status = StatusPeriod.objects.filter(role=role.pk).first()
    if status is not None:
        raise Refused(
            Code.ROLE_INVALID,
            _("Ce rôle va avec le statut « %(status)s » : c’est le statut qui s’arrête.")
            % {"status": status},
        )
    return close_role(role, last_day=last_day, reason=reason, actor=actor, now=now)


@transaction.atomic
def close_role(role: Role, *, last_day: date, reason: str, actor: User | None, now: datetime) -> Role:
    """Does: the same for a role that goes with a status. Refuses: the same, less the status.
    Leaves behind: the same."""
    require_text(reason, "reason", _("Dites pourquoi ce rôle s’arrête."))
    today = timezone.localdate(now)
    if role.kind == RoleKind.ADMINISTRATOR:
        refuse_last_administrator(max(last_day, today), leaving=role.person_id)
    Person.objects.select_for_update().get(pk=role.person_id)
    row = Role.objects.select_for_update().get(pk=role.pk)
    if row.ended_at is not None or (row.ends_on is not None and row.ends_on < today):
        raise Refused(Code.ALREADY_DONE, _("Ce rôle est déjà arrêté."))
    if last_day < today - timedelta(days=1):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un rôle ne peut pas s’arrêter avant hier : le passé ne se réécrit pas."),
            field="last_day",
        )
    # A role that had not begun is left with an empty period: it never was in force.
    row.ends_on = max(last_day, row.starts_on - timedelta(days=1))
    row.ended_by, row.ended_at, row.end_reason = actor, now, reason.strip()
    row.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
    audit.record(actor, "people.role.end", row.person, detail=_facts(row) | {"reason": row.end_reason})
    return row


def refuse_last_administrator(last_day: date, *, leaving: int | None) -> None:
    """Raises Refused(role_invalid) when nobody else could give rights on the day after.

    Called before any row is locked: one departure at a time, each counting those before it."""
    take_turn("people.last_administrator")
    held = set(administrators(last_day + timedelta(days=1)).values_list("person_id", flat=True))
    if held == {leaving}:
        raise Refused(
            Code.ROLE_INVALID,
            _("C’est le dernier compte d’administration : donnez d’abord ce rôle à quelqu’un d’autre."),
        )


def _check_reach(kind: str, scope: Scope | None) -> None:
    if kind not in RoleKind.values:
        raise Refused(Code.ROLE_INVALID, _("Ce rôle n’existe pas."), field="kind")
    if scope is not None and scope.kind not in SCOPES_OF_KIND.get(kind, frozenset()):
        raise Refused(
            Code.ROLE_INVALID,
            _("Le rôle « %(role)s » ne se limite pas à ce genre de périmètre.")
            % {"role": RoleKind(kind).label},
            field="scope",
        )


def _refuse_overlap(
    person: Person, kind: str, scope: Scope | None, starts_on: date, ends_on: date | None
) -> None:
    real = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    held = Role.objects.filter(
        real, Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), person=person, kind=kind, scope=scope
    )
    if (held.filter(starts_on__lte=ends_on) if ends_on else held).exists():
        raise Refused(
            Code.DUPLICATE, _("Cette personne a déjà ce rôle, sur ce périmètre et ces dates."), field="kind"
        )


def _facts(role: Role) -> dict[str, str]:
    return {
        "role": role.kind,
        "scope": str(role.scope or ""),
        "starts_on": role.starts_on.isoformat(),
        "ends_on": role.ends_on.isoformat() if role.ends_on else "",
    }


def _tell(role: Role, actor: User | None) -> None:
    account = User.objects.filter(person=role.person_id, is_active=True).first()
    if account is not None and actor is not None and actor.pk != account.pk:
        role_given_email(role, account, actor=actor)
