"""How a lower room reads a figure of a higher one, and how rooms give what a common page gathers.

A room registers in its `apps.py`; readers ask by name. One query for many objects, never one each.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.apps import apps

from cae.core.questions import Pile, Tally, piled

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


# What tells a pile its values for a person on a day; None when it is not theirs to see.
Told = Callable[[Any, date], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Awaited:
    """What may wait for a person: a pile, counted with those of all rooms in one query, and its lines of
    « À faire », asked only when there are rows."""

    pile: Pile
    told: Told
    todos: Callable[[Any, date, Tally], Iterable[Todo]]


@dataclass(frozen=True)
class Coming:
    """A date that may come for a person: its pile, whose oldest day is the next; the date itself is asked
    only when it is the nearest of all."""

    pile: Pile
    told: Told
    due: Callable[[Any, date], Due | None]


TodoProvider = Callable[[Any, date], list[Todo]]
RightsProvider = Callable[[Any, date], list[HeldRight]]
QueueProvider = Callable[[Any, str, date], Iterable[Queued]]
CalendarProvider = Callable[[Any, date, date], Iterable[Happening]]
SourceProvider = Callable[[Any, list[str]], dict[str, Source]]

Shown = TypeVar("Shown", Awaited, Coming)

_facts: dict[str, Provider] = {}
_awaited: list[Awaited] = []
_coming: list[Coming] = []
_todos: list[TodoProvider] = []
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


def provide_awaited(awaited: Iterable[Awaited]) -> None:
    """Registers piles of a room for « À faire »; a name is that of one pile."""
    for one in awaited:
        if one.pile.name in {known.pile.name for known in _awaited}:
            raise ValueError(f"pile {one.pile.name!r} is provided twice")
        _awaited.append(one)


def provide_todo(provider: TodoProvider) -> None:
    """Registers what a room puts on « À faire » and that no count of rows tells: it asks for itself."""
    _todos.append(provider)


def provide_coming(coming: Coming) -> None:
    """Registers the dates of one kind that come for a person."""
    _coming.append(coming)


def awaited_in(awaited: Iterable[Awaited], user: Any, today: date) -> list[Todo]:
    """Gives the lines of these piles for a person, in their order."""
    asked = _told(awaited, user, today)
    return _lines(asked, piled(_piles(asked)), user, today)


def todos_of(user: Any, today: date) -> list[Todo]:
    """Gives what waits for a person, the oldest due first."""
    return _sorted([*awaited_in(_awaited, user, today), *_asked_apart(user, today)])


def next_due(user: Any, today: date) -> Due | None:
    """Gives the nearest date that comes for a person."""
    asked = _told(_coming, user, today)
    return _nearest(asked, piled(_piles(asked)), user, today)


def first_page_of(user: Any, today: date) -> tuple[list[Todo], Due | None]:
    """Gives what waits for a person and, when nothing does, the nearest date: counted in one query."""
    awaited, coming = _told(_awaited, user, today), _told(_coming, user, today)
    tallies = piled([*_piles(awaited), *_piles(coming)])
    lines = _lines(awaited, tallies[: len(awaited)], user, today)
    todos = _sorted([*lines, *_asked_apart(user, today)])
    return todos, None if todos else _nearest(coming, tallies[len(awaited) :], user, today)


def _told(rows: Iterable[Shown], user: Any, today: date) -> list[tuple[Shown, Mapping[str, Any]]]:
    """Those that are this person’s to see, with the values of each."""
    found = [(one, one.told(user, today)) for one in rows]
    return [(one, told) for one, told in found if told is not None]


def _piles(asked: Sequence[tuple[Shown, Mapping[str, Any]]]) -> list[tuple[Pile, Mapping[str, Any]]]:
    return [(one.pile, told) for one, told in asked]


def _lines(
    asked: Sequence[tuple[Awaited, Mapping[str, Any]]], tallies: Sequence[Tally], user: Any, today: date
) -> list[Todo]:
    return [
        _grouped(todo, one.todos.__module__)
        for (one, _values), tally in zip(asked, tallies, strict=True)
        if tally.count
        for todo in one.todos(user, today, tally)
    ]


def _asked_apart(user: Any, today: date) -> list[Todo]:
    return [_grouped(todo, provider.__module__) for provider in _todos for todo in provider(user, today)]


def _nearest(
    asked: Sequence[tuple[Coming, Mapping[str, Any]]], tallies: Sequence[Tally], user: Any, today: date
) -> Due | None:
    days = [
        (tally.since, rank) for rank, tally in enumerate(tallies) if tally.count and tally.since is not None
    ]
    if not days:
        return None
    _day, rank = min(days)
    return asked[rank][0].due(user, today)


def _sorted(todos: Iterable[Todo]) -> list[Todo]:
    return sorted(todos, key=lambda todo: (todo.due or date.max, todo.since or date.max))


def _grouped(todo: Todo, module: str) -> Todo:
    """The same, under the name of its room unless it bears another."""
    room = apps.get_containing_app_config(module)
    return todo if todo.group or room is None else replace(todo, group=room.verbose_name)


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
