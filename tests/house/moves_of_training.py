"""The moves of training: courses, sessions, enrolments, statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coworking.models import TrainingStatement
from coworking.services.courses import open_course, publish_version
from coworking.services.enrolments import ask_enrolment, enrol
from coworking.services.evaluations import ComplaintData, hear_complaint
from coworking.services.sessions import begin_session, open_session
from coworking.services.training_statements import open_statement
from tests.factories.coworking_training import (
    course_data,
    make_enrolment,
    make_keeper,
    make_session,
)
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.house.moves_of_path import WHY, day
from tests.house.moving import Case, Page, Subject


def _today() -> Any:
    return timezone.localdate()


def _version() -> Case:
    make_cooperative()
    keeper = make_keeper()
    return Case(open_course(data=course_data(), actor=keeper), [keeper])


def _published(case: Case) -> Any:
    return publish_version(case.row, on=_today(), actor=case.users[0])


def _acted(name: str, do: str, before: Any = None, keys: Any = None) -> Page:
    more = {"keys": keys} if keys else {}
    return Page(f"coworking:{name}", (), {"do": do}, before, **more)


def _of_course(case: Case) -> tuple[Any, ...]:
    return (case.row.course_id,)


def _session() -> Case:
    keeper = make_keeper()
    session = make_session(_today() - timedelta(days=1), is_open=False)
    make_enrolment(session)
    return Case(session, [keeper])


def _opened(case: Case) -> Any:
    return open_session(case.row, actor=case.users[0])


def _running(case: Case) -> Any:
    return begin_session(_opened(case), at=timezone.now(), actor=case.users[0])


def _asked() -> Case:
    keeper, session = make_keeper(), make_session(_today() - timedelta(days=1))
    row = ask_enrolment(session, needs="", actor=make_user())
    return Case(row, [keeper])


def _enrolled(case: Case) -> Any:
    return enrol(case.row, actor=case.users[0])


def _followed(case: Case) -> Any:
    row = enrol(case.row, actor=case.users[0])
    begin_session(row.session, at=timezone.now(), actor=case.users[0])
    return row


def _complaint() -> Case:
    keeper = make_keeper()
    data = ComplaintData("Driss", _today(), "Salle froide")
    return Case(hear_complaint(make_session(), data=data, today=_today(), actor=keeper), [keeper])


def _statement() -> Case:
    make_cooperative()
    keeper = make_keeper()
    row: TrainingStatement = open_statement(_today().year - 1, actor=keeper)
    return Case(row, [keeper])


TRAINING: dict[str, Subject] = {
    "coworking.CourseVersion": Subject(
        _version,
        {
            "publish": _acted("course_act", "publish", keys=_of_course),
            "withdraw": _acted("course_act", "withdraw", _published, _of_course),
        },
    ),
    "coworking.TrainingSession": Subject(
        _session,
        {
            "open": _acted("session_act", "open"),
            "begin": _acted("session_act", "begin", _opened),
            "finish": _acted("session_act", "finish", _running),
            "cancel": Page("coworking:session_cancel", (), WHY),
        },
    ),
    "coworking.Enrolment": Subject(
        _asked,
        {
            "enrol": _acted("enrolment_act", "enrol"),
            "refuse": Page("coworking:enrolment_refuse", (), WHY),
            "cancel": Page("coworking:enrolment_cancel", (), WHY),
            "finish": _acted("enrolment_act", "finish", _followed),
            "drop": Page("coworking:enrolment_drop", (), WHY | {"on": day()}, _enrolled),
        },
    ),
    "coworking.Complaint": Subject(
        _complaint, {"answer": Page("coworking:complaint_answer", (), {"answer": "Chauffage"})}
    ),
    "coworking.TrainingStatement": Subject(
        _statement,
        {"file": Page("coworking:statement_file", (), {"on": day()}, keys=lambda case: (case.row.year,))},
    ),
}
