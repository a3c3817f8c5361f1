"""A process that works on the database of the tests, killed for real in the middle of what it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection

HERE = Path(__file__).parent


def kill_in(script: str, *arguments: object) -> None:
    """Runs `script`, which stands beside this file, until it says that it waits, then kills it."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        env=os.environ
        | {
            "DATABASE_URL": address_of_this_database(),
            "DJANGO_SETTINGS_MODULE": "cae.settings.test",
            "PYTHONPATH": str(HERE.parent.parent),
        },
        text=True,
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL


def address_of_this_database() -> str:
    """The address of the database of the tests, for another process."""
    part: dict[str, Any] = connection.get_connection_params()
    known = {"host": part.get("host"), "port": part.get("port")}
    query = urlencode({name: value for name, value in known.items() if value})
    who = quote(part.get("user") or "") + (f":{quote(part['password'])}" if part.get("password") else "")
    return f"postgresql://{who}@/{part['dbname']}?{query}"
