"""A ledger kept elsewhere beside what the books hold of it: what a file adds, changes and lacks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounting.calculations.ledger_imports import Fault, FaultKind, Faults, ReadEntry


@dataclass(frozen=True)
class Held:
    """An entry of the source that the books hold of these days."""

    key: str
    digest: str
    on: date
    ident: int


@dataclass(frozen=True)
class Comparison:
    """What the file adds, changes (entry held, entry read) and lacks; how many it leaves as they are."""

    added: tuple[ReadEntry, ...]
    changed: tuple[tuple[Held, ReadEntry], ...]
    gone: tuple[Held, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.gone)

    @property
    def digest(self) -> str:
        """The same as long as nothing moved, of the file or of the books."""
        facts = [f"+{one.key} {one.digest}" for one in self.added]
        facts += [f"~{held.ident} {one.key} {one.digest}" for held, one in self.changed]
        facts += [f"-{held.ident}" for held in self.gone]
        return hashlib.sha256("\n".join([str(self.same), *sorted(facts)]).encode()).hexdigest()


def compare(held: Sequence[Held], read: Sequence[ReadEntry]) -> Comparison:
    """Puts each entry of the file beside that of the same name in the books."""
    known = {one.key: one for one in held}
    added, changed, same = [], [], 0
    for one in read:
        former = known.pop(one.key, None)
        if former is None:
            added.append(one)
        elif former.digest == one.digest:
            same += 1
        else:
            changed.append((former, one))
    return Comparison(tuple(added), tuple(changed), tuple(known.values()), same)


def month_faults(found: Comparison, opens_on: date, faults: Faults) -> None:
    """Adds to `faults` what would be written in a month that is closed."""
    for one in found.added:
        _refuse_closed(one.draft.on, one.line, one.key, opens_on, faults)
    for held, one in found.changed:
        _refuse_closed(min(held.on, one.draft.on), one.line, one.key, opens_on, faults)
    for held in found.gone:
        _refuse_closed(held.on, 0, held.key, opens_on, faults)


def _refuse_closed(on: date, line: int, key: str, opens_on: date, faults: Faults) -> None:
    if on < opens_on:
        faults.add(Fault(FaultKind.CLOSED, line, "on", on.isoformat(), key))
