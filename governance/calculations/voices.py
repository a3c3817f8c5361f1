"""Who is there and who speaks for whom: the fold of attendance and proxies at an instant (governance.md §3).

At any instant a voice belongs to exactly one of: oneself, one mandatary, nobody (a blank proxy and a form
sent before speak by themselves). A proxy sleeps while its principal is there and while its holder is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

ARRIVAL, DEPARTURE, CONNECTED, DISCONNECTED = "arrival", "departure", "connected", "disconnected"


@dataclass(frozen=True)
class Given:
    """A proxy in force: whose voice, held by whom, or by nobody when it is blank."""

    principal: int
    holder: int | None


@dataclass(frozen=True)
class Voices:
    """Who casts each voice that speaks: oneself or the mandatary; then those that speak by themselves."""

    holder_of: dict[int, int]
    blank: frozenset[int]
    correspondence: frozenset[int]

    @property
    def total(self) -> int:
        return len(self.holder_of) + len(self.blank) + len(self.correspondence)

    def held_by(self, holder: int) -> list[int]:
        """Gives the voices in one's hands, one's own first."""
        mine = [whose for whose, who in self.holder_of.items() if who == holder]
        return sorted(mine, key=lambda whose: (whose != holder, whose))


@dataclass
class _There:
    """Who is there so far."""

    room: set[int] = field(default_factory=set)
    remote: set[int] = field(default_factory=set)

    def follow(self, associate: int, kind: str) -> None:
        if kind == ARRIVAL:
            self.room.add(associate)
            self.remote.discard(associate)
        elif kind == CONNECTED and associate not in self.room:
            self.remote.add(associate)
        elif kind == DEPARTURE:
            self.room.discard(associate)
            self.remote.discard(associate)
        elif kind == DISCONNECTED:
            self.remote.discard(associate)


def places(events: Iterable[tuple[int, str]]) -> tuple[frozenset[int], frozenset[int]]:
    """Gives who is in the room and who is connected, after events (associate, kind) in their order.

    One is in one place: the room wins over a connection, and who closes a screen there does not leave."""
    there = _There()
    for associate, kind in events:
        there.follow(associate, kind)
    return frozenset(there.room), frozenset(there.remote)


def voices(
    members: Collection[int],
    here: Collection[int],
    proxies: Iterable[Given],
    *,
    most: int,
    forms: Collection[int] = frozenset(),
) -> Voices:
    """Gives who speaks for whom among `members`, those with a right to vote. `proxies` come in the order they
    were given: if the cap fell since, those given first speak. A form counts for who is not there and is
    represented by nobody."""
    holder_of = {member: member for member in members if member in here}
    blank: set[int] = set()
    hands: Counter[int] = Counter()
    for proxy in proxies:
        if proxy.principal not in members or proxy.principal in here:
            continue
        if proxy.holder is None:
            blank.add(proxy.principal)
        elif proxy.holder in members and proxy.holder in here and hands[proxy.holder] < most:
            hands[proxy.holder] += 1
            holder_of[proxy.principal] = proxy.holder
    spoken = holder_of.keys() | blank
    by_form = frozenset(member for member in members if member in forms and member not in spoken)
    return Voices(holder_of, frozenset(blank), by_form)


@dataclass(frozen=True)
class Moved:
    """A fact of attendance in its order; `key` tells which."""

    key: int
    associate: int
    kind: str


def losses(
    members: Collection[int],
    moves: Iterable[Moved],
    proxies: Iterable[Given],
    *,
    most: int,
    forms: Collection[int] = frozenset(),
) -> dict[int, list[int]]:
    """Gives {key of a departure: the voices that it silenced}, where it took several at once. A voice that
    goes on by a form sent before is not silenced. A principal has one proxy in force."""
    held: dict[int | None, list[Given]] = {}
    own: dict[int, Given] = {}
    for proxy in proxies:
        held.setdefault(proxy.holder, []).append(proxy)
        own[proxy.principal] = proxy
    there = _There()
    found: dict[int, list[int]] = {}
    for move in moves:
        if move.kind not in (DEPARTURE, DISCONNECTED) or move.associate not in held:
            there.follow(move.associate, move.kind)
            continue
        given = _hanging_on(move.associate, held, own)
        touched = {move.associate, *(one.principal for one in given), *(one.holder for one in given)}
        those = [one for one in touched if one is not None and one in members]
        before = voices(those, there.room | there.remote, given, most=most, forms=forms)
        there.follow(move.associate, move.kind)
        after = voices(those, there.room | there.remote, given, most=most, forms=forms)
        still = after.holder_of.keys() | after.blank | after.correspondence
        silenced = [whose for whose in before.held_by(move.associate) if whose not in still]
        if len(silenced) > 1:
            found[move.key] = silenced
    return found


def _hanging_on(
    associate: int, held: Mapping[int | None, list[Given]], own: Mapping[int, Given]
) -> list[Given]:
    """Gives the proxies that a departure touches, in their order for each holder, whose cap they fill: those
    that this one carries, and those in the hands to which their own voice goes."""
    mine = own.get(associate)
    if mine is None:
        return held[associate]
    return [*held[associate], *([mine] if mine.holder is None else held[mine.holder])]
