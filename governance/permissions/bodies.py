"""The rights on bodies, mandates and decisions: read by all associates, kept by organisers."""

from __future__ import annotations

import rules
from rules.predicates import Predicate

from governance.models import Decision
from governance.permissions.predicates import acts_as_associate, is_organiser, is_register_reader
from people.models import User

reads_governance = acts_as_associate | is_register_reader


@rules.predicate
def is_in_charge(user: User, decision: Decision | None = None) -> bool:
    """The decision was entrusted to this person."""
    return decision is None or (user.person_id is not None and decision.owner_id == user.person_id)


@rules.predicate
def holds_a_decision(user: User) -> bool:
    """One is in charge of something, associate or not."""
    return Decision.objects.filter(owner=user.person_id).exists()


@rules.predicate
def sees_decision(user: User, decision: Decision | None = None) -> bool:
    if reads_governance.test(user):
        return True
    return holds_a_decision.test(user) if decision is None else is_in_charge.test(user, decision)


PERMISSIONS: dict[str, Predicate] = {
    "governance.read_governance": reads_governance,
    "governance.view_decision": sees_decision,
    "governance.write_bodies": is_organiser,
    "governance.write_mandates": is_organiser,
    "governance.write_decisions": is_organiser,
    "governance.follow_decision": is_organiser | is_in_charge,
}
