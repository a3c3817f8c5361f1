"""The thirty-nine worked cases, each figure of each line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.contribution.presence import months_of_year
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.replay import Played, play
from accounting.calculations.contribution.target import turnover_for_cost
from accounting.calculations.contribution.year_end import advance, close_year
from cae.core.money import ZERO
from tests.accounting.contribution.worked import cases, facts_of, memory_of, presence_of


def line_of(played: Played) -> dict[str, str]:
    working, fact = played.working, played.fact
    line = {
        "period": fact.name if played.version.scale.is_monthly else fact.on.isoformat(),
        "base": str(working.base),
        "proportional": str(working.proportional),
        "fixed": str(working.fixed),
        "due": str(working.due),
    }
    if working.floor is not None:
        line["floor"] = str(working.floor)
    if working.cap_left is not None:
        line["cap_left"] = str(working.cap_left)
    return line


@pytest.mark.parametrize("case", cases("contribution"), ids=lambda case: case["id"])
def test_contribution(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    played = list(play(facts_of(given), memory_of(given)))
    found: dict[str, Any] = {"lines": [line_of(one) for one in played]}
    total = sum((one.working.due for one in played), ZERO)
    if "year_end" in given:
        year = int(given["year_end"])
        scale, presence = played[-1].version.scale, presence_of(given)
        months = [(month, presence) for month in months_of_year(year, 1)]
        end = close_year(scale, year, months, taken=total)
        found["year_end"] = {"year": str(year), "floor": str(end.floor), "top_up": str(end.top_up)}
        total += end.top_up
    found["total"] = str(total)
    assert found == expected


@pytest.mark.parametrize("case", cases("advance"), ids=lambda case: case["id"])
def test_advance(case: dict[str, Any]) -> None:
    scale = read_scale(case["input"]["scale"])
    found = advance(scale, case["input"]["person"]["contract"])
    assert {"advance": str(found)} == case["expected"]


@pytest.mark.parametrize("case", cases("turnover_for_cost"), ids=lambda case: case["id"])
def test_turnover_for_cost(case: dict[str, Any]) -> None:
    found = turnover_for_cost(read_scale(case["input"]["scale"]), Decimal(case["input"]["employer_cost"]))
    assert {"turnover": str(found.turnover), "contribution": str(found.contribution)} == case["expected"]


def test_every_case_is_played() -> None:
    kinds = ("contribution", "advance", "turnover_for_cost")
    assert sum(len(cases(kind)) for kind in kinds) == 39
