"""Places that sell, those who work there and what they hold, made by the services where there are some."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cae.core.periods import Month
from coworking.models import Charge, Member, Payer, Place, Plan, PlanPrice
from coworking.services.absences import free_desk
from coworking.services.billing import prepare_month
from coworking.services.charges import make_charge
from coworking.services.passes import sell_pass
from coworking.services.pauses import pause_subscription
from coworking.services.payers import payer_of_person
from coworking.services.plans import AllowanceData, set_allowance
from coworking.services.resources import ResourceData, add_resource
from coworking.services.signups import SignUpData, ask_to_join
from coworking.services.subscriptions import SubscriptionData, ask_subscription, hold_plan
from coworking.states.members import ChargeKind, MemberOrigin, PlanKind
from coworking.states.places import PlaceState, ResourceKind, ZoneKind
from invoicing.states.sales import PaymentMode
from people.models import Person
from people.services.scopes import open_scope
from people.states import ScopeKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_person

_serial = count(1)
HOME = {"address_line": "3 rue des Tilleuls", "postcode": "33190", "city": "La Réole"}


def place_that_sells(name: str = "", **details: Any) -> Place:
    """An open place whose activity makes its invoices."""
    make_cooperative()
    number = next(_serial)
    name = name or f"Lieu {number}"
    values = {
        "name": name,
        "slug": f"lieu-vend-{number}",
        "zone": ZoneKind.RURAL,
        "state": PlaceState.OPEN,
        "opened_on": BEGINNING,
        "door_key": f"door-sells-{number}",
        "kiosk_key": f"kiosk-sells-{number}",
        "wall_key": f"wall-sells-{number}",
    } | details
    values.setdefault("scope", open_scope(ScopeKind.PLACE, label=name, actor=None))
    if "activity" not in values:
        values["activity"] = make_activity(name=name)
    return Place.objects.create(**values)


def neighbour(**fields: Any) -> Person:
    """Somebody with a postal address: who may be invoiced."""
    return make_person(**HOME | fields)


def make_member(place: Place, person: Person | None = None, **details: Any) -> Member:
    """Somebody who works there since the beginning, from outside and for oneself unless said otherwise."""
    person = person or neighbour()
    values: dict[str, Any] = {"origin": MemberOrigin.OUTSIDE, "starts_on": BEGINNING} | details
    if "payer" not in values and values["origin"] == MemberOrigin.OUTSIDE:
        values["payer"] = payer_of_person(place, person, actor=None)
    return Member.objects.create(place=place, person=person, **values)


def make_plan(
    place: Place, name: str = "", *, own: str = "100.00", other: str = "150.00", **details: Any
) -> Plan:
    """A plan on sale since the beginning, at these prices."""
    values: dict[str, Any] = {"kind": PlanKind.RESIDENT, "name": name or f"Formule {next(_serial)}"} | details
    plan = Plan.objects.create(place=place, **values)
    PlanPrice.objects.create(plan=plan, starts_on=BEGINNING, own=Decimal(own), other=Decimal(other))
    return plan


def owed(payer: Payer, amount: str = "12.00", *, day: date = date(2026, 3, 10), **details: Any) -> Charge:
    """One amount due."""
    values: dict[str, Any] = {"kind": ChargeKind.BOOKING, "label": "Salle, 1 h"} | details
    return make_charge(payer, day=day, amount=Decimal(amount), actor=None, **values)


def held_in_a_place(person: Person | None = None) -> dict[str, Any]:
    """A place at work: what it sells, a member with what they hold, a request, a month computed."""
    today = timezone.localdate()
    place = place_that_sells(charter="Chacun range ce qu’il utilise.")
    person = person or neighbour()
    if not person.address_line:
        Person.objects.filter(pk=person.pk).update(**HOME)
        person.refresh_from_db()
    member = make_member(place, person)
    plan = make_plan(place, "Poste résident", deposit=Decimal("150.00"))
    sold = make_plan(place, "Carnet de dix jours", kind=PlanKind.PASS, units=10, valid_days=90)
    desk = add_resource(
        place, kind=ResourceKind.DESK, data=ResourceData(name="Poste de la cour"), units=1, actor=None
    )
    room = AllowanceData("room", units=Decimal(4), beyond=Decimal(8))
    allowance = set_allowance(plan, data=room, actor=None)
    held = hold_plan(
        member,
        data=SubscriptionData(plan, today - timedelta(days=50), unit=desk.units.get()),
        form_key=uuid4(),
        actor=None,
    )
    off = today - timedelta(days=20)
    pause = pause_subscription(held, starts_on=off, ends_on=off + timedelta(days=3), actor=None)
    away = today + timedelta(days=5)
    absence = free_desk(held, starts_on=away, ends_on=away, actor=None, now=timezone.now())
    bought = sell_pass(member, plan=sold, on=today, form_key=uuid4(), actor=None)
    asked = ask_subscription(
        make_member(place), data=SubscriptionData(plan, today), form_key=uuid4(), actor=None
    )
    signup = ask_to_join(
        place,
        data=SignUpData(
            plan, today, "Nour", "Haddad", "nour@exemple.fr", PaymentMode.TRANSFER, has_charter=True, **HOME
        ),
        form_key=uuid4(),
        now=timezone.now(),
        actor=None,
    )
    month = Month.of(today).previous()
    run = prepare_month(place, month, today=today, actor=None)
    assert held.payer is not None
    return {
        "place": place,
        "member": member,
        "plan": plan,
        "pass_plan": sold,
        "allowance": allowance,
        "held": held,
        "pause": pause,
        "absence": absence,
        "pass": bought,
        "asked": asked,
        "deposit": held.deposit,
        "signup": signup,
        "run": run,
        "month": str(month),
        "charge": owed(held.payer, day=month.first),
    }
