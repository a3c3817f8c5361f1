"""What « Mes données » says of pay, and what an erasure takes away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounting.models import PayProposal
from accounting.selectors.pay_data import held_of_pay
from accounting.services.pay_erasing import erase_pay
from accounting.services.pay_proposals import ask_other_pay
from tests.factories.accounting_pay_house import pay_of
from tests.factories.accounting_payroll import make_proposal, plain
from tests.factories.entrepreneurs import make_entrepreneur

pytestmark = pytest.mark.django_db


def test_everything_of_pay_is_given_back_to_the_person_and_to_nobody_else() -> None:
    user, activity = make_entrepreneur()
    made = pay_of(user, activity)
    assert user.person is not None
    held = {str(one.label): one for one in held_of_pay(user.person, user)}
    assert [row[0] for row in held["Propositions de paie"].rows] == ["novembre 2026", "octobre 2026"]
    # November of this year, then what the year before had paid.
    real = [row[3] for row in held["Paies réelles"].rows]
    assert real == [made["pay_journal"].results.get().net_paid, Decimal("24100.00")]
    assert held["Bulletins de paie"].files == [made["payslip"].document]
    assert [row[2] for row in held["Soldes de fin d’année"].rows] == [made["pay_year"].balance]
    assert "1\u202f000,00" in held["Accords de résultat laissé"].rows[0][0]


def test_reasons_are_erased_and_amounts_stay() -> None:
    user, row = make_proposal()
    assert user.person is not None
    ask_other_pay(row, wanted=Decimal("900.00"), reason="Ma santé", engines=plain, actor=user)
    assert erase_pay(user.person, date(2026, 12, 1)) == 1
    left = PayProposal.objects.get(pk=row.pk)
    assert (left.wanted_reason, left.wanted) == ("[effacé]", Decimal("900.00"))
    assert erase_pay(user.person, date(2026, 12, 1)) == 0
