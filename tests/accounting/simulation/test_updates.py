"""`update_payroll_rules`: a published version judged on worked cases, refused or taken in whole."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounting.engines.pay_archives import read_archive
from accounting.engines.pay_rules import Rules, RulesUnreadable, changed, read_rules, verify
from accounting.models import PayrollRuleset
from accounting.services import pay_updates
from accounting.services.pay_updates import Judgement, take_in_rules
from accounting.states.simulation import RulesetState
from cae.core.errors import Code
from cae.core.models import AuditEntry
from tests.accounting.simulation.test_cases import CHANGES, DATA, FOLDER
from tests.refusals import refused

pytestmark = pytest.mark.django_db

Change = Callable[[Rules], Rules]


def dearer(rules: Rules) -> Rules:
    """Health at 14 % instead of 13 %."""
    text = json.dumps(rules["salarié . cotisations . maladie"], ensure_ascii=False)
    return rules | {
        "salarié . cotisations . maladie": json.loads(text.replace('"13%"', '"14%"')),
        "salarié . cotisations . nouvelle": {"valeur": "0 €/mois"},
    }


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A case of each kind: they are enough to see a rate change."""
    whole = json.loads(DATA.read_text())
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({name: rows[:1] for name, rows in whole.items() if name != "about"}))
    return path


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    folder = tmp_path / "urssaf"
    shutil.copytree(FOLDER, folder / FOLDER.name)
    return folder


def publish(
    tmp_path: Path, change: Change, version: str = "12.0.0", name: str = "modele-social"
) -> tuple[Path, str]:
    """An archive as it is published, and its hash."""
    path = tmp_path / f"{name}-{version}.tgz"
    source = f"export const json = /*@__PURE__*/ {json.dumps(json.dumps(change(read_rules(FOLDER))))};\n"
    members = {
        "package/package.json": json.dumps({"name": name, "version": version}),
        "package/dist/index.js": source,
    }
    with tarfile.open(path, "w:gz") as archive:
        for member, text in members.items():
            info = tarfile.TarInfo(member)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def update(path: Path, digest: str, cases: Path, vendor: Path, *accepted: str) -> str:
    said = io.StringIO()
    more: list[Any] = [word for one in accepted for word in ("--accept", one)]
    call_command(
        "update_payroll_rules",
        path,
        "--sha256",
        digest,
        "--cases",
        cases,
        "--snapshots",
        cases.parent / "absent.json",
        "--into",
        vendor,
        *more,
        stdout=said,
        stderr=said,
    )
    return said.getvalue()


def test_a_changed_rate_is_reported_and_refused_then_accepted_with_its_reason(
    tmp_path: Path, cases: Path, vendor: Path
) -> None:
    path, digest = publish(tmp_path, dearer)
    with pytest.raises(CommandError, match="n’a pas les deux"):
        update(path, digest, cases, vendor, "PY01=")
    with pytest.raises(CommandError, match=r"plus de 0,05 €.*\(CN1\)"):
        update(path, digest, cases, vendor, "PY01=Décret d’essai")
    assert not PayrollRuleset.objects.filter(version="12.0.0").exists()
    assert [one.name for one in vendor.iterdir()] == [FOLDER.name]

    said = update(path, digest, cases, vendor, "PY01=Décret d’essai", "CN1=Décret d’essai")
    assert "! PY01 | employer maladie | 65.00 | 70.00 | +5.00" in said
    assert "Nouvelle règle : salarié . cotisations . nouvelle" in said
    assert "Clichés de l’éditeur absents" in said
    row = PayrollRuleset.objects.get(version="12.0.0")
    assert (row.state, str(row.dated_on)) == (RulesetState.DRAFT, "2026-07-01")
    assert verify(vendor / "12.0.0").sha256 == row.sha256
    told = AuditEntry.objects.get(verb="accounting.draft_ruleset").detail
    assert told["accepted"] == {"PY01": "Décret d’essai", "CN1": "Décret d’essai"}

    judgement = Judgement(read_archive(path, digest), FOLDER.name, (), (), (), ())
    with refused(Code.DUPLICATE, "version"):
        take_in_rules(judgement, accepted={}, vendor=vendor, actor=None)
    # Without the row, the folder that was written for it goes.
    shutil.rmtree(vendor / "12.0.0")
    with refused(Code.DUPLICATE, "version"):
        take_in_rules(judgement, accepted={}, vendor=vendor, actor=None)
    assert [one.name for one in vendor.iterdir()] == [FOLDER.name]


def test_a_release_that_freezes_the_minimum_wage_itself_asks_to_end_the_override(
    tmp_path: Path, cases: Path, vendor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, digest = publish(tmp_path, lambda rules: changed(rules, CHANGES))
    with pytest.raises(CommandError, match="arrêtez d’abord « SMIC de la réduction générale gelé"):
        update(path, digest, cases, vendor)
    monkeypatch.setattr(pay_updates, "USED", ("salarié . inconnu",))
    with pytest.raises(CommandError, match=r"ne connaissent plus : salarié \. inconnu"):
        update(*publish(tmp_path, dearer), cases, vendor)
    assert PayrollRuleset.objects.count() == 1


def test_what_is_no_archive_of_the_rules_is_refused(tmp_path: Path, cases: Path, vendor: Path) -> None:
    path, digest = publish(tmp_path, dearer)
    with pytest.raises(CommandError, match="n’est pas celle qui était annoncée"):
        update(path, "0" * 64, cases, vendor)
    with pytest.raises(CommandError, match="Cas de paie illisibles"):
        update(path, digest, tmp_path / "absent.json", vendor)
    with pytest.raises(CommandError, match="ne se chargent pas"):
        update(
            *publish(tmp_path, lambda rules: rules | {"date": "01/08/2026", "x": {"valeur": "@"}}),
            cases,
            vendor,
        )
    for change, name in ((dearer, "autre"), (lambda rules: rules | {"date": "bientôt"}, "modele-social")):
        with pytest.raises(RulesUnreadable):
            read_archive(*publish(tmp_path, change, name=name))
    plain = tmp_path / "plain.tgz"
    plain.write_bytes(b"no archive")
    with pytest.raises(RulesUnreadable):
        read_archive(plain, hashlib.sha256(b"no archive").hexdigest())
    empty = tmp_path / "empty.tgz"
    with tarfile.open(empty, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("package/dist"))
        folder = tarfile.TarInfo("package/package.json")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    with pytest.raises(RulesUnreadable):
        read_archive(empty, hashlib.sha256(empty.read_bytes()).hexdigest())
