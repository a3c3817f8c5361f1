"""Worked cases of pay, played by the real rules with the override in force."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accounting.calculations.pay.golden import play_cases
from accounting.calculations.pay.situations import Compute, PaySituation
from accounting.calculations.pay.vocabulary import (
    CADRE_PROVIDENT,
    CEILING,
    COST,
    GROSS,
    REFERENCE_SMIC,
    SMIC_PER_HOUR,
    TAXABLE,
    USED,
    per_month,
    told,
)
from accounting.engines.pay_rules import VENDOR, Change, Source, compute, verify
from accounting.first_pay_rules import FIRST_OVERRIDES, FIRST_RULESET
from cae.core.periods import Month

DATA = Path(__file__).parent.parent.parent / "data" / "payroll_cases.json"
SNAPSHOTS = Path(__file__).parents[4] / "shared" / "data" / "payroll_cases.json"
FOLDER = VENDOR / FIRST_RULESET["version"]
CHANGES = tuple(
    Change(one["rule"], one["replaced"], one["replacement"], json.dumps(one["added"], ensure_ascii=False))
    for one in FIRST_OVERRIDES
)
SOURCE = Source(FOLDER, CHANGES)
NOVEMBER = Month(2026, 11)
# The exact amount ends on half a cent (2 048.865, 2 868.955, 4.005), which the file cuts and the house rounds
# up, as it does everywhere.
ON_HALF_A_CENT = {
    ("PY08", "net_taxable"),
    ("PY09", "net_taxable"),
    ("PY10", "net_taxable"),
    ("PY11", "employer fnal"),
    ("PY12", "employer fnal"),
}


def engine(source: Source) -> Compute:
    return lambda situation, names: compute(source, situation, names)


def test_every_figure_of_the_worked_cases_to_the_cent() -> None:
    cases = json.loads(DATA.read_text())
    played = list(play_cases(engine(SOURCE), cases))
    assert len(played) > 400
    # Teeth of the coefficient: a cent more of gross costs the same 1 500.00 €, which our search finds.
    toothed = {("CN1", name) for name in ("gross", "net_before_withholding", "rgdu")}
    wrong = {(one.case, one.figure): one.difference for one in played if one.difference}
    assert wrong == dict.fromkeys(ON_HALF_A_CENT | toothed, Decimal("0.01"))


def test_the_folder_is_the_one_that_was_published() -> None:
    manifest = verify(FOLDER)
    assert (manifest.version, manifest.sha256) == (FIRST_RULESET["version"], FIRST_RULESET["sha256"])
    assert manifest.dated_on == str(FIRST_RULESET["dated_on"])


def test_the_override_is_still_needed() -> None:
    """When a release freezes the minimum wage of the reduction itself, this fails: close the override."""
    words = {**told(PaySituation(20, Decimal("0.011")), NOVEMBER), GROSS: per_month(Decimal(2200))}
    published = compute(Source(FOLDER), words, [COST])[COST]
    ours = compute(SOURCE, words, [COST])[COST]
    assert published is not None
    assert ours is not None
    assert ours - published == pytest.approx(Decimal("573.98") - Decimal("538.56"), abs=Decimal("0.01"))


def test_what_is_read_by_name_exists_and_parameters_are_those_of_the_year() -> None:
    words = {**told(PaySituation(300, Decimal("0.011")), NOVEMBER), GROSS: per_month(Decimal(1000))}
    found = compute(SOURCE, words, [*USED, REFERENCE_SMIC])
    assert found[SMIC_PER_HOUR] == Decimal("12.31")
    assert found[CEILING] == 4005
    reference = found[REFERENCE_SMIC]
    assert reference is not None
    assert round(reference, 2) == Decimal("1823.03")


def test_snapshots_of_the_published_rules() -> None:
    if not SNAPSHOTS.exists():
        pytest.skip("the snapshots of mon-entreprise lie in the shared folder, which is absent here")
    cases = json.loads(SNAPSHOTS.read_text(), parse_float=Decimal, parse_int=Decimal)
    base = cases["meta"]["base_situation"]
    count = 0
    for case in cases["snapshot_cases"]:
        words: dict[str, Any] = {**base, **case["situation"], "date": "01/11/2026"}
        words = {name: said if isinstance(said, dict) else str(said) for name, said in words.items()}
        expected = case["expected_november_2026"]
        found = compute(SOURCE, words, list(expected))
        for name, wanted in expected.items():
            value = found[name]
            if wanted is None:
                assert value is None, (case["id"], name)
                continue
            assert value is not None, (case["id"], name)
            assert abs(value - wanted) <= Decimal("0.00501"), (case["id"], name, value, wanted)
            count += 1
    assert count > 400


def test_a_cadre_is_not_taxed_on_the_cover_that_the_rules_add() -> None:
    words = {
        **told(PaySituation(20, Decimal("0.011"), cadre=True), NOVEMBER),
        GROSS: per_month(Decimal(4005)),
    }
    found = compute(SOURCE, words, [TAXABLE, CADRE_PROVIDENT])
    cover = found[CADRE_PROVIDENT]
    assert cover is not None
    assert round(cover, 2) == Decimal("60.08")
