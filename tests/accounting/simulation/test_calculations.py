"""Reduction of the year, cover, searches, forecast and price: the pure parts, with plain functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.calculations.contribution.presence import Presence
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.whole_year import contribution_of_year
from accounting.calculations.pay.affordable import balances, highest_cost
from accounting.calculations.pay.figures import provident
from accounting.calculations.pay.judging import figures_of_snapshots, moved, refused
from accounting.calculations.pay.pricing import pay_for, price_for
from accounting.calculations.pay.reduction import (
    Counted,
    Terms,
    coefficient,
    counted_smic,
    reduction_of_month,
)
from accounting.calculations.pay.searching import Found, gross_for, largest_gross
from accounting.calculations.pay.simulating import Asked, play, read_terms
from accounting.calculations.pay.situations import (
    HoursFrom,
    PaidMonth,
    PaySituation,
    Target,
    TargetKind,
    Values,
    Why,
)
from accounting.calculations.pay.vocabulary import (
    COST,
    EMPLOYEE_HEALTH,
    EMPLOYEE_TOTAL,
    GROSS,
    POWER,
    REDUCTION,
    REFERENCE_SMIC,
    SMIC,
    TAXABLE,
    TDELTA,
    TMIN,
    told,
)
from cae.core.money import ZERO, cents
from cae.core.periods import Month
from tests.factories.accounting import flat, monthly

D = Decimal
NOVEMBER = Month(2026, 11)
TERMS = Terms(D("0.02"), D("0.3781"), D("1.75"), D("1823.03"), D("1867.02"))
CESA = PaySituation(20, D("0.011"))


def plain(situation: Mapping[str, str], names: Sequence[str]) -> Values:
    """Rules that one does in one's head: charges of 40 and 20 %, the mutuelle 20 € each, forfait 1.60 €."""
    said = situation.get(GROSS)
    known: dict[str, Decimal | None] = dict.fromkeys(names)
    if said is None:
        # It inverts nothing: the search does without.
        return known
    gross = D(said.removesuffix(" €/mois"))
    employee = gross * D("0.20") + 20
    known |= {
        COST: gross * D("1.40") + D("21.60"),
        EMPLOYEE_TOTAL: employee,
        EMPLOYEE_HEALTH: D(20),
        TAXABLE: max(ZERO, gross - employee) + 20,
        TMIN: TERMS.tmin,
        TDELTA: TERMS.tdelta,
        POWER: TERMS.power,
        REFERENCE_SMIC: TERMS.reference_smic,
        SMIC: TERMS.current_smic,
    }
    # These rules give no reduction: ours is taken whole.
    known[REDUCTION] = ZERO
    return {name: known[name] for name in names}


def asked(*paid: PaidMonth, situation: PaySituation = CESA) -> Asked:
    return Asked(situation, NOVEMBER, paid, dict.fromkeys([NOVEMBER, *(one.month for one in paid)], TERMS))


def test_the_coefficient_and_what_a_pay_counts_for() -> None:
    assert coefficient(D(500), D(500), TERMS) == D("0.3981")
    assert coefficient(ZERO, ZERO, TERMS) == 0
    assert coefficient(D("5469.09"), TERMS.reference_smic, TERMS) == 0
    assert coefficient(D("5469.08"), TERMS.reference_smic, TERMS) == D("0.02")
    assert counted_smic(D(500), CESA, TERMS) == 500
    assert counted_smic(D(9000), CESA, TERMS) == D("1823.03")
    part_time = PaySituation(20, D("0.011"), weekly_hours=D(7))
    assert counted_smic(D(500), part_time, TERMS) == D("1823.03") / 5
    current = PaySituation(20, D("0.011"), hours_from=HoursFrom.CURRENT)
    assert coefficient(D(500), counted_smic(D(500), current, TERMS), TERMS) == D("0.3750")


