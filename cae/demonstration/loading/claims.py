"""What is checked, refunded and driven in the demonstration: a claim approved, another half read, trips of
the month, an advance that waits for its answer (INV-52, INV-54, INV-56)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from cae.core.periods import Month
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population, key_of
from invoicing.models import ExpenseClaim, Vehicle
from invoicing.services.advances import AdvanceContent, ask_advance
from invoicing.services.claim_approving import approve_and_pay
from invoicing.services.claim_lines import Correction, approve_line, correct_line
from invoicing.services.mileage import TripContent, keep_favourite, record_trip
from invoicing.services.vehicles import PaperContent, VehicleContent, add_vehicle, bring_paper
from invoicing.states.claims import VehicleKind, VehiclePaperKind
from invoicing.states.expenses import ClaimState

_MAIN = "LENOIR"
# Day of the month, from, to, why, kilometres one way, there and back.
_TRIPS = (
    (1, "Mont-de-Marsan", "Dax", "Repérage au théâtre", "53.4", True),
    (2, "Mont-de-Marsan", "Bordeaux", "Rendez-vous chez l’imprimeur", "127.8", True),
    (3, "Mont-de-Marsan", "Saint-Sever", "Livraison des tirages", "17.2", True),
)


def check_spending(shops: Sequence[Shop], population: Population, *, today: date, now: datetime) -> None:
    """Does: approves the oldest claim, reads half of the next one, gives a photographer a van and the trips
    of the month. Refuses: nothing. Leaves behind: a refund to pay, a claim in the queue, an advance to
    answer."""
    shop = next(shop for shop in shops if shop.plan.code == _MAIN)
    person = population.persons[shop.plan.people[0]]
    _check(person, shop, population.accounts["accountant"], today)
    vehicle = _van(person, shop.author, today, now)
    _drive(person, shop, vehicle, today)
    ask_advance(
        person,
        shop.activity,
        content=AdvanceContent(
            Decimal("280.00"), "Salon de l’image à Arles : train et deux nuits", today + timedelta(days=9)
        ),
        form_key=key_of("advance", _MAIN),
        today=today,
        actor=shop.author,
    )


def _check(person: Any, shop: Shop, accountant: Any, today: date) -> None:
    submitted = ExpenseClaim.objects.filter(
        person=person, activity=shop.activity, state=ClaimState.SUBMITTED
    ).order_by("month")
    first, *others = submitted
    # Read a week ago: its refund is due.
    read_on = Month.of(today).previous().last
    for line in first.lines.all():
        approve_line(line, seen=True, actor=accountant, today=read_on)
    approve_and_pay(first, deduct=True, actor=accountant, on=read_on)
    for claim in others:
        lines = list(claim.lines.order_by("on", "pk"))
        approve_line(lines[0], seen=True, actor=accountant, today=today)
        correct_line(
            lines[1],
            correction=Correction(
                "Le montant dépasse le plafond.", gross=Decimal("20.70"), tax=Decimal("1.88")
            ),
            actor=accountant,
            today=today,
        )


def _van(person: Any, author: Any, today: date, now: datetime) -> Vehicle:
    content = VehicleContent("Kangoo", VehicleKind.CAR, "GA-482-LN", 5, utility=True)
    vehicle = add_vehicle(person, content=content, today=today, actor=author)
    year = date(today.year, 1, 1)
    for kind, words in (
        (VehiclePaperKind.REGISTRATION, "CERTIFICAT D’IMMATRICULATION"),
        (VehiclePaperKind.INSURANCE, "ATTESTATION D’ASSURANCE"),
    ):
        paper = PaperContent(
            kind,
            _paper(words),
            f"{kind}.jpg",
            valid_from=year,
            valid_until=date(today.year, 12, 31),
            covers_business=True,
        )
        bring_paper(vehicle, paper=paper, at=now, actor=author)
    return vehicle


def _drive(person: Any, shop: Shop, vehicle: Vehicle, today: date) -> None:
    first = Month.of(today).first
    for rank, (day, start, arrival, purpose, km, returns) in enumerate(_TRIPS):
        trip = record_trip(
            person,
            shop.activity,
            content=TripContent(
                vehicle=vehicle,
                on=min(first.replace(day=day), today),
                start=start,
                arrival=arrival,
                purpose=purpose,
                km=Decimal(km),
                returns=returns,
            ),
            form_key=key_of("trip", _MAIN, purpose),
            today=today,
            actor=shop.author,
        )
        if not rank:
            keep_favourite(trip, actor=shop.author)


def _paper(words: str) -> bytes:
    """A paper of the van, as a phone sees it."""
    sheet = Image.new("RGB", (480, 340), "#eef1f4")
    pen = ImageDraw.Draw(sheet)
    for rank, text in enumerate((words, "GA-482-LN", "SPÉCIMEN DE DÉMONSTRATION")):
        pen.text((28, 60 + rank * 70), text, fill="#2b2b2b", font=ImageFont.load_default(20))
    drawn = BytesIO()
    sheet.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()
