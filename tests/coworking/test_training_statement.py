"""One yearly statement of three trainings, worked by hand, and what it is made of (COW-49)."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from coworking.calculations.training_statement import (
    Charges,
    Count,
    Followed,
    Money,
    Sold,
    Taught,
    agrees,
    exact_hours,
    filed,
    hours_between,
    hours_signed,
    printed,
    printed_hours,
    printed_income,
    statement,
    total_of,
    unsaid,
)

# Worked by hand, year 2026.
#
# T1, of the cooperative, « autre » 310, on site: 10 December 2026 and 14 January 2027, each a morning and an
# afternoon of 3.50 h. Anne (employee) signs the four; Bilal (at own cost) both of 2026, then drops out;
# Chloé (job-seeker) the first alone. 2026: 7 + 7 + 3.50 = 17.50 h, 3 trainees. 2027: 7 h, 1 trainee.
# T2, entrusted to another body, RS 312, remote: two half-days of 3 h in March. Driss (employee), Élise
# (other): 12 h, 2 trainees.
# T3, entrusted to us by another body: one half-day of 3.25 h in June, three trainees: 9.75 h, in G alone.
#
# F-1: employee 13 h (2), job-seeker 3.50 (1), individual 7 (1), other 6 (1): 5 trainees, 29.50 h.
# F-3: other 17.50 (3), RS 12 (2): 5, 29.50. F-4: 310 17.50 (3), 312 12 (2): 5, 29.50. Printed: 30 each.
# E: Nadia, own, 2 × 3.50 + 3.25 = 10.25 h; Marc, external, 6 h.
# C: 1: 1 200.40 + 690.00 − 100.25 (credit note of 2026 on an invoice of 2025) = 1 790.15; 2f 400.20;
# 2g 610.30; 9 350.30; 10 812.60: 3 963.55, that is 5 % of 79 271. Printed 3 964: cut down, 1 790 + 400 + 610
# + 350 + 812 = 3 962; the two euros left go to 10 (0.60), then to 2g (0.30, before 9). Line 2: 1 011.
# Left out: an internal sale, an invoice of 2027, a credit note of 2027 on one of 2026.
ANNE, BILAL, CHLOE, DRISS, ELISE, FATOU, GAEL, HUGO = range(1, 9)
NADIA, MARC = 1, 2
HALF, THREE, SHORT = Decimal("3.50"), Decimal("3.00"), Decimal("3.25")
T1: dict[str, Any] = {"objective": "other", "speciality": "310"}
T2: dict[str, Any] = {"objective": "rs", "speciality": "312", "is_remote": True, "is_entrusted": True}
T3: dict[str, Any] = {"objective": "other", "speciality": "320", "is_for_another": True}
FOLLOWED = [
    Followed(1, ANNE, 2026, HALF, "employee", **T1),
    Followed(2, ANNE, 2026, HALF, "employee", **T1),
    Followed(3, ANNE, 2027, HALF, "employee", **T1),
    Followed(4, ANNE, 2027, HALF, "employee", **T1),
    Followed(5, BILAL, 2026, HALF, "individual", **T1),
    Followed(6, BILAL, 2026, HALF, "individual", **T1),
    Followed(7, CHLOE, 2026, HALF, "job_seeker", **T1),
    *(Followed(8 + rank, DRISS, 2026, THREE, "employee", **T2) for rank in range(2)),
    *(Followed(10 + rank, ELISE, 2026, THREE, "other", **T2) for rank in range(2)),
    *(Followed(12 + who, who, 2026, SHORT, "employee", **T3) for who in (FATOU, GAEL, HUGO)),
]
TAUGHT = [
    Taught(1, NADIA, 2026, HALF, is_own=True),
    Taught(2, NADIA, 2026, HALF, is_own=True),
    Taught(3, NADIA, 2027, HALF, is_own=True),
    Taught(4, MARC, 2026, THREE, is_own=False),
    Taught(5, MARC, 2026, THREE, is_own=False),
    Taught(6, NADIA, 2026, SHORT, is_own=True),
]
SOLD = [
    Sold(1, 2026, "1", Decimal("1200.40")),
    Sold(2, 2026, "9", Decimal("350.30")),
    Sold(3, 2026, "2f", Decimal("400.20")),
    Sold(4, 2026, "2g", Decimal("610.30")),
    Sold(5, 2026, "1", Decimal("690.00")),
    Sold(6, 2026, "10", Decimal("812.60")),
    Sold(7, 2026, "1", Decimal("100.25"), is_credit=True),
    Sold(8, 2026, "1", Decimal("500.00"), is_internal=True),
    Sold(9, 2027, "1", Decimal("700.00")),
    Sold(10, 2027, "1", Decimal("690.00"), is_credit=True),
]


def test_a_statement_of_three_trainings_worked_by_hand() -> None:
    charges = Charges(Decimal("2100.00"), Decimal("1400.00"), Decimal("480.00"))
    rows: dict[str, Any] = {"sold": SOLD, "followed": FOLLOWED, "taught": TAUGHT}
    found = statement(2026, **rows, charges=charges, turnover=Decimal("79271.00"))
    assert found.income == {
        "1": Money(Decimal("1790.15"), (1, 5, 7)),
        "2f": Money(Decimal("400.20"), (3,)),
        "2g": Money(Decimal("610.30"), (4,)),
        "9": Money(Decimal("350.30"), (2,)),
        "10": Money(Decimal("812.60"), (6,)),
    }
    assert (found.total_income, found.share_of_turnover) == (Decimal("3963.55"), Decimal("0.05"))
    assert printed_income(found) == (
        {"1": 1790, "2": 1011, "2f": 400, "2g": 611, "9": 350, "10": 813},
        3964,
    )
    assert found.charges == charges
    assert found.own_trainers == Count(1, Decimal("10.25"), (1, 2, 6))
    assert found.external_trainers == Count(1, Decimal("6.00"), (4, 5))
    assert found.by_kind == {
        "employee": Count(2, Decimal("13.00"), (1, 2, 8, 9)),
        "individual": Count(1, Decimal("7.00"), (5, 6)),
        "job_seeker": Count(1, Decimal("3.50"), (7,)),
        "other": Count(1, Decimal("6.00"), (10, 11)),
    }
    assert found.by_objective == {
        "other": Count(3, Decimal("17.50"), (1, 2, 5, 6, 7)),
        "rs": Count(2, Decimal("12.00"), (8, 9, 10, 11)),
    }
    assert {code: one.hours for code, one in found.by_speciality.items()} == {
        "310": Decimal("17.5"),
        "312": Decimal(12),
    }
    assert found.remote == found.entrusted == Count(2, Decimal("12.00"), (8, 9, 10, 11))
    assert found.for_others == Count(3, Decimal("9.75"), (18, 19, 20))
    frames = (found.by_kind, found.by_objective, found.by_speciality)
    assert [total_of(one) for one in frames] == [(5, Decimal("29.50"))] * 3
    assert agrees(found)
    assert unsaid(found) == {}
    assert [printed_hours(one) for one in frames] == [
        ({"employee": 13, "individual": 7, "job_seeker": 4, "other": 6}, 30),
        ({"other": 18, "rs": 12}, 30),
        ({"310": 18, "312": 12}, 30),
    ]
    told = filed(found)
    assert told["C"] == {"lines": printed_income(found)[0], "total": 3964}
    assert told["D"] == {"total": 2100, "pay": 1400, "purchases": 480}
    assert told["E"] == {"own": {"people": 1, "hours": 10}, "external": {"people": 1, "hours": 6}}
    assert told["F-3"] == {
        "lines": {"other": {"people": 3, "hours": 18}, "rs": {"people": 2, "hours": 12}},
        "people": 5,
        "hours": 30,
    }
    assert (told["F-2"], told["G"]) == ({"people": 2, "hours": 12}, {"people": 3, "hours": 10})


def test_a_trainee_over_two_years_counts_in_both() -> None:
    after = statement(2027, sold=SOLD, followed=FOLLOWED, taught=TAUGHT)
    assert after.by_kind == {"employee": Count(1, Decimal("7.00"), (3, 4))}
    assert after.income == {"1": Money(Decimal("10.00"), (9, 10))}
    assert (after.own_trainers.hours, after.charges) == (HALF, Charges())
    assert after.share_of_turnover is None
    assert printed_income(after) == ({"1": 10}, 10)


def test_what_nobody_said_is_counted_and_breaks_the_totals() -> None:
    rows = [
        Followed(1, ANNE, 2026, HALF, "", "other", "310"),
        Followed(2, BILAL, 2026, HALF, "employee", "other", "310"),
    ]
    found = statement(
        2026, sold=[Sold(1, 2026, "", Decimal(10)), Sold(2, 2026, "1", Decimal(5))], followed=rows
    )
    assert not agrees(found)
    assert unsaid(found) == {"C": 1, "F-1": 1}
    assert printed_income(found) == ({"1": 5}, 5)


@pytest.mark.parametrize(
    ("figures", "lines", "total"),
    [
        ({}, {}, 0),
        ({"a": Decimal("0.5")}, {"a": 1}, 1),
        ({"a": Decimal("0.4"), "b": Decimal("0.4")}, {"a": 1, "b": 0}, 1),
        ({"a": Decimal("10.20"), "b": Decimal("-0.60")}, {"a": 10, "b": 0}, 10),
        ({"a": Decimal("-2.50")}, {"a": -3}, -3),
    ],
)
def test_what_is_printed_adds_up(figures: dict[str, Decimal], lines: dict[str, int], total: int) -> None:
    assert printed(figures) == (lines, total)
    assert sum(lines.values()) == total


def test_hours_are_those_of_the_half_days_signed() -> None:
    starts = datetime(2026, 12, 10, 9, tzinfo=UTC)
    assert hours_between(starts, datetime(2026, 12, 10, 12, 30, tzinfo=UTC)) == HALF
    assert hours_between(starts, datetime(2026, 12, 10, 9, 20, tzinfo=UTC)) == Decimal("0.33")
    # Twenty minutes thrice are an hour, of a trainee as of the year.
    third = exact_hours(starts, datetime(2026, 12, 10, 9, 20, tzinfo=UTC))
    assert hours_signed({1: third, 2: third, 3: third}, [1, 2, 3]) == 1
    assert printed({"a": third * 300, "b": third * 3}) == ({"a": 100, "b": 1}, 101)
    assert printed({"a": third * 3 * Decimal("10.5")}) == ({"a": 11}, 11)
    lengths = {1: HALF, 2: THREE}
    assert hours_signed(lengths, [1, 2, 2, 9]) == Decimal("6.50")
    assert hours_signed(lengths, []) == 0
