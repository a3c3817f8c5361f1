"""What every room says of one person or activity, gathered on their full page and cut by rights (CAE-24); of
one’s own account, on one’s first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# A panel shows its latest rows; the whole is one click away.
MOST_ROWS = 5


@dataclass(frozen=True)
class PanelRow:
    """One line of a panel: what, in words, when, and the page that opens."""

    label: str
    url: str = ""
    detail: str = ""
    on: date | None = None
    # Tone, sign and word, as `{% status %}` draws them.
    status: tuple[str, str, Any] | None = None


@dataclass(frozen=True)
class Panel:
    """What one room knows: its name, its latest rows, the page that shows them all."""

    title: Any
    icon: str
    rows: Sequence[PanelRow]
    url: str = ""
    # Why it is empty, in a sentence; without it an empty panel is not drawn.
    empty: Any = ""


PanelProvider = Callable[[Any, Any, date], Panel | None]

_providers: dict[str, list[tuple[int, PanelProvider]]] = {}


def provide_panel(subject: str, provider: PanelProvider, *, order: int) -> None:
    """Registers what a room says of a model (« people.person »), in the `apps.py` of the room.

    The provider gets the reader, the object and the day; it asks its own right and gives None without it, in
    as many queries for one row as for many."""
    _providers.setdefault(subject, []).append((order, provider))


def panels_of(user: Any, obj: Any, today: date) -> list[Panel]:
    """Gives what this reader may see of an object, room by room, in the order of the rooms."""
    wanted = sorted(_providers.get(obj._meta.label_lower, []), key=lambda entry: entry[0])
    found = [provider(user, obj, today) for _order, provider in wanted]
    return [panel for panel in found if panel is not None and (panel.rows or panel.empty)]
