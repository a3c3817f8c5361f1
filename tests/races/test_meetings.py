"""Two people at once on one slot: one has it, the others get one sentence (ENT-52)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from entrepreneurs.models import Meeting
from entrepreneurs.services.meetings import book_meeting
from people.models import User
from tests.factories.coaching import make_coached, make_slots, person_of, slots_of
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
