"""Two accountants at the bank: one line matched once, one entry ticked once, one file imported once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from accounting.models import BankMatch, BankStatement, Entry
from accounting.services.bank_importing import Given, import_statements
from accounting.services.bank_matching import Choice, match_line
from cae.core.errors import Code, Refused
from tests.factories import accounting as books
from tests.factories.accounting_bank import TODAY, camt, make_bank_account, make_lines
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def codes(results: list[object]) -> list[Code]:
    return sorted(one.code for one in results if isinstance(one, Refused))


def test_a_line_is_matched_by_the_first_hand(race: Race) -> None:
    (line,) = make_lines(("2026-03-10", "-12.00", "INCONNU"))
    act = partial(match_line, line, choice=Choice(), shown=1, actor=None, today=TODAY)
    assert codes(race([act] * 3)) == [Code.ILLEGAL_MOVE] * 2
    assert (BankMatch.objects.count(), Entry.objects.count()) == (1, 1)


def test_two_lines_never_tick_one_entry(race: Race) -> None:
    entry = books.receipt(make_activity(), "240.00", on=date(2026, 3, 9))
    lines = make_lines(("2026-03-10", "240.00", "VIR A"), ("2026-03-11", "240.00", "VIR B"))
    choice = Choice([(f"entry:{entry.pk}", Decimal("240.00"))])
    acts = [partial(match_line, line, choice=choice, shown=1, actor=None, today=TODAY) for line in lines]
    assert codes(race(acts)) == [Code.ALREADY_DONE]
    assert BankMatch.objects.count() == 1


def test_a_file_sent_twice_at_once_comes_in_once(race: Race) -> None:
    make_bank_account()
    given = Given(camt(("2026-03-10", "-12.00", "FRAIS")), "releve.xml")
    act = partial(import_statements, given, actor=None, today=TODAY)
    assert codes(race([act] * 3)) == [Code.DUPLICATE] * 2
    assert BankStatement.objects.get().line_count == 1
