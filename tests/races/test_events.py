"""Many hands on the last place: it is given once; an offer lapses or is taken; one voice a person."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from coworking.models import QuestionVote, Registration
from coworking.services.event_questions import ask_question, publish_question, vote_question
from coworking.services.registration_mails import CONFIRMED
from coworking.services.registrations import accept_place, cancel_registration, register
from coworking.services.waiting_list import move_waiting_lists
from tests.factories.coworking_events import a_registration, an_event, guest
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_the_last_place_is_given_once(race: Race) -> None:
    event = an_event(capacity=2, guests_most=1)
    now = timezone.now()
    a_registration(event)
    acts = [partial(register, event, data=guest(f"Nom{n} Un"), now=now) for n in range(8)]
    results = race(acts)
    states = [one.state for one in results]
    assert states.count("registered") == 1
    assert states.count("waiting") == 7
    taken = event.registrations.seated().aggregate(taken=Sum(1 + F("guests")))["taken"]
    assert taken == 2
    assert OutgoingEmail.objects.filter(cause=CONFIRMED).count() == 2


def test_the_same_address_registers_once(race: Race) -> None:
    event, now = an_event(), timezone.now()
    results = race([partial(register, event, data=guest(), now=now)] * 6)
    assert sum(isinstance(one, Registration) for one in results) == 1
    assert {one.code for one in results if isinstance(one, Refused)} == {Code.DUPLICATE}


def test_an_offer_is_taken_or_lapses(race: Race) -> None:
    event = an_event(capacity=1, offer_hours=1)
    now = timezone.now()
    first, second, third = (a_registration(event, f"Nom{n} Un") for n in range(3))
    cancel_registration(first, now=now, actor=None)
    late = now + timedelta(hours=1, seconds=1)
    results = race(
        [partial(accept_place, second, now=now, actor=None), partial(move_waiting_lists, now=late)]
    )
    second.refresh_from_db()
    third.refresh_from_db()
    if isinstance(results[0], Refused):
        assert (second.state, third.state) == ("lapsed", "offered")
    else:
        assert (second.state, third.state) == ("registered", "waiting")


def test_one_voice_a_person(race: Race) -> None:
    event, now = an_event("conference-inversee"), timezone.now()
    asks, votes = a_registration(event), a_registration(event, "Ben Deux")
    question = ask_question(asks, text="Combien ?", is_unnamed=False, now=now, actor=None)
    publish_question(question, actor=None)
    results = race([partial(vote_question, question, votes, now=now)] * 3)
    assert sorted(results) == [False, True, True]
    assert QuestionVote.objects.count() == 1
