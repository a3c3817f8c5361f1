"""Questions that every page asks: Django writes their SQL once for the life of the process.

From a queryset to its SQL, Django takes longer than PostgreSQL does to answer: half a millisecond for a short
question, several for a joined one, and a page asks ten of them. A `Question` is a queryset like any other, so
the rule it follows stays written in its room; what changes from one asking to the next is `Given` by name.
Nothing that was answered is kept: each asking reads the database.

    _UNREAD = Question(lambda: Notice.objects.filter(user=Given("user"), read_at=None))
    rows = _UNREAD(user=request.user.pk)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, QuerySet
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


class Question(Generic[Row]):
    """A queryset without its values; a call gives its rows, as the queryset would (but no prefetch)."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> list[Row]:
        written = self._written
        told = [_told(given[one.name]) if isinstance(one, Given) else one for one in written.params]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, told)
            rows = cursor.fetchall()
        return written.read(rows)

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
        self.sql, params = compiler.as_sql()
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


def _told(value: Any) -> Any:
    """A set of keys as PostgreSQL takes them."""
    return list(value) if isinstance(value, set | frozenset | tuple) else value
