"""One slot is one state folder with its lock: `run` twice, or `test` beside `run`, get servers of their own.

Two locks guard a slot. `owner` is held by the supervising process alone; `lock` is inherited by every
process of the slot. So `owner` taken means a living supervisor, and `owner` free with `lock` taken means
processes on their way out after their supervisor was killed: waiting for them is enough. Whoever holds
both may delete stale pid files and sockets without looking at process ids.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Where the servers' account can always get at its files when the checkout itself is private.
SYSTEM_STATE = Path("/var/lib/alveole")
LAST_SLOT = 16


class SlotBusy(RuntimeError):
    """A living process already uses this slot."""


class EmbeddedError(RuntimeError):
    """The embedded servers cannot be used; the message is one sentence for the person at the terminal."""


def state_folder() -> Path:
    return Path(os.environ.get("ALVEOLE_STATE") or ROOT / "var").resolve()


def service_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses the superuser: as root, it runs as an existing unprivileged account."""
    if os.geteuid() != 0:
        return None
    for name in filter(None, (os.environ.get("ALVEOLE_EMBEDDED_USER"), "nobody")):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError(
        "No unprivileged account was found for PostgreSQL: name one with ALVEOLE_EMBEDDED_USER=."
    )


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    for folder in (path, *path.parents):
        facts = folder.stat()
        if facts.st_uid == account.pw_uid:
            needed = stat.S_IXUSR
        elif facts.st_gid == account.pw_gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if folder.is_dir() and not facts.st_mode & needed:
            return False
    return True


def _existing_part(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def _take(path: Path, wait: float) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(0.05)


def _kill_holders(path: Path) -> None:
    """Without their supervisor nobody else will end them; their lock proves that they are ours."""
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if link.readlink() == path:
                os.kill(int(link.parts[2]), signal.SIGKILL)


class Slot:
    """The state folder of one run: its data, its private folder of sockets, its locks."""

    def __init__(self, folder: Path) -> None:
        folder = folder.resolve()
        self.name = folder.name
        self.account = service_account()
        key = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
        if self.account and not reachable(_existing_part(folder), self.account):
            folder = SYSTEM_STATE / key / folder.name
        self.folder = folder
        # A socket's path may hold 107 bytes (103 on macOS), so sockets live in a short folder.
        self.sockets = Path("/tmp") / f"alveole-{os.geteuid()}-{key}"
        self.lock: int | None = None
        self._owner: int | None = None

    def acquire(self, patience: float = 8) -> None:
        """Takes both locks or raises SlotBusy. What a killed supervisor left has `patience` seconds."""
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        path = self.folder / "lock"
        self._owner = _take(self.folder / "owner", 0)
        if self._owner is None:
            raise SlotBusy(f"{self.folder} is in use")
        self.lock = _take(path, patience)
        if self.lock is None:
            _kill_holders(path)
            self.lock = _take(path, 2)
        if self.lock is None:
            self.release()
            raise SlotBusy(f"{self.folder} is still held by processes of a former run")
        self._clean_sockets()

    def release(self) -> None:
        for descriptor in (self.lock, self._owner):
            if descriptor is not None:
                os.close(descriptor)
        self.lock = self._owner = None

    def discard_if_unused(self) -> None:
        """A run that was refused before it wrote anything leaves no folder behind."""
        if {path.name for path in self.folder.iterdir()} <= {"owner", "lock"}:
            shutil.rmtree(self.folder)
            shutil.rmtree(self.sockets, ignore_errors=True)

    def own(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _clean_sockets(self) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        facts = self.sockets.lstat()
        ours = {os.geteuid(), self.account.pw_uid if self.account else os.geteuid()}
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in ours:
            raise EmbeddedError(
                f"{self.sockets} exists and belongs to somebody else: remove it and start again."
            )
        self.own(self.sockets)
        self.sockets.chmod(0o700)
        for stale in self.sockets.iterdir():
            stale.unlink()


def slot_folders(name: str) -> list[Path]:
    """demo, demo-2, demo-3 … in the order in which they are tried."""
    base = state_folder()
    return [base / (name if number == 1 else f"{name}-{number}") for number in range(1, LAST_SLOT + 1)]
