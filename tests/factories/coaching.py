"""Legal situations of coaching, made through its services."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cae.core.periods import after_months
from entrepreneurs.calculations.leave import is_working_day
from entrepreneurs.models import (
    Alert,
    Availability,
    Interview,
    Meeting,
    MeetingReport,
    Referent,
    SupportKind,
)
from entrepreneurs.selectors.slots import Slot, free_slots
from entrepreneurs.services.interviews import plan_interviews
from entrepreneurs.services.meetings import arrange_meeting, book_meeting
from entrepreneurs.services.plans import add_action, set_goal
from entrepreneurs.services.projects import save_project
from entrepreneurs.services.referents import name_referent
from entrepreneurs.services.reports import ReportContent, share_report, write_report
from entrepreneurs.services.signals import raise_alerts
from entrepreneurs.services.slots import Offer, close_days, offer_slots
from entrepreneurs.services.support import ask_support, offer_support, open_funded_action
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose
from entrepreneurs.states.referents import COACH
from people.models import Person, User
from people.states import RoleKind
from tests.factories.contracts import make_signed, make_signer
from tests.factories.kernel import BEGINNING
from tests.factories.people import OrganisationFactory, make_scope, make_user


def make_advisor(**details: Any) -> User:
    """An advisor whose role reaches one activity of nobody: people are reached by being named."""
    return make_user(RoleKind.ADVISOR, scope=make_scope(f"Ailleurs {uuid4()}"), **details)


def person_of(user: User) -> Person:
    assert user.person is not None
    return user.person


def make_coached(advisor: User | None = None, *, kind: str = RoleKind.ENTREPRENEUR) -> tuple[User, User]:
    """A person with an account and whoever coaches them."""
    advisor = advisor or make_advisor()
    user = make_user(kind)
    coach(user, advisor)
    return user, advisor


def coach(user: User, advisor: User, *, on: date = BEGINNING) -> Referent:
    return name_referent(
        person_of(user), advisor=person_of(advisor), function=COACH, starts_on=on, actor=None, tell=False
    )


def make_slots(advisor: User, *, day: date | None = None, **details: Any) -> Availability:
    """Four slots of an hour, in the morning of a day."""
    facts: dict[str, Any] = {
        "weekday": None,
        "starts_on": day or day_ahead(3),
        "opens_at": time(9),
        "closes_at": time(13),
        "slot_minutes": 60,
        "purposes": [MeetingPurpose.FOLLOW_UP, MeetingPurpose.FIRST_INTERVIEW],
        "place": "Bordeaux",
    }
    return offer_slots(person_of(advisor), offer=Offer(**facts | details), actor=advisor)


def day_ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def working_day_ahead(days: int) -> date:
    """The first day on which leave may be asked, so many days ahead."""
    return next(day for day in map(day_ahead, range(days, days + 9)) if is_working_day(day))


def moment(days: int, hour: int = 10) -> datetime:
    return datetime.combine(day_ahead(days), time(hour), timezone.get_default_timezone())


def slots_of(advisor: User, purpose: str = MeetingPurpose.FOLLOW_UP) -> list[Slot]:
    today = timezone.localdate()
    return free_slots([person_of(advisor)], since=today, until=today + timedelta(days=30), purpose=purpose)


def make_meeting(user: User, advisor: User) -> Meeting:
    """A slot of the advisor, booked by the person."""
    make_slots(advisor)
    slot = slots_of(advisor)[0]
    return book_meeting(person=person_of(user), slot=slot, purpose=MeetingPurpose.FOLLOW_UP, actor=user)


def make_past_meeting(user: User, advisor: User, *, days: int = 1) -> Meeting:
    """A meeting of some days ago, as it was booked then."""
    at = moment(-days)
    return arrange_meeting(
        person_of(user),
        advisor=person_of(advisor),
        purpose=MeetingPurpose.FOLLOW_UP,
        starts_at=at,
        minutes=60,
        mode=MeetingMode.PLACE,
        actor=advisor,
        now=at - timedelta(days=5),
    )


def content(**details: Any) -> ReportContent:
    facts: dict[str, Any] = {
        "met_on": timezone.localdate(),
        "mode": MeetingMode.PLACE,
        "minutes": 45,
        "said": "Les prix sont revus.",
        "private": "Fatigue à surveiller.",
    }
    return ReportContent(**facts | details)


def make_report(user: User, advisor: User, *, shared: bool = True, **details: Any) -> MeetingReport:
    report = write_report(
        person_of(user),
        content=content(**details),
        author=person_of(advisor),
        form_key=uuid4(),
        actor=advisor,
        on=timezone.localdate(),
    )
    return share_report(report, actor=advisor, now=timezone.now()) if shared else report


def make_salaried(advisor: User) -> User:
    """Somebody whose contract began seven months ago, coached since: an interview is late."""
    user = make_signer()
    start = after_months(timezone.localdate(), -7)
    at = datetime.combine(start, time(9), timezone.get_default_timezone())
    make_signed(user, kind="cesa", starts_on=start, at=at)
    coach(user, advisor, on=start)
    plan_interviews(on=timezone.localdate())
    return user


def make_support() -> SupportKind:
    """One more kind of help in the catalogue, from today."""
    return offer_support(
        name="Fixer ses prix",
        what="Deux heures pour partir du temps réel.",
        audience="Qui démarre",
        given_by="Accompagnement",
        where="À Bordeaux",
        starts_on=timezone.localdate(),
        actor=None,
    )


def make_follow_up() -> dict[str, Any]:
    """One of each thing of coaching, for the pages to show: by name."""
    advisor = make_advisor(first_name="Hélène", last_name="Marchand")
    user = make_salaried(advisor)
    person, today = person_of(user), timezone.localdate()
    report = make_report(user, advisor)
    draft = make_report(user, advisor, shared=False, said="Point rapide.")
    meeting = make_meeting(user, advisor)
    closed = close_days(
        person_of(advisor), starts_on=day_ahead(20), ends_on=day_ahead(24), label="Congés", actor=advisor
    )
    plain: dict[str, Any] = {"due_on": None, "actor": advisor, "on": today}
    goal = set_goal(person, kind="skills", label="Tenir sa gestion", **plain)
    action = add_action(person, label="Ouvrir le relevé", owner=person, goal=goal, **plain)
    save_project(person, texts={"idea": "Un atelier"}, label="", base=0, actor=user)
    save_project(person, texts={"idea": "Un atelier mobile"}, label="Mobile", base=1, actor=user)
    kind = make_support()
    make_user(RoleKind.ENTREPRENEUR)
    lonely, _coach = make_coached(advisor)
    raise_alerts(on=today)
    return {
        "advisor": advisor,
        "user": user,
        "person": person,
        "report": report,
        "draft": draft,
        "meeting": meeting,
        "past": make_past_meeting(user, advisor),
        "range": person_of(advisor).availabilities.get(),
        "closed": closed,
        "goal": goal,
        "action": action,
        "interview": Interview.objects.filter(person=person).earliest("rank"),
        "referent": person.referents.get(),
        "alert": Alert.objects.filter(person=person_of(lonely)).earliest("pk"),
        "kind": kind,
        "asked": ask_support(kind, person=person, words="", actor=user, on=today),
        "funded": open_funded_action(
            name="Appui à la création",
            funder=OrganisationFactory.create(),
            reference="114",
            starts_on=today,
            ends_on=day_ahead(90),
            hours=Decimal(40),
            hours_each=None,
            places=None,
            actor=None,
        ),
    }
