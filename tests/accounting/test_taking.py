"""The contribution taken on documents and on receipts, given back by credit notes, undone and taken again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounting.models import Account, ContributionPart, ContributionRun, Entry, SaleMovement
from accounting.selectors.contribution import contribution_sums, estimate, lines_of_run
from accounting.selectors.controls import contribution_faults
from accounting.services.contribution import (
    reverse_contribution,
    take_again,
    take_on_receipt,
)
from accounting.services.scales import assign_scale
from cae.core.errors import Code
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from tests.accounting.refusals import refuses
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 2)
SLICES = {
    "kind": "slices",
    "window": "year",
    "slices": [{"up_to": "1000.00", "rate": "0.1100"}, {"up_to": None, "rate": "0.1000"}],
}
ON_DOCUMENTS = books.flat("0.1000") | {"shape": SLICES}


def take(
    activity: Activity,
    *nets: str | tuple[str, str],
    on: date = MARCH,
    number: str = "F-1",
    corrects: str = "",
) -> ContributionRun | None:
    parts = [("ordinary", one) if isinstance(one, str) else one for one in nets]
    return books.take_contribution(
        activity,
        parts=[(category, Decimal(net)) for category, net in parts],
        on=on,
        document_number=number,
        source=None,
        actor=None,
        corrects=corrects,
    )


def taken(activity: Activity) -> Decimal:
    return contribution_sums(activity, start=date(2020, 1, 1), end=date(2030, 1, 1)).due


@pytest.mark.parametrize("case", books.cases("contribution"), ids=lambda case: case["id"])
def test_worked_case_of_the_books(case: dict[str, Any]) -> None:
    given_, expected = case["input"], case["expected"]["entries"][0]
    books.scale(given_["rate"])
    activity = make_activity(code=given_["activity"])
    run = take(activity, given_["base"], on=date.fromisoformat(given_["on"]), number=given_["document"])
    assert run is not None
    assert run.entry is not None
    assert books.read_back(run.entry) == books.as_read(expected)
    assert run.entry.label == expected["label"]


def test_a_document_that_crosses_a_slice_is_split_and_explained() -> None:
    books.scale(rules=ON_DOCUMENTS)
    activity = make_activity(code="A1")
    take(activity, "600.00")
    run = take(activity, "1000.00", number="F-2")
    assert run is not None
    assert (run.base, run.due) == (Decimal("1000.00"), Decimal("104.00"))
    details = [line.detail.replace("\u202f", " ").replace("\xa0", " ") for line in lines_of_run(run)]
    assert details[1] == "400,00 € à 11 % + 600,00 € à 10 %, après 600,00 € déjà comptés"
    assert ContributionPart.objects.filter(window="year:2026").count() == 2


def test_the_same_document_twice_changes_nothing() -> None:
    books.scale()
    activity = make_activity(code="A1")
    first = take(activity, "200.00")
    assert take(activity, "200.00") == first
    assert (Entry.objects.count(), SaleMovement.objects.count()) == (1, 1)


def test_a_kind_of_sale_with_its_own_rate_has_its_own_window() -> None:
    own = {"internal": {"kind": "flat", "rate": "0.0500", "window": "document"}}
    books.scale(rules=ON_DOCUMENTS | {"per_category": own})
    activity = make_activity(code="A1")
    run = take(activity, ("internal", "2000.00"), ("ordinary", "500.00"), ("training", "500.00"))
    assert run is not None
    assert run.due == Decimal("210.00")
    assert {(part.category, part.base) for part in run.parts.all()} == {
        ("ordinary", Decimal("1000.00")),
        ("internal", Decimal("2000.00")),
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.decimals(min_value="0.03", max_value="3000", places=2),
    st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=4),
    st.booleans(),
)
def test_credit_notes_of_the_whole_leave_exactly_nothing(
    net: Decimal, weights: list[int], next_year: bool
) -> None:
    """In one or several parts, the same year or the next, another rule having come in between."""
    rank = ContributionRun.objects.count()
    books.scale(code=f"s{rank}", rules=ON_DOCUMENTS)
    activity = make_activity()
    take(activity, "800.00", number=f"{activity.code}-0")
    before = taken(activity)
    take(activity, str(net), number=f"{activity.code}-1")
    books.scale("0.5000", code=f"s{rank}", on=date(2026, 6, 1))
    on = date(2027, 2, 1) if next_year else date(2026, 7, 1)
    whole, left = sum(weights), net
    for place, weight in enumerate(weights, start=1):
        part = left if place == len(weights) else (net * weight / whole).quantize(Decimal("0.01"))
        left -= part
        take(activity, str(-part), on=on, number=f"{activity.code}-A{place}", corrects=f"{activity.code}-1")
    assert taken(activity) == before


def test_a_credit_note_counts_on_the_year_of_its_invoice() -> None:
    books.scale(rules=ON_DOCUMENTS)
    activity = make_activity(code="A1")
    invoice = take(activity, "1500.00")
    note = take(activity, "-700.00", on=date(2027, 1, 5), number="A-1", corrects="F-1")
    assert note is not None
    assert (note.corrects, note.year, note.on, note.due) == (
        invoice,
        2026,
        date(2027, 1, 5),
        Decimal("-72.00"),
    )
    after = take(activity, "100.00", on=date(2027, 1, 6), number="F-2")
    assert after is not None
    assert after.due == Decimal("11.00")


def test_nothing_taken_on_the_invoice_is_not_given_back() -> None:
    activity = make_activity(code="A1")
    take(activity, "200.00")
    scale = books.scale()
    assign_scale(activity, scale=scale, starts_on=date(2026, 4, 1), reason="Vote", actor=None)
    assert take(activity, "-200.00", on=date(2026, 4, 2), number="A-1", corrects="F-1") is None
    assert not ContributionRun.objects.exists()


def test_nothing_due_leaves_a_working_without_entry() -> None:
    books.scale("0.0000")
    run = take(make_activity(code="A1"), "200.00")
    assert run is not None
    assert (run.due, run.entry) == (ZERO, None)
    assert not Entry.objects.exists()


def test_a_month_will_count_what_a_monthly_scale_does_not_take() -> None:
    books.scale(rules=books.monthly())
    activity = make_activity(code="A1")
    assert take(activity, "200.00") is None
    movement = SaleMovement.objects.get()
    assert (movement.net, movement.by_document) == (Decimal("200.00"), False)


def test_an_account_missing_leaves_nothing() -> None:
    books.scale()
    activity = make_activity(code="A1")
    Account.objects.filter(role="internal_link").update(role=None)
    with refuses(Code.ACCOUNT_MISSING):
        take(activity, "200.00")
    assert not ContributionRun.objects.exists()
    assert not SaleMovement.objects.exists()


@pytest.mark.parametrize("net", ["100.00", "1000.00", "1400.55"])
def test_the_estimate_is_what_is_booked_to_the_cent(net: str) -> None:
    books.scale(rules=ON_DOCUMENTS)
    activity = make_activity(code="A1")
    take(activity, "333.33")
    said = estimate(activity, [("ordinary", Decimal(net)), ("training", Decimal("10.10"))], MARCH)
    run = take(activity, net, ("training", "10.10"), number="F-2")
    assert run is not None
    assert (said.due, said.exact, said.scale_label) == (run.due, True, "Barème general")
    amounts = [line.amount for line in said.lines]
    assert amounts == [line.amount for line in lines_of_run(run)]


def test_an_estimate_without_scale_is_nothing() -> None:
    said = estimate(make_activity(code="A1"), [("ordinary", Decimal("10.00"))], MARCH)
    assert (said.due, said.exact, said.lines) == (ZERO, True, ())


def test_an_estimate_asks_few_questions_whatever_came_before(
    django_assert_max_num_queries: Any,
) -> None:
    books.scale(rules=ON_DOCUMENTS)
    activity = make_activity(code="A1")
    for rank in range(5):
        take(activity, "100.00", number=f"F-{rank}")
    with django_assert_max_num_queries(7):
        estimate(activity, [("ordinary", Decimal("10.00"))], MARCH)


def test_undone_then_taken_again() -> None:
    books.scale(rules=ON_DOCUMENTS)
    activity = make_activity(code="A1")
    run = take(activity, "1500.00")
    assert run is not None
    back = reverse_contribution(run, on=date(2026, 3, 5), reason="Mauvais barème", actor=None)
    assert (back.due, back.reverses) == (-run.due, run)
    assert back.entry is not None
    assert back.entry.reverses == run.entry
    assert taken(activity) == 0
    again = take_again(run, actor=None)
    assert (again.rank, again.due) == (3, run.due)
    assert list(contribution_faults()) == []


def test_refuses_to_undo_twice_or_without_reason_or_below_a_credit_note() -> None:
    books.scale()
    activity = make_activity(code="A1")
    run = take(activity, "200.00")
    assert run is not None
    with refuses(Code.VALUE_MISSING):
        reverse_contribution(run, on=MARCH, reason=" ", actor=None)
    with refuses(Code.DATE_INVALID):
        reverse_contribution(run, on=date(2026, 3, 1), reason="Erreur", actor=None)
    with refuses(Code.ALREADY_DONE):
        take_again(run, actor=None)
    note = take(activity, "-200.00", number="A-1", corrects="F-1")
    assert note is not None
    with refuses(Code.ALREADY_DONE):
        reverse_contribution(run, on=MARCH, reason="Erreur", actor=None)
    assert ContributionRun.objects.count() == 2
    reverse_contribution(note, on=MARCH, reason="Erreur", actor=None)
    reverse_contribution(run, on=MARCH, reason="Erreur", actor=None)
    with refuses(Code.ALREADY_DONE):
        reverse_contribution(run, on=MARCH, reason="Erreur", actor=None)
    assert taken(activity) == 0


def received(net: str = "1000.00") -> Activity:
    """An activity that gives when it is paid, and an invoice of this net not yet paid."""
    books.scale(rules=books.flat("0.1000") | {"base": {"turnover": "received"}})
    activity = make_activity(code="A1")
    books.sale(activity, net, on=MARCH)
    assert take(activity, net) is None
    return activity


def test_a_receipt_gives_its_share_of_the_net() -> None:
    activity = received()
    runs = [
        take_on_receipt(activity, entry=books.receipt(activity, amount), actor=None)
        for amount in ("400.00", "800.00")
    ]
    assert [run.base for run in runs if run] == [Decimal("333.33"), Decimal("666.67")]
    assert taken(activity) == Decimal("100.00")
    again = take_on_receipt(activity, entry=Entry.objects.filter(journal__code="BQ")[0], actor=None)
    assert again == runs[1]


def test_a_receipt_gives_nothing_under_another_scale() -> None:
    books.scale()
    activity = make_activity(code="A1")
    books.sale(activity, "1000.00", on=MARCH)
    take(activity, "1000.00")
    assert take_on_receipt(activity, entry=books.receipt(activity, "1200.00"), actor=None) is None
    assert ContributionRun.objects.count() == 1
