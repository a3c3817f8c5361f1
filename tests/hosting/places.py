"""Another place to restore into: an empty database on the tests' server, a folder, its own processes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from cae.embedded.slots import ROOT

KEY = "the-key-of-another-place-0123456789-abcdefghijklmnopqrstuvwxyz"
BALANCE = "SELECT account_id, sum(debit), sum(credit) FROM accounting_entryline GROUP BY 1 ORDER BY 1"
ROWS = "SELECT coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), '') FROM {} AS row"


class Place:
    def __init__(self, folder: Path, address: str) -> None:
        self.files = folder / "files"
        self.address = address
        self.environment = os.environ | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "cae.settings.local",
            "FILES_DIR": str(self.files),
            "SECRET_KEY": KEY,
            "DEMONSTRATION": "0",
        }

    def manage(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        return ask(self.address, question)

    def hashes(self) -> dict[str, str]:
        """name → SHA-256 of every file that this place keeps."""
        return {
            str(path.relative_to(self.files)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.files.rglob("*")
            if path.is_file()
        }


def ask(address: str, question: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchall()


def rows_of(address: str) -> dict[str, str]:
    """table → one hash of all its rows."""
    tables = ask(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name: ask(address, SQL(ROWS).format(Identifier(name)))[0][0] for (name,) in tables}


@contextmanager
def empty_place(folder: Path) -> Iterator[Place]:
    server = os.environ["DATABASE_URL"]
    name = f"place_{os.getpid()}"
    address = make_conninfo("", **conninfo_to_dict(server) | {"dbname": name})
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield Place(folder, address)
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
