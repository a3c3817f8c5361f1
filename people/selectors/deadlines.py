"""Legal dates: those that a person may read, and whom each is told to (ENT-33)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cae.core.facts import Happening
from cae.core.questions import Given, GivenKeys, Question
from people.models import Deadline, Person, Role, Scope, User
from people.models.deadlines import DeadlineQuerySet
from people.selectors.contacts import COACH, named_or, persons_named_to
from people.selectors.persons import reached_persons
from people.selectors.rights import held_kinds, scopes_followed_by, scopes_of
from people.selectors.territories import territories_above
from people.states import RoleKind, ScopeKind
from people.states.deadlines import CLOCKS, KINDS_OF_PERSON, DeadlineKind, Told

# « Soon » on the first page and among the filters.
SOON = timedelta(days=60)


def deadlines_visible_to(user: Any, on: date | None = None) -> DeadlineQuerySet:
    """Gives the dates that this person may read: their own; all of them for human resources; all but the
    sensitive ones for co-managers, and for advisors as far as their role reaches."""
    day = on or timezone.localdate()
    kinds = held_kinds(user, day)
    if RoleKind.HUMAN_RESOURCES in kinds:
        return Deadline.objects.all()
    own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
    own |= Q(scope_id__among=scopes_of(user, day), person__isnull=True) if scopes_of(user, day) else Q()
    read = Q(pk__in=[])
    if RoleKind.CO_MANAGER in kinds:
        read = Q()
    elif RoleKind.ADVISOR in kinds:
        read = _within_reach(user, day)
    harmless = Deadline.objects.without_sensitive().filter(read)
    return Deadline.objects.filter(own | Q(pk__in=harmless.order_by().values("pk")))


def _within_reach(user: Any, day: date) -> Q:
    """What an advisor follows: the persons, and the activities whose date is nobody's in particular."""
    followed = scopes_followed_by(user, day)
    if followed is None:
        return Q()
    reached = reached_persons(user, (RoleKind.ADVISOR,), day)
    named = persons_named_to(user, day)
    persons = Q(person__in=reached.order_by().values("pk")) | Q(person__in=named.order_by().values("pk"))
    return persons | Q(scope__in=followed)


def deadlines_listed(user: Any, on: date) -> QuerySet[Deadline]:
    """Gives the open dates in sight with whose they are, the nearest first, in one query."""
    return (
        deadlines_visible_to(user, on)
        .open()
        .select_related("person__territory", "scope__territory")
        .order_by("due_on", "pk")
    )


def own_deadlines(user: Any) -> list[Deadline]:
    """Gives one's own open dates and those of one's activities, the nearest first."""
    return _OWN(person=user.person_id or 0, scopes=scopes_of(user))


def _own_open() -> DeadlineQuerySet:
    mine = Q(person_id=Given("person")) | Q(person__isnull=True, scope_id__in=GivenKeys("scopes"))
    return Deadline.objects.open().filter(mine)


_OWN = Question(lambda: _own_open().select_related("scope").order_by("due_on", "pk"))


def deadline_happenings(user: Any, since: date, until: date) -> list[Happening]:
    """Gives the dates of a person's calendar: their own, and all of them for human resources. What is
    sensitive is not named: a calendar is kept by others."""
    rows = deadlines_visible_to(user) if RoleKind.HUMAN_RESOURCES in held_kinds(user) else _own_rows(user)
    inside = rows.filter(closed_at__isnull=True, due_on__gte=since, due_on__lte=until)
    return [
        Happening(
            uid=f"deadline-{row.pk}",
            title=_calendar_title(row, user),
            starts=row.due_on,
            url=reverse(
                "people:own_deadlines" if row.person_id == user.person_id else "people:deadline_list"
            ),
        )
        for row in inside.select_related("person", "scope").order_by("due_on", "pk")
    ]


def _own_rows(user: Any) -> QuerySet[Deadline]:
    own = Q(person_id=user.person_id or 0) | Q(person__isnull=True, scope_id__among=scopes_of(user))
    return Deadline.objects.filter(own if scopes_of(user) else Q(person_id=user.person_id or 0))


