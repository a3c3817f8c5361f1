"""The invoice checker's listening socket, held open in its place until the first call."""

from __future__ import annotations

import importlib.util
import select
import socket
import threading
from pathlib import Path

from cae.embedded.processes import Child, Lifeline
from cae.embedded.programs import program_named
from cae.embedded.slots import ROOT

CHECKER = program_named("checker")


class CheckerDoor:
    """Listens before the checker exists, which inherits the socket: an early caller only waits longer."""

    def __init__(self, path: Path) -> None:
        self.url = f"unix://{path}"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(64)

    @property
    def descriptor(self) -> int:
        return self._listener.fileno()

    @property
    def command(self) -> list[str]:
        return CHECKER.laptop_words(checker=self.descriptor)

    def somebody_waits(self) -> bool:
        ready, _, _ = select.select([self._listener], [], [], 0)
        return bool(ready)

    def close(self) -> None:
        self._listener.close()


def checker_exists() -> bool:
    return importlib.util.find_spec(CHECKER.command.split()[-1]) is not None


class CheckerOnDemand:
    """Starts the checker at the first call: a test run that checks no invoice never pays for it."""

    def __init__(self, path: Path, log: Path) -> None:
        self.door = CheckerDoor(path)
        self._log = log
        self._lifeline = Lifeline()
        self._child: Child | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._wait_for_a_call, name="checker", daemon=True)
        self._thread.start()

    def _wait_for_a_call(self) -> None:
        while not self._stopped.wait(0.1):
            if self.door.somebody_waits():
                break
        else:
            return
        with self._log.open("ab") as output:
            self._child = self._lifeline.spawn(
                "checker", self.door.command, output=output, cwd=ROOT, keep_open=[self.door.descriptor]
            )

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(5)
        if self._child:
            self._child.bury()
        self.door.close()
        self._lifeline.close()
