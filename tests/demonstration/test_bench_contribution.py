"""The measure of the contribution writes the same rows twice, and the books stay whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounting.models import ContributionRun, Entry
from accounting.selectors.controls import balance_faults
from cae.demonstration.bench.contribution import READER, measure_contribution
from people.states import RoleKind
from tests.factories.accounting_levies import make_levy
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_both_ways_write_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    make_user(RoleKind.ACCOUNTANT, email=READER)
    # A levy of the house takes nothing here: its rows would be on one side only.
    make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"), for_all=True)
    found = measure_contribution(activities=5)
    assert found.name == "contribution of 5 activities"
    assert found.ours > 0
    assert found.bare > 0
    assert ContributionRun.objects.count() == Entry.objects.count() == 10
    assert list(balance_faults()) == []
