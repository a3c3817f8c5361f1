"""Coaching in bulk: contacts, meetings, reports, plans, alerts; then the legal dates of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cae.core import audit
from cae.core.kept_words import in_french, kept
from entrepreneurs.models import Activity, Alert, Meeting, MeetingReport, PlanAction, PlanGoal, Referent
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose, MeetingState
from entrepreneurs.states.plans import GoalKind
from entrepreneurs.states.referents import COACH
from entrepreneurs.states.reports import ReportState
from entrepreneurs.states.signals import SignalKind
from people.models import Deadline, Person, PersonScope, User
from people.states.deadlines import DeadlineKind

SAID = "Le point sur les ventes du trimestre, les devis en cours et ce qui prend trop de temps."
# Meetings of an hour, one after the other from eight o’clock on: an advisor is in one place at a time.
FIRST_HOUR, MEETINGS_A_DAY = 8, 10
HELD_EACH, ACTIONS_EACH = 3, 3
SIGNS = (SignalKind.NO_CONTACT, SignalKind.LOW_CASH, SignalKind.LATE_PAYERS)
# Days until a date; those before today are late.
FROM, TO = -20, 400


@transaction.atomic
def follow(
    activities: Sequence[Activity], ranks: range, *, advisor: Person, since: date, today: date
) -> None:
    """The people of these activities have one coach, who met each of them and will again."""
    people = list(zip(ranks, _persons(activities), strict=True))
    Referent.objects.bulk_create(
        Referent(person=person, advisor=advisor, function=COACH, starts_on=since) for _rank, person in people
    )
    held = Meeting.objects.bulk_create(
        _meeting(person, advisor, MeetingState.HELD, _hour(today, -1, HELD_EACH * rank + turn))
        for rank, person in people
        for turn in range(HELD_EACH)
    )
    Meeting.objects.bulk_create(
        _meeting(person, advisor, MeetingState.BOOKED, _hour(today, 1, rank)) for rank, person in people
    )
    MeetingReport.objects.bulk_create(
        MeetingReport(
            person=meeting.person,
            author=advisor,
            meeting=meeting,
            met_on=timezone.localdate(meeting.starts_at),
            mode=meeting.mode,
            minutes=meeting.minutes,
            said=SAID,
            state=ReportState.SHARED,
        )
        for meeting in held
    )
    _plan([person for _rank, person in people], advisor, today)
    Alert.objects.bulk_create(
        Alert(person=person, kind=SIGNS[rank % len(SIGNS)], raised_on=today)
        for rank, person in people
        if rank % 2 == 0
    )


def _persons(activities: Iterable[Activity]) -> list[Person]:
    rows = PersonScope.objects.filter(scope__in=[one.scope_id for one in activities])
    return [row.person for row in rows.order_by("scope").select_related("person")]


def _hour(today: date, way: int, number: int) -> datetime:
    """The hour of that number, counted from the day after today, or backwards from the day before."""
    days, hours = divmod(number, MEETINGS_A_DAY)
    on = today + way * timedelta(days=1 + days)
    return timezone.make_aware(datetime.combine(on, time(FIRST_HOUR + hours)))


def _meeting(person: Person, advisor: Person, state: str, starts_at: datetime) -> Meeting:
    return Meeting(
        person=person,
        advisor=advisor,
        purpose=MeetingPurpose.FOLLOW_UP,
        mode=MeetingMode.PHONE,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        state=state,
    )


def _plan(people: list[Person], advisor: Person, today: date) -> None:
    goals = PlanGoal.objects.bulk_create(
        PlanGoal(person=person, kind=GoalKind.DEVELOPMENT, label="Deux clients réguliers de plus")
        for person in people
    )
    PlanAction.objects.bulk_create(
        PlanAction(
            person=goal.person,
            goal=goal,
            label="Relire les tarifs ensemble",
            owner=advisor if turn else goal.person,
            due_on=today + timedelta(days=30 * turn - 10),
        )
        for goal in goals
        for turn in range(ACTIONS_EACH)
    )


@transaction.atomic
def date_people(activities: Sequence[Activity], *, actor: User, today: date) -> None:
    """A medical visit for everybody, a residence permit for one in ten; an insurance and a qualification for
    each activity; one date in five is done."""
    rows: list[Deadline] = []
    for rank, (activity, person) in enumerate(zip(activities, _persons(activities), strict=True)):
        for turn, row in enumerate(_dates(rank, activity, person)):
            row.due_on = today + timedelta(days=FROM + (rank * 7 + turn * 113) % (TO - FROM))
            row.closed_at = timezone.now() if (rank + turn) % 5 == 0 else None
            row.words, row.set_by = kept(DeadlineKind(row.kind).label), actor
            row.house_label = in_french(row.words)
            rows.append(row)
    Deadline.objects.bulk_create(rows)


def _dates(rank: int, activity: Activity, person: Person) -> Iterator[Deadline]:
    about, page = audit.about(person), person.get_absolute_url()
    yield Deadline(person=person, kind=DeadlineKind.MEDICAL_VISIT, page=page, **about)
    if rank % 10 == 0:
        yield Deadline(person=person, kind=DeadlineKind.RESIDENCE_PERMIT, page=page, **about)
    about, page = audit.about(activity), activity.get_absolute_url()
    yield Deadline(scope=activity.scope, kind=DeadlineKind.INSURANCE, page=page, **about)
    yield Deadline(person=person, kind=DeadlineKind.QUALIFICATION, page=page, **about)
