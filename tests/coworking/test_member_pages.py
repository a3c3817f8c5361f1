"""Pages of members, plans and of the month: who reads them, what a refusal leaves typed (COW-09 to 15)."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.periods import Month
from coworking.models import BillingRun, Charge, Member, Place, Plan, Subscription
from coworking.services.pauses import pause_subscription
from coworking.services.plans import AllowanceData, set_allowance
from coworking.services.subscriptions import SubscriptionData, ask_subscription, hold_plan
from coworking.states.members import ChargeState, PlanKind
from invoicing.models import Invoice
from people.models import Person
from people.states import RoleKind
from tests.factories.coworking_members import make_member, make_plan, owed, place_that_sells
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def place() -> Place:
    return place_that_sells()


@pytest.fixture
def facilitator(place: Place, client: Client) -> Client:
    client.force_login(make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope))
    return client


def at(name: str, *keys: Any) -> str:
    return reverse(f"coworking:{name}", args=keys)


def test_every_page_of_a_place_opens_to_its_facilitator_alone(place: Place, facilitator: Client) -> None:
    member = make_member(place)
    plan = make_plan(place, deposit=Decimal(100))
    make_plan(place, kind=PlanKind.PASS, units=10, valid_days=90)
    set_allowance(plan, data=AllowanceData("room", units=Decimal(4), beyond=Decimal(8)), actor=None)
    held = hold_plan(member, data=SubscriptionData(plan, date(2026, 1, 1)), form_key=uuid.uuid4(), actor=None)
    pause_subscription(held, starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 9), actor=None)
    month = str(Month.of(timezone.localdate()))
    charge = owed(member.payer, day=timezone.localdate())  # type: ignore[arg-type]
    pages = {
        at("members", place.pk): "Coworkers",
        at("member_enter", place.pk): "Inscrire",
        at("member", member.pk): "reste 4 sur 4",
        at("member_change", member.pk): "Modifier",
        at("member_leave", member.pk): "Avant de partir",
        at("subscription_hold", member.pk): plan.name,
        at("pass_sell", member.pk): "Carnet",
        at("subscription", held.pk): "Dépôt de garantie",
        at("subscription_end", held.pk): "Demandée aujourd’hui",
        at("subscription_pause", held.pk): "pause",
        at("subscription_change", held.pk): "formule",
        at("deposit_act", held.deposit.pk, "receive"): "Noter reçu",
        at("plans", place.pk): plan.name,
        at("plan_open", place.pk): "Ajouter",
        at("plan", plan.pk): "En vigueur",
        at("plan_change", plan.pk): "Modifier",
        at("plan_price", plan.pk): "Prix",
        at("plan_include", plan.pk): "comprend",
        at("billing_list", place.pk): "Facturation",
        at("billing", place.pk, month): charge.label,
        at("charge_add", place.pk): "Ajouter",
        at("charge_act", charge.pk, "hold"): "Retenir",
    }
    stranger, other = Client(), Client()
    stranger.force_login(make_user(RoleKind.ENTREPRENEUR))
    other.force_login(make_user(RoleKind.PLACE_FACILITATOR, scope=place_that_sells().scope))
    for url, words in pages.items():
        page = facilitator.get(url)
        assert page.status_code == 200, url
        assert words in page.content.decode(), url
        assert stranger.get(url).status_code == 403, url
        assert other.get(url).status_code == 403, url
    assert facilitator.get(at("charge_act", charge.pk, "sell")).status_code == 404
    assert facilitator.get(at("deposit_act", held.deposit.pk, "sell")).status_code == 404
    assert facilitator.get(at("billing", place.pk, "2026-13")).status_code == 404
    csv = facilitator.get(at("members", place.pk), {"export": "csv", "when": "now"}).content.decode()
    assert str(member.person) in csv
    assert facilitator.get(at("members", place.pk), {"when": "gone"}).content.decode().count(str(member)) == 0
    accountant = Client()
    accountant.force_login(make_user(RoleKind.ACCOUNTANT))
    assert accountant.get(at("billing", place.pk, month)).status_code == 200
    assert accountant.get(at("member_enter", place.pk)).status_code == 403


def test_a_newcomer_is_entered_once_and_a_refusal_keeps_what_was_typed(
    place: Place, facilitator: Client
) -> None:
    typed = {
        "form_key": str(uuid.uuid4()),
        "first_name": "Odile",
        "last_name": "Marchais",
        "origin": "outside",
        "starts_on": "2026-03-01",
    }
    page = facilitator.post(at("member_enter", place.pk), typed)
    assert page.status_code == 422
    assert "ne peut pas encore payer ce lieu" in page.content.decode()
    assert 'value="Marchais"' in page.content.decode()
    assert not Member.objects.exists()
    assert not Person.objects.filter(last_name="Marchais").exists()
    whole = typed | {"address_line": "2 rue du Port", "postcode": "33190", "city": "La Réole"}
    assert facilitator.post(at("member_enter", place.pk), whole).status_code == 302
    member = Member.objects.get()
    assert (member.person.last_name, member.payer.customer.name) == ("Marchais", "Odile Marchais")  # type: ignore[union-attr]
    again = facilitator.post(at("member_enter", place.pk), whole)
    assert (again.status_code, Person.objects.filter(last_name="Marchais").count()) == (422, 1)
    # Held, given its notice, taken back, asked by the member, accepted or refused.
    plan = make_plan(place)
    held = {"form_key": str(uuid.uuid4()), "plan": plan.pk, "starts_on": "2026-03-01"}
    wrong = facilitator.post(at("subscription_hold", member.pk), held | {"agreed_price": "12"})
    assert "Dites pourquoi ce prix est convenu." in wrong.content.decode()
    for _twice in range(2):
        assert facilitator.post(at("subscription_hold", member.pk), held).status_code == 302
    row = Subscription.objects.get()
    facilitator.post(at("subscription_end", row.pk), {"asked_on": "2026-05-10"})
    row.refresh_from_db()
    assert row.ends_on == date(2026, 6, 30)
    facilitator.post(at("subscription_act", row.pk), {"do": "take_back_end"})
    facilitator.post(at("subscription_pause", row.pk), {"starts_on": "2026-07-01", "ends_on": "2026-07-20"})
    facilitator.post(at("pause_lift", row.pauses.get().pk))
    row.refresh_from_db()
    assert (row.ends_on, row.pauses.count()) == (None, 0)
    data = SubscriptionData(make_plan(place), date(2026, 9, 1))
    asked = ask_subscription(member, data=data, form_key=uuid.uuid4(), actor=None)
    facilitator.post(at("subscription_act", asked.pk), {"do": "accept"})
    asked.refresh_from_db()
    assert asked.state == "active"
    facilitator.post(at("member_charter", member.pk))
    member.refresh_from_db()
    assert member.charter_on == timezone.localdate()
    facilitator.post(
        at("member_change", member.pk), {"origin": "outside", "trade": "Relieuse", "version": member.version}
    )
    member.refresh_from_db()
    assert member.trade == "Relieuse"


def test_a_plan_is_put_on_sale_priced_and_withdrawn(place: Place, facilitator: Client) -> None:
    typed = {
        "kind": "pass",
        "name": "Dix jours",
        "unit": "day",
        "starts_on": "2026-01-01",
        "own": "80",
        "other": "110,50",
        "vat_code": "normal",
        "users": "1",
        "notice_months": "1",
        "notice_days": "0",
        "position": "0",
        "is_public": "on",
    }
    page = facilitator.post(at("plan_open", place.pk), typed)
    assert "Dites combien d’unités tient ce carnet" in page.content.decode()
    assert (
        facilitator.post(at("plan_open", place.pk), typed | {"units": "10", "valid_days": "90"}).status_code
        == 302
    )
    plan = Plan.objects.get()
    assert plan.prices.get().other == Decimal("110.50")
    facilitator.post(
        at("plan_price", plan.pk),
        {"starts_on": "2026-06-01", "own": "90", "other": "120", "vat_code": "normal"},
    )
    facilitator.post(
        at("plan_change", plan.pk),
        {"name": "Dix", "units": "12", "valid_days": "60", "position": "1", "version": plan.version},
    )
    facilitator.post(
        at("plan_include", plan.pk), {"resource_kind": "room", "unit": "hour", "carried_months": "0"}
    )
    facilitator.post(at("plan_exclude", plan.allowances.get().pk))
    facilitator.post(at("plan_withdraw", plan.pk))
    plan.refresh_from_db()
    assert (plan.name, plan.units, plan.prices.count(), plan.allowances.count()) == ("Dix", 12, 2, 0)
    assert plan.archived_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_month_is_billed_from_its_page(place: Place, facilitator: Client) -> None:
    month = Month.of(timezone.localdate()).previous()
    member = make_member(place)
    url = at("billing", place.pk, month)
    assert "Ce mois n’est pas encore calculé" in facilitator.get(url).content.decode()
    facilitator.post(
        at("charge_add", place.pk),
        {
            "payer": member.payer_id,
            "label": "Impressions",
            "day": month.first,
            "amount": "7,50",
            "vat_code": "normal",
        },
    )
    charge = Charge.objects.get()
    facilitator.post(at("charge_act", charge.pk, "hold"), {"reason": "À vérifier"})
    facilitator.post(at("billing_prepare", place.pk, month))
    assert "À vérifier" in facilitator.get(url).content.decode()
    said = facilitator.post(at("billing_start", place.pk, month), follow=True).content.decode()
    assert "Rien n’est à facturer pour ce mois." in said
    facilitator.post(at("charge_release", charge.pk))
    facilitator.post(at("billing_start", place.pk, month))
    charge.refresh_from_db()
    assert charge.state == ChargeState.BILLED
    assert BillingRun.objects.get().state == "done"
    assert str(Invoice.objects.get()) in facilitator.get(url).content.decode()
