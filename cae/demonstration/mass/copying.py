"""Writes rows by COPY, under keys taken in advance: no trigger nor constraint is set aside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from psycopg import sql


class Shelf:
    """One table: rows wait here, then leave together; their keys follow those already there."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields = model._meta.concrete_fields
        self.names = [field.attname for field in fields]
        self.columns = [str(field.column) for field in fields]
        self._values = attrgetter(*self.names)
        self._json = [rank for rank, field in enumerate(fields) if isinstance(field, models.JSONField)]
        last = model._base_manager.aggregate(last=models.Max("pk"))["last"]
        self.next_pk: int = (last or 0) + 1
        self.rows: list[tuple[Any, ...]] = []

    def put(self, row: models.Model) -> None:
        """Keeps a row to write; gives it a key unless it has one."""
        if row.pk is None:
            row.pk = self.next_pk
        self.next_pk = max(self.next_pk, row.pk + 1)
        self.rows.append(self.values(row))

    def values(self, row: models.Model) -> tuple[Any, ...]:
        values = list(self._values(row))
        for rank in self._json:
            if values[rank] is not None:
                values[rank] = json.dumps(values[rank], ensure_ascii=False, cls=DjangoJSONEncoder)
        return tuple(values)

    def write(self) -> None:
        copy_rows(self.model._meta.db_table, self.columns, self.rows)
        self.rows = []

    def leave_counter(self) -> None:
        """The next row written by anybody comes after ours."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), GREATEST(%s, 1))",
                [self.model._meta.db_table, self.next_pk - 1],
            )


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(row)


class IssuedShelf(Shelf):
    """Invoices are born drafts, receive their lines, then are issued: three steps, as one by one."""

    STAGE = "issued_stage"

    def write(self, parts: Callable[[], None] = lambda: None) -> None:
        table = sql.Identifier(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("CREATE TEMP TABLE IF NOT EXISTS {} (LIKE {}) ON COMMIT DELETE ROWS").format(
                    sql.Identifier(self.STAGE), table
                )
            )
            cursor.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(self.STAGE)))
        copy_rows(self.STAGE, self.columns, self.rows)
        self.rows = []
        with connection.cursor() as cursor:
            cursor.execute(self._born_drafts(table))
            parts()
            cursor.execute(self._issued(table))

    # What a draft has not yet.
    LATER = ("number", "issued_on", "due_on", "delivered_on", "facts", "xml_sha256", "seal", "previous_seal")

    def _born_drafts(self, table: sql.Identifier) -> sql.Composed:
        kept = [name for name in self.columns if name not in self.LATER and name != "state"]
        empty = {"xml_sha256", "seal", "previous_seal"}
        return sql.SQL("INSERT INTO {} ({}, state, {}) SELECT {}, 'draft', {} FROM {}").format(
            table,
            _names(kept),
            _names(self.LATER),
            _names(kept),
            sql.SQL(", ").join(sql.SQL("''" if name in empty else "NULL") for name in self.LATER),
            sql.Identifier(self.STAGE),
        )

    def _issued(self, table: sql.Identifier) -> sql.Composed:
        given = sql.SQL(", ").join(
            sql.SQL("{0} = stage.{0}").format(sql.Identifier(name)) for name in (*self.LATER, "state")
        )
        return sql.SQL("UPDATE {} AS row SET {} FROM {} AS stage WHERE row.id = stage.id").format(
            table, given, sql.Identifier(self.STAGE)
        )


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
