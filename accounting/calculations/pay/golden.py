"""Plays worked cases against a set of rules: what they give beside what was expected (tests, updates)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounting.calculations.pay.reduction import (
    Counted,
    Terms,
    coefficient,
    counted_smic,
    reduction_of_month,
)
from accounting.calculations.pay.simulating import Asked, play, read_terms
from accounting.calculations.pay.situations import (
    Compute,
    PayLine,
    PaySimulation,
    PaySituation,
    Target,
    TargetKind,
)
from cae.core.money import ZERO, cents
from cae.core.periods import Month

# Hours of a month of full time: 35 a week.
_MONTH_HOURS = Decimal(35) * 52 / 12
_EMPLOYER = {
    "maladie": "health",
    "vieillesse": "old_age",
    "allocations_familiales": "family",
    "solidarite_autonomie": "autonomy",
    "at_mp": "accident",
    "retraite_complementaire": "pension",
    "chomage": "unemployment",
    "ags": "wage_guarantee",
    "apec": "executive_jobs",
    "fnal": "housing_aid",
    "formation": "training",
    "taxe_apprentissage": "apprenticeship",
    "dialogue_social": "social_dialogue",
    "effort_construction": "building_effort",
    "versement_mobilite": "transport",
    "prevoyance_sante": "mutual",
    "forfait_social": "social_levy",
    "contribution_supplementaire_apprentissage": "apprenticeship_supplement",
}
_EMPLOYEE = {
    "vieillesse": "old_age",
    "retraite_complementaire": "pension",
    "apec": "executive_jobs",
    "csg_deductible": "csg_deductible",
    "csg_crds_non_deductible": "csg_not_deductible",
    "mutuelle": "mutual",
}
_FIGURES = ("employer_cost", "net_before_withholding", "net_taxable", "rgdu", "gross", "owed_by_person")


@dataclass(frozen=True, slots=True)
class Played:
    """One figure of one case: what was expected, what the rules give."""

    case: str
    figure: str
    expected: Decimal
    found: Decimal

    @property
    def difference(self) -> Decimal:
        return self.found - self.expected


def play_cases(compute: Compute, cases: Mapping[str, Any]) -> Iterator[Played]:
    """Gives every figure of every case of the file."""
    for case in cases["cae_november_2026"]:
        yield from _month(compute, case, Target(TargetKind.GROSS, Decimal(case["input"]["gross"])))
    for case in cases["cost_to_net"]:
        yield from _month(compute, case, Target(TargetKind.COST, Decimal(case["input"]["available"])))
    for case in cases["rgdu_unit"]:
        yield _unit(compute, case)
    for case in cases["rgdu_yearly"]:
        yield from _yearly(compute, case)


def situation_of_case(given: Mapping[str, Any]) -> PaySituation:
    """Percents of the file are fractions here."""
    hours = given.get("weekly_hours")
    return PaySituation(
        headcount=given["headcount"],
        accident_rate=Decimal(given["at_mp_pct"]) / 100,
        transport_rate=Decimal(given["transport_levy_pct"]) / 100,
        health_amount=Decimal(given["mutuelle_per_month"]),
        health_employer_share=Decimal(given["mutuelle_employer_share"]),
        cadre=given["cadre"],
        weekly_hours=Decimal(hours) if hours else None,
    )


def _month(compute: Compute, case: Mapping[str, Any], target: Target) -> Iterator[Played]:
    given, expected = case["input"], case["expected"]
    month, situation = Month.parse(given["month"]), situation_of_case(given)
    asked = Asked(situation, month, (), {month: read_terms(compute, month, situation)})
    found = play(compute, asked, target)
    for name in _FIGURES:
        if name in expected:
            yield Played(case["id"], name, Decimal(expected[name]), getattr(found, name))
    if "rgdu_coefficient" in expected:
        printed = Decimal(expected["rgdu_coefficient"])
        terms = asked.terms[month]
        yield Played(case["id"], "rgdu_coefficient", printed, _coefficient(found, situation, terms))
    for name, code, side in _lines_expected(expected):
        amount = Decimal(expected[f"{side}_lines"][name])
        yield Played(case["id"], f"{side} {name}", amount, _line(found.lines, code, side))


def _coefficient(found: PaySimulation, situation: PaySituation, terms: Terms) -> Decimal:
    return coefficient(found.gross, counted_smic(found.gross, situation, terms), terms)


def _lines_expected(expected: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for side, codes in (("employer", _EMPLOYER), ("employee", _EMPLOYEE)):
        for name in expected.get(f"{side}_lines", ()):
            yield name, codes[name], side


def _line(lines: Iterable[PayLine], code: str, side: str) -> Decimal:
    """The file counts the cover of a cadre with the mutuelle."""
    codes = {code, "cadre_provident"} if code == "mutual" else {code}
    return sum((getattr(line, side) for line in lines if line.code in codes), ZERO)


def _terms_at(compute: Compute, given: Mapping[str, Any]) -> Terms:
    """The terms of November 2026 with the minimum wage of the case."""
    situation = PaySituation(given["headcount"], Decimal("0.011"))
    read = read_terms(compute, Month(2026, 11), situation)
    smic = Decimal(given["smic_per_hour"]) * _MONTH_HOURS
    return Terms(read.tmin, read.tdelta, read.power, smic, smic)


def _unit(compute: Compute, case: Mapping[str, Any]) -> Played:
    given, expected = case["input"], case["expected"]
    terms, gross = _terms_at(compute, given), Decimal(given["gross"])
    found = reduction_of_month(gross, terms.reference_smic, (), terms)
    if "rgdu" in expected:
        return Played(case["id"], "rgdu", Decimal(expected["rgdu"]), found)
    euros = cents(found.quantize(Decimal(1)))
    return Played(case["id"], "rgdu (€)", Decimal(expected["rgdu_rounded_to_euro"]), euros)


def _yearly(compute: Compute, case: Mapping[str, Any]) -> Iterator[Played]:
    given, expected = case["input"], case["expected"]
    terms, situation = _terms_at(compute, given), PaySituation(given["headcount"], Decimal("0.011"))
    year: list[Counted] = []
    alone = ZERO
    wanted: Sequence[str] = expected["rgdu_by_month"]
    for rank, text in enumerate(given["gross_by_month"]):
        gross = Decimal(text)
        smic = counted_smic(gross, situation, terms)
        found = reduction_of_month(gross, smic, year, terms)
        alone += reduction_of_month(gross, smic, (), terms)
        year.append(Counted(gross, smic, found))
        yield Played(case["id"], f"month {rank + 1}", Decimal(wanted[rank]), found)
    total = sum((one.given for one in year), ZERO)
    yield Played(case["id"], "year", Decimal(expected["rgdu_of_year"]), total)
    yield Played(case["id"], "alone", Decimal(expected["sum_of_months_taken_alone"]), alone)
