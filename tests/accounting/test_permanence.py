"""The database has the last word on the books, in raw SQL too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounting.models import (
    BooksControl,
    ContributionPart,
    ContributionRun,
    ContributionScale,
    Entry,
    EntryLine,
    SaleMovement,
)
from accounting.selectors.accounts import shared_section
from accounting.services.controlling import control_books
from accounting.services.reversing import reverse_entry
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db

TABLES = {
    "accounting_entry": ("label", "'autre'"),
    "accounting_entryline": ("debit", "debit + 1"),
    "accounting_contributionrun": ("subject", "'autre'"),
    "accounting_contributionpart": ("base", "base + 1"),
    "accounting_salemovement": ("net", "net + 1"),
    "accounting_bookscontrol": ("entry_count", "99"),
}


@pytest.fixture
def entry() -> Entry:
    books.scale()
    of = make_activity()
    books.take(of, "200.00", on=date(2026, 3, 2), number="F-1")
    control_books(actor=None)
    made = books.sale(of)
    at_commit()
    run("SET CONSTRAINTS ALL DEFERRED")
    return made


@contextmanager
def refused(match: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        yield


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def at_commit() -> None:
    """Makes the deferred triggers speak now, as a commit would."""
    run("SET CONSTRAINTS ALL IMMEDIATE")


def counts() -> tuple[int, ...]:
    kept = (Entry, EntryLine, ContributionRun, ContributionPart, SaleMovement, BooksControl)
    return tuple(model.objects.count() for model in kept)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_changed(table: str, entry: Entry) -> None:
    column, value = TABLES[table]
    with refused("Cannot update"):
        run(f"UPDATE {table} SET {column} = {value}")  # noqa: S608 (names of this file)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_deleted(table: str, entry: Entry) -> None:
    before = counts()
    with refused("Cannot update or delete|Cannot .*delete"):
        run(f"DELETE FROM {table}")  # noqa: S608 (names of this file)
    assert counts() == before


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_never_emptied(table: str, entry: Entry) -> None:
    before = counts()
    with refused("Cannot truncate"):
        run(f"TRUNCATE {table} CASCADE")
    assert counts() == before


def add_line(entry: Entry, position: int, *, debit: str = "0", credit: str = "0", like: int = 1) -> None:
    model = entry.lines.get(position=like)
    run(
        'INSERT INTO accounting_entryline (entry_id, position, "on", account_id, analytic_id, debit, credit,'
        " party, label, vat_kind) VALUES (%s, %s, %s, %s, %s, %s, %s, '', '', '')",
        entry.pk,
        position,
        entry.on,
        model.account_id,
        model.analytic_id,
        debit,
        credit,
    )


def test_no_line_is_added_later_even_a_balanced_pair(entry: Entry) -> None:
    with refused("not made of the lines it announces"):
        add_line(entry, 8, debit="5.00")
        add_line(entry, 9, credit="5.00")
        at_commit()
    assert entry.lines.count() == 3


def copy_entry(entry: Entry, *, number: int, total: str, lines: int, reverses: int | None = None) -> Entry:
    run(
        'INSERT INTO accounting_entry (journal_id, number, "on", label, piece, total, line_count, seal,'
        " previous_seal, created_at, reverses_id) VALUES (%s, %s, now(), 'x', '', %s, %s, %s, '', now(), %s)",
        entry.journal_id,
        number,
        total,
        lines,
        "a" * 64,
        reverses,
    )
    return Entry.objects.get(journal=entry.journal_id, number=number)


def test_an_entry_without_its_lines_is_refused_at_commit(entry: Entry) -> None:
    with refused("not made of the lines it announces"):
        copy_entry(entry, number=50, total="10.00", lines=2)
        at_commit()


def test_an_entry_that_does_not_balance_is_refused_at_commit(entry: Entry) -> None:
    with refused("does not balance"):
        other = copy_entry(entry, number=50, total="10.00", lines=2)
        _lines(other, entry, debit="10.00", credit="9.99")
        at_commit()


def test_an_entry_whose_total_lies_is_refused_at_commit(entry: Entry) -> None:
    with refused("not made of the lines it announces"):
        other = copy_entry(entry, number=50, total="11.00", lines=2)
        _lines(other, entry, debit="10.00", credit="10.00")
        at_commit()


def test_an_entry_balanced_across_sections_only_is_refused_at_commit(entry: Entry) -> None:
    with refused("does not balance in each analytic section"):
        other = copy_entry(entry, number=50, total="10.00", lines=2)
        _lines(other, entry, debit="10.00", credit="10.00", split=True)
        at_commit()


def test_lines_of_another_day_than_their_entry_are_refused_at_commit(entry: Entry) -> None:
    with refused("not made of the lines it announces"):
        other = copy_entry(entry, number=50, total="10.00", lines=2)
        _lines(other, entry, debit="10.00", credit="10.00", on=other.on - timedelta(days=1))
        at_commit()


def test_the_same_rows_whole_are_accepted(entry: Entry) -> None:
    """The control of the tests above: nothing else than their fault was refused."""
    other = copy_entry(entry, number=50, total="10.00", lines=2)
    _lines(other, entry, debit="10.00", credit="10.00")
    at_commit()
    assert other.lines.count() == 2


def _lines(
    to: Entry, like: Entry, *, debit: str, credit: str, split: bool = False, on: date | None = None
) -> None:
    model = like.lines.get(position=1)
    sections = [model.analytic_id, shared_section().pk if split else model.analytic_id]
    sides = [(debit, "0"), ("0", credit)]
    for position, (section, (up, down)) in enumerate(zip(sections, sides, strict=True), start=1):
        run(
            'INSERT INTO accounting_entryline (entry_id, position, "on", account_id, analytic_id, debit,'
            " credit, party, label, vat_kind) VALUES (%s, %s, %s, %s, %s, %s, %s, '', '', '')",
            to.pk,
            position,
            on or to.on,
            model.account_id,
            section,
            up,
            down,
        )


@pytest.mark.parametrize(("debit", "credit"), [("0", "0"), ("5.00", "5.00"), ("-5.00", "0"), ("0", "-5.00")])
def test_a_line_has_one_positive_side(debit: str, credit: str, entry: Entry) -> None:
    with pytest.raises(IntegrityError, match="line_one_side"), transaction.atomic():
        add_line(entry, 8, debit=debit, credit=credit)


def test_a_number_is_given_once_in_a_journal(entry: Entry) -> None:
    with pytest.raises(IntegrityError, match="entry_number_once"), transaction.atomic():
        copy_entry(entry, number=entry.number, total="1.00", lines=2)


def test_an_entry_is_reversed_once(entry: Entry) -> None:
    reverse_entry(entry, on=entry.on, reason="Erreur", actor=None)
    with pytest.raises(IntegrityError, match="reverses"), transaction.atomic():
        copy_entry(entry, number=51, total="1.00", lines=2, reverses=entry.pk)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"due": "20.01"}, "run_figures_true"),
        ({"due": "-1.00"}, "run_figures_true"),
        ({"proportional": "20.01"}, "run_figures_true"),
        ({"due": "0.00"}, "run_posted_unless_nothing"),
        ({"nature": "adjust", "rank": 2}, "run_nature_says_what_it_names"),
        ({"subject": "F-1", "entry": None}, "run_posted_unless_nothing"),
        ({"rank": 0}, "run_first_takes"),
        ({"subject": "F-1"}, "run_once_a_rank"),
    ],
)
def test_the_figures_of_a_contribution_hold(change: dict[str, Any], rule: str, entry: Entry) -> None:
    row = ContributionRun.objects.get()
    facts = {
        field.attname: getattr(row, field.attname)
        for field in ContributionRun._meta.concrete_fields
        if field.name != "id"
    }
    facts |= {"subject": "F-9", "entry_id": books.sale(row.activity).pk}
    change = {("entry_id" if name == "entry" else name): value for name, value in change.items()}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ContributionRun.objects.create(**facts | change)


def test_a_voted_scale_keeps_its_rules(entry: Entry) -> None:
    with refused("Cannot update"):
        run("UPDATE accounting_contributionscale SET rules = jsonb_set(rules, '{shape,rate}', '\"0.05\"')")
    with refused("Cannot delete"):
        run("DELETE FROM accounting_contributionscale")
    assert ContributionScale.objects.get().rule.shape.rate == Decimal("0.1000")


def test_the_columns_of_a_scale_are_those_of_its_rules(entry: Entry) -> None:
    scale = ContributionScale.objects.get()
    facts = {"rules": scale.rules, "turnover": "invoiced", "taken_on": "month", "valid_from": "2030-01-01"}
    more = {"code": "z", "version": 1, "label": "Z", "assembly": "AG", "decided_on": "2030-01-01"}
    with pytest.raises(IntegrityError, match="scale_columns_are_its_rules"), transaction.atomic():
        ContributionScale.objects.create(**facts | more)


@pytest.mark.parametrize(
    "change",
    ["accounting_account SET number = number || '9'", "accounting_analyticaccount SET code = code || '9'"],
)
def test_what_seals_cover_is_not_renamed(change: str, entry: Entry) -> None:
    with refused("Cannot update"):
        run(f"UPDATE {change}")
