"""The database of a backup: pg_dump writes it, psql reads it back, each in one transaction."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from cae.core.backup.archive import BackupError
from cae.core.models import Document
from cae.embedded.tools import ToolMissing, postgres_tool

# Everything of the former database goes in the transaction that brings the new one, or stays.
REPLACE = b"""
SET client_min_messages = warning;
SET lock_timeout = '10s';
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
GROUP BY c.relname
"""
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


def _run(tool: str, *words: str, refusal: str, output: IO[bytes] | int = subprocess.DEVNULL) -> None:
    """The password goes by the environment, where no list of processes shows it."""
    known = connection.settings_dict
    where = {"dbname": known["NAME"], "user": known["USER"], "host": known["HOST"], "port": known["PORT"]}
    where |= {name: value for name, value in known["OPTIONS"].items() if isinstance(value, str)}
    address = make_conninfo("", **{name: value for name, value in where.items() if value})
    environment = os.environ | ({"PGPASSWORD": known["PASSWORD"]} if known["PASSWORD"] else {})
    try:
        command = [postgres_tool(tool), *words, f"--dbname={address}"]
        done = subprocess.run(command, env=environment, stdout=output, stderr=subprocess.PIPE, check=False)
    except (ToolMissing, OSError) as problem:
        raise BackupError(str(problem)) from problem
    if done.returncode:
        raise BackupError(f"{refusal} {done.stderr.decode(errors='replace').strip()}")


@contextmanager
def snapshot() -> Iterator[str]:
    """One moment of the database: what is read inside, and what pg_dump writes, are of that moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def dump(moment: str, target: Path) -> None:
    """Does: writes the database of that moment as SQL. Refuses: a pg_dump older than the server."""
    words = ("--no-owner", "--no-privileges", f"--snapshot={moment}")
    with target.open("wb") as output:
        _run("pg_dump", *words, output=output, refusal="The database could not be saved:")


def load(content: IO[bytes]) -> None:
    """Does: puts the saved database in the place of this one. Leaves behind: all of it, or no change."""
    connection.close()
    # A whole file rather than a pipe: a pipe that breaks would end in a commit of its beginning.
    with tempfile.NamedTemporaryFile(suffix=".sql") as script:
        script.write(REPLACE)
        shutil.copyfileobj(content, script)
        script.flush()
        words = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")
        refusal = "The database could not be restored, and is as it was:"
        _run("psql", *words, f"--file={script.name}", refusal=refusal)


def tables() -> dict[str, dict[str, Any]]:
    """Gives the columns and the count of rows of each table."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = {name: {"columns": columns} for name, columns in sorted(cursor.fetchall())}
        for name, facts in found.items():
            cursor.execute(SQL("SELECT count(*) FROM {}").format(Identifier(name)))
            facts["rows"] = cursor.fetchone()[0]
    return found


def expected_columns() -> dict[str, list[str]]:
    """What this version's models want of each table."""
    return {
        model._meta.db_table: sorted(str(field.column) for field in model._meta.local_concrete_fields)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def others_connected() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return int(cursor.fetchone()[0])


def people_and_documents() -> tuple[int, int]:
    """How many accounts and documents the database holds; none when it has no table yet."""
    there = connection.introspection.table_names()
    users, documents = (
        model._default_manager.count() if model._meta.db_table in there else 0
        for model in (get_user_model(), Document)
    )
    return users, documents
