"""Lettering and deposit slips by several hands at once: a line is answered once, a cheque goes once."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from accounting.models import DepositItem, DepositSlip, Entry, LetteredLine, Lettering
from accounting.selectors.accounts import section_of
from accounting.services.deposits import credit_slip
from accounting.services.lettering import letter_lines, unletter
from cae.core.errors import Code, Refused
from tests.factories.accounting_bank import make_bank_account
from tests.factories.accounting_lettering import DAY, left, third
from tests.factories.accounting_reconciliation import cheque, deposited, slip
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def refusals(results: list[object]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_two_accountants_on_one_line_letter_it_once(race: Race) -> None:
    section = section_of(make_activity())
    paid = third(section, "-100.00")
    owed = [third(section, "100.00") for _rank in range(4)]
    results = race([partial(letter_lines, [line, paid], actor=None, on=DAY) for line in owed])
    assert refusals(results) == [Code.ALREADY_DONE] * 3
    assert LetteredLine.objects.filter(line=paid, is_live=True).count() == 1
    assert left("customer") == ["100.00"] * 3


def test_hands_on_several_lines_of_one_partial_lettering_wait_for_each_other(race: Race) -> None:
    section = section_of(make_activity())
    owed = [third(section, "100.00") for _rank in range(4)]
    letter_lines([*owed, third(section, "-10.00")], actor=None, on=DAY)
    paid = [third(section, "-20.00") for _line in owed]
    results = race(
        [partial(letter_lines, list(pair), actor=None, on=DAY) for pair in zip(owed, paid, strict=True)]
    )
    assert refusals(results) == []
    live = Lettering.objects.get(undone_at=None)
    assert (live.line_count, live.left) == (9, Decimal("310.00"))


def test_a_lettering_is_undone_once(race: Race) -> None:
    section = section_of(make_activity())
    made = letter_lines([third(section, "5.00"), third(section, "-5.00")], actor=None, on=DAY)
    undo = partial(unletter, made, reason="Erreur", actor=None, at=timezone.now())
    assert refusals(race([undo] * 3)) == [Code.ALREADY_DONE] * 2
    assert Lettering.objects.get().undone_reason == "Erreur"


def test_a_cheque_goes_into_one_slip_and_is_credited_once(race: Race) -> None:
    make_cooperative()
    account, key = make_bank_account(), cheque("80.00")
    results = race([partial(slip, key, account=account)] * 3)
    assert refusals(results) == [Code.ILLEGAL_MOVE] * 2
    assert DepositItem.objects.filter(entry=key, is_live=True).count() == 1
    row, today = deposited(DepositSlip.objects.get()), timezone.localdate()
    credit = partial(credit_slip, row, on=today, actor=None, today=today)
    assert refusals(race([credit] * 3)) == [Code.ILLEGAL_MOVE] * 2
    assert Entry.objects.filter(piece=row.number).count() == 1
    assert left("cheques") == []
