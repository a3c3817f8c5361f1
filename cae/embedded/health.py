"""Answers « is this process well? » for a container: `python -m cae.embedded.health web 127.0.0.1:8000`.

One word a program of the list, standard library only; the status is 0 or 1, and the reason is one sentence.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 10.0
# Beat writes its memory every three minutes; a backup is made every night.
BEAT_WRITES_WITHIN = 10 * 60
BACKUP_WITHIN = 26 * 3600


class Unwell(Exception):
    """The process does not do its work; the message says what was seen."""


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


def web(address: str) -> None:
    """The first page, asked as the proxy asks it."""
    headers = {
        "Host": urlsplit(os.environ.get("SITE_URL", "")).netloc or address,
        "X-Forwarded-Proto": "https",
    }
    connection = http.client.HTTPConnection(*_address(address), timeout=PATIENCE)
    try:
        connection.request("GET", "/", headers=headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    if status >= 400:
        raise Unwell(f"The first page answers {status}.")


def checker(address: str) -> None:
    """A greeting in the protocol of the checker: it answers once its rules are compiled."""
    question = json.dumps({"ping": True}).encode()
    with socket.create_connection(_address(address), PATIENCE) as talk:
        talk.sendall(struct.pack(">I", len(question)) + question)
        if not talk.recv(4):
            raise Unwell("The checker hung up.")


def worker() -> None:
    """The worker of this machine answers through the queue."""
    words = ["-m", "celery", "--app", "cae.celery", "inspect", "ping", "--timeout", f"{PATIENCE:.0f}"]
    words += ["--destination", f"celery@{socket.gethostname()}"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unwell((done.stdout + done.stderr).strip() or "No answer.")


def _age_of_newest(folder: Path, pattern: str) -> float:
    written = [path.stat().st_mtime for path in folder.glob(pattern)]
    return time.time() - max(written, default=0)


def beat(schedule: str) -> None:
    path = Path(schedule)
    if _age_of_newest(path.parent, f"{path.name}*") > BEAT_WRITES_WITHIN:
        raise Unwell(f"Nothing was planned for {BEAT_WRITES_WITHIN // 60} minutes.")


def backup(folder: str) -> None:
    """The newest archive, or the start of the service on its first day, is younger than a day and a bit."""
    if _age_of_newest(Path(folder), "*") > BACKUP_WITHIN:
        raise Unwell(f"The last backup is older than {BACKUP_WITHIN // 3600} hours.")


QUESTIONS: dict[str, Callable[..., None]] = {
    "web": web,
    "worker": worker,
    "beat": beat,
    "checker": checker,
    "backup": backup,
}


def main(arguments: Sequence[str]) -> int:
    name, *details = arguments
    try:
        QUESTIONS[name](*details)
    except (Unwell, OSError, http.client.HTTPException) as problem:
        print(f"{name}: {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
