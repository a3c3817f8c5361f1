"""The register of the demonstration: forty associates, their capital, what waits (GOV-01, GOV-02, GOV-03)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
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

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_forty_associates_of_every_kind() -> None:
    administrator = open_first_account(today=TODAY)
    grounds = lay_grounds(today=TODAY, actor=administrator)
    population = settle(administrator, grounds=grounds, today=TODAY, now=NOW)
    fill_files(population, grounds=grounds, today=TODAY, now=NOW)
    found = keep_register(population, today=TODAY, now=NOW)
    rows = list(register_on(TODAY))
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
    held = StatusPeriod.objects.in_force(TODAY).filter(kind="associate")
    assert dict(held.values_list("person", "starts_on")) == persons
    shares = sum(row.shares for row in rows)
    assert capital_on(TODAY) == (shares + 12) * Decimal("24.00")  # who left is not refunded yet
    move_shares(population, found, today=TODAY, now=NOW)
    house = cooperative_on(TODAY)
    assert house is not None
    assert house.capital == capital_on(TODAY)
    civil = CivilRecord.objects.filter(person__in=persons)
    assert Counter(civil.values_list("civility", flat=True)) == {"mrs": 22, "mr": 12}
    assert [row.number for row in rows if row.number] == sorted(row.number for row in rows if row.number)
    late = {one.subscription.associate for one in late_payments(TODAY)}
    assert late == {found["sentenac"], found["naprous"]}
    assert Counter(Admission.objects.values_list("state", flat=True)) == {
        "submitted": 1,
        "to_vote": 1,
        "refused": 1,
    }
    _shares_move(population, found)
    assert 0 < share_among_entrepreneurs(TODAY).associates < share_among_entrepreneurs(TODAY).entrepreneurs


def _shares_move(population: Population, found: dict[str, Associate]) -> None:
    """A refund paid in part, one asked, a transfer, shares held on pay, a right suspended, a bulletin."""
    assert [(one.state, one.quantity) for one in Refund.objects.order_by("asked_at")] == [
        ("paid", 8),
        ("withdrawn", 12),
        ("asked", 12),
    ]
    queue = refund_queue(TODAY)
    assert [one.place for one in queue.rows] == ["waiting_years", "to_withdraw"]
    assert queue.rows[1].refund.associate == found["labat"]
    assert ShareMovement.objects.filter(kind="transfer").count() == 1
    held = Subscription.objects.get(plan="on_pay")
    assert (held.payments.filter(way="pay").count(), held.state) == (4, "signed")
    assert set(Associate.objects.filter(suspended_at(NOW))) == {found["naprous"]}
    to_sign = Subscription.objects.get(state="draft")
    assert to_sign.associate.person == population.persons["associate"]
