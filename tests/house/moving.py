"""What the tests of the moves share: a row with those around it, the page of a move, the whole database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.urls import reverse

from cae.core import permissions
from cae.core.workflow import Workflow
from people.models import User
from tests.tables import filled_tables

# What a visit writes whoever visits: whether somebody is signed in, and where.
OF_VISITS = ("django_session", "people_opensession")


@dataclass
class Case:
    """A row of one table of moves, the people around it, and what else its pages name."""

    row: Any
    users: Sequence[User] = ()
    known: Mapping[str, Any] = field(default_factory=dict)


Sent = Callable[[Case], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Where one does a move: the name of the address, the words it adds, what its form sends.

    `before` brings the row, by services, where the move starts. `keys` gives the first arguments of the
    address, the row’s own key unless said; `asks`, what follows its question mark. `leads_away`: a page that
    sends elsewhere, without a word, whoever has nothing to do there (one’s own application; already signed).
    """

    name: str
    words: tuple[Any, ...] = ()
    sends: dict[str, Any] | Sent = field(default_factory=dict)
    before: Callable[[Case], Any] | None = None
    keys: Callable[[Case], tuple[Any, ...]] = lambda case: (case.row.pk,)
    asks: Sent | None = None
    leads_away: bool = False

    def address(self, case: Case) -> str:
        asked = self.asks(case) if self.asks else None
        return reverse(self.name, args=[*self.keys(case), *self.words], query=asked)

    def content(self, case: Case) -> dict[str, Any]:
        return dict(self.sends(case) if callable(self.sends) else self.sends)


@dataclass(frozen=True)
class Subject:
    """A table of moves: how to make one of its rows, and the page of each move."""

    make: Callable[[], Case]
    pages: dict[str, Page]


@dataclass(frozen=True)
class _Seen:
    """What was read of each table, how often it had been written to by then, and under which savepoints."""

    savepoints: tuple[str, ...] = ()
    writings: dict[str, int] = field(default_factory=dict)
    prints: dict[str, tuple[int, str]] = field(default_factory=dict)


# What this transaction saw, by its number: what was seen under a savepoint is forgotten with it.
_seen: dict[int, list[_Seen]] = {}
WRITINGS = """SELECT txid_current(), relname::text, n_tup_ins + n_tup_upd + n_tup_del
    FROM pg_stat_xact_all_tables WHERE schemaname = 'public'"""
ONE_PRINT = "SELECT '{0}', count(*), md5(string_agg(r::text, '|' ORDER BY r::text)) FROM \"{0}\" r"


def everything() -> dict[str, tuple[int, str]]:
    """Every table that holds rows: how many, and the print of what they hold.

    PostgreSQL counts what a transaction writes, undone or not: a table that this one has not written to since
    it was read holds what it held, and reading three hundred of them again is most of what a test would do.
    """
    with connection.cursor() as cursor:
        cursor.execute(WRITINGS)
        counted = cursor.fetchall()
        writings = {name: times for _transaction, name, times in counted if name not in OF_VISITS}
        last = _last_seen(counted[0][0])
        news = [name for name, times in writings.items() if last.writings.get(name) != times]
        prints = {
            name: seen for name, seen in last.prints.items() if last.writings[name] == writings.get(name)
        }
        if filled := filled_tables(cursor, news) if news else []:
            cursor.execute(" UNION ALL ".join(ONE_PRINT.format(name) for name in filled))
            prints |= {name: (count, digest) for name, count, digest in cursor.fetchall()}
    _seen[counted[0][0]].append(_Seen(tuple(connection.savepoint_ids), writings, prints))
    return prints


def _last_seen(transaction: int) -> _Seen:
    """The last look of this transaction that nothing undid since: each savepoint it had is open still."""
    open_now = tuple(connection.savepoint_ids)
    kept = [
        seen for seen in _seen.get(transaction, ()) if open_now[: len(seen.savepoints)] == seen.savepoints
    ]
    _seen.clear()
    _seen[transaction] = kept
    return kept[-1] if kept else _Seen()


def changed_since(before: dict[str, tuple[int, str]]) -> list[str]:
    """The tables that are no longer what they were."""
    now = everything()
    return sorted(table for table in before.keys() | now.keys() if before.get(table) != now.get(table))


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def let_go(model: type[models.Model]) -> None:
    """Lets a row of this table be written in any state until the end of the test: constraints and triggers,
    which forbid most of them, would refuse before the service is even asked."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')


def put(row: Any, flow: Workflow, state: str) -> None:
    """Writes a state that no service gave."""
    type(row)._base_manager.filter(pk=row.pk).update(**{flow.field: state})
    row.refresh_from_db()


def states_of(row: Any, flow: Workflow) -> list[str]:
    return [value for value, _label in row._meta.get_field(flow.field).choices]


def who_may(users: Sequence[User], right: str, row: Any) -> User | None:
    return next((user for user in users if permissions.can(user, right, row)), None)
