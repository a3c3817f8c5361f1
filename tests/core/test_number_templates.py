"""Templates of numbers: the worked cases DT33 to DT36, and what each refusal is called."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cae.core import number_templates

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "data/document_totals.json").read_text()
)["cases"]


def cases(kind: str) -> list[dict[str, Any]]:
    return [case for case in CASES if case["type"] == kind]


@pytest.mark.parametrize(
    "expected",
    [r for case in cases("number_template") for r in case["expected"]["results"]],
    ids=lambda r: r["template"],
)
def test_a_template_gives_unique_numbers_or_is_refused(expected: dict[str, str]) -> None:
    if expected["verdict"] == "accepted":
        number_templates.check(expected["template"])
    else:
        with pytest.raises(number_templates.BadTemplate) as refusal:
            number_templates.check(expected["template"])
        assert refusal.value.args[0] == expected["code"]


@pytest.mark.parametrize("template", ["F {SEQ}", "É{SEQ}", "F" * 30 + "{SEQ}", "{SEQ}{SEQ_YEAR}{YY}"])
def test_characters_length_and_double_sequences_are_refused(template: str) -> None:
    with pytest.raises(number_templates.BadTemplate):
        number_templates.check(template)


def test_a_width_pads_and_a_month_restarts() -> None:
    assert number_templates.write("F{YYYY}-{SEQ_YEAR:4}", 7, date(2026, 11, 25)) == "F2026-0007"
    assert number_templates.write("{YY}{MM}-{SEQ_MONTH:3}", 12, date(2026, 3, 1)) == "2603-012"
    monthly = "{YYYY}{MM}{SEQ_MONTH}"
    number_templates.check(monthly)
    assert number_templates.restarts(monthly, date(2026, 3, 31), date(2026, 4, 1))
    assert not number_templates.restarts(monthly, date(2026, 3, 1), date(2026, 3, 31))
    assert not number_templates.restarts(monthly, None, date(2026, 3, 31))
    with pytest.raises(number_templates.BadTemplate):
        number_templates.check("{YYYY}-{SEQ_MONTH}")
