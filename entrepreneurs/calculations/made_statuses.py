"""What a contract makes of a person: a status opened, prolonged or held already; and which one it crosses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
# The codes of people.states.statuses, which the rule speaks of without knowing their words.
HOLDER, ENTREPRENEUR = "project_holder", "entrepreneur"
GIVE_WAY = frozenset({"candidate", "leaver"})

# Other contracts make none: what the person then is, somebody writes down.
STATUS_OF = {"support_agreement": HOLDER, "cape": HOLDER, "cesa": ENTREPRENEUR}


@dataclass(frozen=True)
class Held:
    """A status of the path that a person has, has had or will have, on its days."""

    key: int
    kind: str
    starts_on: date
    ends_on: date | None

    def holds(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def lasts(self, until: date | None) -> bool:
        """As long as this day at least; None is for good."""
        return self.ends_on is None or (until is not None and self.ends_on >= until)

    def shares(self, first: date, last: date | None) -> bool:
        """A day at least with those from `first` to `last`."""
        return self.lasts(first) and (last is None or self.starts_on <= last)


@dataclass(frozen=True)
class Made:
    """What is done to the statuses of a person; nothing of it may be when one is `crossed`."""

    kind: str
    ended: tuple[Held, ...] = ()
    prolonged: Held | None = None
    opened: bool = False
    crossed: Held | None = None


def status_made(kind: str, starts_on: date, ends_on: date | None, held: Iterable[Held]) -> Made:
    """Gives what a status of a contract, from a day to a day, does to those held: the one of the same kind is
    prolonged when it reaches the eve; a project holder who becomes an entrepreneur ceases to be one on the
    eve, as does who waited as a candidate or had left. Whatever else shares a day is crossed."""
    known = sorted(held, key=lambda one: one.starts_on)
    before = [one for one in known if one.starts_on <= starts_on]
    own = next((one for one in reversed(before) if one.kind == kind), None)
    if own is not None and own.lasts(ends_on):
        return Made(kind)
    ended = tuple(one for one in before if _ceases(one, kind, starts_on))
    prolonged = own if own is not None and ends_on is not None and own.lasts(starts_on - DAY) else None
    gone = {one.key for one in ended} | ({prolonged.key} if prolonged else _giving_way(before, kind))
    crossed = next((one for one in known if one.key not in gone and one.shares(starts_on, ends_on)), None)
    return Made(kind, ended, prolonged, opened=prolonged is None, crossed=crossed)


def _ceases(one: Held, kind: str, starts_on: date) -> bool:
    """A project holder of the eve, when the contract makes something else of them."""
    holder = one.kind == HOLDER and one.kind != kind
    return holder and one.starts_on < starts_on and one.holds(starts_on)


def _giving_way(before: Iterable[Held], kind: str) -> set[int]:
    """Those without a last day that wait for what comes next, when a status opens."""
    return {one.key for one in before if one.kind in GIVE_WAY - {kind} and one.ends_on is None}
