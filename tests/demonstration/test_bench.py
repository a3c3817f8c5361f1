"""The bench says what it measured, and a constant page that asks the database is found out."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

import pytest

from cae.demonstration.bench.fec import measure_fec
from cae.demonstration.bench.memory import forget_the_most, most_megabytes
from cae.demonstration.bench.pages import no_database
from cae.demonstration.bench.report import Batch, Comparison, Rate, Report
from cae.demonstration.bench.timing import FEWEST, WARM_UP, medians
from people.models import User
from tests.factories.accounting_ledger import post

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


@pytest.mark.django_db
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_fec_is_measured_in_time_and_in_memory() -> None:
    """Its memory in another process, which sees what is committed."""
    post(date(2026, 3, 2))
    (taken, memory), sums = measure_fec()
    assert (taken.unit, memory.unit) == ("ms", "MB")
    assert min(taken.ours, taken.bare, sums["check of this FEC"]) > 0
    assert 0 <= memory.ours < memory.bare


def test_a_batch_says_how_much_the_second_process_helps() -> None:
    good = Batch("Factur-X files", 1000, 170.0, 100.0, 210.4, 1.6)
    slow = Batch("Factur-X files", 1000, 150.0, 100.0, 210.4, 1.6)
    text = Report([], [], 1.0, batches=[good, slow]).as_text()
    assert "1000 in 170.0 s alone, 100.0 s by two: 1.70× (aim 1.6×), 210 MB at most each\n" in text
    assert "1.50× (aim 1.6×), 210 MB at most each  below the aim" in text
    assert '"ratio": 1.7' in Report([], [], 1.0, batches=[good]).as_json()


def test_the_memory_of_a_process_is_its_own_and_not_that_of_its_parent() -> None:
    ballast = bytearray(300 * 1024 * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert 0 < pool.submit(most_megabytes).result() < 300 < most_megabytes()
    before = most_megabytes()
    del ballast
    forget_the_most()
    assert most_megabytes() < before
