"""Which lines and branches of the house its tests reach, and the gate of its pure parts.

Counted by the code itself, which is instrumented as it is imported: a tracer would halve the speed of all
that runs, libraries too. `./alveole test --covered` leaves what each of its processes reached;
`python -m cae.embedded.coverage` reads it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage, print_coverage

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var/coverage"
ROOMS = [
    str(ROOT / room)
    for room in ("cae", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
]
OMITTED = ["*/migrations/*"]
# What never runs, beside what slipcover knows of.
NEVER = ["raise NotImplementedError", r"\.\.\.$"]
PURE = re.compile(r"/(calculations|states|permissions|engines/ballots)(/.*)?\.py$")


def begin() -> Path:
    """The folder of a run: what an earlier one left there is not its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    return FOLDER


class Counting:
    """Counts what this process reaches of the modules it imports from now on."""

    def __init__(self, folder: str) -> None:
        self._file = Path(folder) / f"{os.getpid()}.json"
        self._counted = Slipcover(branch=True, source=ROOMS, omit=OMITTED, exclude_also=NEVER)
        ImportManager(self._counted, FileMatcher(sources=ROOMS, omit=OMITTED)).__enter__()

    def write(self) -> None:
        self._file.write_text(json.dumps(self._counted.get_coverage()))


def reached(folder: Path) -> dict[str, Any]:
    """What all the processes of a run reached together."""
    whole: dict[str, Any] = {}
    for path in folder.glob("*.json"):
        found = json.loads(path.read_text())
        if whole:
            merge_coverage(whole, found)
        else:
            whole = found
    return whole


def short_of_all(whole: dict[str, Any]) -> list[str]:
    """A sentence for each pure part that misses a line or a branch."""
    missed = {
        name: [*map(str, found["missing_lines"]), *(f"{a}→{b}" for a, b in found["missing_branches"])]
        for name, found in whole["files"].items()
        if PURE.search(f"/{name}")
    }
    if not missed:
        return ["no pure part was found"]
    return [f"{name} is never run at {', '.join(lines)}" for name, lines in sorted(missed.items()) if lines]


def main(folder: Path = FOLDER) -> int:
    """Prints what is missed everywhere, then in the pure parts; their gate is the exit status."""
    whole = reached(folder)
    if not whole:
        print("nothing was counted: ./alveole test --covered")
        return 1
    print_coverage(whole, outfile=sys.stdout, skip_covered=True, missing_width=60)
    short = short_of_all(whole)
    print("Calculations, states and rights:", "all of it" if not short else "", *short, sep="\n")
    return bool(short)


if __name__ == "__main__":
    sys.exit(main())
