"""Two clicks at once: an application is sent once, a person has one that waits, a paper is asked once."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import Activity, Application, DocumentRequest
from entrepreneurs.services.application_mails import RECEIPT
from entrepreneurs.services.entry import open_checklist, tick_line
from entrepreneurs.services.papers import ask_paper
from entrepreneurs.services.sending_applications import submit_application
from entrepreneurs.services.welcome import Grounds, decide
from entrepreneurs.states.applications import ApplicationState, Door
from entrepreneurs.states.committees import Verdict
from entrepreneurs.states.entry import EntryKind
from people.models import Person, Scope
from people.states import RoleKind
from tests.factories import applications as make
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.people import make_person, make_user
from tests.factories.welcome import GROUNDS
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def sender(application: Application) -> Any:
    def send() -> Application:
        return submit_application(application, consents=True, origin=make.ORIGIN, now=timezone.now())

    return send


def test_a_double_click_sends_once(race: Race) -> None:
    application = make.whole()
    found = race([sender(application)] * 3)
    assert sum(isinstance(one, Refused) for one in found) == 2
    assert OutgoingEmail.objects.filter(cause=RECEIPT).count() == 1
    assert Person.objects.filter(email=make.EMAIL).count() == 1
    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_two_drafts_of_one_person_sent_at_once_leave_one_waiting(race: Race) -> None:
    drafts = [make.whole(Door.IDEA), make.whole(Door.ACTIVITY)]
    found = race([sender(draft) for draft in drafts])
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Person.objects.filter(email=make.EMAIL).count() == 1
    assert Application.objects.filter(state=ApplicationState.SUBMITTED).count() == 1


def test_an_application_reopened_while_another_is_sent_leaves_one_waiting(race: Race) -> None:
    former = make.submitted(Door.IDEA)
    decide(former, Verdict.REFUSED, grounds=GROUNDS, now=timezone.now(), actor=None)
    again = partial(
        decide, former, Verdict.REOPENED, grounds=Grounds(reason="Rappel"), now=timezone.now(), actor=None
    )
    found = race([again, sender(make.whole(Door.ACTIVITY))])
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Application.objects.filter(state=ApplicationState.SUBMITTED).count() == 1


def test_a_paper_asked_by_two_hands_is_asked_once(race: Race) -> None:
    person = make_person()

    def ask() -> DocumentRequest:
        return ask_paper(person=person, kind="diploma", about=person, due_on=None, actor=None)

    first, second = race([ask, ask])
    assert first == second
    assert DocumentRequest.objects.count() == 1


def test_the_last_lines_of_an_entry_ticked_together_close_it(race: Race) -> None:
    checklist = open_checklist(make_person(), kind=EntryKind.ACTIVITY, actor=None)
    hr, now = make_user(RoleKind.HUMAN_RESOURCES), timezone.now()
    *before, one, other = checklist.lines.filter(done_at__isnull=True)
    for line in before:
        tick_line(line, note="", actor=hr, now=now)
    race([partial(tick_line, line, note="", actor=hr, now=now) for line in (one, other)])
    checklist.refresh_from_db()
    assert checklist.closed_on == timezone.localdate(now)


def test_one_activity_from_a_double_click(race: Race) -> None:
    open_twice = partial(make_activity, make_person(), code="ATELIER", trade=make_trade())
    found = race([open_twice] * 3)
    assert [one.code for one in found if isinstance(one, Refused)] == [Code.DUPLICATE] * 2
    assert Activity.objects.count() == Scope.objects.filter(kind="activity").count() == 1