@given(st.lists(st.decimals(min_value=0, max_value=9000, places=2), min_size=1, max_size=12))
@settings(max_examples=60)
def test_the_months_of_a_year_add_up_to_the_reduction_of_the_year(pays: list[Decimal]) -> None:
    year: list[Counted] = []
    for pay in pays:
        smic = counted_smic(pay, CESA, TERMS)
        year.append(Counted(pay, smic, reduction_of_month(pay, smic, year, TERMS)))
    total, smic = sum((one.pay for one in year), ZERO), sum((one.smic for one in year), ZERO)
    assert sum((one.given for one in year), ZERO) == cents(total * coefficient(total, smic, TERMS))


def test_cover_by_agreement_bears_csg_and_from_eleven_people_on_the_forfait_social() -> None:
    rates = {"provident_employee_rate": D("0.004"), "provident_employer_rate": D("0.006")}
    cover = provident(D(2000), PaySituation(11, D("0.011"), **rates))
    assert (cover.employer, cover.employee, cover.social_levy) == (D("12.00"), D("8.00"), D("0.96"))
    assert (cover.csg_deductible, cover.csg_not_deductible) == (D("0.82"), D("0.35"))
    assert provident(D(2000), PaySituation(10, D("0.011"), **rates)).social_levy == 0
    situation = PaySituation(20, D("0.011"), **rates)
    bare, with_cover = (
        play(plain, asked(situation=one), Target(TargetKind.GROSS, D(2000))) for one in (CESA, situation)
    )
    assert with_cover.employer_cost - bare.employer_cost == D("12.96")
    assert bare.net_before_withholding - with_cover.net_before_withholding == D("9.17")
    assert bare.net_taxable - with_cover.net_taxable == D("8.82")
    assert [one.code for one in with_cover.lines if one.code == "provident"] == ["provident"]


def test_a_month_after_others_gives_back_what_the_year_did_not_owe() -> None:
    october = PaidMonth(Month(2026, 10), D("1000.00"), D("398.10"))
    other_year = PaidMonth(Month(2025, 12), D("9000.00"), D("0.00"))
    later = PaidMonth(Month(2026, 12), D("9000.00"), D("0.00"))
    alone = play(plain, asked(), Target(TargetKind.GROSS, D("3500.00")))
    after = play(plain, asked(october, other_year, later), Target(TargetKind.GROSS, D("3500.00")))
    assert alone.regularisation == 0
    assert after.rgdu == after.rgdu_alone + after.regularisation
    assert after.regularisation < 0
    assert after.employer_cost - alone.employer_cost == -after.regularisation


@pytest.mark.parametrize("kind", TargetKind)
@pytest.mark.parametrize("amount", ["0.00", "25.00", "500.00", "1867.03", "5400.00"])
def test_each_direction_comes_back_to_the_gross(kind: TargetKind, amount: str) -> None:
    october = PaidMonth(Month(2026, 10), D("2500.00"), D("429.75"))
    situation = PaySituation(20, D("0.011"), withholding_rate=D("0.05"))
    whole = asked(october, situation=situation)
    there = play(plain, whole, Target(TargetKind.GROSS, D(amount)))
    figure = {
        TargetKind.GROSS: there.gross,
        TargetKind.COST: there.employer_cost,
        TargetKind.NET: there.net_before_withholding,
        TargetKind.NET_AFTER: there.net_after_withholding,
    }[kind]
    assert figure is not None
    back = play(plain, whole, Target(kind, figure))
    if kind is TargetKind.COST:
        assert ZERO <= figure - back.employer_cost < D("0.50")
    elif kind in (TargetKind.NET, TargetKind.NET_AFTER):
        assert (
            back.net_before_withholding if kind is TargetKind.NET else back.net_after_withholding
        ) == figure
    assert abs(back.gross - there.gross) < D("0.50") or figure == 0


def test_an_amount_too_small_and_a_pay_of_nothing() -> None:
    below = play(plain, asked(), Target(TargetKind.COST, D("10.00")))
    assert (below.why, below.gross, below.employer_cost, below.owed_by_person) == (
        Why.BELOW_COVER,
        0,
        D("21.60"),
        D("20.00"),
    )
    assert below.employee_charges == D("20.00")
    assert below.employer_charges == D("21.60")
    nothing = play(plain, asked(), Target(TargetKind.NET, ZERO))
    assert (nothing.gross, nothing.net_after_withholding) == (0, None)


