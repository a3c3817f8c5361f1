"""Child processes that never outlive their parent, even when the parent is killed with signal 9."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any


class Child:
    """A process, and the tiny shell that ends it when the pipe of its parent closes."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], guard: subprocess.Popen[bytes]) -> None:
        self.name = name
        self.process = process
        self._guard = guard

    @property
    def exit_code(self) -> int | None:
        return self.process.poll()

    def ask_to_stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)

    def wait_or_kill(self, deadline: float) -> bool:
        """Waits until `deadline` (monotonic clock), then kills the session; True if it ended by itself."""
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
        self.bury()
        return ended

    def bury(self) -> None:
        """Kills what is left of the session, then dismisses the guard: the id will be somebody else's."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._guard.kill()
        self._guard.wait()


class Lifeline:
    """A pipe whose writing end only this process holds: its guards read the end of file when we are gone."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()

    def spawn(
        self,
        name: str,
        argv: Sequence[str],
        *,
        stop_with: signal.Signals = signal.SIGTERM,
        output: IO[bytes] | int = subprocess.PIPE,
        cwd: Path | str = "/",
        env: dict[str, str] | None = None,
        keep_open: Sequence[int] = (),
        account: dict[str, Any] | None = None,
    ) -> Child:
        """Starts `argv` in a session of its own, so that Ctrl-C reaches only the supervisor."""
        process: subprocess.Popen[bytes] = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=env,
            pass_fds=tuple(keep_open),
            start_new_session=True,
            **(account or {}),
        )
        pid = process.pid
        signal_name = stop_with.name.removeprefix("SIG")
        script = (
            f"cat >/dev/null; kill -{signal_name} {pid} 2>/dev/null; sleep 5; kill -KILL -{pid} 2>/dev/null"
        )
        guard = subprocess.Popen(
            ["/bin/sh", "-c", script],
            stdin=self._reader,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        return Child(name, process, guard)

    def close(self) -> None:
        for end in (self._reader, self._writer):
            os.close(end)
