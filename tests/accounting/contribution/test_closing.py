"""Which months a year of contribution holds, from values alone."""

from datetime import date

from accounting.calculations.contribution.closing import months_in
from cae.core.periods import Month
from tests.accounting.contribution.test_planning import history, rules


def test_a_year_that_begins_in_september_ends_with_the_august_after_it() -> None:
    known = history(rules(year_starts=9))
    found = months_in(known, 2024, date(2026, 11, 27))
    assert found == list(Month(2024, 9).until(Month(2025, 8)))


def test_months_to_come_are_in_no_year_yet() -> None:
    assert months_in(history(rules()), 2026, date(2026, 3, 31)) == [Month(2026, month) for month in (1, 2, 3)]
