"""Two hands posting in one journal at once: numbers without gap, one chain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Entry
from accounting.selectors.accounts import section_of
from accounting.services.accounts import add_account
from accounting.services.controlling import control_books
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.books import AccountKind
from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries
from entrepreneurs.models import Activity
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HANDS, EACH = 4, 8


def draft() -> EntryDraft:
    section = section_of(Activity.objects.get()).pk
    lines = (debit("bank", section, Decimal(10)), credit("customer", section, Decimal(10)))
    return EntryDraft(journal="BQ", on=date(2026, 3, 2), label="Règlement", lines=lines)


def test_one_account_per_number(race: Race) -> None:
    add = partial(add_account, number="625900", label="Déplacements", kind=AccountKind.EXPENSE, actor=None)
    results = race([add] * 4)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.DUPLICATE] * 3


def test_numbers_have_no_gap_and_one_chain(race: Race) -> None:
    make_activity()
    one = draft()

    def post(rank: int) -> None:
        for turn in range(EACH):
            with transaction.atomic():
                post_entry(one, actor=None, source=None)
                # One posting in four is taken back: its number goes to the next.
                if (rank + turn) % 4 == 0:
                    transaction.set_rollback(True)

    assert race([partial(post, rank) for rank in range(HANDS)]) == [None] * HANDS
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, HANDS * EACH * 3 // 4 + 1))
    assert NumberSeries.objects.get(code="ledger.BQ").counter == len(numbers)
    assert control_books(actor=None).faults == []


def test_an_entry_is_reversed_once_however_many_hands_try(race: Race) -> None:
    entry = books.sale(make_activity())
    results = race([partial(reverse_entry, entry, on=entry.on, reason="Erreur", actor=None)] * HANDS)
    assert sorted(isinstance(result, Refused) for result in results) == [False, True, True, True]
    assert Entry.objects.count() == 2


def test_a_control_made_while_entries_are_posted_accuses_nobody(race: Race) -> None:
    make_activity()
    one = draft()

    def work(rank: int) -> list[str]:
        found: list[str] = []
        for _turn in range(12):
            if rank:
                with transaction.atomic():
                    post_entry(one, actor=None, source=None)
            else:
                found += control_books(actor=None).faults
        return found

    assert race([partial(work, rank) for rank in range(3)]) == [[], [], []]
