"""The clocks of the law on contracts, on worked cases (issue, point 5), leap days, gaps and overlaps."""

from datetime import date

import pytest

from cae.core.periods import Span
from entrepreneurs.calculations.contents import (
    changed_clauses,
    clauses_of,
    mandatory_clauses,
    missing_clauses,
)
from entrepreneurs.calculations.contracts import (
    CapeLimit,
    cape_limit_passed,
    clocks_of,
    count_cape,
    is_short,
    longest_cape,
    next_cape,
    next_period,
)
from entrepreneurs.models.terms import CLAUSES
from entrepreneurs.states.contracts import ContractKind

D = date


@pytest.mark.parametrize(
    ("start", "earlier", "trial", "associate"),
    [
        # Alone: three years, eight months of trial.
        (D(2026, 3, 1), [], D(2026, 10, 31), D(2029, 2, 28)),
        # After a CAPE of a year: no trial left, two years to become an associate, a leap day at the end.
        (D(2026, 3, 1), [(D(2025, 3, 1), D(2026, 2, 28))], None, D(2028, 2, 29)),
        # A CESA of a leap day ends on the last day of the month of February.
        (D(2028, 2, 29), [], D(2028, 10, 28), D(2031, 2, 28)),
        # A gap is not counted: two months of CAPE, then nothing, then the CESA.
        (D(2026, 6, 1), [(D(2025, 1, 1), D(2025, 2, 28))], D(2026, 11, 30), D(2029, 3, 31)),
        # Two contracts that overlap are counted once.
        (
            D(2026, 3, 1),
            [(D(2025, 9, 1), D(2026, 2, 28)), (D(2025, 12, 1), D(2026, 1, 31))],
            D(2026, 4, 30),
            D(2028, 8, 31),
        ),
        # An agreement of a month, then a CAPE of six: seven months less.
        (
            D(2026, 8, 1),
            [(D(2026, 1, 1), D(2026, 1, 31)), (D(2026, 2, 1), D(2026, 7, 31))],
            D(2026, 8, 31),
            D(2028, 12, 31),
        ),
        # Odd days: a CAPE of one month and ten days.
        (D(2026, 3, 1), [(D(2026, 1, 10), D(2026, 2, 19))], D(2026, 9, 20), D(2029, 1, 21)),
        # An open contract counts to the eve; one that begins later counts for nothing.
        (D(2026, 3, 1), [(D(2026, 1, 1), None), (D(2026, 5, 1), None)], D(2026, 8, 31), D(2028, 12, 31)),
        # A CAPE that begins on the last day of a month: a month, then half of one.
        (D(2026, 3, 16), [(D(2026, 1, 31), D(2026, 3, 15))], D(2026, 9, 30), D(2029, 1, 31)),
        # A CAPE interrupted, another after a gap: five months and twenty days, none of the gap.
        (
            D(2026, 9, 1),
            [(D(2025, 10, 1), D(2025, 12, 20)), (D(2026, 6, 1), D(2026, 8, 31))],
            D(2026, 11, 10),
            D(2029, 3, 11),
        ),
        # Eight months exactly leave no trial, a day less leaves one day.
        (D(2026, 9, 1), [(D(2026, 1, 1), D(2026, 8, 31))], None, D(2028, 12, 31)),
        (D(2026, 8, 31), [(D(2026, 1, 1), D(2026, 8, 30))], D(2026, 8, 31), D(2028, 12, 31)),
        # Over a 29 February: a year is a year, the delay ends on the eve of the day-number.
        (D(2028, 3, 1), [(D(2027, 3, 1), D(2028, 2, 29))], None, D(2030, 2, 28)),
        (D(2025, 2, 28), [], D(2025, 10, 27), D(2028, 2, 27)),
        # One that ended on the eve of its first day counts for nothing.
        (D(2026, 3, 1), [(D(2026, 1, 1), D(2025, 12, 31))], D(2026, 10, 31), D(2029, 2, 28)),
        # Thirty-six months of CAPE leave nothing: the delay is over on the eve.
        (D(2026, 3, 1), [(D(2023, 3, 1), D(2026, 2, 28))], None, D(2026, 2, 28)),
    ],
)
def test_what_the_law_leaves_of_trial_and_of_the_way_to_associate(
    start: date, earlier: list[tuple[date, date | None]], trial: date | None, associate: date
) -> None:
    law = clocks_of(start, earlier)
    assert (law.trial_ends_on, law.associate_by) == (trial, associate)
    assert law.delay_is_spent == (associate < start)


