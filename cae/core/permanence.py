"""Triggers of the tables that are written once: the database refuses what the code must never do.

Words about somebody leave such a row when their file is erased, and by nothing else (docs/decisions/0026)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any

import pgtrigger
from django.db import connection
from django.db.models import Q, QuerySet

# What stands for words that were erased.
ERASED = "[effacé]"
_SWITCH = "alveole.erasing"
NOT_ERASING = f"current_setting('{_SWITCH}', true) IS DISTINCT FROM 'on'"


@contextmanager
def erasing() -> Iterator[None]:
    """Lets words go from rows that never change, until the end of this block; a transaction that fails takes
    the leave back with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [_SWITCH])
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'off', true)", [_SWITCH])


def erase_words(rows: QuerySet[Any], *names: str) -> int:
    """Does: puts the mark in the place of these words; gives how many rows had some. Refuses: outside
    `erasing`, what the table froze. Leaves behind: the rows, their dates and their figures."""
    said = reduce(or_, (~Q(**{f"{name}__in": ("", ERASED)}) for name in names))
    count = rows.filter(said).count()
    for name in names:
        rows.exclude(**{f"{name}__in": ("", ERASED)}).update(**{name: ERASED})
    return count


def unless_words_go(words: Sequence[str]) -> str:
    """In SQL: this update does anything else than replacing words by the mark, or by nothing, while a file is
    erased."""
    names = ", ".join(f"'{name}'" for name in words)
    gone = " OR ".join(
        f"(NEW.{name} IS DISTINCT FROM OLD.{name} AND"
        f""" to_jsonb(NEW.{name}) NOT IN ('"{ERASED}"'::jsonb, '""'::jsonb, '{{}}'::jsonb))"""
        for name in words
    )
    return (
        f"({NOT_ERASING}"
        f" OR to_jsonb(OLD.*) - ARRAY[{names}] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[{names}]"
        f" OR {gone})"
    )


def at_commit(
    name: str, func: str, *, operation: pgtrigger.Operation = pgtrigger.Insert
) -> pgtrigger.Trigger:
    """Asked when the transaction ends, once all that goes with a row is written."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.After, operation=operation, timing=pgtrigger.Deferred, func=func
    )


def no_truncate(prefix: str) -> pgtrigger.Trigger:
    """Refuses TRUNCATE, which row triggers do not see."""
    return pgtrigger.Trigger(
        name=f"{prefix}_no_truncate",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def append_only(prefix: str, *, words: Sequence[str] = ()) -> list[pgtrigger.Trigger]:
    """Refuses UPDATE, DELETE and TRUNCATE: a correction is a new row that names what it reverses. The columns
    that hold `words` about somebody empty when their file is erased, and do nothing else."""
    if not words:
        return [
            pgtrigger.Protect(name=f"{prefix}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            no_truncate(prefix),
        ]
    return [
        pgtrigger.Protect(
            name=f"{prefix}_append_only",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(unless_words_go(words)),
        ),
        pgtrigger.Protect(name=f"{prefix}_kept", operation=pgtrigger.Delete),
        no_truncate(prefix),
    ]
