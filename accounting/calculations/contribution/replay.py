"""Plays months one after the other, each finding what those before it left in their windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounting.calculations.contribution.presence import year_of
from accounting.calculations.contribution.scales import Scale
from accounting.calculations.contribution.windows import Before, Memory
from accounting.calculations.contribution.working import Fact, Working, evaluate


@dataclass(frozen=True)
class Version:
    """A scale with the number of its row, since a window tells versions apart."""

    key: int
    scale: Scale


@dataclass(frozen=True)
class Played:
    """A fact, what it found, and what it gives."""

    version: Version
    fact: Fact
    before: Before
    working: Working


def play(facts: Iterable[tuple[Version, Fact]], memory: Memory) -> Iterator[Played]:
    """Gives the working of each fact in order; the memory keeps them all."""
    for version, fact in facts:
        before = memory.before(version.scale, version.key, fact.on, fact.name)
        working = evaluate(version.scale, fact, before)
        remember(memory, version, fact, working)
        yield Played(version, fact, before, working)


def remember(memory: Memory, version: Version, fact: Fact, working: Working) -> None:
    memory.count(part.counted(version.key) for part in working.parts if part.window)
    year = year_of(fact.on, version.scale.year_starts)
    memory.take(year, due=working.due, uncapped=working.uncapped)
