"""The people an advisor follows, with what calls for a look; the load of each advisor (ENT-51)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Concat, Greatest, NullIf, TruncDate
from django.utils import timezone

from cae.core.questions import Given, Question
from cae.core.settings import values_of
from entrepreneurs.models import Alert, Interview, Meeting, MeetingReport, PlanAction, Referent
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.plans import WAITING
from entrepreneurs.states.referents import COACH
from entrepreneurs.states.reports import ReportState
from people.models import Person, StatusPeriod
from people.states.statuses import StatusKind

# What following somebody weighs, by status: a dated setting each.
WEIGHTS: dict[str, str] = {
    StatusKind.CANDIDATE: "entrepreneurs.load_candidate",
    StatusKind.PROJECT_HOLDER: "entrepreneurs.load_project_holder",
    StatusKind.ENTREPRENEUR: "entrepreneurs.load_entrepreneur",
    StatusKind.ASSOCIATE: "entrepreneurs.load_associate",
}
FULL_LOAD = "entrepreneurs.load_full"


def _one(rows: QuerySet[Any], column: str, field: Any) -> Subquery:
    return Subquery(rows.order_by().values_list(column)[:1], output_field=field)


def _greatest(rows: QuerySet[Any], group: str, expression: Any, field: Any) -> Subquery:
    found = rows.order_by().values(group).annotate(found=expression).values("found")
    return Subquery(found, output_field=field)


def portfolio(user: Any, on: date, now: datetime) -> QuerySet[Person]:
    """Gives the people of `people_listed` with all that the list shows, in one query."""
    me = OuterRef("pk")
    coach, statuses = _coach(on), _statuses(on)
    name = Concat(
        "advisor__first_name",
        Value(" "),
        Coalesce(NullIf("advisor__usual_name", Value("")), "advisor__last_name"),
    )
    met = Meeting.objects.filter(person=me, state=MeetingState.HELD)
    written = MeetingReport.objects.filter(person=me, state=ReportState.SHARED)
    coming = Meeting.objects.filter(person=me, state=MeetingState.BOOKED, starts_at__gte=now)
    alerts = Alert.objects.filter(person=me).loud(on)
    return (
        people_listed(user, on)
        .annotate(
            coach_name=_one(coach.annotate(said=name), "said", CharField()),
            coach_id=_one(coach, "advisor", IntegerField()),
            stage=_array(statuses, "kind"),
            last_contact=Greatest(
                _greatest(met, "person", Max(TruncDate("starts_at")), DateField()),
                _greatest(written, "person", Max("met_on"), DateField()),
            ),
            next_meeting=_greatest(coming, "person", Min("starts_at"), DateTimeField()),
            signs=_array(alerts, "kind"),
        )
        .order_by("sort_name", "pk")
    )


def people_listed(user: Any, on: date) -> QuerySet[Person]:
    """Gives the people within reach who have a status or a coach, alone: as many as the list has rows."""
    return coached_persons(user, on=on).filter(Q(Exists(_statuses(on))) | Q(Exists(_coach(on))))


def _coach(on: date) -> QuerySet[Referent]:
    return Referent.objects.in_force(on).filter(person=OuterRef("pk"), function=COACH)


def _statuses(on: date) -> QuerySet[StatusPeriod]:
    return StatusPeriod.objects.in_force(on).filter(person=OuterRef("pk"))


def _array(rows: QuerySet[Any], column: str) -> Any:
    """The values of a column, as one array: no row comes twice."""
    found = rows.order_by().values("person").annotate(found=ArrayAgg(column, distinct=True)).values("found")
    return Coalesce(Subquery(found), Value([]))


@dataclass(frozen=True)
class Load:
    """How much one advisor follows."""

    advisor: Person
    people: int
    weight: Decimal
    share: int
    alerts: int
    late: int


@dataclass(frozen=True)
class OwnLoad:
    """How many people one follows, and what share of a full time that is."""

    people: int
    share: int


def own_load(own: int | None, on: date) -> OwnLoad | None:
    """Gives the load of one coach, in two queries; nothing for who is nobody’s."""
    rows = _COACHED(advisor=own, on=on) if own else []
    if not rows:
        return None
    weights = values_of(*WEIGHTS.values(), FULL_LOAD, on=on)
    weight = sum((_weight(kinds, weights) for _person, kinds in rows), Decimal(0))
    return OwnLoad(len(rows), _share(weight, weights))


_COACHED = Question(
    lambda: (
        coached_by(Given("advisor"), Given("on"))
        .annotate(
            kinds=ArraySubquery(
                StatusPeriod.objects.in_force(Given("on")).filter(person=OuterRef("person")).values("kind")
            )
        )
        .order_by()
        .values_list("person", "kinds")
    )
)


def _weight(kinds: Iterable[str], weights: dict[str, Any]) -> Decimal:
    """What following somebody weighs: the heaviest of what they are."""
    return max((weights[WEIGHTS[kind]] for kind in kinds if kind in WEIGHTS), default=Decimal(0))


def _share(weight: Decimal, weights: dict[str, Any]) -> int:
    """In percent of what one advisor may follow."""
    return int(weight * 100 / weights[FULL_LOAD]) if weights[FULL_LOAD] else 0


def load_of_team(on: date) -> list[Load]:
    """Gives the load of each coach, the heaviest first; in a few queries whatever their number."""
    weights = values_of(*WEIGHTS.values(), FULL_LOAD, on=on)
    rows = list(
        Referent.objects.in_force(on).filter(function=COACH).values_list("advisor", "person").order_by()
    )
    people = {person for _advisor, person in rows}
    kinds: dict[int, list[str]] = {}
    held = StatusPeriod.objects.in_force(on).filter(person__in=people)
    for person, kind in held.values_list("person", "kind"):
        kinds.setdefault(person, []).append(kind)
    alerts = dict(
        Alert.objects.loud(on).filter(person__in=people).values_list("person").annotate(n=Count("pk"))
    )
    late = dict(Interview.objects.missing(on).order_by().values_list("person").annotate(n=Count("pk")))
    followed: dict[int, list[int]] = {}
    for key, person in rows:
        followed.setdefault(key, []).append(person)
    found = []
    for advisor in Person.objects.filter(pk__in=followed):
        keys = followed[advisor.pk]
        weight = sum((_weight(kinds.get(key, ()), weights) for key in keys), Decimal(0))
        found.append(
            Load(
                advisor=advisor,
                people=len(keys),
                weight=weight,
                share=_share(weight, weights),
                alerts=sum(alerts.get(key, 0) for key in keys),
                late=sum(late.get(key, 0) for key in keys),
            )
        )
    return sorted(found, key=lambda load: -load.weight)


def coached_by(advisor: int | Given | None, on: date | Given) -> QuerySet[Referent]:
    """Gives the bonds of a coach on a day."""
    return Referent.objects.in_force(on).filter(advisor=advisor, function=COACH)


def followed_by(user: Any, on: date) -> QuerySet[Person]:
    """Gives the people whose coach one is."""
    mine = coached_by(getattr(user, "person_id", None), on)
    return Person.objects.filter(pk__in=mine.values("person")).order_by("sort_name", "pk")


@dataclass(frozen=True)
class Day:
    """What an advisor’s day is made of; each meeting with its report, if one was begun."""

    meetings: Sequence[tuple[Meeting, MeetingReport | None]]
    to_close: Sequence[tuple[Meeting, MeetingReport | None]]
    alerts: Sequence[Alert]
    interviews: Sequence[Interview]
    actions: Sequence[PlanAction]
    drafts: Sequence[MeetingReport]


# A page shows so many of each; the lists show them all.
MOST = 10


def day_of(user: Any, on: date) -> Day:
    """Gives the day of an advisor: meetings, those to report, alerts, interviews, actions; a query each."""
    own, zone = getattr(user, "person_id", None), timezone.get_default_timezone()
    start = datetime.combine(on, time(), zone)
    meetings = Meeting.objects.filter(advisor=own).select_related("person", "application", "report")
    people = followed_by(user, on)
    of_today = list(
        meetings.filter(starts_at__date=on).exclude(state=MeetingState.CANCELLED).order_by("starts_at")
    )
    to_close = list(
        meetings.filter(starts_at__lt=start, state=MeetingState.BOOKED).order_by("-starts_at")[:MOST]
    )
    drafts = MeetingReport.objects.filter(author=own, state=ReportState.DRAFT).select_related("person")
    # The draft of a meeting shown above is taken up again from there.
    drafts = drafts.exclude(meeting__in=[row.pk for row in (*of_today, *to_close)])
    return Day(
        meetings=[(row, getattr(row, "report", None)) for row in of_today],
        to_close=[(row, getattr(row, "report", None)) for row in to_close],
        alerts=list(
            Alert.objects.loud(on)
            .filter(person__in=people)
            .select_related("person", "taken_by")
            .order_by("state", "-raised_on")[:MOST]
        ),
        interviews=list(
            Interview.objects.missing(on).filter(person__in=people).select_related("person")[:MOST]
        ),
        actions=list(
            PlanAction.objects.filter(owner=own, state__in=WAITING, due_on__lt=on).select_related("person")[
                :MOST
            ]
        ),
        drafts=list(drafts[:MOST]),
    )
