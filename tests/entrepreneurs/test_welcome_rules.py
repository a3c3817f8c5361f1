"""The pure rules of the welcome: grid, economic criterion, reminders, places, figures."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepreneurs.calculations.economic import Tested as Figures
from entrepreneurs.calculations.economic import Threshold, economic_criterion, months_tested, working_time
from entrepreneurs.calculations.funnel import gap_to_date, median_days, meets, places_left, share
from entrepreneurs.calculations.grid import mean_of, spread, weighted_mean
from entrepreneurs.calculations.placing import column_of, is_late
from entrepreneurs.calculations.reminding import Step, read_delays, step_of
from entrepreneurs.selectors.frozen import tenth

RULE = Threshold(Decimal("20000.00"), 12, "sales")
FULL = Fraction(1)


def test_the_weighted_mean_is_exact() -> None:
    weights = {"a": 3, "b": 2, "c": 2, "d": 3}
    assert weighted_mean({"a": 4, "b": 1, "c": 2, "d": 3}, weights) == Fraction(27, 10)
    assert weighted_mean({"a": 1, "b": 0, "c": 0, "d": 0}, {"a": 1, "b": 1, "c": 1, "d": 4}) == Fraction(1, 7)


@pytest.mark.parametrize(
    ("marks", "weights"),
    [({}, {}), ({"a": 1}, {"a": 1, "b": 1}), ({"a": 1, "b": 1}, {"a": 1}), ({"a": 1}, {"a": 0})],
)
def test_a_grid_that_is_not_whole_has_no_mean(marks: dict[str, int], weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"mark|weight"):
        weighted_mean(marks, weights)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=8))
def test_a_mean_stays_between_the_marks(pairs: list[tuple[int, int]]) -> None:
    marks = {key: mark for key, (mark, _weight) in enumerate(pairs)}
    mean = weighted_mean(marks, {key: weight for key, (_mark, weight) in enumerate(pairs)})
    assert min(marks.values()) <= mean <= max(marks.values())


@pytest.mark.parametrize(
    ("mean", "said"),
    [(None, ""), (Fraction(17, 8), "2,13"), (Fraction(1, 200), "0,01"), (Fraction(3), "3,00")],
)
def test_a_mean_is_read_to_the_hundredth_half_up(mean: Fraction | None, said: str) -> None:
    assert tenth(mean) == said


def test_a_spread_says_the_ends_and_the_gap() -> None:
    found = spread([4, 1, 2])
    assert found is not None
    assert (found.lowest, found.highest, found.gap, found.mean) == (1, 4, 3, Fraction(7, 3))
    assert spread([]) is None
    assert mean_of([]) is None


@pytest.mark.parametrize(
    ("sales", "months", "time", "required", "met"),
    [
        ("20000.00", 12, FULL, "20000.00", True),
        ("19999.99", 12, FULL, "20000.00", False),
        ("10000.00", 12, Fraction(1, 2), "10000.00", True),
        ("5000.00", 3, FULL, "5000.00", True),
        # 20 000 × 26/35 = 14 857,142…: to the cent, half up.
        ("14857.14", 12, Fraction(26, 35), "14857.14", True),
        ("1190.47", 1, Fraction(25, 35), "1190.48", False),
    ],
)
def test_the_criterion_is_scaled_by_months_and_working_time(
    sales: str, months: int, time: Fraction, required: str, met: bool
) -> None:
    working = economic_criterion(RULE, Figures(Decimal(sales), Decimal(0), months, time))
    assert (working.required, working.is_met) == (Decimal(required), met)
    assert working.gap == Decimal(required) - Decimal(sales)


def test_the_criterion_may_look_at_margin_and_at_everybody_alike() -> None:
    margin = Threshold(Decimal("8000.00"), 12, "margin", scaled=False)
    working = economic_criterion(margin, Figures(Decimal(12000), Decimal("4000.01"), 12, Fraction(1, 2)))
    assert (working.measured, working.required, working.is_met) == (
        Decimal("7999.99"),
        Decimal("8000.00"),
        False,
    )


@pytest.mark.parametrize(("months", "time"), [(0, FULL), (12, Fraction(0)), (12, Fraction(36, 35))])
def test_a_test_of_no_length_is_no_test(months: int, time: Fraction) -> None:
    with pytest.raises(ValueError, match=r"month|fraction"):
        economic_criterion(RULE, Figures(Decimal(1), Decimal(0), months, time))


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (None, date(2026, 3, 2), 12),
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2020, 1, 1), date(2025, 12, 31), 12),
        (date(2025, 3, 1), date(2026, 2, 27), 11),
        (date(2025, 1, 1), date(2025, 1, 2), 1),
        # A test said to end before it began.
        (date(2025, 1, 2), date(2025, 1, 1), 1),
    ],
)
def test_the_months_of_a_test_are_whole(since: date | None, until: date, months: int) -> None:
    assert months_tested(since, until) == months


@pytest.mark.parametrize(("hours", "part"), [(None, FULL), (35, FULL), (26, Fraction(26, 35)), (48, FULL)])
def test_a_week_of_work_is_a_share_of_full_time(hours: int | None, part: Fraction) -> None:
    assert working_time(hours) == part


DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("after", "sent", "expected"),
    [
        (0, 1, None),
        (2, 1, None),
        (3, 1, Step(2, gives_up=False)),
        (3, 2, None),
        # A week without the scheduler: one mail for what was missed.
        (11, 1, Step(3, gives_up=False)),
        (13, 3, None),
        (14, 3, Step(3, gives_up=True)),
        (40, 1, Step(1, gives_up=True)),
        (40, 0, Step(3, gives_up=False)),
    ],
)
def test_what_an_invitation_asks_for_today(after: int, sent: int, expected: Step | None) -> None:
    today = date.fromordinal(DAY.toordinal() + after)
    assert step_of(DAY, delays=(0, 3, 10), silence=4, sent=sent, today=today) == expected


def test_delays_begin_at_nought_and_grow() -> None:
    assert read_delays("0, 3,10") == (0, 3, 10)
    for wrong in ("1,3", "0,3,3", "0,x", ""):
        with pytest.raises(ValueError, match=r".*"):
            read_delays(wrong)


def test_a_card_stands_in_the_last_column_that_lasts() -> None:
    assert column_of(2, {1, 2}, first=1) == 2
    assert column_of(3, {1, 2}, first=1) == 1
    assert column_of(None, {1, 2}, first=1) == 1
    assert column_of(None, (), first=None) is None


def test_a_card_is_late_the_day_after_its_time() -> None:
    assert not is_late(DAY, late_after=7, today=date(2026, 3, 9))
    assert is_late(DAY, late_after=7, today=date(2026, 3, 10))
    assert not is_late(DAY, late_after=None, today=date(2027, 3, 10))


def test_figures_of_the_funnel() -> None:
    assert (share(1, 3), share(0, 0)) == (Fraction(1, 3), None)
    assert (median_days([9, 1, 4]), median_days([1, 4]), median_days([])) == (4, Fraction(5, 2), None)
    assert (places_left(5, 3), places_left(5, 9)) == (2, 0)
    assert (meets(1, 2, Decimal("0.5")), meets(1, 3, Decimal("0.5")), meets(0, 0, Decimal("0.5"))) == (
        True,
        False,
        None,
    )


def test_the_gap_to_date_follows_the_days_of_the_year() -> None:
    gap = gap_to_date(365, 100, year=2026, today=date(2026, 4, 10))
    assert (gap.expected, gap.gap, gap.is_late) == (100, 0, False)
    assert gap_to_date(12, 0, year=2026, today=date(2026, 1, 31)).is_late
    assert gap_to_date(12, 3, year=2026, today=date(2025, 12, 31)).expected == 0
    assert gap_to_date(12, 3, year=2026, today=date(2027, 2, 1)).expected == 12
