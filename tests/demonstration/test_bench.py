"""The bench says what it measured, and a constant page that asks the database is found out."""

from __future__ import annotations

import json

import pytest

from cae.demonstration.bench.pages import no_database
from cae.demonstration.bench.report import Comparison, Rate, Report
from cae.demonstration.bench.timing import FEWEST, WARM_UP, medians
from people.models import User

REPORT = Report(
    comparisons=[
        Comparison("a page", ours=30.0, bare=20.0, limit=2.0),
        Comparison("a file", ours=30.0, bare=20.0, limit=1.25),
    ],
    rates=[Rate("issuing", clients=16, documents=96, seconds=4.0, gaps=0)],
    loading_seconds=12.34,
)


def test_the_report_for_machines_says_ratios_and_aims() -> None:
    facts = json.loads(REPORT.as_json())
    assert [(one["ratio"], one["within"]) for one in facts["comparisons"]] == [(1.5, True), (1.5, False)]
    assert facts["rates"][0]["per_second"] == 24.0
    assert facts["loading_seconds"] == 12.3


def test_the_report_for_people_marks_what_is_above_its_aim() -> None:
    page, file = REPORT.as_text().splitlines()[1:3]
    assert "30.0 ms" in page
    assert "1.50×" in page
    assert not page.endswith("above the aim")
    assert file.endswith("above the aim")


def test_ways_are_tried_turn_by_turn() -> None:
    order: list[str] = []
    found = medians({"one": lambda: order.append("1"), "two": lambda: order.append("2")}, seconds=0)
    assert set(found) == {"one", "two"}
    assert "".join(order) == "1" * WARM_UP + "2" * WARM_UP + "12" * FEWEST


@pytest.mark.django_db
def test_a_constant_page_that_asks_the_database_is_refused() -> None:
    with no_database(), pytest.raises(RuntimeError, match="asked the database"):
        User.objects.count()
    assert User.objects.count() == 0
