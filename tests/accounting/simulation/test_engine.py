"""The traps of V8 inside Python, each with its cure, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time
from decimal import Decimal
from pathlib import Path

import pytest

from accounting.calculations.pay.situations import PaySituation
from accounting.calculations.pay.vocabulary import COST, GROSS, REDUCTION, per_month, told
from accounting.engines.pay_rules import (
    Change,
    Engine,
    RulesUnreadable,
    Source,
    UnknownRule,
    changed,
    close_engine,
    compute,
    verify,
)
from cae.core.periods import Month
from tests.accounting.simulation.test_cases import FOLDER, SOURCE

ROOT = Path(__file__).parents[3]
WORDS = {**told(PaySituation(20, Decimal("0.011")), Month(2026, 11)), GROSS: per_month(Decimal(500))}
_HEAD = """
    import asyncio, os, sys, threading, time
    from decimal import Decimal
    from accounting.calculations.pay.situations import PaySituation
    from accounting.calculations.pay.vocabulary import COST, GROSS, per_month, told
    from accounting.engines.pay_rules import VENDOR, Source, compute
    from cae.core.periods import Month

    SOURCE = Source(VENDOR / "11.1.0")
    WORDS = {**told(PaySituation(20, Decimal("0.011")), Month(2026, 11)), GROSS: per_month(Decimal(500))}
"""


def python(body: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Runs this in a process of its own; gives its end, and how long it took after its last word."""
    code = textwrap.dedent(_HEAD) + textwrap.dedent(body)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    return done, time.time()


def test_a_process_ends_within_two_seconds_of_a_simulation() -> None:
    done, ended = python("print(compute(SOURCE, WORDS, [COST])[COST], time.time())")
    assert done.returncode == 0, done.stderr
    cost, said_at = done.stdout.split()
    assert cost == "512.78"
    assert ended - float(said_at) < 2


def test_two_children_of_a_process_compute_at_once() -> None:
    done, _ended = python(
        """
        children = []
        for _rank in range(2):
            child = os.fork()
            if not child:
                cost = compute(SOURCE, WORDS, [COST])[COST]
                sys.exit(0 if cost == Decimal("512.78") else 3)
            children.append(child)
        print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
        """
    )
    assert done.stdout.strip() == "[0, 0]", done.stderr


def test_a_child_forgets_the_engine_of_its_parent() -> None:
    """Its own end is another matter: V8 aborts there, so that nobody forks after a simulation."""
    done, _ended = python(
        """
        compute(SOURCE, WORDS, [COST])
        child = os.fork()
        if not child:
            found = compute(SOURCE, WORDS, [COST])[COST]
            os._exit(0 if found == Decimal("512.78") else 3)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """
    )
    assert done.stdout.strip() == "0", done.stderr


def test_threads_take_turns_and_another_source_takes_the_place_of_the_first() -> None:
    published, found = Source(FOLDER), []

    def work(source: Source) -> None:
        found.append((source == SOURCE, compute(source, WORDS, [COST])[COST]))

    threads = [threading.Thread(target=work, args=(one,)) for one in (SOURCE, published, SOURCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [(False, Decimal("512.78")), (True, Decimal("512.78")), (True, Decimal("512.78"))]
    close_engine()
    close_engine()


def test_an_event_loop_that_runs_already_is_left_alone() -> None:
    """A browser test leaves one in its process: nobody turns it while a thread waits."""
    done, _ended = python(
        """
        async def served():
            compute(SOURCE, WORDS, [COST])
            other = threading.Thread(target=compute, args=(SOURCE, WORDS, [COST]), daemon=True)
            other.start()
            other.join(20)
            print(other.is_alive(), flush=True)
            if other.is_alive():
                os._exit(3)
        asyncio.run(served())
        """
    )
    assert done.stdout.strip() == "False", done.stderr


def test_no_value_is_none_and_an_unknown_name_is_said() -> None:
    above = {**WORDS, GROSS: per_month(Decimal(6000))}
    assert compute(SOURCE, above, [REDUCTION, "salarié . contrat . CDD"]) == {
        REDUCTION: None,
        "salarié . contrat . CDD": None,
    }
    with pytest.raises(UnknownRule):
        compute(SOURCE, WORDS, ["salarié . inconnu"])
    with pytest.raises(UnknownRule):
        compute(SOURCE, {**WORDS, "salarié . inconnu": "oui"}, [COST])


def test_an_override_that_finds_nothing_is_refused_and_so_is_a_file_that_changed(tmp_path: Path) -> None:
    with pytest.raises(RulesUnreadable):
        changed({"a": {"valeur": "b"}}, [Change("a", "c", "d")])
    with pytest.raises(RulesUnreadable):
        Engine(Source(FOLDER, (Change("absent", "c", "d"),)))
    for name in ("MANIFEST.json", "publicodes.cjs", "LICENSE.txt"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "rules.json").write_text('{"a": {"valeur": "@"}}')
    with pytest.raises(RulesUnreadable, match=r"rules\.json"):
        verify(tmp_path)
    with pytest.raises(RulesUnreadable):
        Engine(Source(tmp_path))
