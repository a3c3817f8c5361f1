"""The tests themselves on a bare machine and in several processes: what is shared, left out and said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cae.embedded.browser import INSTALL, PACKAGES
from cae.embedded.pytest_plugin import caches_of
from cae.embedded.scheduling import LONG, rank_of, share_of
from cae.embedded.slots import ROOT

TESTS = """
import pytest

def test_ordinary(): pass

@pytest.mark.browser
def test_page(): pass

@pytest.mark.full
def test_of_the_full_product(): pass
"""
OPTIONS = [
    "-q",
    "-p",
    "cae.embedded.pytest_plugin",
    "-p",
    "no:django",
    "-p",
    "no:valkey",
    "-p",
    "no:cacheprovider",
]


def run(folder: Path, path: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_browser.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: page\n    full: product\n")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ALVEOLE"))
    }
    # A server that is named is not started; no test here talks to it.
    environment |= {"PATH": path, "PYTHONPATH": str(ROOT), "DATABASE_URL": "postgresql://nowhere/x"}
    command = [sys.executable, "-m", "pytest", *OPTIONS, *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workers", [[], ["-n", "2", "--dist", "loadscope"]])
def test_missing_chromium(tmp_path: Path, workers: list[str]) -> None:
    done = run(tmp_path, "/nowhere", *workers)
    assert "1 browser tests were not run" in done.stdout, done.stdout + done.stderr
    assert INSTALL in done.stdout
    assert "1 passed, 1 skipped" in done.stdout
    assert done.returncode == 1


def test_with_chromium_nothing_is_left_out_but_the_full_product(tmp_path: Path) -> None:
    (tmp_path / "chromium").write_text("")
    (tmp_path / "chromium").chmod(0o755)
    done = run(tmp_path, str(tmp_path))
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    assert "3 passed" in run(tmp_path, str(tmp_path), "--full").stdout


def test_a_test_that_kills_its_process_is_named_once_and_the_others_are_run(tmp_path: Path) -> None:
    (tmp_path / "test_deadly.py").write_text(
        "import os\ndef test_deadly(): os._exit(3)\ndef test_after(): pass"
    )
    # Without the short summary, which says it again whole where CI is set or the terminal is wide.
    done = run(tmp_path, "/nowhere", "-n", "2", "--dist", "loadscope", "-rN", "test_deadly.py")
    assert done.stdout.count("crashed while running 'test_deadly.py::test_deadly'") == 1, done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_browser_tests_of_a_folder_share_one_process_and_files_stay_whole() -> None:
    shares = [
        share_of(nodeid)
        for nodeid in (
            "tests/browser/test_pages.py::test_a[chromium]",
            "tests/stories/test_sale_browser.py::test_b",
            "tests/core/test_money.py::test_c[browser]",
        )
    ]
    assert shares == ["tests/browser", "tests/stories", "tests/core/test_money.py"]


def test_what_takes_minutes_begins_first_then_what_has_many_tests() -> None:
    shares = ["tests/a.py", "tests/b.py", "tests/stories", "tests/b.py", "tests/browser"]
    assert sorted(set(shares), key=rank_of(shares)) == [
        "tests/browser",
        "tests/stories",
        "tests/b.py",
        "tests/a.py",
    ]
    assert [share for share in LONG if not (ROOT / share).exists()] == []


ORDER = """
import pathlib
import pytest

@pytest.mark.parametrize("rank", range(3))
def test_one(rank):
    with pathlib.Path(r"{log}").open("a") as log:
        log.write("{name}\\n")
"""


def test_shares_are_given_in_that_order(tmp_path: Path) -> None:
    """The longest first, though it has as few tests as any: read from what one process did."""
    log = tmp_path / "log"
    for name in ("tests/core/test_a.py", LONG[-1], LONG[3]):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ORDER.format(log=log, name=name))
    done = run(tmp_path, "/nowhere", "-n", "1", "--dist", "loadscope", "tests")
    assert "9 passed" in done.stdout, done.stdout + done.stderr
    assert log.read_text().split()[::3] == [LONG[3], LONG[-1], "tests/core/test_a.py"]


def test_a_browser_test_in_a_file_that_does_not_say_so_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test_hidden.py").write_text(TESTS)
    done = run(tmp_path, "/nowhere", "test_hidden.py")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "has browser in its path" in done.stderr


def test_each_worker_has_a_cache_and_a_queue_of_its_own() -> None:
    shared = {
        "REDIS_URL": "unix:///run/v.sock?db=0",
        "CELERY_BROKER_URL": "redis+socket:///run/v.sock?virtual_host=1",
    }
    given = [url for worker in ("gw0", "gw1", "gw7") for url in caches_of(worker, shared).values()]
    assert given[0] == "unix:///run/v.sock?db=2"
    numbers = {url.rpartition("=")[2] for url in [*given, *shared.values()]}
    assert len(numbers) == 8


def test_this_very_worker_uses_them() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    expected = caches_of(worker, os.environ) if worker else {}
    assert expected.items() <= os.environ.items()


def test_the_command_and_the_plugin_ask_for_the_same_packages() -> None:
    assert f'BROWSER="{PACKAGES}"' in (ROOT / "alveole").read_text()
    assert f"`{INSTALL}`" in (ROOT / "docs/install.md").read_text()
