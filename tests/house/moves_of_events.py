"""The moves of events, registrations, questions."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from coworking.models import Event, Question, Registration
from coworking.services.event_questions import ask_question, publish_question
from coworking.services.events import publish_event
from coworking.services.registrations import register
from coworking.services.waiting_list import offer_place
from people.states import RoleKind
from tests.factories.coworking_events import a_keeper, a_place, a_registration, an_event, guest, over
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject

# Events.


def _event() -> Case:
    """A draft of a place, with who runs it."""
    place = a_place()
    return Case(an_event(place=place, published=False), [a_keeper(place)])


def _held(case: Case) -> Event:
    """Published, and over."""
    return over(publish_event(case.row, now=timezone.now(), actor=None))


# Registrations.


def _registration() -> Case:
    """Somebody of the cooperative who waits: the only place is taken."""
    place = a_place()
    event = an_event(place=place, capacity=1)
    a_registration(event)
    user = make_user(RoleKind.ENTREPRENEUR)
    row = register(event, data=guest("Ana Un"), now=timezone.now(), actor=user, person=user.person)
    return Case(row, [user, a_keeper(place)])


def _room(case: Case) -> Registration:
    """One place more than there was, offered to nobody yet."""
    Event.objects.filter(pk=case.row.event_id).update(capacity=2)
    return Registration.objects.get(pk=case.row.pk)


def _offered(case: Case) -> Registration:
    """The place was freed: it is kept for them."""
    Event.objects.filter(pk=case.row.event_id).update(capacity=2)
    return offer_place(case.row, now=timezone.now(), actor=None)


# Questions.


def _question() -> Case:
    """Sent by somebody who comes, to be moderated."""
    place = a_place()
    event = an_event("conference-inversee", place=place)
    row = a_registration(event)
    sent = ask_question(
        row, text="Que devient le capital ?", is_unnamed=False, now=timezone.now(), actor=None
    )
    return Case(sent, [a_keeper(place)])


def _shown(case: Case) -> Question:
    return publish_question(case.row, actor=None)


def _key(case: Case) -> tuple[Any, ...]:
    return (str(case.row.pk),)


EVENTS: dict[str, Subject] = {
    "coworking.Event": Subject(
        _event,
        {
            "publish": Page("coworking:event_act", (), {"do": "publish"}),
            "hold": Page("coworking:event_act", (), {"do": "hold"}, _held),
            "cancel": Page("coworking:event_cancel", (), {"reason": "L’intervenante est malade."}),
        },
    ),
    "coworking.Registration": Subject(
        _registration,
        {
            "offer": Page("coworking:event_guest_act", (), {"do": "offer"}, _room),
            "accept": Page("coworking:registration_act", (), {"do": "accept"}, _offered, keys=_key),
            "lapse": Page("coworking:event_guest_act", (), {"do": "lapse"}, _offered),
            "cancel": Page("coworking:registration_cancel", keys=_key),
        },
    ),
    "coworking.Question": Subject(
        _question,
        {
            "publish": Page("coworking:question_act", (), {"do": "publish"}),
            "discard": Page("coworking:question_act", (), {"do": "discard"}),
            "answer": Page("coworking:question_answer", (), {"answer": "Il reste à tous."}, _shown),
        },
    ),
}
