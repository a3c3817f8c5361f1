"""Several hands on the cash of one section: one floor a day, one excess, one plan; the others are told."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from accounting.models import CashFloor, CashPlan, FloorExcess
from accounting.selectors.accounts import section_of
from accounting.services.cash_plans import PlanContent, plan_cash
from accounting.services.floors import allow_excess, set_floor
from cae.core.errors import Code, Refused
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

FIRST = date(2026, 3, 1)


def test_a_floor_and_an_excess_are_decided_once(race: Race) -> None:
    section, manager = section_of(make_activity()), make_user(RoleKind.CO_MANAGER)
    decided = {"starts_on": FIRST, "reason": "Stock"}
    floors = race(
        [
            partial(set_floor, section, amount=Decimal(amount), ends_on=None, actor=None, **decided)
            for amount in ("100.00", "200.00", "300.00", "400.00")
        ]
    )
    assert [one.code for one in floors if isinstance(one, Refused)] == [Code.PERIOD_INVALID] * 3
    assert CashFloor.objects.count() == 1
    excesses = race(
        [
            partial(allow_excess, section, amount=Decimal(amount), ends_on=FIRST, actor=manager, **decided)
            for amount in ("10.00", "20.00", "30.00", "40.00")
        ]
    )
    assert [one.code for one in excesses if isinstance(one, Refused)] == [Code.PERIOD_INVALID] * 3
    assert FloorExcess.objects.count() == 1


def test_a_plan_sent_twice_at_once_is_planned_once(race: Race) -> None:
    content = PlanContent(section_of(make_activity()), "loan", "Emprunt", Decimal("-640.00"), "month", FIRST)
    results = race([partial(plan_cash, content, form_key=uuid.uuid4(), actor=None)] * 3)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ALREADY_DONE] * 2
    assert CashPlan.objects.count() == 1
