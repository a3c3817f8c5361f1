"""The official rules of pay, run by V8 inside this process: the only module that imports `py_mini_racer`.

Traps, each with its cure (pay-and-contribution.md §9.1). Without `close()` the interpreter hangs at its end:
closed at exit, and when a worker stops (tasks.py). An engine does not survive a fork: made on first use, and
a child forgets its parent's. It keeps a situation between two calls: one lock. It logs thousands of lines:
silenced. It takes over an event loop that runs where it is made, and hangs as soon as another thread calls:
made by a thread that has none. One engine a process, 140 to 250 MB: another set of rules takes the place of
the first.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import math
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from py_mini_racer import JSEvalException, MiniRacer

VENDOR = Path(__file__).parent.parent / "vendor" / "urssaf"
MANIFEST = "MANIFEST.json"
PROGRAM = "publicodes.cjs"
RULES = "rules.json"
LICENCE = "LICENSE.txt"

Rules = dict[str, Any]

_MODULE = "var module = {exports: {}}, exports = module.exports;"
_ENGINE = (
    "var quiet = {log() {}, warn() {}, error() {}};"
    "var engine = new module.exports.default(%s, {logger: quiet});"
    "function compute(situation, names) { engine.setSituation(situation);"
    " return names.map(name => engine.evaluate(name).nodeValue ?? null); }"
)


class RulesUnreadable(ValueError):
    """The folder does not hold what its manifest says, or the rules do not load."""


class UnknownRule(KeyError):
    """The rules do not know a name, of the situation or of what is read."""


@dataclass(frozen=True)
class Change:
    """What an override changes: in every string of `rule`, `replace` becomes `by`; `add` are new rules."""

    rule: str
    replace: str
    by: str
    # Rules added, as JSON: text compares and hashes, so that a source does.
    add: str = "{}"


@dataclass(frozen=True)
class Manifest:
    """What a folder of rules says of itself."""

    version: str
    dated_on: str
    program_version: str
    files: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """The hash of the rules."""
        return self.files[RULES]


@dataclass(frozen=True)
class Source:
    """Which rules: the folder of a version, and the overrides in force."""

    folder: Path
    changes: tuple[Change, ...] = ()


class Engine:
    """One set of rules in one interpreter; whoever calls holds the turn."""

    def __init__(self, source: Source, rules: Rules | None = None) -> None:
        """`rules`: others than those of the folder, whose program runs them."""
        with ThreadPoolExecutor(1) as without_loop:
            self._js = without_loop.submit(MiniRacer).result()
        try:
            self._js.eval(_MODULE)
            self._js.eval((source.folder / PROGRAM).read_text("utf-8"))
            read = read_rules(source.folder) if rules is None else rules
            self._js.eval(_ENGINE % json.dumps(changed(read, source.changes)))
        except (JSEvalException, RulesUnreadable) as error:
            self.close()
            raise RulesUnreadable(str(error)) from error

    def compute(self, situation: Mapping[str, str], names: Sequence[str]) -> dict[str, Decimal | None]:
        """Gives each name its value, unrounded; None where a rule gives none. Raises UnknownRule."""
        try:
            values: Any = self._js.call("compute", dict(situation), list(names))
        except JSEvalException as error:
            raise UnknownRule(str(error)) from error
        return {name: _decimal(value) for name, value in zip(names, values, strict=True)}

    def close(self) -> None:
        self._js.close()


def _decimal(value: Any) -> Decimal | None:
    """A number of V8 through its shortest writing; what is no number (null, NaN, a word) is no value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return None
    return Decimal(repr(value))


def read_rules(folder: Path) -> Rules:
    rules: Rules = json.loads((folder / RULES).read_text("utf-8"))
    return rules


def changed(rules: Rules, changes: Sequence[Change]) -> Rules:
    """Gives the rules with the overrides. Raises RulesUnreadable when one finds nothing to change."""
    rules = dict(rules)
    for change in changes:
        text = json.dumps(rules.get(change.rule), ensure_ascii=False)
        if change.replace not in text:
            raise RulesUnreadable(change.rule)
        rules[change.rule] = json.loads(text.replace(change.replace, change.by))
        rules |= json.loads(change.add)
    return rules


def read_manifest(folder: Path) -> Manifest:
    found = json.loads((folder / MANIFEST).read_text("utf-8"))
    return Manifest(
        version=found["version"],
        dated_on=found["dated_on"],
        program_version=found["program_version"],
        files=found["files"],
    )


def verify(folder: Path) -> Manifest:
    """Gives the manifest once each file is the one that it lists. Raises RulesUnreadable."""
    manifest = read_manifest(folder)
    for name, digest in manifest.files.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise RulesUnreadable(name)
    return manifest


@dataclass
class _Held:
    """The engine of this process, what it was made from, and the turn of its threads."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    source: Source | None = None
    engine: Engine | None = None

    def drop(self) -> None:
        if self.engine is not None:
            self.engine.close()
        self.engine, self.source = None, None


_held = _Held()
# Engines of a parent: their threads do not exist in its child, so that nothing may touch or free them there.
_left_behind: list[_Held] = []


def compute(source: Source, situation: Mapping[str, str], names: Sequence[str]) -> dict[str, Decimal | None]:
    """Gives each name its value under these rules, from the engine of this process, made now if need be."""
    held = _held
    with held.turn:
        if held.engine is None or held.source != source:
            held.drop()
            held.engine, held.source = Engine(source), source
        return held.engine.compute(situation, names)


def close_engine() -> None:
    """Ends the interpreter of this process, if there is one: a later simulation makes another."""
    with _held.turn:
        _held.drop()


def _forget() -> None:
    """In a child: its parent may have held the turn at the moment of the fork."""
    global _held  # noqa: PLW0603
    _left_behind.append(_held)
    _held = _Held()


atexit.register(close_engine)
os.register_at_fork(after_in_child=_forget)
