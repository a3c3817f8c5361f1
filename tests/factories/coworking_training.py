"""Training made through its services: courses at the catalogue, sessions with their half-days, trainees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cae.core.links import create_link
from cae.core.signing import Hand, Origin
from coworking.models import CourseVersion, Enrolment, HalfDay, SheetSignature, Trainer, TrainingSession
from coworking.selectors.training_links import EVALUATION_LINK, PAPER_LINK, REQUEST_LINK, SHEET_LINK
from coworking.services.courses import CourseData, open_course, publish_version
from coworking.services.enrolment_requests import RequestData, request_enrolment
from coworking.services.enrolments import EnrolmentData, ask_enrolment, enter_enrolment
from coworking.services.evaluations import ComplaintData, ask_evaluations, hear_complaint
from coworking.services.sessions import SessionData, add_half_day, begin_session, open_session, plan_session
from coworking.services.sheets import sign_half_day
from coworking.services.trainers import TrainerData, add_qualification, enter_trainer
from coworking.services.training_papers import make_paper, sign_paper
from coworking.states.training import Payer, TraineeType, TrainerKind
from entrepreneurs.models import Activity
from people.models import Person, User
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person, make_user

ORIGIN = Origin("192.0.2.7", "Firefox")
AIMS = "Lire ses comptes et fixer ses prix."
MORNING, NOON, AFTERNOON, EVENING = time(9), time(12, 30), time(13, 30), time(17)


def make_keeper(**fields: Any) -> User:
    """Who keeps training."""
    return make_user(RoleKind.TRAINING_MANAGER, **fields)


def course_data(**fields: Any) -> CourseData:
    known: dict[str, Any] = {
        "title": "Diriger une activité en coopérative",
        "aims": AIMS,
        "hours": Decimal(14),
        "speciality": "310",
        "price_excl_tax": Decimal("600.00"),
    }
    return CourseData(**(known | fields))


def make_course(*, activity: Activity | None = None, **fields: Any) -> CourseVersion:
    """A course at the catalogue."""
    make_cooperative()
    version = open_course(data=course_data(**fields), activity=activity, actor=None)
    return publish_version(version, on=timezone.localdate(), actor=None)


def make_trainer(person: Person | None = None, **fields: Any) -> Trainer:
    person = person or make_person()
    known: dict[str, Any] = {
        "name": str(person),
        "kind": TrainerKind.OWN,
        "person": person,
        "email": person.email,
    }
    return enter_trainer(data=TrainerData(**(known | fields)), actor=None)


def make_session(
    *days: date,
    course: CourseVersion | None = None,
    trainer: Trainer | None = None,
    activity: Activity | None = None,
    is_open: bool = True,
    **fields: Any,
) -> TrainingSession:
    """A session open to enrolment: a morning and an afternoon of 3 h 30 each of these days, tomorrow unless
    said."""
    known: dict[str, Any] = {"elsewhere": "Salle des fêtes", **fields}
    session = plan_session(
        course or make_course(activity=activity),
        data=SessionData(**known),
        activity=activity,
        actor=None,
    )
    trainer = trainer or make_trainer()
    for on in days or (timezone.localdate() + timedelta(days=1),):
        for starts, ends in ((MORNING, NOON), (AFTERNOON, EVENING)):
            add_half_day(session, on=on, starts=starts, ends=ends, trainer=trainer, actor=None)
    return open_session(session, actor=None) if is_open else session


def make_enrolment(
    session: TrainingSession, person: Person | None = None, *, outside: bool = False, **fields: Any
) -> Enrolment:
    """A trainee, of the house unless outside."""
    person = None if outside else person or make_person()
    known: dict[str, Any] = {
        "first_name": person.first_name if person else "Claire",
        "last_name": person.last_name if person else "Dehors",
        "email": person.email if person else "claire@dehors.example",
        "kind": TraineeType.EMPLOYEE,
    }
    return enter_enrolment(session, data=EnrolmentData(**(known | fields)), person=person, actor=None)


def request_data(**fields: Any) -> RequestData:
    """What a stranger types on the public catalogue."""
    known: dict[str, Any] = {
        "first_name": "Aline",
        "last_name": "Berger",
        "email": "aline@dehors.example",
        "payer": Payer.TRAINEE,
    }
    return RequestData(**(known | fields))


def hand_of(who: Any) -> Hand:
    return Hand(str(who), typed=str(who))


def sign_days(
    signer: Enrolment | Trainer, days: Sequence[HalfDay], *, at: datetime | None = None
) -> list[SheetSignature]:
    """Each half-day signed as it ends, unless an instant is said."""
    return [
        sign_half_day(day, signer, hand=hand_of(signer), origin=ORIGIN, at=at or day.ends_at, actor=None)
        for day in days
    ]


def days_of(session: TrainingSession) -> list[HalfDay]:
    return list(session.half_days.select_related("trainer", "session__course").order_by("starts_at"))


def trained_by(
    activity: Activity, *, keeper: User | None = None, teacher: Person | None = None
) -> dict[str, Any]:
    """One of each row of training, of a session that this activity sold and that is going on: a draft course,
    trainees with a contract signed and to sign, half-days signed and not, an opinion, a complaint."""
    keeper, now = keeper or make_keeper(), timezone.now()
    today = timezone.localdate(now)
    draft = open_course(data=course_data(title="Reliure à la chinoise"), activity=activity, actor=keeper)
    trainer = make_trainer(teacher)
    add_qualification(trainer, label="FPA", obtained_on=today, ends_on=today, actor=keeper)
    outside = enter_trainer(
        data=TrainerData("Marc Ailleurs", TrainerKind.EXTERNAL, email="marc@ailleurs.example"), actor=keeper
    )
    session = make_session(today - timedelta(days=1), today, trainer=trainer, activity=activity)
    days = days_of(session)
    payer: dict[str, Any] = {"payer": "trainee", "outside": True, "price_excl_tax": Decimal("600.00")}
    followed, waiting = make_enrolment(session, **payer), make_enrolment(session, **payer)
    asked = ask_enrolment(
        make_session(course=make_course(title="Ouverte à tous")), needs="Mes prix", actor=make_user()
    )
    signed = make_paper(followed, at=now, actor=keeper)
    sign_paper(signed, hand=hand_of(followed), origin=ORIGIN, at=now, shown=signed.document.sha256)
    paper = make_paper(waiting, at=now, actor=keeper)
    sign_days(followed, days[:1])
    session = begin_session(session, at=now, actor=keeper)
    ask_evaluations(session, moment="before", at=now, actor=keeper)
    requested = request_enrolment(asked.session, data=request_data(), now=now)
    data = ComplaintData("Driss", today, "La salle est froide.")
    return {
        "draft": draft,
        "published": session.course,
        "trainer": trainer,
        "outside": outside,
        "session": session,
        "open": asked.session,
        "day": days[0],
        "late_day": days[1],
        "followed": followed,
        "waiting": waiting,
        "asked": asked,
        "signed": signed,
        "paper": paper,
        "complaint": hear_complaint(session, data=data, today=today, actor=keeper),
        "links": {
            "sheet": _token(followed, SHEET_LINK),
            "paper": _token(paper, PAPER_LINK),
            "request": _token(requested, REQUEST_LINK),
            "evaluation": _token(waiting.evaluations.get(), EVALUATION_LINK),
        },
    }


def _token(about: Any, purpose: str) -> str:
    """A link of one’s own beside those that were mailed."""
    ends_at = timezone.now() + timedelta(days=9)
    return create_link(about, purpose=purpose, ends_at=ends_at, actor=None)[1]
