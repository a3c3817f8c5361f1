"""Who the people of activities are on every date: the one place where contracts and memberships are read.

The contract comes from dated roles (a project holder is in CAPE, a salaried entrepreneur in CESA); the entry
is the first day of the first member.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from accounting.calculations.contribution.people import (
    ASSOCIATE,
    Dates,
    Membership,
    People,
    Relief,
    Status,
)
from accounting.calculations.contribution.scales import Contract
from accounting.models import Exemption
from entrepreneurs.models import Activity
from people.models import PersonScope, Role
from people.states import WRITING_PARTS, RoleKind

_WORDS = {
    RoleKind.PROJECT_HOLDER: Contract.CAPE,
    RoleKind.ENTREPRENEUR: Contract.CESA,
    RoleKind.ASSOCIATE: ASSOCIATE,
}


def people_of_activities(activities: Sequence[Activity]) -> dict[int, People]:
    """Gives the people of each activity through time, in three queries whatever their number."""
    scopes = {activity.scope_id: activity.pk for activity in activities}
    members: dict[int, list[Membership]] = defaultdict(list)
    rows = PersonScope.objects.filter(scope__in=scopes, part__in=WRITING_PARTS).order_by("starts_on", "pk")
    for scope, person, start, end in rows.values_list("scope_id", "person_id", "starts_on", "ends_on"):
        members[scopes[scope]].append(Membership(person, Dates(start, end)))
    statuses = _statuses({one.person for rows in members.values() for one in rows})
    reliefs = _reliefs([activity.pk for activity in activities])
    return {
        activity.pk: People(
            members=tuple(members[activity.pk]),
            statuses=tuple(
                status
                for person in dict.fromkeys(one.person for one in members[activity.pk])
                for status in statuses.get(person, ())
            ),
            reliefs=tuple(reliefs.get(activity.pk, ())),
            closed_on=activity.closed_on,
        )
        for activity in activities
    }


def _statuses(persons: set[int]) -> dict[int, list[Status]]:
    found: dict[int, list[Status]] = defaultdict(list)
    rows = Role.objects.filter(person__in=persons, kind__in=_WORDS, scope=None).order_by("starts_on", "pk")
    for person, kind, start, end in rows.values_list("person_id", "kind", "starts_on", "ends_on"):
        found[person].append(Status(person, _WORDS[RoleKind(kind)], Dates(start, end)))
    return found


def _reliefs(activities: list[int]) -> dict[int, list[Relief]]:
    found: dict[int, list[Relief]] = defaultdict(list)
    rows = Exemption.objects.filter(activity__in=activities).order_by("starts_on", "pk")
    fields = ("activity_id", "situation", "waives", "starts_on", "ends_on")
    for activity, situation, waives, start, end in rows.values_list(*fields):
        found[activity].append(Relief(situation, frozenset(waives), Dates(start, end)))
    return found
