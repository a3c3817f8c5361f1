"""Who is of an activity and with which part; collectives that may be joined; demands (ENT-43, ENT-45)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from cae.core.questions import Given, GivenKeys
from entrepreneurs.models import Activity, JoinRequest
from entrepreneurs.states.activities import ActivityKind
from entrepreneurs.states.agreements import JoinState
from people.models import Person, PersonScope
from people.selectors import scopes_with_part
from people.states import ScopePart


def members_of(activity: Activity, on: date) -> QuerySet[PersonScope]:
    """Gives the memberships in force on a day, those who lead first."""
    rows = PersonScope.objects.in_force(on).filter(scope=activity.scope_id).select_related("person")
    return rows.order_by("part", "person__sort_name", "pk")


def all_members_of(activity: Activity) -> list[PersonScope]:
    """Gives every membership, past and to come, the latest first; those taken back at once left out."""
    rows = PersonScope.objects.filter(scope=activity.scope_id).select_related("person")
    return [row for row in rows.order_by("-starts_on", "person__sort_name", "pk") if not row.is_empty]


def workers_of(activity: Activity, on: date) -> list[Person]:
    """Gives those whose work makes the result of the activity: who leads it and its members, by name."""
    rows = members_of(activity, on).filter(part__in=[ScopePart.LEAD, ScopePart.MEMBER])
    return [row.person for row in rows.order_by("person__sort_name", "pk")]


def part_of(person: Person | None, activity: Activity, on: date) -> str:
    """Gives the part of a person in an activity on a day; nothing when they are not of it."""
    if person is None:
        return ""
    row = members_of(activity, on).filter(person=person).first()
    return row.part if row else ""


def collectives_open(on: date) -> QuerySet[Activity]:
    """Gives the collectives that may be asked to be joined, with their size on a day, in one query."""
    inside = Q(scope__members__starts_on__lte=on) & (
        Q(scope__members__ends_on__isnull=True) | Q(scope__members__ends_on__gte=on)
    )
    return (
        Activity.objects.open_on(on)
        .filter(kind=ActivityKind.COLLECTIVE, is_open_to_join=True)
        .select_related("trade", "scope__territory")
        .annotate(size=Count("scope__members", filter=inside))
        .order_by("sort_name", "pk")
    )


def requests_to(activity: Activity) -> QuerySet[JoinRequest]:
    """Gives the demands about an activity, those that wait first."""
    return JoinRequest.objects.filter(activity=activity).select_related("person", "activity")


def requests_waiting_for(user: Any) -> QuerySet[JoinRequest]:
    """Gives the demands that this person may answer: made to them, or to an activity that they lead."""
    leads = scopes_with_part(user, frozenset({ScopePart.LEAD}))
    to_me = Q(by_members=True, person=user.person_id)
    return JoinRequest.objects.filter(
        to_me | Q(by_members=False, activity__scope__in=leads), state=JoinState.ASKED
    ).select_related("activity", "person")


def joins_to_answer() -> QuerySet[JoinRequest]:
    """Gives the same for a question."""
    to_me = Q(by_members=True, person=Given("person"))
    to_mine = Q(by_members=False, activity__scope__in=GivenKeys("leads"))
    return JoinRequest.objects.filter(to_me | to_mine, state=JoinState.ASKED)


def joined_without_own_activity(person: Person, on: date) -> bool:
    """Tells whether somebody is only of collectives: entered by skills (ENT-03)."""
    scopes = PersonScope.objects.in_force(on).filter(person=person).values("scope")
    kinds = set(Activity.objects.open_on(on).filter(scope__in=scopes).values_list("kind", flat=True))
    return kinds == {ActivityKind.COLLECTIVE}
