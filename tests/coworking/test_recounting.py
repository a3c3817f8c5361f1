"""A plan that ends, changes or is paused: its months computed or billed, and the bookings that it covered,
follow (COW-11, COW-14, COW-15)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice
from cae.core.periods import Month
from coworking.models import Charge, Place, Subscription
from coworking.selectors.billing import payers_to_bill
from coworking.selectors.usage import usage_of
from coworking.services.billing import prepare_month
from coworking.services.billing_documents import bill_payer
from coworking.services.charges import waive_charge
from coworking.services.crediting import keep_billed, prepare_credit
from coworking.services.pauses import lift_pause, pause_subscription
from coworking.services.plans import AllowanceData, set_allowance
from coworking.services.subscriptions import (
    SubscriptionData,
    ask_end,
    change_plan_held,
    hold_plan,
    take_back_end,
)
from coworking.states.members import ChargeState, PlanKind
from coworking.states.places import ResourceKind
from people.models import User
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_resource
from tests.factories.coworking_members import HOME, make_member, make_plan, place_that_sells
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
D = Decimal
DAY = timedelta(days=1)


def held(place: Place, *, price: str = "310.00", **plan: Any) -> Subscription:
    return hold_plan(
        make_member(place),
        data=SubscriptionData(make_plan(place, other=price, **plan), BEGINNING),
        form_key=uuid.uuid4(),
        actor=None,
    )


def billed(place: Place, month: Month, actor: User) -> None:
    today = timezone.localdate()
    run = prepare_month(place, month, today=today, actor=actor)
    for payer in payers_to_bill(run, today):
        bill_payer(payer, run=run, today=today, actor=actor)


def lines(row: Subscription) -> list[tuple[Decimal, str, bool]]:
    rows = row.charges.order_by("pk")
    return [(one.amount, one.state, one.to_credit_since is not None) for one in rows]


def test_a_month_computed_follows_the_end_of_its_plan() -> None:
    place, march = place_that_sells(), Month(2026, 3)
    row, other = held(place), held(place)
    prepare_month(place, march, today=march.last, actor=None)
    # Agreed afterwards: neither what is beyond its last day, nor a month that it no longer touches.
    ask_end(row, asked_on=date(2026, 3, 1), last_day=date(2026, 3, 10), actor=None)
    assert lines(row) == [(D("100.00"), ChargeState.DUE, False)]
    Subscription.objects.filter(pk=other.pk).update(ends_on=date(2026, 2, 28))
    prepare_month(place, march, today=march.last, actor=None)
    assert lines(other) == [(D("310.00"), ChargeState.WAIVED, False)]
    take_back_end(row, actor=None)
    assert lines(row) == [(D("310.00"), ChargeState.DUE, False)]
    pause_subscription(row, starts_on=date(2026, 3, 11), ends_on=date(2026, 3, 31), actor=None)
    assert lines(row) == [(D("100.00"), ChargeState.DUE, False)]


def test_a_month_billed_is_given_back_and_due_for_its_days() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    place, march = place_that_sells(), Month(2026, 3)
    row = held(place)
    billed(place, march, accountant)
    assert lines(row) == [(D("310.00"), ChargeState.BILLED, False)]
    # Another plan from the 11th: ten days of the one, twenty-one of the other; nothing twice.
    data = SubscriptionData(make_plan(place, other="155.00"), date(2026, 3, 11))
    after = change_plan_held(row, data=data, form_key=uuid.uuid4(), actor=accountant)
    assert lines(row) == [(D("310.00"), ChargeState.BILLED, True), (D("100.00"), ChargeState.DUE, False)]
    first = row.charges.order_by("pk")[0]
    kept = refusal_of(lambda: keep_billed(first, reason="Erreur", actor=accountant))
    assert kept.code == Code.DUPLICATE
    billed(place, march, accountant)
    assert lines(row)[1:] == [(D("100.00"), ChargeState.BILLED, False)]
    assert lines(after) == [(D("105.00"), ChargeState.BILLED, False)]
    assert [amount for _kind, amount in usage_of(place, march, march.last).income] == [D("205.00")]
    note = prepare_credit(first, today=timezone.localdate(), actor=accountant).credit
    assert note is not None
    assert [line.net for line in note.lines.all()] == [D("310.00")]
    # An end that changes nothing of what is billed gives nothing back.
    ask_end(after, asked_on=date(2026, 3, 31), last_day=date(2026, 3, 31), actor=None)
    assert lines(after) == [(D("105.00"), ChargeState.BILLED, False)]


def test_the_bookings_of_days_no_longer_covered_cost_their_price() -> None:
    room = make_room(cut_off=60)
    desk = make_resource(room.place, name="Poste", kind=ResourceKind.DESK, prices={"hour": "3", "day": "20"})
    user = make_user(**HOME)
    member = make_member(room.place, user.person)
    plan = make_plan(room.place, kind=PlanKind.HOURS)
    set_allowance(plan, data=AllowanceData(ResourceKind.ROOM, units=D(4)), actor=None)
    data = SubscriptionData(plan, BEGINNING)
    row = hold_plan(member, data=data, form_key=uuid.uuid4(), actor=None)
    resident = make_plan(room.place)
    stays = hold_plan(member, data=SubscriptionData(resident, BEGINNING), form_key=uuid.uuid4(), actor=None)
    day = next_monday()
    meeting = book_at(room, hours("9:00", "11:00"), of=member)
    working = book_at(desk, hours("9:00", "17:00"), of=member)
    paid: Any = book_at(desk, hours("9:00", "17:00", day + DAY), of=make_member(room.place))
    assert (meeting.price, working.price, paid.price) == (None, None, D("20.00"))
    Notice.objects.all().delete()

    pause = pause_subscription(row, starts_on=day, ends_on=day, actor=None)
    ask_end(stays, asked_on=day - 3 * DAY, last_day=day - DAY, actor=None)
    for one, price in ((meeting, "20.00"), (working, "20.00")):
        one.refresh_from_db()
        assert one.price == D(price)
        assert one.charge is not None
        assert (one.charge.amount, one.charge.state) == (D(price), ChargeState.DUE)
    assert not meeting.covers.filter(given_back_at=None).exists()
    assert Notice.objects.filter(user=user).count() == 2
    charge = paid.charge
    paid.refresh_from_db()
    assert paid.charge == charge

    # Given back as it was, once the pause is lifted and the plan runs on.
    lift_pause(pause, actor=None)
    take_back_end(stays, actor=None)
    for one in (meeting, working):
        one.refresh_from_db()
        assert (one.price, one.charge) == (None, None)
    assert meeting.covers.get(given_back_at=None).units == D(2)
    assert set(Charge.objects.exclude(pk=charge.pk).values_list("state", flat=True)) == {ChargeState.WAIVED}


def test_what_the_team_gave_up_stays_given_up() -> None:
    room = make_room()
    member = make_member(room.place)
    plan = make_plan(room.place, kind=PlanKind.HOURS)
    set_allowance(plan, data=AllowanceData(ResourceKind.ROOM, units=D(1)), actor=None)
    row = hold_plan(member, data=SubscriptionData(plan, BEGINNING), form_key=uuid.uuid4(), actor=None)
    meeting = book_at(room, hours("9:00", "11:00"), of=member)
    assert meeting.price == D("10.00")
    assert meeting.charge is not None
    waive_charge(meeting.charge, reason="Geste", actor=None)
    ask_end(row, asked_on=next_monday() - 2 * DAY, last_day=next_monday() - DAY, actor=None)
    meeting.refresh_from_db()
    assert meeting.price == D("20.00")
    assert [one.state for one in Charge.objects.all()] == [ChargeState.WAIVED]
