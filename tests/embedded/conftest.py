"""A small house of its own for each test: the real supervisor around an application of a few lines."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cae.embedded.slots import ROOT, Slot

FILES = {
    "cae/__init__.py": "",
    "cae/wsgi.py": """
import os
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [os.environ["DATABASE_URL"].encode()]
""",
    "cae/celery.py": """
import os
from celery import Celery
app = Celery("stub", broker=os.environ["CELERY_BROKER_URL"])
""",
    "cae/settings/__init__.py": "",
    "cae/settings/local.py": "SECRET_KEY = 'stub'",
    "invoicing/__init__.py": "",
    "invoicing/engines/__init__.py": "",
    "invoicing/engines/checker/__init__.py": "",
    "invoicing/engines/checker/server.py": """
import argparse, socket
parser = argparse.ArgumentParser()
parser.add_argument("--fd", type=int)
listener = socket.socket(fileno=parser.parse_args().fd)
print("ready", flush=True)
while True:
    client, _ = listener.accept()
    client.sendall(b"verdict")
    client.close()
""",
    "manage.py": """
import os, pathlib, sys
assert sys.argv[1] == "prepare"
folder = pathlib.Path(os.environ["ALVEOLE_SLOT"])
(folder / "accounts.txt").write_text("entrepreneur@demo.coop / miel\\n")
with (folder / "prepared").open("a") as kept:
    kept.write("once\\n")
print("stub prepared")
sys.exit(int(os.environ.get("STUB_PREPARE_FAILS", "0")))
""",
}
CLEAN = {"DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CHECKER_URL", "PORT", "DEMONSTRATION"}


def alive(pid: int) -> bool:
    """False for a zombie too: nobody may have waited for it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.05)


class Run:
    """One `python -m cae.embedded.supervisor` and what it printed."""

    def __init__(self, house: House, **environment: str) -> None:
        self.house = house
        self.output_path = house.folder / f"output-{time.monotonic_ns()}"
        with self.output_path.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cae.embedded.supervisor"],
                cwd=house.folder,
                env=house.environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        house.runs.append(self)

    @property
    def output(self) -> str:
        return self.output_path.read_text()

    def wait_until_ready(self) -> Run:
        wait_for(lambda: "Ready after" in self.output or self.process.poll() is not None, 40)
        assert "Ready after" in self.output, self.output
        return self

    def pids(self, *, with_guards: bool = False) -> dict[int, str]:
        """Every living process of this house, known by a mark in its environment or by the folder."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                marked = f"HOUSE={self.house.folder}".encode() in (folder / "environ").read_bytes()
                ours = marked or str(self.house.folder) in command
                guard = command.startswith("/bin/sh -c cat")
                if ours and alive(int(folder.name)) and (with_guards or not guard):
                    found[int(folder.name)] = command
        return found

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)


class House:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs: list[Run] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name not in CLEAN}
        self.environment = kept | {
            "PORT": str(self.port),
            "HOUSE": str(folder),
            "ALVEOLE_STATE": f"{folder}/var",
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment.pop("PYTEST_XDIST_WORKER", None)
        for name, text in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        shutil.copytree(
            ROOT / "cae/embedded", folder / "cae/embedded", ignore=shutil.ignore_patterns("__pycache__")
        )

    def sockets(self) -> Path:
        return Slot(self.folder / "var/demo").sockets

    def run(self, **environment: str) -> Run:
        return Run(self, **environment)

    def command(self, module: str, *arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", f"cae.embedded.{module}", *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            input=answer,
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )

    def close(self) -> None:
        for run in self.runs:
            if run.process.poll() is None:
                run.process.kill()
                run.process.wait()
        wait_for(lambda: not any(run.pids() for run in self.runs))
        shutil.rmtree(self.folder)


@pytest.fixture
def house() -> Iterator[House]:
    # Not pytest's own folder: it is private, and PostgreSQL's account could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="alveole-house-", dir="/var/tmp"))
    folder.chmod(0o755)
    made = House(folder)
    yield made
    made.close()


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="alveole-state-", dir="/var/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("ALVEOLE_STATE", str(folder))
    yield folder
    shutil.rmtree(folder)