def test_the_search_finds_the_last_gross_before_a_step_in_a_few_questions() -> None:
    asked_for: list[Decimal] = []

    def whole(gross: Decimal) -> Decimal:
        # Straight, with a ceiling at 1 000 beyond which it is dearer.
        asked_for.append(gross)
        return gross * D("1.40") + max(ZERO, gross - 1000) + D("21.60")

    def nothing(_gross: Decimal) -> Decimal:
        return ZERO

    assert largest_gross(D("21.59"), whole, nothing) is None
    found = largest_gross(D("721.60"), whole, nothing)
    assert found == Found(D("500.00"))
    assert len(set(asked_for)) <= 4
    beyond = largest_gross(D("3821.60"), whole, nothing)
    assert beyond == Found(D("2000.00"))

    def lost_at_once(gross: Decimal) -> Decimal:
        return D("100.00") if gross < 500 else ZERO

    gap = largest_gross(D("700.00"), whole, lost_at_once)
    assert gap == Found(D("499.99"), is_gap=True)

    assert largest_gross(ZERO, lambda gross: gross, nothing) == Found(ZERO)

    # A cost that no line draws: the steps give up, halving does not.
    def curved(gross: Decimal) -> Decimal:
        return gross * gross

    last = largest_gross(D("400.00"), curved, nothing)
    assert last is not None
    assert D("399.50") < curved(last.gross) <= 400

    # One that jumps where the line sees nothing.
    def stepped(gross: Decimal) -> Decimal:
        return gross + (D("1000.00") if gross > D("40.00") else ZERO)

    jump = largest_gross(D("100.00"), stepped, nothing)
    assert jump is not None
    assert jump.gross == D("40.00")


def test_a_net_is_reached_to_the_cent_whatever_the_guess() -> None:
    assert gross_for(D("50.00"), lambda gross: gross * gross / 100, guess=D("149.00")) == D("70.72")
    assert gross_for(D("80.00"), lambda gross: cents(gross * D("0.8")), guess=D("100.00")) == D("100.00")
    assert gross_for(D("80.00"), lambda gross: cents(gross * D("0.8")), guess=D("10.00")) == D("100.00")
    assert gross_for(ZERO, lambda gross: gross, guess=D("10.00")) == 0


def test_a_part_time_and_a_transport_levy_are_told_to_the_rules() -> None:
    words = told(PaySituation(20, D("0.011"), D("0.0200"), weekly_hours=D("17.5"), cadre=True), NOVEMBER)
    assert words["établissement . commune . taux versement mobilité"] == "2.0000 %"
    assert words["salarié . contrat . temps de travail . temps partiel . heures par semaine"] == (
        "17.5 heures/semaine"
    )
    assert words["salarié . contrat . statut cadre"] == "oui"
    assert not [name for name in told(CESA, NOVEMBER) if "temps" in name]


def test_rules_that_say_nothing_of_the_reduction_are_refused() -> None:
    def silent(_situation: Mapping[str, str], names: Sequence[str]) -> Values:
        return dict.fromkeys(names)

    with pytest.raises(ValueError, match="Tmin"):
        read_terms(silent, NOVEMBER, CESA)
    assert read_terms(plain, NOVEMBER, CESA) == TERMS

    def unfrozen(situation: Mapping[str, str], names: Sequence[str]) -> Values:
        if REFERENCE_SMIC in names:
            raise KeyError(REFERENCE_SMIC)
        return plain(situation, names)

    terms = read_terms(unfrozen, NOVEMBER, CESA)
    assert (terms.reference_smic, terms.current_smic) == (TERMS.current_smic, TERMS.current_smic)


