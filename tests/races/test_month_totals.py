"""Month totals while many post on the same accounts in crossed orders and a job folds: nothing is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Sum

from accounting.models import AnalyticAccount, MonthTotal
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.totals import total_faults
from accounting.services.totals import fold_totals
from tests.factories import accounting_layouts as made
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MARCH = date(2026, 3, 10)
# By twos, so that half of the hands begin where the others end.
JOURNALS = ("OD", "VE", "AC", "BQ")


def _post(sections: list[AnalyticAccount], journal: str) -> None:
    """Two entries of one journal in one transaction, on the same keys as everybody's."""
    with transaction.atomic():
        for section in sections:
            made.moves(section, "601000", "401000", "10.00", MARCH, journal=journal)


def test_many_hands_on_the_same_keys(race: Race) -> None:
    sections = [section_of(make_activity(code="A1")), shared_section()]
    hands = [
        partial(_post, sections if rank % 2 else sections[::-1], journal)
        for rank, journal in enumerate(JOURNALS * 2)
    ]
    results = race([*hands, fold_totals, fold_totals])
    assert results == [None] * len(results)
    assert list(total_faults()) == []
    fold_totals()
    assert list(total_faults()) == []
    rows = MonthTotal.objects.filter(account__number="601000")
    assert rows.aggregate(sum=Sum("debit"))["sum"] == Decimal("160.00")
    assert rows.count() == 2
