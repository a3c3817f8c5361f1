"""A place with something of each kind: what its pages name, for the walk of the addresses and for
strangers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from coworking.calculations.hours import whole_days
from coworking.models import Place
from coworking.selectors.opening import ZONE
from coworking.services.agreements import AgreementData, Paper, sign_agreement
from coworking.services.faults import ClearanceData, give_clearance, tell_fault
from coworking.services.hours import ClosureData, close_over
from coworking.services.keys import ItemData, LoanData, add_item, lend
from coworking.services.photos import add_photo
from coworking.services.premises import CostData, TenancyData, let_in, share_cost
from coworking.services.presences import arrive
from coworking.services.visitors import VisitorData, announce
from coworking.states.days import ArrivalWay
from coworking.states.places import AccessKind, ResourceKind
from people.models import User
from tests.factories.coworking import make_place, make_resource
from tests.factories.people import OrganisationFactory

LONG = "Salle commune intercommunale des métiers d’art et des circuits courts du Haut-Pays de Chalosse"


def held_in_places(user: User, place: Place | None = None) -> dict[str, Any]:
    """What this account has in a place: trained for a machine, a key in hand, premises shared, a fault told;
    and what the place itself has."""
    person = user.person
    assert person is not None
    today = timezone.localdate()
    place = place or make_place(LONG[:80], city="Hagetmau", charter=LONG, access=LONG)
    prices = {"hour": "10", "other_day": "90"}
    machine = make_resource(place, ResourceKind.MACHINE, LONG[:80], needs_training=True, prices=prices)
    make_resource(place, ResourceKind.DESK, units=3)
    span = whole_days(today + timedelta(days=40), today + timedelta(days=44), ZONE)
    item = add_item(place, data=ItemData(AccessKind.KEY, "Clé 12", LONG, Decimal(30)), actor=None)
    lend(item, data=LoanData(person, today - timedelta(days=9), today - timedelta(days=2)), actor=None)
    spare = add_item(place, data=ItemData(AccessKind.BADGE, "Badge 1"), actor=None)
    tenancy = let_in(place, data=TenancyData(_ago(300), 24, person=person, rooms=LONG), actor=None)
    host = OrganisationFactory.create(name=LONG)
    now = timezone.now()
    presence = arrive(place, person, way=ArrivalWay.DOOR, actor=user, now=now)
    visit = VisitorData(LONG, firm=LONG[:120], host=person)
    agreement = AgreementData(host, _ago(300), audience=LONG, price_excl_tax=Decimal(150))
    return {
        "place": place,
        "resource": machine,
        "closure": close_over(place, data=ClosureData(span.starts, span.ends, "Congés"), actor=None),
        "clearance": give_clearance(machine, data=ClearanceData(person, _ago(9)), actor=None),
        "fault": tell_fault(machine, text=LONG, actor=user),
        "loan": item.loans.get(),
        "spare": spare,
        "tenancy": tenancy,
        "cost": share_cost(place, data=CostData("Énergie", Decimal(100), _ago(60), _ago(31)), actor=None),
        "agreement": sign_agreement(
            place, data=agreement, paper=Paper(b"%PDF-1.7 convention", "convention.pdf"), actor=None
        ),
        "presence": presence,
        "visitor": announce(place, data=visit, expected_at=now, actor=None, now=now),
        "photo": add_photo(place, content=green(), text="La cour", actor=None),
    }


def green(side: int = 40) -> bytes:
    """A small picture."""
    drawn = BytesIO()
    Image.new("RGB", (side, side), "green").save(drawn, "PNG")
    return drawn.getvalue()


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
