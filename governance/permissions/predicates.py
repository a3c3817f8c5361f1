"""Predicates that several subjects share: who acts as an associate, organises, sits in a bureau."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from cae.core.permissions import kept
from governance.models import Assembly, Associate, BureauSeat
from governance.models.assemblies import ORGANISER_KINDS
from governance.models.associates import REGISTER_READERS
from governance.selectors.marks import ASSOCIATE, BUREAU
from people.models import User
from people.permissions import has_role
from people.selectors import has_mark
from people.states import RoleKind

is_organiser = has_role(*ORGANISER_KINDS)
# They prepare assemblies, or check what was prepared.
reads_all = has_role(*ORGANISER_KINDS, RoleKind.ADMINISTRATOR, RoleKind.AUDITOR)
is_register_reader = has_role(*REGISTER_READERS)
is_register_writer = has_role(RoleKind.CO_MANAGER, RoleKind.HUMAN_RESOURCES, RoleKind.COOPERATIVE_LIFE)
is_share_writer = has_role(RoleKind.CO_MANAGER, RoleKind.HUMAN_RESOURCES, RoleKind.ACCOUNTANT)
is_manager = has_role(RoleKind.CO_MANAGER)


@rules.predicate
def acts_as_associate(user: User, obj: Any = None) -> bool:
    """One is an associate today, or represents one."""
    return has_mark(user, ASSOCIATE)


@rules.predicate
def acts_for(user: User, associate: Associate | None = None) -> bool:
    """One is this associate, or its representative today."""
    if associate is None:
        return acts_as_associate(user)
    mine = Associate.objects.acted_by(user.person_id, timezone.localdate())
    return kept(user, associate, "acts_for", lambda: mine.filter(pk=associate.pk).exists())


def assembly_of(obj: Any) -> Assembly | None:
    """The assembly of an object of it, or itself."""
    return obj if obj is None or isinstance(obj, Assembly) else obj.assembly


@rules.predicate
def sees_assembly(user: User, obj: Any = None) -> bool:
    """Asks the same queryset as the list."""
    found = assembly_of(obj)
    if found is None:
        return True
    seen = Assembly.objects.visible_to(user)
    return kept(user, found, "sees_assembly", lambda: seen.filter(pk=found.pk).exists())


def found_in_sight(user: User, assembly: Assembly) -> None:
    """Says that `visible_to` gave this assembly to this account: `sees_assembly` asks it no more."""
    kept(user, assembly, "sees_assembly", lambda: True)


@rules.predicate
def sits_in_bureau(user: User, obj: Any = None) -> bool:
    """One has a seat in the bureau of this assembly; without object: in one at all."""
    found = assembly_of(obj)
    if found is None:
        return has_mark(user, BUREAU)
    seats = BureauSeat.objects.filter(person=user.person_id)
    return kept(user, found, "sits_in_bureau", lambda: seats.filter(assembly=found).exists())
