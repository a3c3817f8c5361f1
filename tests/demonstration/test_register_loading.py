"""The register of the demonstration: forty associates, their capital, what waits (GOV-01, GOV-02, GOV-03)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from cae.core.identity import cooperative_on
from cae.demonstration.loading.associates import keep_register
from cae.demonstration.loading.cooperative import lay_grounds
from cae.demonstration.loading.files import fill_files
from cae.demonstration.loading.people import Population, open_first_account, settle
from cae.demonstration.loading.shares import move_shares
from governance.models import Admission, Associate, Refund, ShareMovement, Subscription
from governance.models.associates import suspended_at
from governance.selectors.refunds import refund_queue
from governance.selectors.register import register_on, share_among_entrepreneurs
from governance.selectors.shares import capital_on, late_payments
from people.models import CivilRecord, StatusPeriod

# Before the assembly of June and after it, in the middle and at the end of a month.
DAYS = (date(2026, 3, 17), date(2026, 7, 31))


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("today", DAYS)
def test_forty_associates_of_every_kind(today: date) -> None:
    now = datetime.combine(today, time(9, 30), UTC)
    administrator = open_first_account(today=today)
    grounds = lay_grounds(today=today, actor=administrator)
    population = settle(administrator, grounds=grounds, today=today, now=now)
    fill_files(population, grounds=grounds, today=today, now=now)
    found = keep_register(population, today=today, now=now)
    rows = list(register_on(today))
    assert (len(found), len(rows)) == (41, 40)
    assert Counter(row.category for row in rows) == {
        "employee": 28,
        "former_employee": 3,
        "outside": 3,
        "volunteer": 1,
        "beneficiary": 2,
        "public_body": 1,
        "cooperative": 2,
    }
    # Each one who is a person is an associate for the whole house, on the same days.
    persons = {row.person_id: row.admitted_on for row in rows if row.person_id}
    held = StatusPeriod.objects.in_force(today).filter(kind="associate")
    assert dict(held.values_list("person", "starts_on")) == persons
    shares = sum(row.shares for row in rows)
    assert capital_on(today) == (shares + 12) * Decimal("24.00")  # who left is not refunded yet
    move_shares(population, found, today=today, now=now)
    house = cooperative_on(today)
    assert house is not None
    assert house.capital == capital_on(today)
    civil = CivilRecord.objects.filter(person__in=persons)
    assert Counter(civil.values_list("civility", flat=True)) == {"mrs": 22, "mr": 12}
    assert [row.number for row in rows if row.number] == sorted(row.number for row in rows if row.number)
    late = {one.subscription.associate for one in late_payments(today)}
    assert late == {found["sentenac"], found["mesplede"]}
    assert Counter(Admission.objects.values_list("state", flat=True)) == {
        "submitted": 1,
        "to_vote": 1,
        "refused": 1,
    }
    _shares_move(population, found, now)
    assert 0 < share_among_entrepreneurs(today).associates < share_among_entrepreneurs(today).entrepreneurs


def _shares_move(population: Population, found: dict[str, Associate], now: datetime) -> None:
    """A refund paid in part, one asked, a transfer, shares held on pay, a right suspended, a bulletin."""
    assert [(one.state, one.quantity) for one in Refund.objects.order_by("asked_at")] == [
        ("paid", 8),
        ("withdrawn", 12),
        ("asked", 12),
    ]
    queue = refund_queue(now.date())
    assert [one.place for one in queue.rows] == ["waiting_years", "to_withdraw"]
    assert queue.rows[1].refund.associate == found["labat"]
    assert ShareMovement.objects.filter(kind="transfer").count() == 1
    held = Subscription.objects.get(plan="on_pay")
    assert (held.payments.filter(way="pay").count(), held.state) == (4, "signed")
    assert set(Associate.objects.filter(suspended_at(now))) == {found["mesplede"]}
    to_sign = Subscription.objects.get(state="draft")
    assert to_sign.associate.person == population.persons["associate"]
