"""The worked cases of the contribution, read with the types of the room."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from accounting.calculations.contribution.presence import (
    Presence,
    closes_year,
    counts_on_curve,
    months_of_year,
    year_of,
)
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.replay import Version
from accounting.calculations.contribution.scales import Scale
from accounting.calculations.contribution.tariffs import tariff
from accounting.calculations.contribution.windows import Counted, Memory, window_keys
from accounting.calculations.contribution.working import Fact
from cae.core.money import ZERO
from cae.core.periods import Month

FILE = Path(__file__).parent.parent.parent / "data" / "contribution_cases.json"
_ELSEWHERE = {"valid_from", "valid_to"}


def cases(kind: str) -> list[dict[str, Any]]:
    rows = json.loads(FILE.read_text(), parse_float=Decimal)["cases"]
    return [row for row in rows if row["type"] == kind]


def scales_of(given: dict[str, Any]) -> list[tuple[date, date, Scale]]:
    """The versions with their dates; one without dates is for ever."""
    found = []
    for data in given.get("scales") or [given["scale"]]:
        rules = {key: value for key, value in data.items() if key not in _ELSEWHERE}
        start = date.fromisoformat(data.get("valid_from", "1900-01-01"))
        end = date.fromisoformat(data.get("valid_to", "9999-12-31"))
        found.append((start, end, read_scale(rules)))
    return found


def presence_of(given: dict[str, Any]) -> Presence:
    person = given["person"]
    return Presence(
        entered_on=date.fromisoformat(person["entered_on"]),
        contract=person["contract"],
        associate=person["associate"],
        people=person.get("people", 1),
        situations=frozenset(person.get("situations", ())),
    )


def version_on(given: dict[str, Any], day: date) -> Version:
    for key, (start, end, scale) in enumerate(scales_of(given)):
        if start <= day <= end:
            return Version(key, scale)
    raise LookupError(day)


def facts_of(given: dict[str, Any]) -> list[tuple[Version, Fact]]:
    """One fact a month, or one a document, in order."""
    if scales_of(given)[0][2].is_monthly:
        return [_month(given, Month.parse(text)) for text in given["months"]]
    return [_document(given, row, rank) for rank, row in enumerate(given["movements"])]


def _month(given: dict[str, Any], month: Month) -> tuple[Version, Fact]:
    version, presence = version_on(given, month.last), presence_of(given)
    sales: dict[str, Decimal] = {}
    costs: dict[str, Decimal] = {}
    for row in given["movements"]:
        if Month.of(date.fromisoformat(row["on"])) != month:
            continue
        if row["kind"] == version.scale.turnover:
            sales[row["category"]] = sales.get(row["category"], ZERO) + Decimal(row["net"])
        elif row["kind"] == "cost":
            costs[row["nature"]] = costs.get(row["nature"], ZERO) + Decimal(row["net"])
    year = months_of_year(year_of(month.last, version.scale.year_starts), version.scale.year_starts)
    counted = sum(counts_on_curve(version.scale, presence, one) for one in year if one <= month)
    closes = closes_year(version.scale, presence, month)
    return version, Fact(month.last, str(month), presence, sales, costs, counted, closes)


def _document(given: dict[str, Any], row: dict[str, Any], rank: int) -> tuple[Version, Fact]:
    day = date.fromisoformat(row["on"])
    sales = {row["category"]: Decimal(row["net"])}
    return version_on(given, day), Fact(day, f"D{rank}", presence_of(given), sales)


def memory_of(given: dict[str, Any]) -> Memory:
    """What the windows hold before the first fact."""
    memory = Memory()
    first = facts_of(given)
    for category, text in given.get("before", {}).get("window_base", {}).items():
        version, fact = first[0]
        window = window_keys(version.scale, fact.on, fact.name)[category]
        # It has paid what its own rule says.
        base = Decimal(text)
        paid = tariff(version.scale.shape_of(category), base)
        memory.count([Counted(category, window, version.key, base, paid)])
    return memory
