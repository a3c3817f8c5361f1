"""Who may act for whom, who does now, and what was done in somebody’s name (PEO-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cae.core.models import AuditEntry
from people.models import Assistance, Person, User
from people.selectors.persons import reached_persons
from people.selectors.rights import held_kinds, roles_of
from people.states import GUARDED_KINDS, RoleKind

# They help the people they follow; an administrator helps everybody.
HELPER_KINDS: tuple[str, ...] = (RoleKind.ADMINISTRATOR, RoleKind.ADVISOR)
# Beyond these, the page would no longer be read.
MOST_ACTS = 300


@dataclass(frozen=True)
class AssistanceDone:
    """One spell of help, with what was done during it."""

    assistance: Assistance
    acts: list[AuditEntry]


def may_act_for(helper: User, person: Person | None = None) -> bool:
    """Within reach, with an open account, and never to gain a right: an account of the team lends its name
    only to an administrator who holds the same roles for the whole cooperative."""
    if held_kinds(helper).isdisjoint(HELPER_KINDS):
        return False
    if person is None:
        return True
    account: User | None = getattr(person, "user", None)
    if account is None or account.pk == helper.pk or not account.is_active:
        return False
    if account.is_due_to_close(timezone.localdate()):
        return False
    if not reached_persons(helper, HELPER_KINDS).filter(pk=person.pk).exists():
        return False
    guarded = held_kinds(account) & GUARDED_KINDS
    return not guarded or (RoleKind.ADMINISTRATOR in held_kinds(helper) and guarded <= _everywhere(helper))


def _everywhere(user: User) -> frozenset[str]:
    return frozenset(role.kind for role in roles_of(user) if role.scope_id is None)


def assistance_in_progress(key: int, helper: User, now: datetime) -> Assistance | None:
    """The spell of this key, if it is the helper’s, not over, and still allowed by the roles of today."""
    row = Assistance.objects.select_related("helped__person__user").filter(pk=key, helper=helper).first()
    if row is None or not row.is_open(now) or row.helped.person is None:
        return None
    return row if may_act_for(helper, row.helped.person) else None


def assistances_of(account: User) -> list[AssistanceDone]:
    """Every spell during which somebody acted for this account, the latest first, with its acts."""
    rows = list(account.assistances.select_related("helper__person"))
    acts = list(
        AuditEntry.objects.filter(actor=account, real_actor__isnull=False).order_by("-pk")[:MOST_ACTS]
    )
    return [
        AssistanceDone(
            row,
            [
                act
                for act in reversed(acts)
                if act.real_actor_id == row.helper_id and row.started_at <= act.at <= row.over_at
            ],
        )
        for row in rows
    ]
