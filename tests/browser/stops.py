"""A page of the walk, and why an address shows none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.browser.house import House

ACTS = "answers to a form, never to a link"
FILE = "a file, not a page"
PART = "a part of another page, seen there"


# What an address is about, in a house.
Of = Callable[[House], Any]


@dataclass(frozen=True)
class Stop:
    """A page of the walk: its address, who looks at it, the object it is about."""

    name: str
    who: str
    of: Of | None = None
    state: str = ""
    query: str = ""
    sent_on: bool = False

    def url(self, house: House) -> str:
        if self.of is None:
            return reverse(self.name) + self.query
        found = self.of(house)
        args = list(found) if isinstance(found, tuple) else [getattr(found, "pk", found)]
        return reverse(self.name, args=args) + self.query

    def __str__(self) -> str:
        return "-".join(filter(None, (self.name, self.state)))


def seen_by(who: str, room: str) -> Callable[..., Stop]:
    """Makes stops of a room for this somebody of the house."""

    def stop(name: str, of: Of | None = None, state: str = "", query: str = "") -> Stop:
        return Stop(f"{room}:{name}", who, of, state, query)

    return stop


def shelf(held: str) -> Callable[..., Of]:
    """Gives objects that the house holds together by their names, then the words that their address adds."""

    def of(name: str, *more: str) -> Of:
        return lambda house: (getattr(house, held)[name].pk, *more)

    return of
