"""The people of an activity through time: who belonged, under which contract, exempt of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounting.calculations.contribution.presence import Presence
from accounting.calculations.contribution.scales import Contract
from cae.core.periods import covers

ASSOCIATE = "associate"


@dataclass(frozen=True)
class Dates:
    """From a day to a day, both included."""

    start: date
    end: date | None

    def has(self, day: date) -> bool:
        return covers(self.start, self.end, day)

    @property
    def is_empty(self) -> bool:
        """Withdrawn before its first whole day."""
        return self.end is not None and self.end < self.start


@dataclass(frozen=True)
class Membership:
    person: int
    dates: Dates


@dataclass(frozen=True)
class Status:
    """What a person was: `word` is a contract (CAPE, CESA) or « associate »."""

    person: int
    word: str
    dates: Dates


@dataclass(frozen=True)
class Relief:
    """A situation of the activity, and the parts somebody waived for it."""

    situation: str
    waives: frozenset[str]
    dates: Dates


@dataclass(frozen=True)
class People:
    members: tuple[Membership, ...] = ()
    statuses: tuple[Status, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    closed_on: date | None = None

    @property
    def entered_on(self) -> date | None:
        return min((one.dates.start for one in self.members if not one.dates.is_empty), default=None)

    @property
    def left_on(self) -> date | None:
        """The day the activity closed, else the day its last member left."""
        if self.closed_on:
            return self.closed_on
        ends = [one.dates.end for one in self.members if not one.dates.is_empty]
        found = [end for end in ends if end is not None]
        return max(found) if ends and len(found) == len(ends) else None

    def presence_on(self, day: date) -> Presence | None:
        """The facts of that day; those of the last day for an activity that has left."""
        entered, left = self.entered_on, self.left_on
        if entered is None:
            return None
        seen = min(day, left) if left else day
        here = {one.person for one in self.members if one.dates.has(seen)}
        words = {
            (one.person, one.word) for one in self.statuses if one.person in here and one.dates.has(seen)
        }
        associates = {person for person, word in words if word == ASSOCIATE}
        reliefs = [one for one in self.reliefs if one.dates.has(day)]
        return Presence(
            entered_on=entered,
            left_on=left,
            contract=_contract({word for _person, word in words}),
            associate=bool(here) and associates == here,
            people=max(len(here), 1),
            situations=frozenset(one.situation for one in reliefs),
            granted=frozenset(part for one in reliefs for part in one.waives),
        )


def _contract(words: set[str]) -> str:
    """One salaried entrepreneur is enough for the activity to give as such."""
    for contract in (Contract.CESA, Contract.CAPE):
        if contract in words:
            return contract
    return ""