def _calendar_title(row: Deadline, user: Any) -> str:
    what = gettext("Échéance réservée") if row.is_sensitive else row.label
    return what if row.person_id == user.person_id else f"{what} · {row.whose}"


def contracts_ending() -> DeadlineQuerySet:
    """Gives the contracts whose last day comes within some days, for a question."""
    return Deadline.objects.open().filter(
        kind=DeadlineKind.CONTRACT_END, due_on__lte=Given("before"), due_on__gte=Given("on")
    )


def deadlines_late() -> DeadlineQuerySet:
    """Gives the open dates that are past, for a question."""
    return Deadline.objects.open().filter(due_on__lt=Given("on"))


def own_before() -> DeadlineQuerySet:
    """Gives the open dates up to a day that one is told of, for a question."""
    return _own_open().filter(due_on__lte=Given("before"), kind__in=KINDS_OF_PERSON)


def recipients_of(deadline: Deadline, on: date) -> list[User]:
    """Gives the accounts that a date is told to, each once."""
    found: dict[int, User] = {}
    for told in CLOCKS[deadline.kind].told:
        for user in _READERS[told](deadline, on):
            found[user.pk] = user
    return list(found.values())


def _people(deadline: Deadline, on: date) -> QuerySet[User]:
    """The person, or everybody of the activity whose date it is."""
    if deadline.person_id is not None:
        return User.objects.filter(person=deadline.person_id, is_active=True)
    inside = Q(person__memberships__ends_on__isnull=True) | Q(person__memberships__ends_on__gte=on)
    return User.objects.filter(
        inside,
        person__memberships__scope=deadline.scope_id,
        person__memberships__starts_on__lte=on,
        is_active=True,
    ).distinct()


def _advisors(deadline: Deadline, on: date) -> list[User]:
    """The coach named to the person first; the nearest advisors when nobody is."""
    return named_or(
        deadline.person,
        COACH,
        RoleKind.ADVISOR,
        on,
        others=lambda: nearest_advisors(deadline.person, deadline.scope, on),
    )


def _holders(kind: str, on: date) -> QuerySet[User]:
    held = Role.objects.in_force(on).filter(kind=kind, scope__isnull=True)
    return User.objects.filter(person__in=held.order_by().values("person"), is_active=True)


_READERS: dict[str, Any] = {
    Told.PERSON: _people,
    Told.ADVISOR: _advisors,
    Told.HUMAN_RESOURCES: lambda _deadline, on: _holders(RoleKind.HUMAN_RESOURCES, on),
    Told.MANAGERS: lambda _deadline, on: _holders(RoleKind.CO_MANAGER, on),
}


def nearest_advisors(person: Person | None, scope: Scope | None, on: date) -> list[User]:
    """Gives the accounts of who follows a person: advisors of their activities, portfolios or territory; else
    those of the whole cooperative."""
    scopes = [scope] if scope else []
    if person is not None:
        scopes += [
            one.scope
            for one in person.memberships.select_related("scope")
            if one.starts_on <= on and (one.ends_on is None or one.ends_on >= on)
        ]
    keys = {key for one in scopes for key in (one.pk, one.portfolio_id) if key}
    tops = {one.territory_id for one in (*scopes, person) if one is not None and one.territory_id}
    near = Q(scope_id__in=keys)
    if tops:
        above = territories_above(tops)
        near |= Q(scope__kind=ScopeKind.TERRITORY, scope__territory_id__in=above)
    held = (
        Role.objects.in_force(on)
        .filter(near | Q(scope__isnull=True), kind=RoleKind.ADVISOR, person__user__is_active=True)
        .select_related("person__user")
        .order_by("pk")
    )
    groups: tuple[dict[int, User], ...] = ({}, {})
    for role in held:
        groups[int(role.scope_id is None)][role.person_id] = role.person.user
    return list((groups[0] or groups[1]).values())
