"""Joining a place from its public page, and what a member finds of it afterwards (COW-10, COW-12 to 14)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.models import OutgoingEmail
from cae.core.periods import Month
from coworking.models import Member, Pass, Place, Presence, SignUp, Subscription
from coworking.selectors.member_data import held_of_members
from coworking.selectors.member_search import find_members
from coworking.selectors.members import days_used, units_for
from coworking.services.signup_mails import RECEIVED
from coworking.services.signups import KEPT, erase_refused
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.states.members import MemberOrigin, PlanKind
from people.models import Person
from people.states import RoleKind
from tests.factories.coworking_members import HOME, make_member, make_plan, place_that_sells
from tests.factories.invoicing import SIRENS
from tests.factories.people import OrganisationFactory, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def place() -> Place:
    cache.clear()
    return place_that_sells(charter="Laissez la cuisine propre.")


@pytest.fixture
def facilitator(place: Place) -> Client:
    return client_of(make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope))


def at(name: str, *keys: Any) -> str:
    return reverse(f"coworking:{name}", args=keys)


def typed(chosen: Any, **more: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=3)
    return {
        "form_key": str(uuid.uuid4()),
        "plan": chosen.pk,
        "starts_on": day.isoformat(),
        "first_name": "Lucie",
        "last_name": "Garat",
        "email": "lucie@exemple.fr",
        "payment": "transfer",
        "has_charter": "on",
        **HOME,
    } | more


def test_anybody_asks_and_the_team_accepts(place: Place, facilitator: Client) -> None:
    plan, url = make_plan(place, own="90.00", other="140.00"), at("join", place.slug)
    make_plan(place, name="Interne", is_public=False)
    visitor = Client()
    page = text(visitor.get(url))
    assert "90,00 €" in page
    assert "140,00 €" in page
    assert "Interne" not in page
    week = make_plan(place, kind=PlanKind.WEEK, days_a_week=2)
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    for wrong, sentence in (
        ({"has_charter": ""}, "Lisez les règles du lieu et acceptez-les."),
        ({"starts_on": past}, "Choisissez un jour à venir, d’ici un an."),
        ({"siren": "123"}, "Ce numéro SIREN n’existe pas"),
        ({"plan": week.pk}, "Choisissez 2 jours de la semaine."),
    ):
        answer = visitor.post(url, typed(plan, **wrong))
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert 'value="Garat"' in answer.content.decode()
    assert not SignUp.objects.exists()
    form = typed(plan)
    for _twice in range(2):
        assert visitor.post(url, form).status_code == 302
    row = SignUp.objects.get()
    assert not Person.objects.filter(last_name="Garat").exists()
    # A stranger reads the same words whether the address waits here or not; the address is told.
    again = visitor.post(url, typed(plan))
    assert (again.status_code, again["Location"]) == (302, at("join_sent", place.slug))
    assert SignUp.objects.count() == 1
    assert OutgoingEmail.objects.filter(to="lucie@exemple.fr", cause=RECEIVED).count() == 2
    assert visitor.get(at("join_sent", place.slug)).status_code == 200
    assert visitor.get(at("signup", row.pk)).status_code == 302
    assert "1 demande d’adhésion attend une réponse" in text(facilitator.get(at("members", place.pk)))
    assert "Lucie Garat" in text(facilitator.get(at("signups", place.pk)))
    assert "lucie@exemple.fr" in text(facilitator.get(at("signup", row.pk)))
    assert facilitator.get(at("signup_accept", row.pk)).status_code == 200
    assert facilitator.post(at("signup_accept", row.pk), {"origin": "outside"}).status_code == 302
    row.refresh_from_db()
    member = Member.objects.get()
    assert (row.state, row.member, member.charter_on) == ("accepted", member, timezone.localdate())
    assert Subscription.objects.get().plan == plan
    assert "acceptée" in OutgoingEmail.objects.filter(to="lucie@exemple.fr").latest("pk").text
    assert facilitator.post(at("signup_accept", row.pk), {"origin": "outside"}).status_code in (302, 422)
    assert Member.objects.count() == 1
    # A place that is closed or has no page has no such form.
    Place.objects.filter(pk=place.pk).update(is_public=False)
    assert visitor.get(url).status_code == 404


def test_a_pass_is_asked_refused_or_accepted(place: Place, facilitator: Client) -> None:
    ten = make_plan(place, kind=PlanKind.PASS, units=10, valid_days=90)
    account = make_user(RoleKind.ENTREPRENEUR, **HOME)
    client = client_of(account)
    assert f'value="{account.person.last_name}"' in client.get(at("join", place.slug)).content.decode()  # type: ignore[union-attr]
    client.post(at("join", place.slug), typed(ten))
    row = SignUp.objects.get()
    assert row.person == account.person
    assert facilitator.get(at("signup_refuse", row.pk)).status_code == 200
    assert facilitator.post(at("signup_refuse", row.pk), {"reason": " "}).status_code == 422
    facilitator.post(at("signup_refuse", row.pk), {"reason": "Complet jusqu’en mai"})
    assert "Complet jusqu’en mai" in OutgoingEmail.objects.latest("pk").text
    later = timezone.now() + KEPT + timedelta(days=1)
    assert erase_refused(now=timezone.now()) == 0
    assert erase_refused(now=later) == 1
    client.post(at("join", place.slug), typed(ten))
    facilitator.post(at("signup_accept", SignUp.objects.get().pk), {"origin": "outside"})
    sold = Pass.objects.get()
    assert (sold.member.person, sold.left) == (account.person, 10)


def test_one_finds_what_one_holds_and_the_certificate_of_a_month(place: Place) -> None:
    employer = OrganisationFactory.create(siren=SIRENS[0], **HOME)
    user, lead = make_user(), make_user()
    assert user.person is not None
    member = make_member(place, user.person, origin=MemberOrigin.REMOTE, organisation=employer)
    make_member(place, lead.person, origin=MemberOrigin.REMOTE, organisation=employer, leads=True)
    payer = make_member(place).payer
    plan = make_plan(place, name="Télétravail")
    row = hold_plan(
        member,
        data=SubscriptionData(plan, timezone.localdate() - timedelta(days=60)),
        form_key=uuid.uuid4(),
        actor=None,
        payer=payer,
    )
    at_nine = timezone.now().replace(day=1, hour=9, minute=0) - timedelta(days=3)
    Presence.objects.create(
        place=place,
        person=user.person,
        member=member,
        way="door",
        arrived_at=at_nine,
        left_at=at_nine + timedelta(hours=7),
    )
    month = Month.of(at_nine.date())
    assert days_used(member, month) == 1
    assert (units_for(3, "day"), units_for(3, "half_day"), units_for(1, "hour")) == (3, 6, 8)
    client = client_of(user)
    page = text(client.get(at("own_places")))
    assert "Télétravail" in page
    assert "Règles du lieu à accepter" in page
    url = at("presence_certificate", member.pk, month)
    for reader in (client, client_of(lead)):
        answer = reader.get(url)
        assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    stranger = make_user(**HOME)
    make_member(place, stranger.person)
    assert client_of(stranger).get(url).status_code == 403
    runs = client_of(make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope))
    assert at("member_presence", member.pk, month) in runs.get(at("member", member.pk)).content.decode()
    assert runs.get(at("member_presence", member.pk, month)).content[:4] == b"%PDF"
    assert client.get(at("member_presence", member.pk, month)).status_code == 403
    assert client.get(at("presence_certificate", member.pk, "1999-01")).status_code == 404
    assert client.get(at("presence_certificate", member.pk, "never")).status_code == 404
    client.post(at("own_charter", member.pk))
    assert client_of(stranger).post(at("own_end", row.pk)).status_code == 404
    assert "la fin est au" in text(client.get(at("own_end", row.pk)))
    client.post(at("own_end", row.pk), {"reason": "Retour au bureau"})
    for one in (row, member):
        one.refresh_from_db()
    assert (row.end_reason, row.ending_asked_on) == ("Retour au bureau", timezone.localdate())
    assert member.charter_on == timezone.localdate()
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(at("own_places")).status_code == 403
    held = {one.label: one.rows for one in held_of_members(user.person, None)}
    assert held["Abonnements à un lieu"][0][0] == "Télétravail"
    facilitator = make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope)
    other = make_user(RoleKind.PLACE_FACILITATOR, scope=place_that_sells().scope)
    name = user.person.last_name
    assert [hit.label for hit in find_members(facilitator, name, 5)] == [str(user.person)]
    assert not list(find_members(other, name, 5))
    assert not list(find_members(user, name, 5))
    assert list(find_members(make_user(RoleKind.ACCOUNTANT), name, 5))
