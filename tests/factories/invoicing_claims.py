"""Vehicles, trips and checked claims, built by the services."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from accounting.services.payment_batches import prepare_batch, settle_batch
from cae.core.periods import after_months
from entrepreneurs.models import Activity
from invoicing.models import Customer, ExpenseAdvance, ExpenseClaim, MileageScale, MileageTrip, Vehicle
from invoicing.selectors.claim_checks import order_of
from invoicing.services.advances import AdvanceContent, ask_advance, grant_advance
from invoicing.services.claim_approving import approve_and_pay
from invoicing.services.claim_lines import approve_line
from invoicing.services.claiming import submit_claim
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.services.mileage import TripContent, keep_favourite, record_trip
from invoicing.services.vehicles import PaperContent, VehicleContent, add_vehicle, bring_paper
from invoicing.states.claims import VehicleKind, VehiclePaperKind
from people.models import Person, User
from people.selectors.banks import bank_of
from people.services.banks import confirm_bank, propose_bank
from people.states import RoleKind
from tests.factories.invoicing_expenses import DAY, content, expense, picture, voucher
from tests.factories.kernel import make_cooperative
from tests.factories.payments import IBAN, make_cash, release
from tests.factories.people import make_user

# Each picture is another file.
_SHADES = count(300)
PAID_ON = date(2026, 11, 13)
NOW = datetime(2026, 11, 12, 15, tzinfo=timezone.get_default_timezone())
AT = datetime(2026, 1, 5, 9, tzinfo=timezone.get_default_timezone())


def car(user: User, *, papers: bool = True, **details: Any) -> Vehicle:
    """A car of 4 CV, with papers that cover the year."""
    values: dict[str, Any] = {"label": "Kangoo", "kind": VehicleKind.CAR, "plate": "AB-123-CD", "power": 4}
    said = VehicleContent(**values | details)
    vehicle = add_vehicle(_person(user), content=said, today=DAY, actor=user)
    if papers:
        registration(vehicle, user)
        insurance(vehicle, user)
    return vehicle


def registration(vehicle: Vehicle, user: User) -> None:
    paper = PaperContent(VehiclePaperKind.REGISTRATION, picture(1), "carte-grise.jpg")
    bring_paper(vehicle, paper=paper, at=AT, actor=user)


def insurance(
    vehicle: Vehicle, user: User, start: date = date(2025, 1, 1), end: date = date(2099, 12, 31)
) -> None:
    paper = PaperContent(VehiclePaperKind.INSURANCE, picture(2), "assurance.jpg", start, end, True)
    bring_paper(vehicle, paper=paper, at=AT, actor=user)


def drive(vehicle: Vehicle, km: str = "30", **details: Any) -> TripContent:
    values: dict[str, Any] = {
        "on": DAY,
        "start": "Lyon",
        "arrival": "Vienne",
        "purpose": "Chantier Martin",
    }
    return TripContent(vehicle=vehicle, km=Decimal(km), **values | details)


def trip(
    user: User,
    activity: Activity,
    vehicle: Vehicle,
    km: str = "30",
    *,
    today: date | None = None,
    **details: Any,
) -> MileageTrip:
    said = drive(vehicle, km, **details)
    return record_trip(
        _person(user),
        activity,
        content=said,
        form_key=uuid.uuid4(),
        today=today or max(DAY, said.on),
        actor=user,
    )


def _person(user: User) -> Person:
    assert user.person is not None
    return user.person


def submitted(user: User, activity: Activity, *lines: ExpenseContent) -> ExpenseClaim:
    """A claim handed over, each line with its receipt unless it says why not."""
    made = [
        expense(user, activity, said if said.voucher or said.missing_reason else _proved(user, said))
        for said in lines or (content(),)
    ]
    return submit_claim(made[0].claim, actor=user, on=DAY)


def approved(claim: ExpenseClaim, checker: User, *, deduct: bool = True, on: date = DAY) -> ExpenseClaim:
    """Every line accepted, the claim approved and its refund planned when it can be."""
    for line in claim.lines.all():
        approve_line(line, seen=True, actor=checker, today=on)
    return approve_and_pay(claim, deduct=deduct, actor=checker, on=on)


def banked(user: User) -> None:
    """Bank details that somebody else confirmed."""
    person = _person(user)
    row = propose_bank(person, holder=str(person), iban=IBAN, actor=user)
    confirm_bank(row, actor=make_user(RoleKind.ACCOUNTANT))


def pay(source: ExpenseClaim | ExpenseAdvance) -> None:
    """The bank paid it: the cash was there, a lot was prepared by one and released by another."""
    make_cooperative()
    order = order_of(source)
    assert order is not None
    make_cash(order.section, "5000.00")
    batch = prepare_batch(
        [order.pk],
        execution_on=PAID_ON,
        form_key=uuid.uuid4(),
        actor=make_user(RoleKind.ACCOUNTANT),
        today=DAY,
    )
    released = release(batch, at=NOW)
    settle_batch(released, on=PAID_ON, actor=make_user(RoleKind.ACCOUNTANT), today=PAID_ON)


def given_advance(user: User, activity: Activity, amount: str = "50.00") -> ExpenseAdvance:
    """An advance asked, granted and paid."""
    said = AdvanceContent(Decimal(amount), "Salon de Vienne", DAY)
    asked = ask_advance(_person(user), activity, content=said, form_key=uuid.uuid4(), today=DAY, actor=user)
    if bank_of(_person(user)) is None:
        banked(user)
    pay(grant_advance(asked, actor=make_user(RoleKind.ACCOUNTANT), on=DAY))
    asked.refresh_from_db()
    return asked


def _proved(user: User, said: ExpenseContent) -> ExpenseContent:
    """With a receipt that nobody else has."""
    return replace(said, voucher=voucher(user, content=picture(next(_SHADES), form="PNG")))


def driven(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """What the walk shows of mileage, of the check of claims and of advances."""
    user, today = users["seller"], timezone.localdate()
    vehicle = car(user, plate="WA-111-LK")
    made = trip(user, activity, vehicle, "30", on=today, today=today, returns=True)
    keep_favourite(made, actor=user)
    person = _person(user)
    asked = ask_advance(
        person,
        activity,
        content=AdvanceContent(Decimal("280.00"), "Salon de Vienne", today),
        form_key=uuid.uuid4(),
        today=today,
        actor=user,
    )
    customer = Customer.objects.active().filter(activity=activity).first()
    return {
        "vehicle": vehicle,
        "trip": made,
        "favourite_trip": person.favourite_trips.get(),
        "advance": asked,
        "claim_to_check": _handed(user, activity, today, months=1),
        "claim_approved": approved(
            _handed(user, activity, today, months=2, customer=customer), users["accountant"], on=today
        ),
        "mileage_scale": MileageScale.objects.latest("year", "version"),
    }


def _handed(user: User, activity: Activity, today: date, *, months: int, **details: Any) -> ExpenseClaim:
    """A claim of so many months ago, handed over."""
    day = after_months(today.replace(day=1), -months)
    said = _proved(user, content(on=day, gross=f"{months + 20}.00", **details))
    line = expense(user, activity, said, today=day)
    return submit_claim(line.claim, actor=user, on=today)