def test_two_versions_are_compared_figure_by_figure_and_what_matters_must_be_accepted() -> None:
    snapshots = {
        "meta": {"base_situation": {"dirigeant": "non", "impôt": {"variations": []}}},
        "snapshot_cases": [
            {"id": "S1", "situation": {GROSS: "500 €/mois"}, "expected_november_2026": {COST: 1, TAXABLE: 2}}
        ],
    }
    old = figures_of_snapshots(plain, snapshots)
    assert old == {("S1", COST): D("721.60"), ("S1", TAXABLE): D("400.00")}
    rounding, beyond = old | {("S1", COST): D("721.65")}, old | {("S1", COST): D("721.66")}
    assert list(moved(old, old)) == []
    (slight,) = moved(old, rounding)
    assert (slight.difference, slight.matters, refused([slight], {})) == (D("0.05"), False, [])
    (wide,) = moved(old, beyond)
    assert (wide.matters, refused([wide], {"S1": " "}), refused([wide], {"S1": "Décret"})) == (
        True,
        [wide],
        [],
    )
    # A value where there was none matters, though it is nothing.
    (lost,) = moved({("S1", COST): None}, {("S1", COST): ZERO})
    assert (lost.difference, lost.matters) == (0, True)


def test_the_highest_pay_touches_the_floor_in_the_month_that_decides() -> None:
    unpaid = [D("1630.00"), D("3730.00"), D("3630.00")]
    # The pay of the first month is in the books already.
    paid = [0, 1, 2]
    assert balances(unpaid, paid, D("500.00")) == (D("1630.00"), D("3230.00"), D("2630.00"))
    cost = highest_cost(lambda asked: balances(unpaid, paid, asked), D("330.00"))
    assert cost == D("1650.00")
    assert highest_cost(lambda asked: balances(unpaid, paid, asked), D("1630.01")) is None
    # The first month decides when it is the lowest.
    assert highest_cost(lambda asked: balances([D("100.00"), D("900.00")], [1, 2], asked), ZERO) == D(
        "100.00"
    )


def test_a_price_pays_the_year_and_a_price_is_turned_back_into_a_pay() -> None:
    def tenth(turnover: Decimal) -> Decimal:
        return cents(turnover * D("0.10"))

    year = price_for(D("2000.00"), D("3000.00"), D(120), tenth)
    assert (year.price, year.turnover, year.contribution) == (D("250.00"), D("30000.00"), D("3000.00"))
    assert year.left == 0
    back, monthly = pay_for(D("250.00"), D("3000.00"), D(120), tenth)
    assert (monthly, back.left) == (D("2000.00"), 0)
    lost, nothing = pay_for(D("10.00"), D("3000.00"), D(120), tenth)
    assert (nothing, lost.left < 0) == (0, True)
    free = price_for(ZERO, ZERO, D(120), tenth)
    assert free.price == D("0.01")
    with pytest.raises(ValueError, match="no price"):
        price_for(D("2000.00"), ZERO, D(120), lambda turnover: turnover)


def year_of(rule: dict[str, Any], turnover: str, deducted: str = "0.00") -> Decimal:
    presence = Presence(date(2025, 1, 1), contract="cesa")
    return contribution_of_year(read_scale(rule), D(turnover), D(deducted), presence, 2026)


def test_a_year_of_contribution_counts_margin_floor_cap_and_curve() -> None:
    assert year_of(flat("0.1000"), "30000.00") == D("3000.00")
    assert year_of(monthly(), "30000.00", "6000.00") == D("3240.00")
    # Costs count for nothing in a base that is the turnover.
    assert year_of(flat("0.1000"), "30000.00", "6000.00") == D("3000.00")
    slices = {
        "kind": "slices",
        "window": "year",
        "slices": [{"up_to": "10000.00", "rate": "0.1000"}, {"up_to": None, "rate": "0.0500"}],
    }
    assert year_of(monthly(slices), "30000.00") == D("2000.00")
    floor = {"per": "year", "amount": "1200.00"}
    assert year_of(monthly(floor=floor), "1000.00") == D("1200.00")
    assert year_of(monthly(cap={"per": "year", "amount": "500.00"}), "30000.00") == D("500.00")
    curve = {
        "kind": "curve",
        "window": "year",
        "points": [["0.00", "0.00"], ["24000.00", "2400.00"], ["60000.00", "4200.00"]],
        "below_first": "keep",
        "above_last": "keep",
        "spread": "monthly",
    }
    assert year_of(monthly(curve), "36000.00") == D("3000.00")
