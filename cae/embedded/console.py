"""One terminal for many processes: each line carries the coloured name of whoever wrote it."""

from __future__ import annotations

import os
import sys
import threading
from itertools import cycle

from cae.embedded.processes import Child
from cae.embedded.programs import PROGRAMS

NAMES = ("alveole", *(program.name for program in PROGRAMS if program.on_laptop is not None))
COLOURS = dict(zip(NAMES, cycle((32, 34, 36, 33, 35, 37)), strict=False))
WIDTH = max(map(len, COLOURS))


class Console:
    def __init__(self) -> None:
        self._coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._lock = threading.Lock()
        self._readers: list[threading.Thread] = []

    def say(self, text: str, name: str = "alveole") -> None:
        tag = f"{name:<{WIDTH}} |"
        if self._coloured:
            tag = f"\x1b[{COLOURS.get(name, 0)}m{tag}\x1b[0m"
        with self._lock:
            for line in text.splitlines() or [""]:
                print(tag, line, flush=True)

    def follow(self, child: Child) -> None:
        reader = threading.Thread(target=self._copy, args=(child,), daemon=True)
        reader.start()
        self._readers.append(reader)

    def drain(self) -> None:
        """Lets the last words of the processes come out."""
        for reader in self._readers:
            reader.join(1)

    def _copy(self, child: Child) -> None:
        assert child.process.stdout is not None, "only a child with a pipe can be followed"
        for line in child.process.stdout:
            self.say(line.decode(errors="replace").rstrip(), child.name)
