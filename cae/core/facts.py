"""How a lower room reads a figure of a higher one, and how rooms give what a common page gathers.

A room registers in its `apps.py`; readers ask by name. One query for many objects, never one each.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.apps import apps

Provider = Callable[[Iterable[Any], date], dict[Any, Any]]


@dataclass(frozen=True)
class Todo:
    """One line of « À faire »: a sentence with its verb, where to do it, since when it waits."""

    label: str
    url: str
    since: date | None = None
    due: date | None = None
    count: int = 1
    # The room it comes from, in people's words: those with several functions see one list a room.
    group: Any = ""

    @property
    def badge(self) -> int:
        """The number beside the sentence, unless the sentence says it."""
        return 0 if self.count == 1 or str(self.count) in self.label.split() else self.count

    @property
    def waits_since(self) -> date | None:
        """The day from which it may be called late."""
        return min(filter(None, (self.due, self.since)), default=None)


@dataclass(frozen=True)
class Due:
    """A date that comes: what it is about, its page."""

    label: str
    on: date
    url: str


@dataclass(frozen=True)
class HeldRight:
    """What a person may do beyond their roles: its name, how far and until when."""

    label: str
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """What a book entry or a file comes from: its name and its page."""

    label: str
    url: str


@dataclass(frozen=True)
class Held:
    """What is held of a person under one heading: the words of its columns, its rows, its stored files.

    `kept` says for how long and why, in a sentence for that person."""

    label: Any
    columns: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    files: Sequence[Any] = ()
    kept: Any = ""

    @property
    def only_row(self) -> list[tuple[Any, Any]]:
        """The words and values of a row that stands alone, which is read as a list of facts."""
        return list(zip(self.columns, self.rows[0], strict=True)) if len(self.rows) == 1 else []


@dataclass(frozen=True)
class PersonalData:
    """What a subject of a room holds of a person (GDPR art. 15), and how it is erased (art. 17).

    `held(person, reader)` gives it; `erase(person, on)` empties or deletes it and gives how many rows;
    `hindrance(person, on)` gives the sentence for which nothing of this person may be erased yet, or nothing.
    `last_contacts()` gives the last day on which it heard of each person, by key, for delays that count from
    there. `protected`: opened in the export only, where its reading is logged."""

    code: str
    label: Any
    held: Callable[[Any, Any], Iterable[Held]]
    erase: Callable[[Any, date], int] | None = None
    hindrance: Callable[[Any, date], Any] | None = None
    last_contacts: Callable[[], dict[int, date]] | None = None
    protected: bool = False


@dataclass(frozen=True)
class Queued:
    """One thing that waits in the queue of a function: what, for whom, since when, by when, on which page."""

    title: str
    who: str
    kind: Any
    since: date
    url: str
    due: date | None = None
    taken_by: str = ""
    # A request is shown beside the list, and chosen for a bulk act: its key. The rest opens its own page.
    key: int | None = None


@dataclass(frozen=True)
class Happening:
    """What goes into a calendar: a whole day, or a moment with its end."""

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    # How often it changed, and whether it was called off: calendars keep the latest of a name (RFC 5545).
    revision: int = 0
    is_cancelled: bool = False


TodoProvider = Callable[[Any, date], list[Todo]]
DueProvider = Callable[[Any, date], Iterable[Due]]
RightsProvider = Callable[[Any, date], list[HeldRight]]
QueueProvider = Callable[[Any, str, date], Iterable[Queued]]
CalendarProvider = Callable[[Any, date, date], Iterable[Happening]]
SourceProvider = Callable[[Any, list[str]], dict[str, Source]]

_facts: dict[str, Provider] = {}
_todos: list[TodoProvider] = []
_dues: list[DueProvider] = []
_rights: list[RightsProvider] = []
_sources: dict[str, SourceProvider] = {}
_queues: list[QueueProvider] = []
_calendars: list[CalendarProvider] = []
_personal: dict[str, PersonalData] = {}


def provide(name: str, provider: Provider) -> None:
    """Registers who answers the fact `name` (« activity.cash »), once."""
    if name in _facts:
        raise ValueError(f"fact {name!r} is provided twice")
    _facts[name] = provider


def facts(name: str, objs: Iterable[Any], *, on: date) -> dict[Any, Any]:
    """Gives {key of the object: value on that date}. Raises LookupError when no room answers this name."""
    try:
        provider = _facts[name]
    except KeyError:
        raise LookupError(f"no room provides the fact {name!r}") from None
    return provider(objs, on)


def provide_todo(provider: TodoProvider) -> None:
    """Registers what a room puts on « À faire » for a person on a day."""
    _todos.append(provider)


def todos_of(user: Any, today: date) -> list[Todo]:
    """Gives what waits for a person, the oldest due first."""
    found = [_grouped(todo, provider) for provider in _todos for todo in provider(user, today)]
    return sorted(found, key=lambda todo: (todo.due or date.max, todo.since or date.max))


def _grouped(todo: Todo, provider: TodoProvider) -> Todo:
    """The same, under the name of its room unless it bears another."""
    room = apps.get_containing_app_config(provider.__module__)
    return todo if todo.group or room is None else replace(todo, group=room.verbose_name)


def provide_due(provider: DueProvider) -> None:
    """Registers who knows the dates that come for a person: one query, the nearest first."""
    _dues.append(provider)


def next_due(user: Any, today: date) -> Due | None:
    """Gives the nearest date that comes for a person, said when nothing waits."""
    coming = [due for provider in _dues for due in provider(user, today) if due.on >= today]
    return min(coming, key=lambda due: due.on, default=None)


def provide_rights(provider: RightsProvider) -> None:
    """Registers what a room lets a person do beyond their roles, read on « Mon compte »."""
    _rights.append(provider)


def rights_of(user: Any, today: date) -> list[HeldRight]:
    """Gives what a person may do beyond their roles on a day."""
    return [right for provider in _rights for right in provider(user, today)]


def provide_source(label: str, provider: SourceProvider) -> None:
    """Registers who knows the pages of the rows of a model (« invoicing.invoice »); the provider gets the
    user and the keys, and gives only what that person may see."""
    _sources[label] = provider


def sources_of(user: Any, rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Source]:
    """Gives the page of each (model label, key), one query a model, for those that the person may see."""
    keys: dict[str, list[str]] = {}
    for label, key in rows:
        keys.setdefault(label, []).append(key)
    return {
        (label, key): source
        for label, wanted in keys.items()
        if label in _sources
        for key, source in _sources[label](user, wanted).items()
    }


def provide_personal_data(provider: PersonalData) -> None:
    """Registers what a subject of a room holds of a person, once; shown and exported in this order."""
    if provider.code in _personal:
        raise ValueError(f"personal data {provider.code!r} are provided twice")
    _personal[provider.code] = provider


def personal_data() -> list[PersonalData]:
    """Gives the subjects of every room, lower rooms first."""
    return list(_personal.values())


def provide_queue(provider: QueueProvider) -> None:
    """Registers what a room puts in the queue of a function (« human_resources »): the provider gets the
    user, the function and the day, and gives only what that person may do."""
    _queues.append(provider)


def queue_of(user: Any, function: str, today: date) -> list[Queued]:
    """Gives the queue of a function: what is due first, then what has waited longest."""
    found = [item for provider in _queues for item in provider(user, function, today)]
    return sorted(found, key=lambda item: (item.due or date.max, item.since, item.title))


def provide_calendar(provider: CalendarProvider) -> None:
    """Registers what a room puts in a person's calendar between two days."""
    _calendars.append(provider)


def happenings_of(user: Any, since: date, until: date) -> list[Happening]:
    """Gives what goes into the calendar of a person."""
    return [one for provider in _calendars for one in provider(user, since, until)]
