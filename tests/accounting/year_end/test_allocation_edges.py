"""What an allocation keeps of what was chosen, and what it refuses at its edges (ACC-47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounting.models import YearClosing
from accounting.services.allocation import post_allocation
from accounting.services.allocation_paying import pay_allocation
from accounting.services.allocation_proposing import Wished, correct_facts, decide_parts, read_books_again
from accounting.services.year_closings import ask_to_carry
from accounting.services.year_end import carry_result
from accounting.states.year_end import YearClosingState
from cae.core.errors import Code
from cae.core.models import Job
from tests.factories.accounting_allocation import (
    END,
    TODAY,
    VOTED,
    make_proposed,
    move,
    posted,
    voted,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


def test_what_was_booked_since_the_closing_is_taken_before_the_allocation_is_posted() -> None:
    row, _users = make_proposed()
    carry_result(row.year, actor=None)
    row = voted(row)
    move("611000", "bank", "10.00", END)
    with refused(Code.ILLEGAL_MOVE, said="portez-les au résultat"):
        post_allocation(row, on=VOTED, actor=None)


def test_no_job_is_started_to_carry_a_result_already_allocated() -> None:
    row, _users = make_proposed()
    row = posted(row)
    move("611000", "bank", "10.00", END)
    YearClosing.objects.create(year=row.year, state=YearClosingState.READY)
    with refused(Code.ILLEGAL_MOVE, said="contre-passez d’abord l’affectation"):
        ask_to_carry(row.year, actor=None)
    assert not Job.objects.exists()


def test_a_legal_reserve_chosen_above_the_least_stays_when_facts_are_read_again() -> None:
    row, _users = make_proposed()
    row = decide_parts(row, wished=Wished(D(45000), legal=D(18000)), version=None, actor=None)
    facts = replace(row.facts, highest_capital=D(70000))
    row = correct_facts(row, facts=facts, reason="Capital de 2009", version=None, actor=None)
    assert (row.legal, row.labour, row.statutory) == (D(18000), D(45000), D(37000))
    move("611000", "bank", "10000.00", END)
    row = read_books_again(row, actor=None)
    assert (row.legal, row.labour, row.statutory) == (D(18000), D(45000), D(27000))


def test_nothing_is_kept_back_before_the_entry_nor_the_whole_of_a_part() -> None:
    row, _users = make_proposed()
    row = posted(row)

    def pay(on: date, labour: str) -> None:
        pay_allocation(row, on=on, due_on=TODAY, labour_rate=D(labour), interest_rate=D(0), actor=None)

    with refused(Code.DATE_INVALID, "on", said="ne précèdent pas l’écriture"):
        pay(END, "0.1")
    with refused(Code.VALUE_INVALID, "labour_rate", said="ne laisse rien de la part de"):
        pay(TODAY, "0.99999999")
