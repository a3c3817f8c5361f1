"""The rights on requests to the staff."""

from __future__ import annotations

import rules
from rules.predicates import Predicate

from cae.core.permissions import kept
from people.models import Request, User
from people.permissions.predicates import is_about_another, is_oneself, is_staff_member
from people.selectors.requests import answered_by, departments_of
from people.states.requests import WAITS_FOR_STAFF


@rules.predicate
def answers(user: User, request: Request | None = None) -> bool:
    """The request is of a department where the user answers; without object: they answer in one."""
    if request is None:
        return bool(departments_of(user))
    return kept(user, request, "answer", answered_by(user).filter(pk=request.pk).exists)


@rules.predicate
def is_own_request(user: User, request: Request | None = None) -> bool:
    return user.person_id is not None and (request is None or request.person_id == user.person_id)


@rules.predicate
def is_own_and_open(user: User, request: Request | None = None) -> bool:
    """A plain word is added while the staff have it; a question or a closed request has its own form."""
    return is_own_request(user, request) and (request is None or request.state in WAITS_FOR_STAFF)


PERMISSIONS: dict[str, Predicate] = {
    "people.send_request": is_oneself,
    "people.view_request": is_own_request | answers,
    "people.write_own_request": is_own_request,
    "people.write_on_request": is_own_and_open,
    "people.answer_request": answers,
    # What the team says among itself about somebody is not read by them, were they of the team.
    "people.read_team_notes": is_staff_member & is_about_another,
    "people.write_guide": is_staff_member,
}
