"""The rights on training: kept by the training manager, sold by activities, taught and followed by people."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.permissions import kept
from coworking.models import Course, Enrolment, HalfDay, TrainingSession
from coworking.selectors.training_sight import (
    KEEPERS,
    LEARNS,
    TEACHES,
    courses_visible_to,
    enrolments_visible_to,
    keeps,
    reads_all,
    sells,
    session_pages_of,
    sessions_visible_to,
    teaches,
)
from people.models import User
from people.permissions import has_role, is_accountant, is_auditor, is_manager, sells_own
from people.selectors import has_mark
from people.states import RoleKind

is_keeper = has_role(*KEEPERS)
_comes = has_role(
    *KEEPERS,
    RoleKind.ENTREPRENEUR,
    RoleKind.PROJECT_HOLDER,
    RoleKind.ADVISOR,
    RoleKind.ACCOUNTANT,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
    RoleKind.AUDITOR,
    RoleKind.TRAINER,
)


@rules.predicate
def opens_training(user: User) -> bool:
    """One works here, or teaches or follows something."""
    return _comes.test(user) or has_mark(user, TEACHES) or has_mark(user, LEARNS)


@rules.predicate
def sees_course(user: User, course: Course | None = None) -> bool:
    if course is None:
        return opens_training.test(user)
    return kept(user, course, "course", courses_visible_to(user).filter(pk=course.pk).exists)


@rules.predicate
def writes_course(user: User, course: Any = None) -> bool:
    """The training manager, or whoever sells it; without object: sells anything."""
    if keeps(user):
        return True
    if course is None:
        return bool(sells_own.test(user))
    return sells(user, course.activity if isinstance(course, Course) else course.course.activity)


def session_of(obj: Any) -> TrainingSession:
    """The session of something of it, or itself."""
    if isinstance(obj, TrainingSession):
        return obj
    found: TrainingSession = obj.session if hasattr(obj, "session") else obj.enrolment.session
    return found


@rules.predicate
def holds_session(user: User, obj: Any = None) -> bool:
    if keeps(user):
        return True
    return bool(sells_own.test(user)) if obj is None else sells(user, session_of(obj).activity)


@rules.predicate
def sees_session(user: User, session: TrainingSession | None = None) -> bool:
    """Asks the same queryset as the list."""
    if session is None:
        return opens_training.test(user)
    return kept(user, session, "session", sessions_visible_to(user).filter(pk=session.pk).exists)


@rules.predicate
def reads_sheet(user: User, obj: Any = None) -> bool:
    """The names and the sheets of a session: those who keep, check, sell or teach it."""
    if obj is None:
        return bool(reads_all(user) or has_mark(user, TEACHES) or sells_own.test(user))
    session = session_of(obj)
    return kept(user, session, "sheet", session_pages_of(user).filter(pk=session.pk).exists)


@rules.predicate
def sees_enrolment(user: User, enrolment: Enrolment | None = None) -> bool:
    if enrolment is None:
        return opens_training.test(user)
    return kept(user, enrolment, "enrolment", enrolments_visible_to(user).filter(pk=enrolment.pk).exists)


@rules.predicate
def signs_half_day(user: User, day: HalfDay | None = None) -> bool:
    """One teaches it, or follows it."""
    if user.person_id is None:
        return False
    if day is None:
        return has_mark(user, TEACHES) or has_mark(user, LEARNS)
    return (
        day.trainer.person_id == user.person_id
        or Enrolment.objects.filter(session=day.session_id, person=user.person_id).exists()
    )


@rules.predicate
def opens_file(user: User, document: Any = None) -> bool:
    """A paper, a sheet or a certificate: those who read the session, and the trainee their own."""
    if document is None or reads_all(user):
        return reads_all(user)
    label, key = document.about_type, document.about_id
    if label == Enrolment._meta.label_lower:
        return enrolments_visible_to(user).filter(pk=key).exists()
    if label == TrainingSession._meta.label_lower:
        return session_pages_of(user).filter(pk=key).exists()
    return False


@rules.predicate
def opens_certificates(user: User, document: Any = None) -> bool:
    """An archive of certificates: whoever asked for it, as long as they hold sessions."""
    return holds_session.test(user) and (document is None or document.created_by_id == user.pk)


@rules.predicate
def teaches_session(user: User, obj: Any = None) -> bool:
    return has_mark(user, TEACHES) if obj is None else teaches(user, session_of(obj))


_reads_statement = is_keeper | is_accountant | is_auditor | is_manager

PERMISSIONS: dict[str, Predicate] = {
    "coworking.view_training": opens_training,
    "coworking.view_course": sees_course,
    "coworking.write_courses": writes_course,
    "coworking.view_session": sees_session,
    "coworking.hold_session": holds_session,
    "coworking.read_sheet": reads_sheet,
    "coworking.sign_half_day": signs_half_day,
    "coworking.file_sheet": holds_session | teaches_session,
    "coworking.add_signature": is_keeper,
    "coworking.view_enrolment": sees_enrolment,
    "coworking.ask_enrolment": opens_training,
    "coworking.keep_enrolment": holds_session,
    "coworking.answer_complaint": holds_session,
    "coworking.view_trainers": is_keeper,
    "coworking.write_trainers": is_keeper,
    "coworking.view_statement": _reads_statement,
    "coworking.write_statement": is_keeper | is_accountant,
    "coworking.file_statement": is_keeper,
    "coworking.set_origin": is_keeper | is_accountant | sells_own,
    "coworking.open_training_file": opens_file,
    "coworking.open_certificates": opens_certificates,
    "coworking.open_trainer_file": is_keeper,
}
