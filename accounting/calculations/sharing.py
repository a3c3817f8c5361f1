"""How the result of a collective is shared: by the key in force each day, to the cent, down to zero (ENT-44).

Result and contribution each have their key. A key that changes cuts the period: each segment is shared by its
own. The cents left over go to the largest remainders (`cae.core.money.share`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from cae.core.money import ZERO, share

JOURNAL = "OD"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One member in a key: parts of the result and of the contribution, the section that receives."""

    person: int
    result_parts: int
    contribution_parts: int
    credited: int | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one signed version, from a day to a day (none: for ever)."""

    agreement: int
    starts_on: date
    ends_on: date | None
    lines: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Days under one key."""

    start: date
    end: date
    key: Key


@dataclass(frozen=True, slots=True)
class Sums:
    """What the books say of a segment: income less costs before contribution, and the contribution."""

    result: Decimal
    contribution: Decimal

    @property
    def net(self) -> Decimal:
        return self.result - self.contribution


@dataclass(frozen=True, slots=True)
class Part:
    """What one member receives of one segment, or of all."""

    person: int
    credited: int | None
    result: Decimal
    contribution: Decimal

    @property
    def amount(self) -> Decimal:
        return self.result - self.contribution


def next_days(opened_on: date, shared_until: date | None, today: date) -> tuple[date, date]:
    """The days that one shares next: from the eve’s morrow of what is shared to the end of that year, or to
    the end of the last month that is over; at least one day, which may be today."""
    start = max(opened_on, shared_until + timedelta(days=1)) if shared_until else opened_on
    year_end = date(start.year, 12, 31)
    if year_end < today:
        return start, year_end
    month_end = today.replace(day=1) - timedelta(days=1)
    return start, max(start, month_end)


def segments(keys: Sequence[Key], start: date, end: date) -> tuple[list[Segment], list[tuple[date, date]]]:
    """Cuts a period by the keys in force, and gives the days under none."""
    found: list[Segment] = []
    bare: list[tuple[date, date]] = []
    day = start
    for key in sorted(keys, key=lambda one: one.starts_on):
        first, last = max(key.starts_on, start), min(key.ends_on or end, end)
        if first > last:
            continue
        if day < first:
            bare.append((day, first - timedelta(days=1)))
        found.append(Segment(first, last, key))
        day = last + timedelta(days=1)
    if day <= end:
        bare.append((day, end))
    return found, bare


def parts_of(sums: Sums, key: Key) -> list[Part]:
    """Shares one segment: both sums are cut exactly, so that the parts add up to the net."""
    results = share(sums.result, [Decimal(line.result_parts) for line in key.lines])
    contributions = share(sums.contribution, [Decimal(line.contribution_parts) for line in key.lines])
    return [
        Part(line.person, line.credited, result, contribution)
        for line, result, contribution in zip(key.lines, results, contributions, strict=True)
    ]


def added(parts: Iterable[Part]) -> list[Part]:
    """The parts of every segment together, one a person; the last section named receives."""
    found: dict[int, Part] = {}
    for part in parts:
        before = found.get(part.person)
        result = part.result + (before.result if before else ZERO)
        contribution = part.contribution + (before.contribution if before else ZERO)
        found[part.person] = Part(part.person, part.credited, result, contribution)
    return list(found.values())


def sharing_entry(
    parts: Iterable[tuple[int, Decimal]], *, from_section: int, on: date, label: str, piece: str
) -> EntryDraft | None:
    """Hands each amount over from the collective to a section; each section is balanced by the link account.

    Nothing to share, no entry. A loss swaps the sides."""
    lines: list[LineDraft] = []
    for section, amount in parts:
        lines += [
            debit("share_charge", from_section, amount, label=label),
            credit("internal_link", from_section, amount, label=label),
            debit("internal_link", section, amount, label=label),
            credit("share_income", section, amount, label=label),
        ]
    if not any(line.signed for line in lines):
        return None
    return EntryDraft(journal=JOURNAL, on=on, label=label, piece=piece, lines=tuple(lines))