def test_a_short_delay_is_told_from_a_comfortable_one() -> None:
    law = clocks_of(D(2026, 3, 1), [(D(2023, 7, 1), D(2026, 2, 28))])
    assert law.associate_by == D(2026, 6, 30)
    assert is_short(law.associate_by, law.starts_on, months=6)
    assert not is_short(law.associate_by, law.starts_on, months=4)


HALF_YEARS = [
    Span(D(2025, 1, 1), D(2025, 6, 30)),
    Span(D(2025, 7, 1), D(2025, 12, 31)),
    Span(D(2026, 1, 1), D(2026, 6, 30)),
]


@pytest.mark.parametrize(
    ("earlier", "new", "limit"),
    [
        ([], Span(D(2026, 1, 1), D(2026, 12, 31)), None),
        ([], Span(D(2026, 1, 1), D(2027, 1, 1)), CapeLimit.TOO_LONG),
        ([], Span(D(2028, 2, 29), D(2029, 2, 28)), None),
        ([], Span(D(2028, 2, 29), D(2029, 3, 1)), CapeLimit.TOO_LONG),
        (HALF_YEARS[:2], HALF_YEARS[2], None),
        # Eighteen months only, and yet a fourth period.
        (HALF_YEARS, Span(D(2026, 7, 1), D(2026, 7, 31)), CapeLimit.TOO_MANY),
    ],
)
def test_periods_of_a_cape_are_limited_in_length_and_in_number(
    earlier: list[Span], new: Span, limit: CapeLimit | None
) -> None:
    assert cape_limit_passed(earlier, new) == limit


def test_days_left_over_by_several_periods_make_months_of_thirty_days() -> None:
    odd = [Span(D(2026, 1, 1), D(2026, 2, 20)), Span(D(2026, 5, 1), D(2026, 6, 15))]
    count = count_cape(odd)
    assert (count.months, count.days) == (3, 5)


@pytest.mark.parametrize(("taken", "number"), [([], 1), ([1, 2], 3), ([2, 3], 1), ([1, 3], 2)])
def test_the_number_of_one_more_period_is_the_first_that_is_free(taken: list[int], number: int) -> None:
    assert next_period(taken) == number


def test_months_are_counted_beside_periods() -> None:
    long = [Span(D(2023, 1, 1), D(2023, 12, 31)), Span(D(2024, 1, 1), D(2025, 6, 30))]
    assert cape_limit_passed(long, Span(D(2025, 7, 1), D(2026, 6, 30))) == CapeLimit.TOO_MANY_MONTHS
    assert (count_cape(long).months, count_cape(long).periods_left) == (30, 1)
    assert count_cape(HALF_YEARS).periods_left == 0


@pytest.mark.parametrize(
    ("former", "proposed"),
    [
        (HALF_YEARS[0], HALF_YEARS[1]),
        (Span(D(2026, 1, 10), D(2026, 1, 19)), Span(D(2026, 1, 20), D(2026, 1, 29))),
        (Span(D(2025, 3, 1), D(2026, 2, 28)), Span(D(2026, 3, 1), D(2027, 2, 28))),
    ],
)
def test_a_renewal_follows_at_once_and_lasts_as_long(former: Span, proposed: Span) -> None:
    assert next_cape(former) == proposed
    assert proposed.ends_on <= longest_cape(proposed.starts_on)


@pytest.mark.parametrize("kind", ContractKind.values)
def test_every_kind_of_contract_knows_its_clauses(kind: str) -> None:
    known = clauses_of(kind)
    assert set(known) <= set(CLAUSES)
    assert len(known) == len(set(known))
    assert set(mandatory_clauses(kind)) <= set(known)


def test_the_seven_contents_of_a_cesa_are_all_asked() -> None:
    empty = dict.fromkeys(CLAUSES, "")
    missing = missing_clauses("cesa", empty)
    assert set(missing.values()) == {
        *(f"C. trav. L7331-2, {letter}" for letter in "abcdef"),
        "C. trav. R7331-10",
    }
    assert "fixed_part" not in missing_clauses("cesa", empty | {"fixed_part": 0})


def test_what_changed_between_two_versions_is_named() -> None:
    before = dict.fromkeys(CLAUSES, "")
    assert changed_clauses(CLAUSES, before, before | {"objectives": "Deux clients"}) == ("objectives",)
