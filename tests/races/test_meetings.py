"""Two people at once on one slot: one has it, the others get one sentence (ENT-52)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import Application, Meeting, MeetingReport
from entrepreneurs.services.choosing import choose_slot
from entrepreneurs.services.meetings import book_meeting
from entrepreneurs.services.reports import write_report
from entrepreneurs.services.slot_invitations import invite_candidate
from people.models import User
from tests.factories.coaching import content, make_advisor, make_coached, make_slots, person_of, slots_of
from tests.factories.welcome import candidature
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HANDS = 3


def test_one_slot_is_booked_by_one(race: Race) -> None:
    first, advisor = make_coached()
    users = [first, *(make_coached(advisor)[0] for _hand in range(HANDS - 1))]
    make_slots(advisor)
    slot = slots_of(advisor)[0]

    def book(user: User) -> Any:
        return book_meeting(person=person_of(user), slot=slot, purpose="follow_up", actor=user)

    results = race([partial(book, user) for user in users])
    refused = [one.code for one in results if isinstance(one, Refused)]
    assert refused == [Code.SLOT_TAKEN] * (HANDS - 1)
    assert Meeting.objects.count() == 1


def test_one_report_from_a_form_sent_twice(race: Race) -> None:
    user, advisor = make_coached()
    write = partial(
        write_report,
        person_of(user),
        content=content(),
        author=person_of(advisor),
        form_key=uuid4(),
        actor=advisor,
        on=timezone.localdate(),
    )
    assert race([write] * 3) == [MeetingReport.objects.get()] * 3


def test_candidates_who_choose_one_moment_and_one_who_clicks_twice(race: Race) -> None:
    advisor = make_advisor()
    make_slots(advisor)
    sent = [candidature() for _hand in range(2)]
    for application in sent:
        invite_candidate(application, advisor=person_of(advisor), now=timezone.now(), actor=advisor)
    moment = slots_of(advisor, "first_interview")[0].starts_at.isoformat()
    mails = OutgoingEmail.objects.count()

    def choose(application: Application) -> Meeting:
        return choose_slot(application, starts_at=moment, mode="", now=timezone.now(), actor=None)

    results = race([partial(choose, application) for application in (*sent, *sent)])
    meeting = Meeting.objects.get()
    assert [one for one in results if not isinstance(one, Refused)] == [meeting] * 2
    told = OutgoingEmail.objects.order_by("pk")[mails:]
    candidate = meeting.application.email  # type: ignore[union-attr]
    assert sorted(mail.to == candidate for mail in told) == [False, True], "each side is told once"
