"""The rows of whole tables: kept as COPY tells them, and laid again instead of being made once more."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# The columns and the rows of each table that holds any.
Rows = dict[str, tuple[str, bytes]]


def kept_rows() -> Rows:
    """What the database holds now."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        return {name: _rows(cursor, name) for name in filled_tables(cursor, names)}


def lay(rows: Rows, *, names: list[str], using: BaseDatabaseWrapper) -> None:
    """Empties the tables of these names, even those that refuse it, and puts the rows there. Only tables that
    hold something are emptied: to truncate all of them takes ten times as long."""
    with transaction.atomic(using=using.alias), using.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        # As TRUNCATE does, waits for whoever still writes.
        cursor.execute("LOCK TABLE " + ", ".join(f'"{name}"' for name in names))
        for name in filled_tables(cursor, names):
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        for name, (columns, content) in rows.items():
            with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                copy.write(content)


def filled_tables(cursor: Any, names: list[str]) -> list[str]:
    """Those of the tables that hold rows, in one question."""
    cursor.execute(" UNION ALL ".join(f"""(SELECT '{name}' FROM "{name}" LIMIT 1)""" for name in names))  # noqa: S608
    return [name for (name,) in cursor.fetchall()]


def _rows(cursor: Any, name: str) -> tuple[str, bytes]:
    cursor.execute(
        """SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'""",
        [name],
    )
    (columns,) = cursor.fetchone()
    with cursor.copy(f'COPY "{name}" ({columns}) TO STDOUT') as rows:
        return columns, b"".join(bytes(row) for row in rows)
