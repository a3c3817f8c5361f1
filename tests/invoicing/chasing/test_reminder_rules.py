"""Which step an unpaid invoice waits for: no step jumped, pause, dispute, gap, groups (INV-42)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from invoicing.calculations.reminders import (
    Departure,
    Step,
    Unpaid,
    average_delay,
    chase_of,
    departures,
    next_step,
)

DUE = date(2026, 4, 1)
STEPS = [Step(30, "letter", "formal", True), Step(3, "mail", "courteous"), Step(15, "mail", "firm", True)]
TONES = ["courteous", "firm", "formal"]


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("unpaid", "today", "stage", "days", "on"),
    [
        (Unpaid(DUE), 1, "upcoming", 3, 3),
        (Unpaid(DUE), 3, "due", 3, 3),
        # Forty days late and never chased: courteous first.
        (Unpaid(DUE), 40, "due", 3, 3),
        (Unpaid(DUE, reached=3, reminded_on=after(3)), 14, "upcoming", 15, 15),
        (Unpaid(DUE, reached=3, reminded_on=after(3)), 15, "due", 15, 15),
        # Seven days at least between two.
        (Unpaid(DUE, reached=3, reminded_on=after(40)), 46, "upcoming", 15, 47),
        (Unpaid(DUE, reached=3, reminded_on=after(40)), 47, "due", 15, 47),
        (Unpaid(DUE, paused_until=after(20)), 20, "paused", 3, 3),
        (Unpaid(DUE, paused_until=after(20)), 21, "due", 3, 3),
        (Unpaid(DUE, disputed=True, paused_until=after(20)), 20, "disputed", 3, 3),
    ],
)
def test_where_an_invoice_stands(unpaid: Unpaid, today: int, stage: str, days: int, on: int) -> None:
    found = chase_of(unpaid, STEPS, gap=7, today=after(today))
    assert found.step is not None
    assert (found.stage, found.step.days, found.on) == (stage, days, after(on))


def test_after_the_last_step_somebody_decides() -> None:
    found = chase_of(Unpaid(DUE, reached=30, reminded_on=after(30)), STEPS, gap=7, today=after(90))
    assert (found.stage, found.step, found.on) == ("ended", None, None)


def test_steps_that_changed_since_are_read_from_the_day_reached() -> None:
    assert next_step([Step(5, "mail", "courteous"), Step(20, "mail", "firm")], 15) == Step(20, "mail", "firm")
    assert next_step([], 0) is None


def test_one_departure_a_customer_in_the_strongest_tone_a_formal_notice_alone() -> None:
    courteous, firm, formal = STEPS[1], STEPS[2], STEPS[0]
    letter = Step(10, "letter", "firm")
    found = departures(
        [
            ("A", 1, courteous), ("A", 2, firm), ("B", 3, courteous), ("A", 4, formal), ("A", 5, letter)
        ],
        tones=TONES,
    )  # fmt: skip
    assert found == [
        Departure("A", "mail", "firm", (1, 2)),
        Departure("B", "mail", "courteous", (3,)),
        Departure("A", "letter", "formal", (4,)),
        Departure("A", "letter", "firm", (5,)),
    ]


@pytest.mark.parametrize(
    ("delays", "said"), [([], None), ([3], 3), ([1, 2], 2), ([-4, 0], -2), ([-3, 0], -1), ([10, 20, 31], 20)]
)
def test_delay_in_fact(delays: list[int], said: int | None) -> None:
    assert average_delay(delays) == said
