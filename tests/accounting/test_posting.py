"""post_entry: what it writes, what it refuses, and that a refusal leaves nothing."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.models import Account, AnalyticAccount, Entry, EntryLine
from accounting.selectors.accounts import accounts_named, section_of, shared_section
from accounting.services.posting import post_entry
from accounting.states.books import series_of
from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)


def euros(text: str) -> Decimal:
    return Decimal(text)


@pytest.fixture
def sections() -> dict[str, AnalyticAccount]:
    return {"A1": section_of(make_activity(code="A1")), "SHARED": shared_section()}


@pytest.fixture
def section(sections: dict[str, AnalyticAccount]) -> int:
    return sections["A1"].pk


def draft(*lines: LineDraft, **details: Any) -> EntryDraft:
    return EntryDraft(**({"journal": "VE", "on": ON, "label": "Essai", "lines": lines} | details))


@pytest.mark.parametrize(
    "case",
    books.cases("invoice", "deposit_invoice", "credit_note", "contribution", "payment"),
    ids=lambda case: case["id"],
)
def test_worked_case_is_written_as_expected(
    case: dict[str, Any], sections: dict[str, AnalyticAccount]
) -> None:
    for expected in case["expected"]["entries"]:
        entry = post_entry(books.draft_of(expected, sections), actor=None, source=None)
        assert books.read_back(entry) == books.as_read(expected)
        assert entry.label == expected["label"]


def test_lines_of_one_account_and_rate_are_added(section: int) -> None:
    """LG01, from the lines of the document."""
    entry = post_entry(
        draft(
            debit("customer", section, euros("240.00"), party="Client A"),
            credit("revenue_services", section, euros("110.00"), vat_rate=euros("20.00")),
            credit("revenue_services", section, euros("90.00"), vat_rate=euros("20.00")),
            credit("vat_collected", section, euros("40.00"), vat_rate=euros("20.00")),
        ),
        actor=None,
        source=None,
    )
    expected = books.case("LG01")["expected"]["entries"][0]["lines"]
    assert entry.line_count == len(expected) == entry.lines.count()
    assert entry.total == euros("240.00")


def test_numbers_follow_in_each_journal(section: int) -> None:
    lines = (debit("bank", section, euros("1.00")), credit("customer", section, euros("1.00")))
    given = [
        post_entry(draft(*lines, journal=journal), actor=None, source=None)
        for journal in ("VE", "BQ", "VE", "BQ", "VE")
    ]
    assert [str(entry) for entry in given] == ["VE 1", "BQ 1", "VE 2", "BQ 2", "VE 3"]


def test_dates_of_a_journal_may_go_back(section: int) -> None:
    """A payment of last week is entered today: only documents must rise."""
    lines = (debit("bank", section, euros("1.00")), credit("customer", section, euros("1.00")))
    post_entry(draft(*lines, on=date(2026, 5, 1)), actor=None, source=None)
    assert post_entry(draft(*lines, on=date(2026, 4, 1)), actor=None, source=None).number == 2


def test_each_seal_follows_the_one_before(section: int) -> None:
    lines = (debit("bank", section, euros("1.00")), credit("customer", section, euros("1.00")))
    first, second = (post_entry(draft(*lines), actor=None, source=None) for _ in range(2))
    assert (first.previous_seal, second.previous_seal) == ("", first.seal)
    assert first.seal != second.seal
    assert NumberSeries.objects.get(code=series_of("VE")).last_seal == second.seal


def test_the_source_is_kept(section: int) -> None:
    source = make_person()
    lines = (debit("bank", section, euros("1.00")), credit("customer", section, euros("1.00")))
    entry = post_entry(draft(*lines), actor=None, source=source)
    assert Entry.objects.get(pk=entry.pk).source == source


def test_an_account_may_be_named_by_its_number(section: int) -> None:
    entry = post_entry(
        draft(debit("512000", section, euros("1.00")), credit("customer", section, euros("1.00"))),
        actor=None,
        source=None,
    )
    assert [line.account.role for line in entry.lines.order_by("position")] == ["bank", "customer"]


def test_a_long_label_is_cut_not_refused(section: int) -> None:
    lines = (
        debit("bank", section, euros("1.00"), party="株" * 300),
        credit("customer", section, euros("1.00")),
    )
    entry = post_entry(draft(*lines, label="é" * 300), actor=None, source=None)
    entry.refresh_from_db()
    assert (len(entry.label), len(entry.lines.get(position=1).party)) == (200, 200)


def refused(code: Code, wrong: EntryDraft) -> Refused:
    """Posts, expects this refusal, and checks that nothing changed."""
    before = (
        Entry.objects.count(),
        EntryLine.objects.count(),
        list(NumberSeries.objects.order_by("pk").values()),
    )
    with pytest.raises(Refused) as found, transaction.atomic():
        post_entry(wrong, actor=None, source=None)
    assert found.value.code == code
    assert before == (
        Entry.objects.count(),
        EntryLine.objects.count(),
        list(NumberSeries.objects.order_by("pk").values()),
    )
    return found.value


def test_refuses_what_does_not_balance(section: int) -> None:
    refusal = refused(
        Code.ENTRY_UNBALANCED,
        draft(debit("customer", section, euros("10.00")), credit("revenue_services", section, euros("9.99"))),
    )
    assert "Atelier A1" in str(refusal)


def test_refuses_what_balances_as_a_whole_but_not_in_each_section(
    sections: dict[str, AnalyticAccount],
) -> None:
    one, other = sections["A1"].pk, sections["SHARED"].pk
    refused(
        Code.ENTRY_UNBALANCED,
        draft(
            debit("internal_charge", one, euros("10.00")), credit("internal_income", other, euros("10.00"))
        ),
    )


def test_refuses_an_entry_of_nothing(section: int) -> None:
    refused(Code.ENTRY_UNBALANCED, draft())
    refused(
        Code.ENTRY_UNBALANCED,
        draft(debit("bank", section, euros("0.00")), credit("customer", section, euros("0.00"))),
    )


def test_refuses_a_fraction_of_a_cent(section: int) -> None:
    refused(
        Code.AMOUNT_INVALID,
        draft(debit("bank", section, euros("1.005")), credit("customer", section, euros("1.005"))),
    )


def test_lg20_a_role_without_account_refuses_the_whole_and_names_it(section: int) -> None:
    row = books.case("LG20")
    Account.objects.filter(role=row["input"]["missing_account"]).update(role=None)
    refusal = refused(
        Code(row["expected"]["refused"]),
        draft(
            debit("customer", section, euros("480.00")),
            debit("discount_granted", section, euros("100.00"), vat_rate=euros("20.00")),
            credit("revenue_services", section, euros("500.00"), vat_rate=euros("20.00")),
            credit("vat_collected", section, euros("80.00"), vat_rate=euros("20.00")),
        ),
    )
    assert "Remises accordées" in str(refusal)


def test_refuses_a_number_that_is_not_in_the_chart(section: int) -> None:
    refusal = refused(
        Code.ACCOUNT_MISSING,
        draft(debit("999999", section, euros("1.00")), credit("bank", section, euros("1.00"))),
    )
    assert "999999" in str(refusal)


def test_every_role_of_the_worked_cases_has_its_account() -> None:
    expected = json.loads(books.CASES.read_text())["accounts"]
    found = {role: accounts_named([role])[role].number for role in expected}
    assert found == expected
