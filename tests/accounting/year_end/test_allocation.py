"""The allocation of a result: the worked case, what the law forbids, each person to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.allocation.law import SCIC, SCOP, Law, law_of
from accounting.calculations.allocation.parts import (
    Allocation,
    Facts,
    Rule,
    bounds,
    breaches,
    labour_least,
    legal_least,
    propose,
)
from accounting.calculations.allocation.people import (
    Criterion,
    Right,
    Stay,
    interest_parts,
    is_entitled,
    kept_back,
    labour_parts,
    labour_slices,
    seniority_coefficient,
    stay_in,
    unmeasured,
)
from cae.core.money import CENT, ZERO
from cae.core.periods import Span

D = Decimal

WORKED = Facts(
    result=D("100000.00"), legal_reserve=D("20000.00"), capital=D("55000.00"), highest_capital=D("60000.00")
)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def test_the_worked_case() -> None:
    found = propose(SCOP, WORKED, labour=D("45000.00"))
    assert found == Allocation(ZERO, D("15000.00"), D("40000.00"), D("45000.00"), ZERO)
    assert breaches(SCOP, WORKED, found) == []
    rights = [Right(1, pay=D(31200)), Right(2, pay=D(24000)), Right(3, pay=D(18000))]
    shared = labour_parts(found.labour, rights, {Criterion.PAY: D(1)})
    assert shared == {1: D("19180.33"), 2: D("14754.10"), 3: D("11065.57")}
    assert sum(shared.values()) == D("45000.00")


@pytest.mark.parametrize(
    ("law", "facts", "legal"),
    [
        (SCOP, WORKED, "15000.00"),
        # Nearly full: what lacks. Full: nothing. A Scop looks at its highest capital, a Scic at its capital.
        (SCOP, replace(WORKED, legal_reserve=D("58000.00")), "2000.00"),
        (SCOP, replace(WORKED, legal_reserve=D("61000.00")), "0.00"),
        (SCIC, replace(WORKED, legal_reserve=D("55000.00")), "0.00"),
        # Former losses come first.
        (SCOP, replace(WORKED, losses=D("40000.00")), "9000.00"),
        (SCOP, replace(WORKED, result=D("0.03")), "0.00"),
        (SCOP, replace(WORKED, result=D("0.10")), "0.02"),
    ],
)
def test_the_legal_reserve(law: Law, facts: Facts, legal: str) -> None:
    assert legal_least(law, facts) == D(legal)


def test_the_law_is_that_of_the_form() -> None:
    assert [law_of("scop_sarl"), law_of("scic_sas")] == [SCOP, SCIC]


def test_a_scic_keeps_more_than_half() -> None:
    facts = replace(WORKED, legal_reserve=ZERO, interest_rate=D("0.045"), kept_out=D("41000.00"))
    least = propose(SCIC, facts)
    assert least == Allocation(ZERO, D("15000.00"), D("85000.00"), ZERO, ZERO)
    found = bounds(SCIC, facts, labour=ZERO)
    assert (found.statutory_least, found.labour_most) == (D("42500.00"), ZERO)
    # 42 500 of the rest, less 41 000 of grants; the rate alone would let 2 475 go.
    assert found.interest_most == D("1500.00")
    assert breaches(SCIC, facts, propose(SCIC, facts, interest=D("1500.00"))) == []
    over = breaches(SCIC, facts, propose(SCIC, facts, labour=D("10.00"), interest=D("1500.01")))
    assert [(one.rule, one.amount, one.bound) for one in over] == [
        (Rule.LABOUR_NONE, D("10.00"), ZERO),
        (Rule.KEPT_OUT, D("1500.01"), D("1500.00")),
    ]


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"legal": D("14999.99"), "statutory": D("40000.01")}, [Rule.LEGAL_LEAST]),
        ({"statutory": ZERO, "labour": D("85000.00")}, [Rule.STATUTORY_LEAST]),
        ({"statutory": D("-1.00"), "labour": D("85001.00")}, [Rule.NEGATIVE, Rule.STATUTORY_LEAST]),
        ({"statutory": D("60000.01"), "labour": D("24999.99")}, [Rule.LABOUR_LEAST]),
        ({"statutory": D("40000.01")}, [Rule.WHOLE]),
        ({"statutory": D("37249.99"), "interest": D("2750.01")}, [Rule.INTEREST_RATE]),
        ({"participation": D("45000.01")}, [Rule.PARTICIPATION]),
    ],
)
def test_what_a_scop_may_not_do(changes: dict[str, D], broken: list[Rule]) -> None:
    facts = replace(WORKED, interest_rate=D("0.05"))
    found = replace(propose(SCOP, facts, labour=D("45000.00")), **changes)
    assert [one.rule for one in breaches(SCOP, facts, found)] == broken


def test_interest_stays_under_the_part_travail_and_under_the_reserves() -> None:
    facts = replace(WORKED, capital=D(900000), highest_capital=D(900000), interest_rate=D("0.05"))
    asked = propose(SCOP, facts, labour=D("25000.00"), interest=D("25000.01"))
    assert [one.rule for one in breaches(SCOP, facts, asked)] == [Rule.INTEREST_LABOUR]
    asked = propose(SCOP, facts, labour=D("45000.00"), interest=D("27500.01"))
    [found] = breaches(SCOP, facts, asked)
    assert (found.rule, found.amount, found.bound) == (
        Rule.INTEREST_RESERVES,
        D("27500.01"),
        D("27499.99"),
    )


def test_gains_of_article_32_go_to_reserves_alone() -> None:
    facts = replace(WORKED, kept_out=D("60000.00"))
    assert labour_least(SCOP, facts) == D("10000.00")
    asked = propose(SCOP, facts, labour=D("40000.01"))
    assert [one.rule for one in breaches(SCOP, facts, asked)] == [Rule.KEPT_OUT]
    assert bounds(SCOP, facts, labour=D("10000.00")).labour_most == D("40000.00")


@pytest.mark.parametrize(
    ("result", "losses", "absorbed"),
    [("-300.00", "0.00", "-300.00"), ("200.00", "500.00", "200.00"), ("0.00", "0.00", "0.00")],
)
def test_a_loss_is_carried_and_nothing_is_shared(result: str, losses: str, absorbed: str) -> None:
    facts = replace(WORKED, result=D(result), losses=D(losses))
    for law in (SCOP, SCIC):
        found = propose(law, facts)
        assert found == Allocation(D(absorbed), ZERO, ZERO, ZERO, ZERO)
        assert breaches(law, facts, found) == []


_CENTS = st.integers(0, 10**8).map(lambda units: units * CENT)


@given(
    law=st.sampled_from([SCOP, SCIC]),
    facts=st.tuples(
        _CENTS,
        _CENTS,
        _CENTS,
        _CENTS,
        st.just(ZERO) | _CENTS,
        st.just(ZERO) | _CENTS,
        st.sampled_from([ZERO, D("0.0431"), D(1)]),
    ).map(lambda drawn: Facts(*drawn)),
    at=st.tuples(st.integers(0, 100), st.integers(0, 100)),
)
def test_what_bounds_allow_breaks_no_rule_and_a_cent_more_does(
    law: Law, facts: Facts, at: tuple[int, int]
) -> None:
    first = bounds(law, facts, labour=ZERO)
    room = max(first.labour_most - first.labour_least, ZERO)
    labour = first.labour_least + (room * at[0] / 100).quantize(CENT, rounding="ROUND_FLOOR")
    most = bounds(law, facts, labour=labour).interest_most
    interest = (most * at[1] / 100).quantize(CENT, rounding="ROUND_FLOOR")
    found = propose(law, facts, labour=labour, interest=interest)
    assert found.total == facts.result
    assert breaches(law, facts, found) == []
    assert breaches(law, facts, propose(law, facts, labour=labour, interest=most + CENT))
    assert breaches(law, facts, propose(law, facts, labour=max(first.labour_most, labour) + CENT))


@pytest.mark.parametrize(
    ("entered", "left", "counts"),
    [
        (date(2020, 1, 1), None, True),
        (date(2026, 10, 1), None, True),
        (date(2026, 10, 2), None, False),
        # Gone, after three months in the year, or before.
        (date(2026, 1, 1), date(2026, 3, 31), True),
        (date(2019, 1, 1), date(2026, 3, 30), False),
        (date(2019, 1, 1), date(2025, 12, 31), False),
        # Not in the year yet.
        (date(2027, 2, 1), None, False),
    ],
)
def test_who_has_a_part(entered: date, left: date | None, counts: bool) -> None:
    assert is_entitled(entered, left, YEAR) is counts


def test_six_months_of_seniority_count_in_a_short_year() -> None:
    short = Span(date(2026, 11, 1), date(2026, 12, 31))
    assert is_entitled(date(2026, 7, 1), None, short)
    assert not is_entitled(date(2026, 7, 2), None, short)
    assert not is_entitled(date(2020, 1, 1), date(2026, 12, 30), short)


def test_a_key_mixes_criteria_and_seniority_weighs_twice_at_most() -> None:
    step = D("0.1")
    rights = [
        Right(1, pay=D(30000), time=D(1600), coefficient=seniority_coefficient(15, step)),
        Right(2, pay=D(20000), time=D(800), coefficient=seniority_coefficient(0, step)),
        Right(3, pay=D(-50), time=ZERO, coefficient=seniority_coefficient(5, step)),
    ]
    assert [one.coefficient for one in rights] == [2, 1, D("1.5")]
    key = {Criterion.PAY: D(50), Criterion.TIME: D(25), Criterion.EQUAL: D(25)}
    # 500.01 by 60 000 and 20 000; 250 by 3 200 and 800; 250 by 2, 1 and 1.5.
    found = labour_parts(D("1000.01"), rights, key)
    assert found == {1: D("686.12"), 2: D("230.56"), 3: D("83.33")}
    assert sum(found.values()) == D("1000.01")
    assert unmeasured(rights, key) == []


def test_a_criterion_that_nobody_has_is_told() -> None:
    key = {Criterion.PAY: D(1), Criterion.TIME: D(1), Criterion.EQUAL: D(0)}
    rights = [Right(1, pay=D(100)), Right(2, pay=D(300))]
    assert unmeasured(rights, key) == [Criterion.TIME]
    with pytest.raises(ValueError, match="weights"):
        labour_parts(D(100), rights, key)
    assert labour_parts(ZERO, rights, key) == {1: ZERO, 2: ZERO}


def test_interest_follows_capital() -> None:
    assert interest_parts(D("10.00"), {7: D(100), 8: D(200)}) == {7: D("3.33"), 8: D("6.67")}
    assert interest_parts(ZERO, {7: ZERO}) == {7: ZERO}


@given(
    total=_CENTS,
    rights=st.lists(
        st.tuples(
            _CENTS.map(lambda amount: amount + CENT),
            st.integers(1, 1900).map(D),
            st.sampled_from([D(1), D("1.35"), D(2)]),
        ),
        min_size=1,
        max_size=20,
    ).map(lambda rows: [Right(person, *row) for person, row in enumerate(rows)]),
    weights=st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)),
)
def test_parts_of_people_are_the_whole(total: D, rights: list[Right], weights: tuple[int, int, int]) -> None:
    key = dict(zip(Criterion, map(D, weights), strict=True))
    found = labour_parts(total, rights, key)
    assert sum(found.values()) == total
    assert min(found.values()) >= 0


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        # Two contracts that follow each other are one stay; the day after is the day without break.
        (
            [(date(2024, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), None)],
            Stay(date(2024, 1, 1), None, 365, 3, is_entitled=True),
        ),
        # A break begins the seniority again; the days of both count.
        (
            [(date(2020, 1, 1), date(2026, 1, 31)), (date(2026, 12, 1), None)],
            Stay(date(2026, 12, 1), None, 62, 0, is_entitled=False),
        ),
        (
            [(date(2026, 2, 1), date(2026, 4, 30)), (date(2026, 3, 1), date(2026, 3, 31))],
            Stay(date(2026, 2, 1), date(2026, 4, 30), 89, 0, is_entitled=True),
        ),
        ([(date(2025, 7, 2), date(2026, 7, 1))], Stay(date(2025, 7, 2), date(2026, 7, 1), 182, 1, True)),
        ([(date(2025, 1, 1), date(2025, 12, 31)), (date(2027, 1, 1), None)], None),
        # Withdrawn before its first whole day.
        ([(date(2026, 5, 1), date(2026, 4, 30))], None),
    ],
)
def test_how_somebody_was_employed_in_the_year(
    periods: list[tuple[date, date | None]], found: Stay | None
) -> None:
    assert stay_in(periods, YEAR) == found


def test_the_slices_of_each_criterion_are_kept_apart() -> None:
    rights = [Right(1, pay=D(30000), time=D(365)), Right(2, pay=D(10000), time=D(365))]
    key = {Criterion.PAY: D("0.5"), Criterion.TIME: D("0.5"), Criterion.EQUAL: D(0)}
    assert labour_slices(D("100.01"), rights, key) == {
        1: {Criterion.PAY: D("37.51"), Criterion.TIME: D("25.00")},
        2: {Criterion.PAY: D("12.50"), Criterion.TIME: D("25.00")},
    }


def test_what_is_kept_back_is_a_rate_of_the_part_to_the_cent() -> None:
    assert kept_back(D("100.05"), D("0.314")) == D("31.42")
