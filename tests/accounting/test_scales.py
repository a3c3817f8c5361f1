"""Contribution scales: voted versions, who has them, what is taken under them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.models import Contribution, ContributionScale, Entry, ScaleAssignment
from accounting.selectors.accounts import section_of
from accounting.selectors.scales import (
    activities_without_scale,
    contribution_sums,
    default_scale,
    scale_of,
)
from accounting.services.contribution import take_contribution
from accounting.services.scales import assign_scale
from cae.core.errors import Code, Refused
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(2027, 1, 1)


def take(activity: Any, base: str, *, on: date = date(2026, 3, 2), number: str = "2026-101") -> Entry | None:
    return take_contribution(
        activity, base=Decimal(base), on=on, document_number=number, source=None, actor=None
    )


@pytest.mark.parametrize("case", books.cases("contribution"), ids=lambda case: case["id"])
def test_worked_case_through_the_service(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]["entries"][0]
    books.scale(given["rate"])
    activity = make_activity(code=given["activity"])
    entry = take(activity, given["base"], on=date.fromisoformat(given["on"]), number=given["document"])
    assert entry is not None
    assert books.read_back(entry) == books.as_read(expected)
    assert entry.label == expected["label"]


def test_the_working_is_kept_with_its_scale() -> None:
    scale = books.scale("0.1025")
    entry = take(make_activity(code="A1"), "199.99")
    row = Contribution.objects.get()
    assert (row.base, row.rate, row.due) == (Decimal("199.99"), Decimal("0.1025"), Decimal("20.50"))
    assert (row.scale, row.entry, row.document) == (scale, entry, "2026-101")


def test_invoice_and_credit_note_give_back_everything() -> None:
    books.scale("0.1025")
    activity = make_activity(code="A1")
    take(activity, "33.33")
    take(activity, "-33.33", number="2026-A01")
    sums = contribution_sums(activity, start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert (sums.base, sums.due) == (Decimal("0.00"), Decimal("0.00"))


def test_nothing_due_leaves_a_working_without_entry() -> None:
    books.scale("0.0000")
    assert take(make_activity(code="A1"), "200.00") is None
    row = Contribution.objects.get()
    assert (row.due, row.entry) == (Decimal("0.00"), None)
    assert not Entry.objects.exists()


def test_an_activity_without_scale_gives_nothing_and_is_listed() -> None:
    activity = make_activity(code="A1")
    assert take(activity, "200.00") is None
    assert not Contribution.objects.exists()
    assert list(activities_without_scale(date(2026, 3, 2))) == [activity]


def test_the_version_in_force_on_the_date_of_the_fact_applies() -> None:
    first = books.scale("0.1000")
    activity = make_activity(code="A1")
    second = books.scale("0.1200", on=date(2026, 7, 1))
    assert scale_of(activity, date(2026, 6, 30)) == first
    assert scale_of(activity, date(2026, 7, 1)) == second
    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 30)


def test_a_new_activity_receives_the_default_in_force_on_its_opening() -> None:
    books.scale("0.1000")
    other = books.scale("0.0800", code="essai", on=date(2026, 2, 1))
    activity = make_activity(code="B2", on=date(2026, 3, 1))
    row = ScaleAssignment.objects.get(activity=activity)
    assert (row.scale, row.starts_on) == (other, date(2026, 3, 1))
    assert default_scale(date(2026, 1, 31)) == ContributionScale.objects.get(code="general")


def test_opening_an_activity_opens_its_section_once() -> None:
    activity = make_activity(code="LENOIR", name="Photographie Lenoir")
    section = section_of(activity)
    assert (section.code, section.label) == ("LENOIR", "Photographie Lenoir")


def test_an_assignment_ends_the_one_before() -> None:
    books.scale()
    activity = make_activity(code="A1")
    reduced = books.scale("0.0500", code="reduit", is_default=False)
    assign_scale(activity, scale=reduced, starts_on=NEXT_YEAR, reason="Décision du CSE", actor=None)
    before, after = ScaleAssignment.objects.order_by("starts_on")
    assert (before.ends_on, after.ends_on) == (date(2026, 12, 31), None)
    assert scale_of(activity, date(2026, 12, 31)) == before.scale
    assert scale_of(activity, NEXT_YEAR) == reduced


def snapshot() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (ContributionScale, ScaleAssignment)]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"rate": "1.0001"}, Code.VALUE_INVALID),
        ({"rate": "-0.0001"}, Code.VALUE_INVALID),
        ({"decided_by": "  "}, Code.VALUE_MISSING),
        ({"on": date(2024, 12, 31)}, Code.PERIOD_INVALID),
        ({"on": BEGINNING}, Code.PERIOD_INVALID),
        ({"on": date(2026, 3, 2)}, Code.PERIOD_INVALID),
    ],
)
def test_refuses_a_version(details: dict[str, Any], code: Code) -> None:
    books.scale()
    take(make_activity(code="A1"), "200.00", on=date(2026, 3, 2))
    before = snapshot()
    with pytest.raises(Refused) as found:
        books.scale(**({"rate": "0.1200", "on": NEXT_YEAR} | details))
    assert found.value.code == code
    assert snapshot() == before


@pytest.mark.parametrize(
    ("starts_on", "reason", "code"),
    [
        (NEXT_YEAR, " ", Code.VALUE_MISSING),
        (BEGINNING, "Vote", Code.PERIOD_INVALID),
        (date(2026, 3, 2), "Vote", Code.PERIOD_INVALID),
    ],
)
def test_refuses_an_assignment(starts_on: date, reason: str, code: Code) -> None:
    scale = books.scale()
    activity = make_activity(code="A1")
    take(activity, "200.00", on=date(2026, 3, 2))
    before = snapshot()
    with pytest.raises(Refused) as found:
        assign_scale(activity, scale=scale, starts_on=starts_on, reason=reason, actor=None)
    assert found.value.code == code
    assert snapshot() == before
