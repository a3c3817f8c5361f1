"""A candidate chooses the moment of the first interview, changes it, gives it back (ENT-08)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import Application, Meeting
from entrepreneurs.selectors.following import slots_offered
from entrepreneurs.services.choosing import choose_slot, give_slot_back
from entrepreneurs.services.meetings import book_meeting, cancel_meeting
from entrepreneurs.services.slot_invitations import invite_candidate, stop_reminders
from entrepreneurs.services.welcome import refuse_application
from people.models import User
from tests.factories.applications import link_of
from tests.factories.coaching import day_ahead, make_advisor, make_coached, make_slots, person_of, slots_of
from tests.factories.welcome import GROUNDS, candidature, manager
from tests.house.moving import changed_since, everything
from tests.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor() -> User:
    found = make_advisor(first_name="Hélène", last_name="Marchand")
    make_slots(found)
    return found


@pytest.fixture
def invited(advisor: User) -> Application:
    """A candidate asked to choose among four moments."""
    sent = candidature()
    invite_candidate(sent, advisor=person_of(advisor), now=timezone.now(), actor=advisor)
    sent.refresh_from_db()
    return sent


def moments(application: Application) -> list[datetime]:
    found = slots_offered(application, on=timezone.localdate(), now=timezone.now())
    return [slot.starts_at for slot in found]


def choose(application: Application, at: datetime | str, **more: Any) -> Meeting:
    said = at if isinstance(at, str) else at.isoformat()
    return choose_slot(
        application, **({"starts_at": said, "mode": "", "now": timezone.now(), "actor": None} | more)
    )


def test_a_moment_is_taken_changed_and_given_back(invited: Application) -> None:
    first, second, *_others = moments(invited)
    meeting = choose(invited, first)
    assert (meeting.application, meeting.starts_at, meeting.state) == (invited, first, "booked")
    assert moments(invited)[0] == first, "one’s own moment stays shown, to be kept"
    moved = choose(invited, second)
    assert (moved.pk, moved.starts_at) == (meeting.pk, second)
    given = give_slot_back(invited, now=timezone.now(), actor=None)
    assert (given.pk, given.state) == (meeting.pk, "cancelled")
    assert moments(invited)[0] == first
    again = choose(invited, first)
    assert again.pk != meeting.pk
    assert Meeting.objects.filter(state="booked").count() == 1


def test_the_same_moment_twice_is_one_meeting_and_one_mail(invited: Application) -> None:
    first = moments(invited)[0]
    meeting = choose(invited, first)
    before = everything()
    assert choose(invited, first) == meeting
    assert changed_since(before) == []


def test_what_is_not_offered_is_refused_and_changes_nothing(invited: Application, advisor: User) -> None:
    first, second, *_others = moments(invited)
    other, _coach = make_coached(advisor)
    taken = next(slot for slot in slots_of(advisor) if slot.starts_at == second)
    book_meeting(person=person_of(other), slot=taken, purpose="follow_up", actor=other)
    before = everything()
    for wrong in ("", "demain", "2026-13-45T10:00", second, first + timedelta(minutes=7)):
        with pytest.raises(Refused) as refusal:
            choose(invited, wrong)
        assert (refusal.value.code, refusal.value.field) == (Code.VALUE_INVALID, "slot")
    with pytest.raises(Refused) as refusal:
        choose(invited, first, mode="pigeon")
    assert refusal.value.field == "mode"
    with pytest.raises(IllegalMove):
        give_slot_back(invited, now=timezone.now(), actor=None)
    assert changed_since(before) == []


def test_an_interview_begun_or_held_is_neither_moved_nor_given_back(invited: Application) -> None:
    first, second, *_others = moments(invited)
    meeting = choose(invited, first)
    with pytest.raises(IllegalMove):
        give_slot_back(invited, now=meeting.starts_at, actor=None)
    Meeting.objects.update(state="held")
    before = everything()
    for act in (lambda: choose(invited, second), lambda: choose(invited, first)):
        with pytest.raises(Refused):
            act()
    assert changed_since(before) == []


@pytest.mark.parametrize("how", ["decided", "stopped", "never invited"])
def test_without_an_invitation_that_waits_there_is_nothing_to_choose(how: str, advisor: User) -> None:
    sent, now = candidature(), timezone.now()
    moment = slots_of(advisor, "first_interview")[0].starts_at
    if how != "never invited":
        invitation = invite_candidate(sent, advisor=person_of(advisor), now=now, actor=advisor)
    if how == "decided":
        refuse_application(sent, grounds=GROUNDS, now=now, actor=manager())
    elif how == "stopped":
        stop_reminders(invitation, reason="Vu au téléphone", now=now, actor=advisor)
    sent.refresh_from_db()
    assert moments(sent) == []
    before = everything()
    with pytest.raises(Refused):
        choose(sent, moment)
    assert changed_since(before) == []


def test_the_page_says_it_and_a_meeting_cancelled_by_the_team_is_chosen_anew(
    invited: Application, advisor: User
) -> None:
    client, page = Client(), reverse("entrepreneurs:application_slots", args=[link_of(invited)])
    first, second, *_others = moments(invited)
    assert "Choisir un moment" in text(client.get(page))
    assert client.post(page, {"slot": first.isoformat(), "mode": ""}).status_code == 302
    sent = OutgoingEmail.objects.count()
    wrong = client.post(page, {"slot": "hier", "mode": ""})
    assert wrong.status_code == 422
    assert "Ce moment n’est plus libre : choisissez-en un autre." in text(wrong)
    assert OutgoingEmail.objects.count() == sent
    cancel_meeting(Meeting.objects.get(), reason="Malade", actor=advisor)
    assert client.post(page, {"slot": second.isoformat(), "mode": ""}).status_code == 302
    assert client.post(page, {"cancel": ""}).status_code == 302
    assert client.post(page, {"cancel": ""}).status_code == 409
    assert [meeting.state for meeting in Meeting.objects.all()] == ["cancelled", "cancelled"]


def test_the_candidate_chooses_how_to_meet_and_reads_where_and_how_long(
    invited: Application, advisor: User
) -> None:
    make_slots(advisor, day=day_ahead(4), place="", link="https://visio.exemple.fr/helene")
    client, key = Client(), link_of(invited)
    page = reverse("entrepreneurs:application_slots", args=[key])
    there = text(client.get(page))
    for words in ("Vous rencontrerez Hélène Marchand.", "Comptez 60 minutes.", "Sur place", "Bordeaux"):
        assert words in there
    far = client.get(page, {"maniere": "video"})
    assert "Bordeaux" not in text(far)
    assert 'name="mode" value="video"' in far.content.decode()
    moment = next(one.starts_at for one in slots_of(advisor, "first_interview") if "video" in one.modes)
    facts = {"slot": moment.isoformat(), "mode": "video"}
    assert client.post(f"{page}?maniere=video", facts).status_code == 302
    assert [one.mode for one in Meeting.objects.all()] == ["video"]
    assert "Comptez" not in text(client.get(page)), "an interview that is moved keeps its way"
    followed = client.get(reverse("entrepreneurs:application", args=[key]))
    assert 'href="https://visio.exemple.fr/helene"' in followed.content.decode()
    assert "Bordeaux" not in text(followed)
