"""Members, plans, subscriptions, deposits and passes by their services (COW-09 to 14)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from coworking.models import Allowance, Charge, Member, Pass, Pause, Place, Plan, Resource, Subscription, Unit
from coworking.selectors.leaving import leaving_of
from coworking.selectors.plans import mix_for, shown_plans
from coworking.services.deposits import give_back_deposit, keep_deposit, receive_deposit
from coworking.services.members import (
    MemberData,
    accept_charter,
    change_member,
    end_member,
    enter_member,
)
from coworking.services.passes import sell_pass
from coworking.services.pauses import lift_pause, pause_subscription
from coworking.services.plans import (
    AllowanceData,
    PlanData,
    PriceData,
    change_plan,
    drop_allowance,
    open_plan,
    set_allowance,
    set_price,
    withdraw_plan,
)
from coworking.services.subscriptions import (
    SubscriptionData,
    accept_subscription,
    ask_end,
    ask_subscription,
    change_plan_held,
    end_past,
    end_subscription,
    hold_plan,
    last_day_of,
    refuse_subscription,
    take_back_end,
)
from coworking.states.members import MemberOrigin, PlanKind, SubscriptionState, TimeUnit
from coworking.states.places import ResourceKind
from tests.factories.coworking_members import HOME, make_member, make_plan, neighbour, place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import SIRENS
from tests.factories.kernel import BEGINNING
from tests.factories.people import OrganisationFactory, make_person

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def place() -> Place:
    return place_that_sells()


def refused(code: Code, field: str | None, do: Any) -> None:
    counts = [model.objects.count() for model in (Member, Plan, Subscription, Pass, Charge, Pause)]
    with pytest.raises(Refused) as found:
        do()
    assert (found.value.code, found.value.field) == (code, field)
    assert counts == [model.objects.count() for model in (Member, Plan, Subscription, Pass, Charge, Pause)]


def hold(member: Member, plan: Plan, on: date = MARCH, **more: Any) -> Subscription:
    return hold_plan(member, data=SubscriptionData(plan, on, **more), form_key=uuid.uuid4(), actor=None)


def enter(place: Place, person: Any, *, on: date = MARCH, **data: Any) -> Member:
    return enter_member(place, person=person, data=MemberData(**data), starts_on=on, actor=None)


def test_who_pays_follows_from_where_one_comes(place: Place) -> None:
    owner, stranger = make_person(), neighbour()
    activity = make_activity(owner)
    employer = OrganisationFactory.create(siren=SIRENS[0], **HOME)
    own = enter(place, owner, origin=MemberOrigin.OWN, activity=activity)
    assert own.payer is not None
    assert own.payer.activity == activity
    remote = enter(place, stranger, origin=MemberOrigin.REMOTE, organisation=employer)
    assert remote.payer is not None
    assert remote.payer.customer is not None
    assert remote.payer.customer.organisation == employer
    alone = enter(place, neighbour(), origin=MemberOrigin.REMOTE, organisation=employer, pays_alone=True)
    assert alone.payer is not None
    assert alone.payer.customer is not None
    assert alone.payer.customer.is_private_person
    refused(Code.DUPLICATE, "person", lambda: enter(place, owner, origin=MemberOrigin.OWN, activity=activity))
    refused(
        Code.VALUE_INVALID,
        "activity",
        lambda: enter(place, neighbour(), origin=MemberOrigin.OWN, activity=activity),
    )
    refused(
        Code.VALUE_MISSING,
        "organisation",
        lambda: enter(place, neighbour(), origin=MemberOrigin.ORGANISATION),
    )
    refused(Code.VALUE_INVALID, "origin", lambda: enter(place, neighbour(), origin="moon"))
    refused(Code.VALUE_MISSING, "payer", lambda: enter(place, make_person(), origin=MemberOrigin.OUTSIDE))
    free = enter(place_that_sells(activity=None), make_person(), origin=MemberOrigin.OUTSIDE)
    assert free.payer is None
    # A remote worker leaves their employer: they pay for themselves, and the former form is refused.
    held, given = (
        hold_plan(
            remote,
            data=SubscriptionData(make_plan(place), MARCH),
            form_key=uuid.uuid4(),
            actor=None,
            payer=payer,
        )
        for payer in (None, own.payer)
    )
    changed = change_member(
        remote, data=MemberData(MemberOrigin.OUTSIDE, trade=" Traductrice "), actor=None, version=1
    )
    assert (changed.organisation, changed.trade) == (None, "Traductrice")
    assert changed.payer is not None
    assert changed.payer.customer is not None
    assert changed.payer.customer.is_private_person
    for row, payer in ((held, changed.payer), (given, own.payer)):
        row.refresh_from_db()
        assert row.payer == payer
    refused(
        Code.STALE_FORM,
        None,
        lambda: change_member(remote, data=MemberData(MemberOrigin.OUTSIDE), actor=None, version=1),
    )
    assert accept_charter(remote, on=MARCH, actor=None).charter_on == MARCH
    refused(Code.ALREADY_DONE, None, lambda: accept_charter(remote, on=MARCH, actor=None))


def test_one_leaves_once_nothing_holds_back(place: Place) -> None:
    member = make_member(place)
    row = hold(member, make_plan(place, notice_months=0, notice_days=15, deposit=Decimal(200)))
    refused(Code.NOT_ALLOWED, "last_day", lambda: end_member(member, last_day=date(2026, 6, 30), actor=None))
    assert last_day_of(row, date(2026, 6, 1)) == date(2026, 6, 16)
    ask_end(row, asked_on=date(2026, 6, 1), reason="Déménage", actor=None)
    refused(Code.NOT_ALLOWED, "last_day", lambda: end_member(member, last_day=date(2026, 6, 15), actor=None))
    receive_deposit(row.deposit, on=MARCH, actor=None)
    left = leaving_of(member, date(2026, 6, 30))
    assert [item.is_done for item in left] == [True, True, True, False, True]
    refused(
        Code.PERIOD_INVALID, "last_day", lambda: end_member(member, last_day=date(2024, 1, 1), actor=None)
    )
    assert end_member(member, last_day=date(2026, 6, 30), actor=None).ends_on == date(2026, 6, 30)
    refused(Code.ALREADY_DONE, "last_day", lambda: end_member(member, last_day=date(2026, 7, 1), actor=None))


def test_a_subscription_from_the_request_to_its_end(place: Place) -> None:
    member, plan = make_member(place), make_plan(place, deposit=Decimal(150))
    key = uuid.uuid4()
    data = SubscriptionData(plan, MARCH)
    row = ask_subscription(member, data=data, form_key=key, actor=None)
    assert ask_subscription(member, data=data, form_key=key, actor=None) == row
    refused(Code.DUPLICATE, "plan", lambda: hold(member, plan))
    with pytest.raises(IllegalMove):
        ask_end(row, asked_on=MARCH, actor=None)
    row = accept_subscription(row, actor=None)
    assert (row.state, row.payer, row.deposit.amount) == ("active", member.payer, Decimal("150.00"))
    with pytest.raises(IllegalMove):
        end_subscription(row, on=date(2030, 1, 1), actor=None)
    with pytest.raises(IllegalMove):
        take_back_end(row, actor=None)
    refused(
        Code.PERIOD_INVALID,
        "last_day",
        lambda: ask_end(row, asked_on=date(2026, 5, 10), last_day=date(2026, 5, 9), actor=None),
    )
    # A month of notice asked on 10 May runs to the end of June.
    row = ask_end(row, asked_on=date(2026, 5, 10), reason="Finit son projet", actor=None)
    assert row.ends_on == date(2026, 6, 30)
    refused(Code.ALREADY_DONE, None, lambda: ask_end(row, asked_on=date(2026, 5, 11), actor=None))
    assert take_back_end(row, actor=None).ends_on is None
    ask_end(row, asked_on=date(2026, 5, 10), actor=None)
    assert end_past(on=date(2026, 6, 30)) == 0
    assert end_past(on=date(2026, 7, 1)) == 1
    row.refresh_from_db()
    assert row.state == SubscriptionState.ENDED
    asked = ask_subscription(
        member, data=SubscriptionData(plan, date(2026, 9, 1)), form_key=uuid.uuid4(), actor=None
    )
    with pytest.raises(Refused):
        refuse_subscription(asked, reason="", actor=None)
    assert refuse_subscription(asked, reason="Complet", actor=None).state == SubscriptionState.REFUSED


def test_what_a_subscription_may_not_be(place: Place) -> None:
    member, plan = make_member(place), make_plan(place)
    week = make_plan(place, kind=PlanKind.WEEK, days_a_week=2)
    sold = make_plan(place, kind=PlanKind.PASS, units=10, valid_days=90)
    refused(Code.VALUE_INVALID, "plan", lambda: hold(member, sold))
    elsewhere = make_plan(place_that_sells())
    refused(Code.VALUE_INVALID, "plan", lambda: hold(member, elsewhere))
    refused(Code.DATE_INVALID, "starts_on", lambda: hold(member, plan, date(2024, 12, 31)))
    refused(Code.VALUE_INVALID, "weekdays", lambda: hold(member, week, weekdays=(0,)))
    assert hold(member, week, weekdays=(3, 0, 0)).weekdays == [0, 3]
    refused(Code.VALUE_MISSING, "agreed_because", lambda: hold(member, plan, agreed_price=Decimal(1)))
    refused(Code.AMOUNT_INVALID, "agreed_price", lambda: hold(member, plan, agreed_price=Decimal(-1)))
    desk = Resource.objects.create(
        place=place, kind=ResourceKind.DESK, name="Poste", step=240, shortest=240, longest=480, fault_key="d"
    )
    unit = Unit.objects.create(resource=desk, label="Fenêtre")
    first = hold(member, plan, unit=unit)
    second = make_member(place)
    refused(Code.SLOT_TAKEN, "unit", lambda: hold(second, plan, unit=unit))
    nobody = make_member(place, make_person(), origin=MemberOrigin.OWN)
    refused(Code.VALUE_MISSING, "payer", lambda: hold(nobody, plan))
    withdraw_plan(plan, actor=None)
    refused(Code.VALUE_INVALID, "plan", lambda: hold(second, plan))
    refused(Code.ALREADY_DONE, None, lambda: withdraw_plan(plan, actor=None))
    # Another plan follows from a day on, and the desk is free again.
    data = SubscriptionData(make_plan(place), date(2026, 5, 16))
    refused(
        Code.DATE_INVALID,
        "starts_on",
        lambda: change_plan_held(
            first, data=SubscriptionData(data.plan, MARCH), form_key=uuid.uuid4(), actor=None
        ),
    )
    key = uuid.uuid4()
    after = change_plan_held(first, data=data, form_key=key, actor=None)
    first.refresh_from_db()
    assert (first.ends_on, after.starts_on, after.payer) == (
        date(2026, 5, 15),
        date(2026, 5, 16),
        first.payer,
    )
    assert change_plan_held(first, data=data, form_key=key, actor=None) == after


def test_pauses_and_deposits(place: Place) -> None:
    row = hold(make_member(place), make_plan(place, deposit=Decimal(100)))

    def pause(start: date, end: date) -> Pause:
        return pause_subscription(row, starts_on=start, ends_on=end, actor=None)

    made = pause(date(2026, 4, 10), date(2026, 4, 19))
    refused(Code.PERIOD_INVALID, "ends_on", lambda: pause(date(2026, 5, 2), date(2026, 5, 1)))
    refused(Code.PERIOD_INVALID, "starts_on", lambda: pause(date(2026, 2, 1), date(2026, 3, 2)))
    refused(Code.DUPLICATE, "starts_on", lambda: pause(date(2026, 4, 19), date(2026, 4, 25)))
    lift_pause(made, actor=None)
    assert not row.pauses.exists()
    today = timezone.localdate()
    deposit = row.deposit
    refused(
        Code.DATE_INVALID,
        "on",
        lambda: receive_deposit(deposit, on=today + timedelta(days=1), actor=None),
    )
    deposit = receive_deposit(deposit, on=today, actor=None)
    refused(
        Code.DATE_INVALID,
        "on",
        lambda: give_back_deposit(deposit, on=today - timedelta(days=1), actor=None),
    )
    refused(Code.VALUE_MISSING, "reason", lambda: keep_deposit(deposit, on=today, reason="", actor=None))
    assert keep_deposit(deposit, on=today, reason="Bureau abîmé", actor=None).state == "kept"
    assert give_back_deposit(deposit, on=today, actor=None).state == "returned"
    with pytest.raises(IllegalMove):
        give_back_deposit(deposit, on=today, actor=None)


def test_plans_their_prices_and_what_they_include(place: Place) -> None:
    price = PriceData(BEGINNING, Decimal(120), Decimal(180))

    def plan_of(kind: str, name: str = "Nouvelle", **data: Any) -> Plan:
        return open_plan(place, kind=kind, data=PlanData(name=name, **data), price=price, actor=None)

    desk = plan_of(PlanKind.RESIDENT, "Résident", units=3, days_a_week=2)
    assert (desk.units, desk.days_a_week) == (None, None)
    refused(Code.DUPLICATE, "name", lambda: plan_of(PlanKind.RESIDENT, "Résident"))
    refused(Code.VALUE_INVALID, "kind", lambda: plan_of("palace"))
    refused(Code.VALUE_MISSING, "name", lambda: plan_of(PlanKind.RESIDENT, " "))
    refused(Code.VALUE_MISSING, "units", lambda: plan_of(PlanKind.PASS))
    refused(Code.VALUE_MISSING, "valid_days", lambda: plan_of(PlanKind.PASS, units=10))
    refused(Code.VALUE_MISSING, "days_a_week", lambda: plan_of(PlanKind.WEEK))
    refused(Code.AMOUNT_INVALID, "deposit", lambda: plan_of(PlanKind.RESIDENT, deposit=Decimal(0)))
    refused(
        Code.AMOUNT_INVALID,
        "other",
        lambda: set_price(desk, data=PriceData(MARCH, Decimal(1), Decimal(-1)), actor=None),
    )
    refused(
        Code.VALUE_INVALID,
        "vat_code",
        lambda: set_price(desk, data=PriceData(MARCH, Decimal(1), Decimal(1), "none"), actor=None),
    )
    set_price(desk, data=PriceData(MARCH, Decimal(130), Decimal(190)), actor=None)
    for on, own, other in ((BEGINNING, 120, 180), (MARCH, 130, 190)):
        (shown,) = shown_plans(place, on)
        assert (shown.own, shown.other) == (own, other)
    (early,) = shown_plans(place, date(2024, 1, 1))
    assert early.own is None
    changed = change_plan(desk, data=PlanData(name="Poste", is_public=False), actor=None, version=1)
    assert shown_plans(place, MARCH, public=True) == []
    refused(
        Code.STALE_FORM, None, lambda: change_plan(changed, data=PlanData(name="X"), actor=None, version=1)
    )
    row = set_allowance(desk, data=AllowanceData(ResourceKind.ROOM, units=Decimal(4)), actor=None)
    row = set_allowance(desk, data=AllowanceData(ResourceKind.ROOM, beyond=Decimal(8)), actor=None)
    assert (row.units, row.beyond, Allowance.objects.count()) == (None, Decimal(8), 1)
    for wrong, field in (
        (AllowanceData("moon"), "resource_kind"),
        (AllowanceData(ResourceKind.ROOM, units=Decimal(0)), "units"),
        (AllowanceData(ResourceKind.ROOM, beyond=Decimal(-1)), "beyond"),
    ):
        with pytest.raises(Refused) as found:
            set_allowance(desk, data=wrong, actor=None)
        assert found.value.field == field
    drop_allowance(row, actor=None)
    assert not Allowance.objects.exists()


def test_a_pass_is_sold_once_at_the_price_of_whoever_pays(place: Place) -> None:
    owner = make_person()
    activity = make_activity(owner)
    own = enter(place, owner, origin=MemberOrigin.OWN, activity=activity, on=BEGINNING)
    ten = make_plan(place, kind=PlanKind.PASS, units=10, valid_days=90, own="80.00", other="110.00")
    one = make_plan(place, kind=PlanKind.PASS, units=1, valid_days=30, own="10.00", other="15.00")
    key = uuid.uuid4()
    row = sell_pass(own, plan=ten, on=MARCH, form_key=key, actor=None)
    assert sell_pass(own, plan=ten, on=MARCH, form_key=key, actor=None) == row
    assert (row.left, row.until, row.charge.amount) == (10, date(2026, 5, 30), Decimal("80.00"))
    other = sell_pass(make_member(place), plan=ten, on=MARCH, form_key=uuid.uuid4(), actor=None)
    assert other.charge.amount == Decimal("110.00")
    free = make_plan(place, kind=PlanKind.PASS, units=1, valid_days=30, own="0.00", other="0.00")
    gift = sell_pass(own, plan=free, on=MARCH, form_key=uuid.uuid4(), actor=None)
    assert not Charge.objects.filter(sold_pass=gift).exists()
    desk = make_plan(place)
    for plan, on, field in (
        (desk, MARCH, "plan"),
        (ten, date(2024, 1, 1), "on"),
        (make_plan(place_that_sells(), kind=PlanKind.PASS, units=1, valid_days=1), MARCH, "plan"),
    ):
        with pytest.raises(Refused) as found:
            sell_pass(own, plan=plan, on=on, form_key=uuid.uuid4(), actor=None)
        assert found.value.field == field
    mix = mix_for(place, TimeUnit.DAY, 11, MARCH, inside=False)
    assert mix is not None
    assert (mix.counts, mix.price) == (((free.name, 11),), 0)
    withdraw_plan(free, actor=None)
    mix = mix_for(place, TimeUnit.DAY, 11, MARCH, inside=False)
    assert mix is not None
    assert (dict(mix.counts), mix.price) == ({ten.name: 1, one.name: 1}, Decimal("125.00"))
