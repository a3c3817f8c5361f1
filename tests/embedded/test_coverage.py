"""What a run of the tests reached, put together, and the gate of the pure parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from slipcover.slipcover import add_summaries

from cae.embedded import coverage


def left_by(folder: Path, name: str, **files: dict[str, list[Any]]) -> None:
    """What one process reached: lines and branches of each file."""
    empty: dict[str, list[Any]] = {
        "executed_lines": [], "missing_lines": [], "executed_branches": [], "missing_branches": [],
    }  # fmt: skip
    found = {f"invoicing/{path}.py": empty | counted for path, counted in files.items()}
    left = {"meta": {"software": "slipcover", "branch_coverage": True}, "files": found}
    add_summaries(left)
    (folder / name).write_text(json.dumps(left))


def test_what_one_process_misses_another_reaches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left_by(tmp_path, "1.json", calculations={"executed_lines": [1], "missing_lines": [2]})
    left_by(tmp_path, "2.json", calculations={"executed_lines": [2], "missing_lines": [1]})
    assert coverage.main(tmp_path) == 0
    assert "all of it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("missed", "said"),
    [
        ({"missing_lines": [7]}, "invoicing/states.py is never run at 7"),
        ({"missing_branches": [[7, 9]]}, "invoicing/states.py is never run at 7→9"),
    ],
)
def test_a_pure_part_misses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missed: dict[str, list[Any]], said: str
) -> None:
    left_by(tmp_path, "1.json", states={"executed_lines": [1]} | missed)
    assert coverage.main(tmp_path) == 1
    assert said in capsys.readouterr().out


def test_what_is_not_pure_may_miss_something(tmp_path: Path) -> None:
    left_by(tmp_path, "1.json", states={"executed_lines": [1]}, views={"missing_lines": [3]})
    assert coverage.main(tmp_path) == 0


def test_no_pure_part_at_all_is_a_fault(tmp_path: Path) -> None:
    left_by(tmp_path, "1.json", views={"executed_lines": [3]})
    assert coverage.main(tmp_path) == 1


def test_a_run_that_counted_nothing_is_a_fault(tmp_path: Path) -> None:
    assert coverage.main(tmp_path) == 1


def test_a_new_run_forgets_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "FOLDER", tmp_path)
    left_by(tmp_path, "1.json")
    assert list(coverage.begin().iterdir()) == []
