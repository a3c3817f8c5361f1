"""Several hands at once: a claim is approved once, an expense rebilled once, an advance used to its end,
trips of a vehicle in two activities add up to its year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db.models import Sum

from accounting.models import Entry, PaymentOrder
from cae.core.errors import Refused
from entrepreneurs.models import Activity
from invoicing.models import AdvanceUse, ExpenseClaim, Recharge
from invoicing.selectors.claim_checks import owed_of
from invoicing.selectors.mileage import year_of
from invoicing.services.claim_approving import approve_and_pay, reverse_claim
from invoicing.services.claim_lines import approve_line
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.services.recharging import recharge_expenses
from invoicing.states.claims import AdvanceState
from invoicing.states.expenses import ClaimState
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.invoicing_claims import banked, car, given_advance, submitted, trip
from tests.factories.invoicing_expenses import DAY, content
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HANDS = 4


def _decided(user: User, activity: Activity, *lines: ExpenseContent) -> ExpenseClaim:
    claim = submitted(user, activity, *lines)
    for line in claim.lines.all():
        approve_line(line, seen=True, actor=None, today=DAY)
    return claim


def _refused(results: list[Any]) -> int:
    return sum(isinstance(one, Refused) for one in results)


def test_an_expense_goes_on_an_invoice_or_its_approval_comes_back_never_both(race: Race) -> None:
    user, activity = make_entrepreneur()
    customer, checker = sales.firm(activity), make_user(RoleKind.ACCOUNTANT)
    claim = _decided(user, activity, content(customer=customer))
    approve_and_pay(claim, deduct=True, actor=checker, on=DAY)
    draft, line = sales.draft(activity, customer=customer), claim.lines.get()
    acts = [
        partial(recharge_expenses, draft, keys=[line.pk], actor=user),
        partial(reverse_claim, claim, reason="Doublon", actor=checker, on=DAY),
    ]
    assert _refused(race(acts)) == 1
    claim.refresh_from_db()
    assert Recharge.objects.exists() == (claim.state == ClaimState.APPROVED)


def test_a_claim_approved_by_four_is_paid_once(race: Race) -> None:
    user, activity = make_entrepreneur()
    banked(user)
    claim = _decided(user, activity)
    checker = make_user(RoleKind.ACCOUNTANT)
    results = race([partial(approve_and_pay, claim, deduct=True, actor=checker, on=DAY)] * HANDS)
    assert _refused(results) == HANDS - 1
    assert Entry.objects.filter(source_id=claim.pk, journal__code="OD").count() == 1
    assert PaymentOrder.objects.count() == 1


def test_two_claims_share_one_advance_to_the_cent(race: Race) -> None:
    """40.00 held, two claims of 24.00: 40.00 used, 8.00 to refund."""
    user, activity = make_entrepreneur()
    advance = given_advance(user, activity, "40.00")
    claims = [_decided(user, activity, content(on=date(2026, month, 5))) for month in (10, 11)]
    checker = make_user(RoleKind.ACCOUNTANT)
    results = race([partial(approve_and_pay, one, deduct=True, actor=checker, on=DAY) for one in claims])
    left = [one for one in results if isinstance(one, Refused)]
    for claim in claims:
        claim.refresh_from_db()
        if claim.is_submitted:
            approve_and_pay(claim, deduct=True, actor=checker, on=DAY)
    assert len(left) <= 1
    assert AdvanceUse.objects.aggregate(sum=Sum("amount"))["sum"] == Decimal("40.00")
    assert sum(owed_of(claim).to_refund for claim in claims) == Decimal("8.00")
    advance.refresh_from_db()
    assert advance.state == AdvanceState.SETTLED


def test_an_expense_goes_on_one_of_two_drafts(race: Race) -> None:
    user, activity = make_entrepreneur()
    customer = sales.firm(activity)
    claim = _decided(user, activity, content(customer=customer))
    approve_and_pay(claim, deduct=True, actor=None, on=DAY)
    drafts = [sales.draft(activity, customer=customer) for _hand in range(2)]
    key = claim.lines.get().pk
    results = race([partial(recharge_expenses, draft, keys=[key], actor=user) for draft in drafts])
    assert _refused(results) == 1
    assert Recharge.objects.count() == 1
    assert sum(draft.lines.filter(nature="rebilled").count() for draft in drafts) == 1


def test_trips_of_two_activities_at_once_add_up_to_the_year(race: Race) -> None:
    user, activity = make_entrepreneur()
    other, vehicle = make_activity(user), car(user)
    acts = [
        partial(trip, user, activity if rank % 2 else other, vehicle, "900", on=date(2026, 11, rank))
        for rank in range(1, 9)
    ]
    assert _refused(race(acts)) == 0
    year = year_of(vehicle, 2026)
    assert (year.km, year.given) == (Decimal("7200.0"), Decimal("3778.00"))
