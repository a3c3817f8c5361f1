"""Numbers without gap, dates that never go back, seals that chain: the worked cases DT34 to DT38."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries
from cae.core.numbering import link, next_number, open_series, take_turn
from tests.core.test_number_templates import cases

pytestmark = pytest.mark.django_db


def issue(item: Any) -> str | dict[str, str]:
    """Numbers one document as a service does: a failure after the number undoes the whole."""
    fails = isinstance(item, dict)
    try:
        with transaction.atomic():
            number = next_number("case", date.fromisoformat(item["on"] if fails else item))
            if fails:
                raise RuntimeError("the issue fails after numbering")
            return number
    except Refused as refusal:
        return {"refused": str(refusal.code)}
    except RuntimeError:
        return {"refused": "issue_failed"}


@pytest.mark.parametrize("case", cases("numbering"), ids=lambda case: case["id"])
def test_numbering_case(case: dict[str, Any]) -> None:
    told = case["input"]
    open_series("case", label="cas", template=told["template"], start_after=int(told["start_after"]))
    assert [issue(item) for item in told["issue"]] == case["expected"]["numbers"]


def test_a_refused_date_leaves_the_counter_where_it_was() -> None:
    open_series("case", label="cas", template="{SEQ}")
    next_number("case", date(2026, 5, 2))
    with pytest.raises(Refused) as refusal:
        next_number("case", date(2026, 5, 1))
    assert refusal.value.code == Code.DATE_BEFORE_LAST
    assert "02/05/2026" in str(refusal.value)
    series = NumberSeries.objects.get(code="case")
    assert (series.counter, series.last_on) == (1, date(2026, 5, 2))


def test_book_entries_may_be_dated_before_the_last_one() -> None:
    open_series("book", label="journal", template="{SEQ}", dates_rise=False)
    assert [next_number("book", date(2026, 5, day)) for day in (2, 1, 3)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("template", "rise"), [("", True), ("{SEQ_YEAR}", True), ("{YYYY}-{SEQ_YEAR}", False)]
)
def test_a_series_that_could_repeat_a_number_is_not_opened(template: str, rise: bool) -> None:
    with pytest.raises(Refused) as refusal:
        open_series("bad", label="mauvaise", template=template, dates_rise=rise)
    assert refusal.value.code == Code.SERIES_INVALID
    assert not NumberSeries.objects.filter(code="bad").exists()


def test_each_seal_covers_the_one_before() -> None:
    open_series("case", label="cas", template="{SEQ}")
    seals = []
    for content in ("a", "b", "b"):
        with transaction.atomic():
            turn = take_turn("case", date(2026, 5, 2))
            assert turn.previous_seal == (seals[-1] if seals else "")
            seals.append(turn.seal(content))
    assert seals[0] == link("", "a")
    assert seals[1] != seals[2]
