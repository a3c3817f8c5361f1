"""The cash that a section keeps: set, exceeded, asked by orders and pay (ACC-33)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.calculations.treasury.floors import above_floors, floor_in_force
from accounting.models import AnalyticAccount, CashFloor, FloorExcess
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.floors import floor_of, floors_of
from accounting.selectors.pay_means import means_of, payees
from accounting.selectors.payments import holds_of
from accounting.services.accounts import open_fund_section
from accounting.services.floors import allow_excess, end_excess, end_floor, set_floor
from cae.core.errors import Code
from cae.core.money import ZERO
from cae.core.settings import set_setting
from people.states import RoleKind
from tests.factories.accounting_payroll import NOVEMBER, make_salaried
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.payments import TODAY, make_batch, make_cash, make_order
from tests.factories.people import make_user
from tests.pages import client_of
from tests.refusals import refused

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
EVE = FIRST - timedelta(days=1)


def floored(section: AnalyticAccount, amount: str = "500.00", **details: Any) -> CashFloor:
    usual = {"starts_on": FIRST, "ends_on": None, "reason": "Stock du printemps", "actor": None}
    return set_floor(section, amount=Decimal(amount), **(usual | details))


def exceeded(section: AnalyticAccount, amount: str = "100.00", **details: Any) -> FloorExcess:
    usual: dict[str, Any] = {"starts_on": FIRST, "ends_on": LAST, "reason": "Gros encaissement en juillet"}
    usual |= {"actor": details.pop("actor", None) or make_user(RoleKind.CO_MANAGER)}
    return allow_excess(section, amount=Decimal(amount), **(usual | details))


@pytest.mark.parametrize(
    ("own", "excess", "floor"),
    [
        (None, None, "50.00"),
        ("200.00", None, "200.00"),
        ("0.00", None, "0.00"),
        (None, "-30.00", "-30.00"),
        ("200.00", "100.00", "100.00"),
        # The floor went down since: an excess never raises it.
        ("80.00", "100.00", "80.00"),
    ],
)
def test_an_excess_counts_only_below_the_floor(own: str | None, excess: str | None, floor: str) -> None:
    given = [None if one is None else Decimal(one) for one in (own, excess)]
    assert floor_in_force(*given, usual=Decimal("50.00")) == Decimal(floor)


def test_what_may_be_paid_is_above_the_floor() -> None:
    cash = {1: Decimal("300.00"), 2: Decimal("40.00"), 3: ZERO}
    assert above_floors(cash, {1: Decimal("100.00"), 2: Decimal("50.00"), 9: Decimal("1.00")}) == {
        1: Decimal("200.00"),
        2: Decimal("-10.00"),
        3: ZERO,
    }


@pytest.mark.django_db
def test_a_floor_is_set_replaced_exceeded_and_ended() -> None:
    section = section_of(make_activity())
    former = floored(section)
    assert [floor_of(section, day) for day in (EVE, FIRST)] == [ZERO, Decimal("500.00")]
    may = date(2026, 5, 1)
    second = floored(section, "800.00", starts_on=may, ends_on=date(2026, 8, 31))
    former.refresh_from_db()
    assert former.ends_on == date(2026, 4, 30)
    excess = exceeded(section, "-100.00")
    assert [floor_of(section, day) for day in (FIRST, LAST, date(2026, 7, 1), date(2026, 9, 1))] == [
        Decimal("-100.00"),
        Decimal("-100.00"),
        Decimal("800.00"),
        ZERO,
    ]
    end_excess(excess, ends_on=date(2026, 3, 31), actor=None)
    assert floor_of(section, date(2026, 4, 1)) == Decimal("500.00")
    # Taken back before its first day: as if it had never been, the same day is free again.
    end_floor(second, ends_on=date(2026, 4, 30), actor=None)
    assert floor_of(section, may) == ZERO
    assert floored(section, "600.00", starts_on=may).amount == floor_of(section, may)


@pytest.mark.django_db
def test_each_wrong_floor_is_refused_at_its_field() -> None:
    section = section_of(make_activity())
    floor = floored(section, ends_on=LAST)
    for details, code, field in (
        ({"amount": "-1.00"}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": "1.001"}, Code.AMOUNT_INVALID, "amount"),
        ({"reason": " "}, Code.VALUE_MISSING, "reason"),
        ({"starts_on": LAST, "ends_on": FIRST}, Code.PERIOD_INVALID, "ends_on"),
    ):
        with refused(code, field):
            floored(section, **details)  # type: ignore[arg-type]
    with refused(Code.PERIOD_INVALID, "starts_on", "01/03/2026"):
        floored(section, starts_on=FIRST)
    with refused(Code.VALUE_INVALID, "section"):
        floored(shared_section())
    for day in (EVE - timedelta(days=1), LAST + timedelta(days=1)):
        with refused(Code.PERIOD_INVALID, "ends_on"):
            end_floor(floor, ends_on=day, actor=None)
    # One that ends before the next begins stands beside it.
    before = floored(section, starts_on=date(2026, 1, 1), ends_on=EVE)
    assert (before.ends_on, CashFloor.objects.count()) == (EVE, 2)


@pytest.mark.django_db
def test_each_wrong_excess_is_refused_at_its_field() -> None:
    section, manager = section_of(make_activity()), make_user(RoleKind.CO_MANAGER)
    floored(section)
    excess = exceeded(section, actor=manager)
    later: dict[str, Any] = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 7, 31), "actor": manager}
    for details, code, field in (
        ({}, Code.PERIOD_INVALID, "starts_on"),
        (later | {"amount": "500.00"}, Code.AMOUNT_INVALID, "amount"),
        (later | {"amount": "1.001"}, Code.AMOUNT_INVALID, "amount"),
        (later | {"reason": ""}, Code.VALUE_MISSING, "reason"),
        (later | {"ends_on": LAST}, Code.PERIOD_INVALID, "ends_on"),
    ):
        with refused(code, field):
            exceeded(section, **({"actor": manager} | details))
    with refused(Code.VALUE_INVALID, "section"):
        exceeded(shared_section(), actor=manager)
    with refused(Code.PERIOD_INVALID, "ends_on"):
        end_excess(excess, ends_on=LAST + timedelta(days=1), actor=None)
    assert exceeded(section, **later).allowed_by == manager


@pytest.mark.django_db
def test_the_database_keeps_floors_and_excesses_as_they_were_decided() -> None:
    section = section_of(make_activity())
    floor, excess = floored(section), exceeded(section)
    for row in (floor, excess):
        rows = type(row).objects.filter(pk=row.pk)
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            rows.update(amount=Decimal("1.00"))
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError, match="cash_floor_once_at_a_date"), transaction.atomic():
        CashFloor.objects.create(section=section, amount=1, starts_on=LAST, reason="Encore")
    with pytest.raises(IntegrityError, match="floor_excess_ends"), transaction.atomic():
        FloorExcess.objects.filter(pk=excess.pk).update(ends_on=None)


@pytest.mark.django_db
def test_the_usual_floor_is_a_setting_for_activities_and_funds_have_none() -> None:
    activity, fund = section_of(make_activity()), open_fund_section("Entraide", actor=None)
    own = section_of(make_activity())
    floored(own, "20.00")
    floored(fund, "30.00", starts_on=LAST)
    set_setting(
        "accounting.pay_cash_floor", value="150", valid_from=BEGINNING, actor=None, reason="Décidé en conseil"
    )
    asked = [activity, own, fund, shared_section()]
    assert floors_of(asked, FIRST) == {
        activity.pk: Decimal("150.00"),
        own.pk: Decimal("20.00"),
        fund.pk: ZERO,
    }
    assert floor_of(fund, LAST) == Decimal("30.00")
    assert floor_of(shared_section(), LAST) == ZERO
    many = [section_of(make_activity()) for _turn in range(30)]
    with CaptureQueriesContext(connection) as one:
        floors_of(asked[:1], FIRST)
    with CaptureQueriesContext(connection) as thirty:
        floors_of(many, FIRST)
    assert len(thirty) == len(one) <= 3


@pytest.mark.django_db
def test_orders_are_held_by_the_floor_and_let_go_by_an_excess() -> None:
    section = section_of(make_activity())
    make_cash(section, "150.00")
    order = make_order("100.00", section=section)
    assert holds_of([order], TODAY) == {}
    floored(section, "80.00", starts_on=TODAY)
    assert holds_of([order], TODAY)[order.pk].left == Decimal("70.00")
    accountant = make_user(RoleKind.ACCOUNTANT)
    make_cooperative()
    with refused(Code.AMOUNT_ABOVE_DUE, "orders", "70,00"):
        make_batch(order, actor=accountant)
    exceeded(section, "50.00", starts_on=TODAY, ends_on=TODAY)
    assert make_batch(order, actor=accountant).total == Decimal("100.00")


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
@pytest.mark.time_machine(date(2026, 11, 25))
def test_pay_and_what_one_may_pay_oneself_ask_the_same_floor() -> None:
    user, activity, _contract = make_salaried("9000.00")
    section = section_of(activity)
    floored(section, "3000.00", starts_on=date(2026, 11, 1))
    row = payees(NOVEMBER, [user.person_id or 0])[0]
    assert means_of([row], NOVEMBER, date(2026, 11, 25))[row.pk][0].available == Decimal("6000.00")
    address, client = reverse("accounting:affordable_pay", args=[activity.pk]), client_of(user)
    # Six thousand above the floor, over six months.
    page = client.get(address)
    assert page.context["found"].floor == Decimal("3000.00")
    assert page.context["found"].cost == Decimal("1000.00")
    # Below zero only as far as somebody allowed.
    exceeded(section, "-600.00", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    found = client.get(address, {"floor": "-600"}).context["found"]
    assert (found.floor, found.cost) == (Decimal("-600.00"), Decimal("1600.00"))
    assert client.get(address, {"floor": "-600,01"}).status_code == 422
