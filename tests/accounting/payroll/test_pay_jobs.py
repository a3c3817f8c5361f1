"""The jobs of pay under the official rules: a month proposed and printed, a year computed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounting.models import PayProposal, YearEndRegularisation
from accounting.selectors.pay_means import payees
from accounting.services.pay_engines import engine_of
from accounting.services.pay_making import ask_for_proposals
from accounting.services.pay_sheets import ask_for_print
from accounting.services.pay_years import ask_for_years
from accounting.tasks import compute_pay_years, print_pay_month, propose_pay_now
from cae.core.models import Job, JobState
from people.states import RoleKind
from tests.factories.accounting_pay_years import YEAR, a_year
from tests.factories.accounting_payroll import NOVEMBER, TODAY, make_salaried, november
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_a_month_is_proposed_under_the_official_rules() -> None:
    user, *_rest = make_salaried("2000.00")
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    job = ask_for_proposals(NOVEMBER, today=TODAY, actor=hr)
    propose_pay_now(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    row = PayProposal.objects.get(person=user.person)
    # A version, and the day of its rules.
    assert row.rules[:3].replace(".", "").isdigit()
    assert row.rules.count("/") == 2
    assert row.gross > Decimal("800.00")
    # What can be paid, to the teeth of a cost that has four decimals in its coefficient.
    assert Decimal(0) <= row.available - row.cost < Decimal("0.50")
    assert Decimal(0) < row.net < row.gross
    assert row.rgdu > 0
    engine = engine_of(payees(NOVEMBER)[0], NOVEMBER)
    assert engine.figures(row.gross).cost == row.cost
    printed = ask_for_print(november(), actor=hr)
    print_pay_month(printed.pk)
    result = Job.objects.get(pk=printed.pk).result
    assert result is not None
    assert result.kind == "accounting.pay_sheets"


def test_a_year_is_computed_by_its_task() -> None:
    a_year()
    job = ask_for_years(YEAR, today=TODAY, actor=make_user(RoleKind.ACCOUNTANT))
    compute_pay_years(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert YearEndRegularisation.objects.get().balance == Decimal("4380.00")
