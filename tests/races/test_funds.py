"""Several hands on the same earmarked money, and on the levies of one invoice: never beyond, never twice."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from accounting.models import FundSpending, LevyTaking
from accounting.selectors.accounts import section_of
from accounting.selectors.funds import left_on
from accounting.services.fund_spending import count_line
from accounting.services.levy_taking import take_levies_of_month
from cae.core.errors import Code, Refused
from cae.core.periods import Month
from tests.factories import accounting as books
from tests.factories.accounting_funds import make_running
from tests.factories.accounting_levies import make_levy
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_the_last_euros_of_a_grant_pay_one_cost(race: Race) -> None:
    activity = make_activity()
    fund = make_running(section_of(activity), "500.00")
    lines = [books.cost(activity, "300.00").lines.get(cost_kind__code="goods") for _rank in range(4)]
    acts = [partial(count_line, fund, line, amount=Decimal("300.00"), actor=None) for line in lines]
    results = race(acts)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.AMOUNT_ABOVE_DUE] * 3
    assert (FundSpending.objects.count(), left_on(fund)) == (1, Decimal("200.00"))


def test_one_cost_is_not_paid_by_two_grants(race: Race) -> None:
    activity = make_activity()
    line = books.cost(activity, "300.00").lines.get(cost_kind__code="goods")
    funds = [make_running(section_of(activity), "500.00", label=f"Fonds {rank}") for rank in range(4)]
    acts = [partial(count_line, fund, line, amount=Decimal("300.00"), actor=None) for fund in funds]
    results = race(acts)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.AMOUNT_INVALID] * 3
    assert FundSpending.objects.count() == 1


def test_the_levies_of_a_month_and_of_a_document_are_taken_once(race: Race) -> None:
    activity = make_activity()
    make_levy()
    make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"))
    month, today = Month(2026, 3), Month(2026, 5).first
    race([partial(books.take, activity, "400.00", number="F-1")] * 4)
    race([partial(take_levies_of_month, activity, month, today=today, actor=None)] * 4)
    taken = LevyTaking.objects.order_by("pk").values_list("amount", flat=True)
    assert list(taken) == [Decimal("20.00"), Decimal("15.00")]
