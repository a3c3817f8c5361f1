"""The agenda for anybody, and registering by its pages: status, rights, refusals at their field."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.models import OutgoingEmail
from coworking.models import Event, Question, Registration, Satisfaction
from coworking.services.event_questions import publish_question
from coworking.services.events import cancel_event
from coworking.services.registration_mails import CONFIRMED, LINK
from coworking.states.events import Attendance, Audience
from coworking.views.event_frame import MOST_REGISTERED
from people.states import RoleKind
from tests.factories.coworking_events import a_place, a_registration, an_event, came, over
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db
NINA = {"first_name": "Nina", "last_name": "Roche", "email": "nina@exemple.fr"}


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


def link_in(cause: str, to: str = "nina@exemple.fr") -> str:
    mail = OutgoingEmail.objects.filter(cause=cause, to=to).latest("pk")
    found = re.search(r"/inscription/[\w-]+/", mail.text)
    assert found is not None
    return found[0]


def test_anybody_reads_what_comes_by_list_by_month_and_as_a_calendar() -> None:
    place = a_place()
    breakfast = an_event("petit-dejeuner", place=place, title="Café du mardi")
    an_event(title="Pour les membres", audience=Audience.MEMBERS)
    an_event(title="Brouillon", published=False)
    gone = cancel_event(an_event(title="Annulé"), reason="Neige", now=timezone.now(), actor=None)
    visitor, member = Client(), client_of(make_user(RoleKind.ENTREPRENEUR))
    page = visitor.get(reverse("coworking:agenda")).content.decode()
    assert "Café du mardi" in page
    assert "Pour les membres" not in page
    assert "Brouillon" not in page
    assert "Pour les membres" in member.get(reverse("coworking:agenda")).content.decode()
    only = visitor.get(reverse("coworking:agenda"), {"genre": "petit-dejeuner", "lieu": place.slug})
    assert "Café du mardi" in only.content.decode()
    assert (
        "Annulé" not in visitor.get(reverse("coworking:agenda"), {"genre": "petit-dejeuner"}).content.decode()
    )
    month = f"{timezone.localtime(breakfast.starts_at):%Y-%m}"
    assert "Café du mardi" in visitor.get(reverse("coworking:agenda_month", args=[month])).content.decode()
    assert visitor.get(reverse("coworking:agenda_month", args=["2026-13"])).status_code == 404
    feed = visitor.get(reverse("coworking:agenda_feed")).content.decode()
    assert "SUMMARY:Café du mardi" in feed
    assert "Pour les membres" not in feed
    assert "STATUS:CANCELLED" in feed
    assert "Neige" in visitor.get(gone.public_url).content.decode()
    closed = Event.objects.get(title="Pour les membres")
    assert visitor.get(closed.public_url).status_code == 404
    assert member.get(closed.public_url).status_code == 200
    draft = Event.objects.get(title="Brouillon")
    assert member.get(draft.public_url).status_code == 404


def test_a_visitor_registers_changes_and_cancels_by_the_link_of_the_mail() -> None:
    event, visitor = an_event(guests_most=2, capacity=4), Client()
    address = reverse("coworking:registration_new", args=[event.slug]) + "?de=affiche"
    wrong = visitor.post(address, NINA | {"guests": "3", "phone": "06 11 22 33 44"})
    assert wrong.status_code == 422
    assert "06 11 22 33 44" in wrong.content.decode()
    done = visitor.post(address, NINA | {"guests": "1"})
    assert done.url == reverse("coworking:registration_sent", args=[event.slug])
    row = Registration.objects.get()
    assert (row.guests, row.source, row.person) == (1, "affiche", None)
    # The same address is told nothing more than a new one; its link leaves again.
    again = visitor.post(address, NINA | {"email": "NINA@exemple.fr", "guests": "0"})
    assert again.url == done.url
    assert Registration.objects.count() == 1
    assert link_in(LINK)
    page = link_in(CONFIRMED)
    assert "Nina Roche" in visitor.get(page).content.decode()
    assert visitor.get(page)["Referrer-Policy"] == "same-origin"
    many = visitor.post(f"{page}changer/", {**NINA, "guests": "3", "version": "1"})
    assert many.status_code == 422
    kept = visitor.post(
        f"{page}changer/", {**NINA, "email": "autre@exemple.fr", "guests": "2", "version": "1"}
    )
    assert kept.status_code == 302
    row.refresh_from_db()
    assert (row.guests, row.email) == (2, "nina@exemple.fr")
    stale = visitor.post(f"{page}changer/", {**NINA, "guests": "0", "version": "1"})
    assert "entre-temps" in stale.content.decode()
    assert visitor.post(f"{page}annuler/").status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert "plus en cours" in visitor.get(page).content.decode()
    lost = visitor.get("/inscription/nimporte-quoi/")
    assert lost.status_code == 404
    assert "n’existe pas" in lost.content.decode()
    # Its number opens it to nobody else.
    assert visitor.get(row.get_absolute_url()).status_code == 302
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(row.get_absolute_url()).status_code == 404


def test_a_machine_that_registers_without_end_is_stopped() -> None:
    event, visitor = an_event(), Client()
    address = reverse("coworking:registration_new", args=[event.slug])
    for number in range(MOST_REGISTERED):
        visitor.post(address, NINA | {"email": f"n{number}@exemple.fr"})
    last = visitor.post(address, NINA)
    assert last.status_code == 429
    assert "Trop d’essais" in last.content.decode()
    assert Registration.objects.count() == MOST_REGISTERED


def test_one_tap_registers_an_account_to_a_light_event() -> None:
    event, user = an_event("petit-dejeuner", capacity=1), make_user(RoleKind.ENTREPRENEUR)
    member = client_of(user)
    address = reverse("coworking:registration_light", args=[event.slug])
    assert Client().post(address).status_code == 302
    assert not Registration.objects.exists()
    assert "Je viens" in member.get(event.public_url).content.decode()
    answer = member.post(address, follow=True)
    assert "Vous êtes inscrit·e" in answer.content.decode()
    row = Registration.objects.get()
    assert (row.person, row.email) == (user.person, user.email)
    assert "déjà inscrite" in member.post(address, follow=True).content.decode()
    other = client_of(make_user(RoleKind.ENTREPRENEUR)).post(address, follow=True)
    assert "liste d’attente" in other.content.decode()
    assert event.title in member.get(reverse("coworking:own_registrations")).content.decode()


def test_one_says_at_the_door_that_one_is_there() -> None:
    now = timezone.now()
    event = an_event(starts_at=now + timedelta(minutes=20))
    row = a_registration(event)
    visitor, address = Client(), reverse("coworking:event_door", args=[event.door_key])
    unknown = visitor.post(address, {"email": "autre@exemple.fr"})
    assert unknown.status_code == 422
    assert "n’est pas inscrite" in unknown.content.decode()
    assert "Votre présence est notée" in visitor.post(address, {"email": row.email}).content.decode()
    row.refresh_from_db()
    assert (row.attendance, row.noted_how) == (Attendance.PRESENT, "oneself")
    assert "déjà noté" in visitor.post(address, {"email": row.email}).content.decode()
    far = an_event(title="Plus tard")
    early = a_registration(far)
    closed = visitor.post(reverse("coworking:event_door", args=[far.door_key]), {"email": early.email})
    assert "pas ouvert" in closed.content.decode()
    assert visitor.get(reverse("coworking:event_door", args=["nul"])).status_code == 404


def test_after_it_one_has_a_certificate_and_says_what_one_thought() -> None:
    make_cooperative()
    user = make_user(RoleKind.ENTREPRENEUR)
    event = an_event()
    row = a_registration(event, person=user.person)
    page, member = row.get_absolute_url(), client_of(user)
    assert member.get(f"{page}attestation.pdf").status_code == 404
    over(event)
    came(row)
    pdf = member.get(f"{page}attestation.pdf")
    assert pdf.content[:5] == b"%PDF-"
    wrong = member.post(f"{page}faire/", {"do": "satisfaction", "mark": "9", "text": "Très vivant"})
    assert wrong.status_code == 422
    assert "Très vivant" in wrong.content.decode()
    member.post(f"{page}faire/", {"do": "satisfaction", "mark": "4", "comes_again": "yes", "text": ""})
    said = Satisfaction.objects.get()
    assert (said.mark, said.comes_again) == (4, True)


def test_those_who_come_ask_and_vote_before() -> None:
    event = an_event("conference-inversee")
    ana, ben = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    asks, votes = (
        a_registration(event, person=ana.person),
        a_registration(event, "Ben Deux", person=ben.person),
    )
    first, second = client_of(ana), client_of(ben)
    wrong = first.post(f"{asks.get_absolute_url()}faire/", {"do": "ask", "text": " "})
    assert wrong.status_code == 422
    first.post(f"{asks.get_absolute_url()}faire/", {"do": "ask", "text": "Que devient le capital ?"})
    question = Question.objects.get()
    assert "Que devient le capital" not in Client().get(event.public_url).content.decode()
    sent = {"do": "vote", "question": question.pk}
    assert (
        "pas soumise au vote"
        in second.post(f"{votes.get_absolute_url()}faire/", sent, follow=True).content.decode()
    )
    publish_question(question, actor=None)
    assert "Que devient le capital" in Client().get(event.public_url).content.decode()
    assert (
        "C’est votre question"
        in first.post(f"{asks.get_absolute_url()}faire/", sent, follow=True).content.decode()
    )
    second.post(f"{votes.get_absolute_url()}faire/", sent)
    assert question.votes.count() == 1
    second.post(f"{votes.get_absolute_url()}faire/", sent)
    assert question.votes.count() == 0
