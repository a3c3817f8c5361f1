"""Words in plain letters, as the database compares them: lower case, without accents, through an index."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import CharField, F, Func, GeneratedField, Model, Q, QuerySet, Value

Row = TypeVar("Row", bound=Model)


class PlainText(Func):
    """Lower case, without accents; the SQL function is created by the first migration of the kernel."""

    function = "alveole_plain"
    arity = 1
    output_field = CharField()


def plain_column(column: str, *, max_length: int) -> GeneratedField:
    """The same words in plain letters, kept by the database without ICU: what puts « Émile » before « Zoé »
    and « atelier » after « Acacia »."""
    return GeneratedField(
        expression=PlainText(F(column)), output_field=CharField(max_length=max_length), db_persist=True
    )


def with_words(queryset: QuerySet[Row], terms: str, *columns: str) -> QuerySet[Row]:
    """Keeps the rows in which every word of `terms` stands in one of the columns.

    A column whose name begins with « = » is plain already (`=sort_name`): it is compared as it is. A trigram
    index on the same expression serves both."""
    aliases: dict[str, Any] = {}
    for place, column in enumerate(columns):
        name = column.removeprefix("=")
        aliases[f"plain_{place}"] = F(name) if column.startswith("=") else PlainText(F(name))
    found: QuerySet[Row] = queryset.alias(**aliases)
    for word in terms.split():
        sought = PlainText(Value(word, output_field=CharField()))
        either = Q()
        for alias in aliases:
            either |= Q(**{f"{alias}__contains": sought})
        found = found.filter(either)
    return found
