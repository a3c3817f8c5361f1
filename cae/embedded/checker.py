"""The invoice checker as a process beside the application: at once for a run, at the first call for the tests."""

from __future__ import annotations

import importlib.util
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from cae.embedded.processes import Child, Lifeline
from cae.embedded.slots import ROOT

MODULE = "invoicing.engines.checker.server"


def checker_command(*options: str) -> list[str]:
    return [sys.executable, "-m", MODULE, *options]


def checker_exists() -> bool:
    return importlib.util.find_spec(MODULE) is not None


class CheckerOnDemand:
    """Listens in the checker's place and starts it at the first call: a test run without invoices never pays for it.

    The checker inherits the listening socket (`--fd`), so the first caller just waits a little longer.
    """

    def __init__(self, path: Path, log: Path) -> None:
        self.url = f"unix://{path}"
        self._log = log
        self._lifeline = Lifeline()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(32)
        self._child: Child | None = None
        self._wake, self._end = socket.socketpair()
        self._thread = threading.Thread(target=self._wait_for_a_call, name="checker", daemon=True)
        self._thread.start()

    def _wait_for_a_call(self) -> None:
        ready, _, _ = select.select([self._listener, self._wake], [], [])
        if self._listener in ready:
            with open(self._log, "ab") as output:
                self._child = self._start(output)

    def _start(self, output: IO[bytes] | int = subprocess.PIPE) -> Child:
        descriptor = self._listener.fileno()
        command = checker_command("--fd", str(descriptor))
        return self._lifeline.spawn("checker", command, output=output, cwd=ROOT, keep_open=[descriptor])

    def stop(self) -> None:
        self._end.close()
        self._thread.join(5)
        if self._child:
            self._child.process.kill()
            self._child.process.wait()
            self._child.dismiss_guard()
        self._listener.close()
        self._wake.close()
        self._lifeline.close()
