"""Inserts the rows that are written the most: acts, entries, runs, and the rows that come with them.

The ORM composes each INSERT anew, which takes longer than the database takes to obey it. Here it is composed
once for each table and number of rows; columns, values and keys stay those of the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from psycopg import sql

Row = TypeVar("Row", bound=models.Model)


def insert(row: Row, *children: models.Model, named: str = "") -> Row:
    """Does: writes a row then its children, of one table, which name it by their field `named`: one exchange
    with the database. Refuses: what the database refuses. Leaves behind: the rows, each with its key."""
    statement = _statement(type(row), 1)
    values = _values(row)
    if children:
        statement += ";" + _statement(type(children[0]), len(children), named, type(row))
        for child in children:
            values += _values(child, named)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        _keep_keys([row], cursor.fetchall())
        if children:
            cursor.nextset()
            _keep_keys(children, cursor.fetchall())
    for child in children:
        setattr(child, named, row)
    return row


@lru_cache(maxsize=512)
def _statement(
    model: type[models.Model], count: int, named: str = "", parent: type[models.Model] | None = None
) -> str:
    """The INSERT of so many rows. The key that `named` bears is the one that `parent` has just received."""
    fields = _fields(model)
    one = sql.SQL("({})").format(
        sql.SQL(", ").join(
            _last_key(parent) if parent and field.name == named else sql.Placeholder() for field in fields
        )
    )
    statement = sql.SQL("INSERT INTO {table} ({columns}) VALUES {rows} RETURNING {key}").format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
        rows=sql.SQL(", ").join([one] * count),
        key=sql.Identifier(str(model._meta.pk.column)),
    )
    return statement.as_string()


def _last_key(model: type[models.Model]) -> sql.Composable:
    return sql.SQL("currval(pg_get_serial_sequence({table}, {key}))").format(
        table=sql.Literal(model._meta.db_table), key=sql.Literal(str(model._meta.pk.column))
    )


@lru_cache
def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _values(row: models.Model, named: str = "") -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]
    return [
        field.get_db_prep_save(field.pre_save(row, add=True), database)
        for field in _fields(type(row))
        if field.name != named
    ]


def _keep_keys(rows: Sequence[models.Model], keys: list[tuple[Any]]) -> None:
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
