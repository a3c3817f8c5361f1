"""Balances, payments, limits, losses and the queue as pure figures (GOV-02, GOV-06, GOV-08)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calculations.limits import AT_LEAST, Holder, Limit, limits_of, moved, worsened
from governance.calculations.refunds import (
    Place,
    Request,
    YearLoss,
    borne,
    closing_of,
    losses_of,
    payable_from,
    queue,
)
from governance.calculations.shares import (
    Instalment,
    Moved,
    balances,
    capital,
    due_by,
    first_overdrawn,
    floor_of,
    highest_capital,
    instalments,
    late_since,
    next_due,
    unfreed_shares,
)

D = Decimal
JAN, FEB, MAR, APR = (date(2026, month, 10) for month in (1, 2, 3, 4))
QUARTER = Fraction(1, 4)


def _move(on: date, count: int, giver: int | None = None, receiver: int | None = None) -> Moved:
    return Moved(on, count, "A", D("20.00"), giver, receiver)


MOVES = [_move(JAN, 10, receiver=1), _move(FEB, 4, 1, 2), _move(MAR, 4, giver=2)]


def test_a_balance_is_the_sum_of_the_movements_before_the_evening_of_a_day() -> None:
    assert balances(MOVES, date(2026, 1, 9)) == {}
    assert balances(MOVES, JAN) == {1: {"A": 10}}
    assert balances(MOVES, FEB) == {1: {"A": 6}, 2: {"A": 4}}
    assert balances(MOVES, MAR) == {1: {"A": 6}}
    assert [capital(MOVES, day) for day in (JAN, FEB, MAR)] == [D("200.00"), D("200.00"), D("120.00")]


def test_the_highest_capital_is_that_of_an_evening_and_the_floor_goes_up_to_the_cent() -> None:
    in_and_out = [*MOVES, _move(MAR, 90, receiver=3), _move(MAR, 90, giver=3)]
    assert highest_capital(in_and_out, APR) == D("200.00")
    assert highest_capital(MOVES, date(2026, 1, 1)) == D("0.00")
    assert floor_of(D("200.00"), QUARTER) == D("50.00")
    assert floor_of(D("0.01"), QUARTER) == D("0.01")
    assert floor_of(D("100.01"), Fraction(1, 3)) == D("33.34")


def test_a_movement_of_before_may_spend_shares_that_a_later_one_took() -> None:
    assert first_overdrawn(MOVES, 1, "A") is None
    assert first_overdrawn([*MOVES, _move(JAN, 7, giver=1)], 1, "A") == FEB
    assert first_overdrawn([*MOVES, _move(JAN, 7, giver=1)], 1, "B") is None


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 50), st.integers(0, 3), st.integers(0, 3))))
def test_what_all_hold_is_what_came_in_less_what_left(rows: list[tuple[int, int, int, int]]) -> None:
    moves = [
        _move(date(2026, 2, day), count, giver or None, to or None)
        for day, count, giver, to in rows
        if giver or to
    ]
    held = sum(sum(one.values()) for one in balances(moves, MAR).values())
    assert held * 20 == capital(moves, MAR) <= max(highest_capital(moves, MAR), capital(moves, MAR))


def test_a_plan_is_paid_at_once_or_month_by_month_and_its_last_part_is_what_is_left() -> None:
    assert instalments(D("100.00"), None, JAN) == [Instalment(JAN, D("100.00"))]
    assert instalments(D("100.00"), D("120.00"), JAN) == [Instalment(JAN, D("100.00"))]
    plan = instalments(D("100.00"), D("40.00"), JAN)
    assert plan == [
        Instalment(JAN, D("40.00")),
        Instalment(FEB, D("40.00")),
        Instalment(MAR, D("20.00")),
    ]
    assert instalments(D("80.00"), D("40.00"), JAN) == plan[:2]
    assert [due_by(plan, day) for day in (date(2026, 1, 9), JAN, FEB, APR)] == [
        D("0.00"),
        D("40.00"),
        D("80.00"),
        D("100.00"),
    ]


def test_a_payment_is_late_on_the_day_after_it_was_due() -> None:
    plan = instalments(D("100.00"), D("40.00"), JAN)
    assert late_since(plan, D("0.00"), JAN) is None
    assert late_since(plan, D("0.00"), date(2026, 1, 11)) == JAN
    assert late_since(plan, D("40.00"), FEB) is None
    assert late_since(plan, D("50.00"), APR) == FEB
    assert late_since(plan, D("100.00"), APR) is None


def test_the_next_payment_is_what_is_left_of_the_first_one_not_wholly_made() -> None:
    plan = instalments(D("100.00"), D("40.00"), JAN)
    assert next_due(plan, D("0.00")) == Instalment(JAN, D("40.00"))
    assert next_due(plan, D("30.00")) == Instalment(JAN, D("10.00"))
    assert next_due(plan, D("80.00")) == Instalment(MAR, D("20.00"))
    assert next_due(plan, D("100.00")) is None


@pytest.mark.parametrize(("paid", "left"), [("0", 5), ("19.99", 5), ("20", 4), ("99", 1), ("100", 0)])
def test_a_share_is_freed_once_it_is_wholly_paid(paid: str, left: int) -> None:
    assert unfreed_shares(5, D("20.00"), D(paid)) == left


def _holders(*rows: tuple[str, str]) -> list[Holder]:
    return [Holder(key, category, D(euros)) for key, (category, euros) in enumerate(rows, start=1)]


def _by_code(found: list[Limit]) -> dict[str, Limit]:
    return {one.code: one for one in found}


def test_a_scop_counts_capital_voices_and_its_greatest_holder() -> None:
    rows = _holders(("employee", "51"), ("employee", "0"), ("former_employee", "0"), ("outside", "49"))
    found = _by_code(limits_of("scop_sarl", rows, {}))
    assert (found["employed_capital"].value, found["employed_capital"].met) == (Fraction(51, 100), True)
    assert (found["employed_votes"].value, found["employed_votes"].met) == (Fraction(3, 4), True)
    assert found["employed_least"].met
    assert (found["holder_half"].about, found["holder_half"].met) == (1, False)
    assert found["holder_half"].gap == Fraction(1, 100)
    assert (found["outside_votes"].value, found["outside_votes"].met) == (Fraction(1, 4), True)
    assert "outside_votes_all" not in found
    assert found["sarl_most"].value == 4
    assert "sarl_most" not in _by_code(limits_of("scop_sa", rows, {}))


def test_a_cooperative_among_outsiders_widens_them_to_49_percent_and_only_for_itself() -> None:
    rows = _holders(*[("employee", "10")] * 6, ("outside", "5"), ("cooperative", "5"), ("public_body", "5"))
    found = _by_code(limits_of("cooperative", rows, {}))
    assert (found["outside_votes"].value, found["outside_votes"].met) == (Fraction(2, 9), True)
    assert (found["outside_votes_all"].value, found["outside_votes_all"].met) == (Fraction(1, 3), True)
    assert limits_of("association", rows, {}) == []


def test_nothing_is_a_part_of_nothing() -> None:
    assert [one.code for one in limits_of("scop_sarl", [], {})] == ["employed_least", "sarl_most"]
    assert [one.code for one in limits_of("scic_sas", [], {})] == [
        "scic_categories",
        "scic_workers",
        "scic_beneficiaries",
    ]
    assert limits_of("cooperative", [], {}) == []


def test_who_left_holds_capital_and_has_no_voice() -> None:
    gone = Holder(9, "former_employee", D("60"), votes=False)
    found = _by_code(limits_of("scop_sarl", [*_holders(("employee", "40"), ("outside", "0")), gone], {}))
    assert found["employed_votes"].value == Fraction(1, 2)
    assert (found["holder_half"].about, found["holder_half"].value) == (9, Fraction(3, 5))
    assert found["employed_capital"].value == Fraction(2, 5)


def test_who_came_back_holds_what_the_former_line_holds_too() -> None:
    before = Holder(1, "former_employee", D("30"), votes=False, owner="person 7")
    now = Holder(5, "employee", D("30"), owner="person 7")
    others = [Holder(2, "employee", D("35"), owner="person 8"), Holder(3, "employee", D("5"))]
    found = _by_code(limits_of("scop_sarl", [before, *others, now], {}))["holder_half"]
    assert (found.about, found.value, found.met) == (5, Fraction(3, 5), False)


def test_a_scic_wants_three_categories_and_its_colleges_from_10_to_50_percent() -> None:
    rows = _holders(("employee", "40"), ("beneficiary", "40"), ("public_body", "20"))
    found = limits_of("scic_sarl", rows, {3: 50, 4: 41, 5: 9})
    assert all(one.to_confirm for one in found if one.code != "sarl_most")
    broken = [(one.code, one.about) for one in found if not one.met]
    assert broken == [("college_low", 5)]
    assert _by_code(found)["public_capital"].value == Fraction(1, 5)
    two = limits_of("scic_sarl", _holders(("volunteer", "10"), ("public_body", "20")), {3: 60, 4: 40})
    assert [one.key for one in two if not one.met] == [
        ("scic_categories", None),
        ("scic_workers", None),
        ("scic_beneficiaries", None),
        ("public_capital", None),
        ("college_least", None),
        ("college_high", 3),
    ]
    assert "holder_half" in _by_code(limits_of("scop_sas", rows, {}))


def test_a_movement_is_told_the_limits_that_it_breaks_or_breaks_further() -> None:
    fine = Limit("employed_capital", Fraction(60, 100), Fraction(51, 100), AT_LEAST)
    low = Limit("employed_capital", Fraction(50, 100), Fraction(51, 100), AT_LEAST)
    lower = Limit("employed_capital", Fraction(40, 100), Fraction(51, 100), AT_LEAST)
    assert worsened([fine], [low]) == [low]
    assert worsened([low], [lower]) == [lower]
    assert worsened([lower], [low]) == []
    assert worsened([low], [low]) == []
    assert worsened([], [lower]) == [lower]
    assert moved([Holder(1, "employee", D(5)), Holder(2, "employee")], {1: D(-2)})[0].capital == D(3)


def test_a_refund_is_valued_at_the_closing_of_the_year_and_paid_after_the_delay() -> None:
    assert closing_of(date(2022, 7, 1)) == date(2022, 12, 31)
    assert payable_from(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert borne(D("100.00"), D("33.00"), D("99.00")) == D("33.00")
    assert borne(D("10.00"), D("1.00"), D("3.00")) == D("1.00")
    assert borne(D("1.00"), D("1.00"), D("3.00")) == D("0.33")
    assert borne(D("10.00"), D("1.00"), D("0.00")) == D("0.00")


def test_shares_bear_the_losses_of_their_year_and_of_the_delay_never_more_than_their_value() -> None:
    years = [YearLoss(date(year, 12, 31), D("50.00"), D("100.00")) for year in range(2021, 2030)]
    found = losses_of(D("40.00"), years, date(2022, 7, 1), 5)
    assert found == {
        date(2022, 12, 31): D("20.00"),
        date(2023, 12, 31): D("20.00"),
        **{date(year, 12, 31): D("0.00") for year in range(2024, 2028)},
    }
    assert losses_of(D("40.00"), years, date(2030, 1, 1), 5) == {}


def _asked(
    key: int, nominal: int, payable: date | None = None, *, gone: bool = False, early: bool = False
) -> Request:
    return Request(key, D(nominal), gone, payable, early)


def test_nobody_overtakes_in_the_queue_of_shares() -> None:
    found = queue([_asked(1, 60), _asked(2, 30), _asked(3, 5)], on=JAN, capital=D(100), floor=D(25))
    assert found == {1: Place.TO_WITHDRAW, 2: Place.AT_FLOOR, 3: Place.BEHIND}
    found = queue([_asked(1, 20), _asked(2, 30)], on=JAN, capital=D(100), floor=D(25))
    assert found == {1: Place.TO_WITHDRAW, 2: Place.BEHIND}
    assert queue([_asked(1, 80)], on=JAN, capital=D(100), floor=D(25)) == {1: Place.AT_FLOOR}
    assert queue([_asked(1, 75)], on=JAN, capital=D(100), floor=D(25)) == {1: Place.TO_WITHDRAW}


def test_nobody_overtakes_in_the_queue_of_money_except_who_still_waits_for_the_delay() -> None:
    rows = [
        _asked(1, 10, APR, gone=True),
        _asked(2, 10, JAN, gone=True),
        _asked(3, 10, JAN, gone=True),
        _asked(4, 10, None, gone=True),
    ]
    assert queue(rows, on=FEB, capital=D(100), floor=D(25)) == {
        1: Place.WAITING_YEARS,
        2: Place.PAYABLE,
        3: Place.BEHIND,
        4: Place.WAITING_YEARS,
    }


def test_a_decision_to_pay_early_passes_nobody_and_holds_nobody_up() -> None:
    rows = [
        _asked(1, 10, APR, gone=True),
        _asked(2, 10, JAN, gone=True, early=True),
        _asked(3, 10, JAN, gone=True),
        _asked(4, 10, JAN, gone=True, early=True),
    ]
    room = {"on": FEB, "capital": D(100), "floor": D(25)}
    assert queue(rows, **room) == {
        1: Place.WAITING_YEARS,
        2: Place.BEHIND,
        3: Place.PAYABLE,
        4: Place.BEHIND,
    }
    # The older one paid, the early one comes first, then who asked after it.
    assert queue(rows[1:], **room) == {2: Place.PAYABLE, 3: Place.BEHIND, 4: Place.BEHIND}
    # One whose shares were given back keeps its rank too.
    assert queue([_asked(1, 10), rows[1]], **room)[2] == Place.BEHIND
