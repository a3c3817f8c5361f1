"""Questions that every page asks: Django writes their SQL once for the life of the process.

From a queryset to its SQL, Django takes longer than PostgreSQL does to answer: half a millisecond for a short
question, several for a joined one, and a page asks ten of them. A `Question` is a queryset like any other, so
the rule it follows stays written in its room; what changes from one asking to the next is `Given` by name.
Nothing that was answered is kept: each asking reads the database.

    _UNREAD = Question(lambda: Notice.objects.filter(user=Given("user"), read_at=None))
    rows = _UNREAD(user=request.user.pk)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count, DateTimeField, Expression, Field, Min, Model, QuerySet, Value
from django.db.models.functions import TruncDate
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Given(Expression):
    """A value that is told when the question is asked; `output_field` where an expression needs its type."""

    template = "%s"

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return self.template, (self,)


class GivenKeys(Given):
    """Keys, as many as there are when the question is asked: `scope__in=GivenKeys("scopes")`."""

    template = "(SELECT unnest(%s::bigint[]))"


class GivenWords(Given):
    """Words, as many as there are: `code__in=GivenWords("codes")`."""

    template = "(SELECT unnest(%s::text[]))"


def _with_arrays(sql: str) -> str:
    """PostgreSQL knows how many values an array has, and plans for them; of a subquery it can't tell."""
    return _UNNESTED.sub(r" = ANY(%s::\1[])", sql)


_UNNESTED = re.compile(r" IN \(SELECT unnest\(%s::(bigint|text)\[\]\)\)")


class Question(Generic[Row]):
    """A queryset without its values; a call gives its rows, as the queryset would (but no prefetch)."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> list[Row]:
        sql, told = self.written(given)
        with connection.cursor() as cursor:
            cursor.execute(sql, told)
            rows = cursor.fetchall()
        return self._written.read(rows)

    def written(self, given: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The SQL, and what fills its places."""
        written = self._written
        told = [_told(given[one.name]) if isinstance(one, Given) else one for one in written.params]
        return written.sql, told

    def one(self, **given: Any) -> Row:
        """The only row, of a question that always has one."""
        (row,) = self(**given)
        return row

    def first(self, **given: Any) -> Row | None:
        return next(iter(self(**given)), None)

    @cached_property
    def _written(self) -> _Written:
        return _Written(self._build())


class _Written:
    """The SQL of a queryset, and how its rows are read: once for all."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("a question is one query: it prefetches nothing")
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        self.sql = _with_arrays(sql)
        self.params, self.compiler = tuple(params), compiler
        columns = compiler.select[: compiler.col_count]
        self.converters = compiler.get_converters([column for column, _sql, _alias in columns])
        self.rows_are: Any = queryset._iterable_class
        if self.rows_are is ModelIterable:
            known = compiler.klass_info or {}
            self.model, fields = known["model"], known["select_fields"]
            self.own = slice(fields[0], fields[-1] + 1)
            self.names = [column.target.attname for column, _sql, _alias in compiler.select[self.own]]
            # The stubs are those of a later Django.
            self.related = get_related_populators(known, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def read(self, rows: list[Any]) -> list[Any]:
        if self.converters:
            rows = list(self.compiler.apply_converters(rows, self.converters))
        if self.rows_are is ModelIterable:
            return [self._instance(row) for row in rows]
        if self.rows_are is FlatValuesListIterable:
            return [row[0] for row in rows]
        return [tuple(row) for row in rows]

    def _instance(self, row: Sequence[Any]) -> Any:
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for related in self.related:
            related.populate(row, found)
        for name, place in self.compiler.annotation_col_map.items():
            setattr(found, name, row[place])
        return found


def read_once(row: Model, name: str, question: Question[Any], **given: Any) -> None:
    """Reads by a question, unless it was read, what a relation of a row gives (`row.lines.all()`), and keeps
    it there as a prefetch would."""
    kept = vars(row).setdefault("_prefetched_objects_cache", {})
    if name in kept:
        return
    manager = getattr(row, name)
    rows = manager.get_queryset()
    rows._result_cache, rows._prefetch_done = question(**given), True
    for one in rows._result_cache:
        manager.field.set_cached_value(one, row)
    kept[name] = rows


@dataclass(frozen=True)
class Tally:
    """How many rows, and the oldest of their dates."""

    count: int
    since: Any


class Pile:
    """Rows that wait together, under a name of their own: how many, and the oldest of their days.

    Each of its parts gives a queryset and the name of its date; several are added up. `piled` counts any
    number of piles in one query, whatever the room of each, and tells each its own values."""

    def __init__(self, name: str, *parts: Callable[[], tuple[QuerySet[Any, Any], str]]) -> None:
        self.name = name
        self._parts = parts

    @cached_property
    def questions(self) -> list[Question[tuple[str, int, date | None]]]:
        return [self._counted(*part()) for part in self._parts]

    def _counted(self, rows: QuerySet[Any, Any], since: str) -> Question[tuple[str, int, date | None]]:
        oldest: Any = Min(since)
        if isinstance(rows.annotate(oldest=oldest).query.annotations["oldest"].output_field, DateTimeField):
            oldest = TruncDate(oldest)
        counted = rows.order_by().values(tally=Value(self.name)).annotate(tallied=Count("pk"), oldest=oldest)
        return Question(lambda: counted.values_list("tally", "tallied", "oldest"))


def piled(asked: Sequence[tuple[Pile, Mapping[str, Any]]]) -> list[Tally]:
    """Counts these piles in one query; gives a `Tally` each, in their order, `since` being a day."""
    written = [question.written(given) for pile, given in asked for question in pile.questions]
    if not written:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({sql})" for sql, _told in written),
            [value for _sql, told in written for value in told],
        )
        rows = cursor.fetchall()
    return [_added([row for row in rows if row[0] == pile.name]) for pile, _given in asked]


def _added(rows: Sequence[tuple[str, int, date | None]]) -> Tally:
    return Tally(
        sum(count for _name, count, _since in rows),
        min((since for _name, _count, since in rows if since is not None), default=None),
    )


def _told(value: Any) -> Any:
    """Several values as PostgreSQL takes them."""
    return list(value) if isinstance(value, set | frozenset | tuple) else value
