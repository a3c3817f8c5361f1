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


def everything() -> dict[str, tuple[int, str]]:
    """Every table of the database: how many rows, and the print of what they hold."""
    tables = sorted(set(connection.introspection.table_names()) - set(OF_VISITS))
    one = (
        "SELECT '{0}', count(*), md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM \"{0}\" r"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}


def changed_since(before: dict[str, tuple[int, str]]) -> list[str]:
    """The tables that are no longer what they were."""
    return sorted(table for table, now in everything().items() if before.get(table) != now)


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
