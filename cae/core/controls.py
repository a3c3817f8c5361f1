"""What can be verified in what the house keeps: each room says how its books and chains are proved whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Control:
    """One verification: its name, and what gives a French sentence for each fault it finds."""

    label: str
    faults: Callable[[], Iterator[str]]

    def __str__(self) -> str:
        return self.label


Provider = Callable[[], Iterable[Control]]

_providers: list[Provider] = []


def provide_controls(provider: Provider) -> None:
    """Registers the verifications of a room, in its `apps.py`."""
    _providers.append(provider)


def controls() -> list[Control]:
    """Gives every verification of the house, in the order of the stairs: the kernel's first."""
    return [control for provider in _providers for control in provider()]


def rows_of(question: str, values: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Gives what the database finds to say to one question over all its rows, by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        names = [column.name for column in cursor.description]
        yield from (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
