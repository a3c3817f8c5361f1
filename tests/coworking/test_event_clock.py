"""What the clock does of events, what waits for people, what is forgotten; who has which right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cae.core.facts import happenings_of, personal_data, todos_of
from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.permanence import ERASED
from cae.core.permissions import can
from cae.core.search import search
from coworking.models import Event, Registration
from coworking.services.erasing_events import forget_registrations
from coworking.services.event_promotion import remind_of_events, say_satisfaction
from coworking.services.event_questions import ask_question
from coworking.services.registration_mails import REMINDER
from coworking.services.registrations import cancel_registration
from coworking.states.events import Audience
from people.services.roles import give_role
from people.states import RoleKind
from tests.factories.coworking_events import a_keeper, a_place, a_registration, an_event, came, over
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_territory, make_user, scope_of_territory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_those_who_come_are_reminded_once_of_what_is_near() -> None:
    now = timezone.now()
    soon, far = an_event(starts_at=now + DAY), an_event(title="Plus tard")
    row, late, gone = (a_registration(soon, name) for name in ("Ana Un", "Ben Deux", "Cal Trois"))
    a_registration(far, "Dee Quatre")
    Registration.objects.exclude(pk=late.pk).update(created_at=now - 5 * DAY)
    cancel_registration(gone, now=now, actor=None)
    assert remind_of_events(now=now) == 1
    assert remind_of_events(now=now) == 0
    assert OutgoingEmail.objects.get(cause=REMINDER).to == row.email
    assert PersonalLink.objects.filter(about_id=str(row.pk)).count() == 2


def test_strangers_are_forgotten_and_figures_stay() -> None:
    user = make_user(RoleKind.ENTREPRENEUR)
    event = an_event("conference-inversee")
    row, member = (
        a_registration(event, note="Allergie"),
        a_registration(event, "Ben Deux", person=user.person),
    )
    question = ask_question(row, text="Combien ?", is_unnamed=False, now=timezone.now(), actor=None)
    over(event)
    came(row)
    row.refresh_from_db()
    say_satisfaction(row, mark=5, comes_again=None, text="Merci à Nina", now=timezone.now())
    today = timezone.localdate()
    assert forget_registrations(on=today + 300 * DAY) == 0
    assert forget_registrations(on=today + 400 * DAY) == 1
    assert forget_registrations(on=today + 400 * DAY) == 0
    row.refresh_from_db()
    question.refresh_from_db()
    kept = (row.first_name, row.note, row.attendance, question.registration, row.satisfaction.text)
    assert kept == (ERASED, "", "present", None, "")
    assert not OutgoingEmail.objects.filter(to="nina.roche@exemple.fr").exists()
    assert not PersonalLink.objects.filter(about_id=str(row.pk)).exists()
    member.refresh_from_db()
    assert member.first_name == "Ben"
    subject = next(one for one in personal_data() if one.code == "coworking.events")
    held = list(subject.held(user.person, user))
    assert event.title in str(held[0].rows)
    assert subject.erase is not None
    assert subject.erase(user.person, today) == 1
    assert not Registration.objects.filter(person=user.person).exists()


def test_what_waits_for_those_who_keep_and_those_who_come() -> None:
    place, now, today = a_place(), timezone.now(), timezone.localdate()
    keeper, other, user = a_keeper(place), a_keeper(a_place()), make_user(RoleKind.ENTREPRENEUR)
    asked = an_event("conference-inversee", place=place, title="Capital")
    ask_question(a_registration(asked), text="Combien ?", is_unnamed=False, now=now, actor=None)
    past = an_event(place=place, title="Hier")
    a_registration(past)
    over(past)
    full = an_event(place=place, title="Plein", capacity=1)
    first = a_registration(full)
    a_registration(full, "Ben Deux", person=user.person)
    assert [todo.label for todo in todos_of(user, today)] == []
    cancel_registration(first, now=now, actor=None)
    assert [todo.label for todo in todos_of(user, today)] == ["Prendre la place gardée pour vous : Plein"]
    labels = {todo.label for todo in todos_of(keeper, today)}
    assert {"Modérer 1 question : Capital", "Noter qui est venu : Hier"} <= labels
    assert not {todo.label for todo in todos_of(other, today)} & labels
    mine = an_event(title="Mon événement")
    a_registration(mine, "Ben Deux", person=user.person)
    window = (today, today + 60 * DAY)
    assert [one.title for one in happenings_of(user, *window)] == ["Mon événement"]
    groups = {str(group.label): [hit.url for hit in group.hits] for group in search(user, "Mon événement")}
    assert groups["Événements"] == [mine.public_url]


def test_rights_follow_the_place_or_the_territory() -> None:
    landes, nantes = make_territory("Landes"), make_territory("Nantes")
    here = a_place(territory=make_territory("Chalosse", parent=landes))
    held, outside, away = (
        an_event(place=here),
        an_event(territory=landes, audience=Audience.TERRITORY),
        an_event(territory=nantes),
    )
    life = make_user()
    assert life.person is not None
    give_role(
        life.person,
        kind=RoleKind.COOPERATIVE_LIFE,
        scope=scope_of_territory(landes),
        starts_on=BEGINNING,
        ends_on=None,
        reason="essai",
        actor=None,
    )
    everywhere, facilitator, all_places = a_keeper(), a_keeper(here), make_user(RoleKind.PLACE_FACILITATOR)
    keeps = {
        name: [
            can(user, "coworking.keep_event", Event.objects.get(pk=row.pk)) for row in (held, outside, away)
        ]
        for name, user in (
            ("life", life),
            ("everywhere", everywhere),
            ("facilitator", facilitator),
            ("all_places", all_places),
            ("admin", make_user(RoleKind.ADMINISTRATOR)),
        )
    }
    assert keeps == {
        "life": [True, True, False],
        "everywhere": [True] * 3,
        "facilitator": [True, False, False],
        "all_places": [True, False, False],
        "admin": [True] * 3,
    }
    user, stranger = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    row = a_registration(held, person=user.person)
    right = "coworking.change_registration"
    assert can(user, right)
    assert can(user, right, row)
    assert can(facilitator, right, row)
    assert not can(stranger, right, row)
    assert not can(stranger, "coworking.keep_event")
    assert not can(stranger, "coworking.read_events")
    assert can(make_user(RoleKind.AUDITOR), "coworking.read_events")
    assert not can(AnonymousUser(), right, row)
