"""The yearly statement of training, the BPF: frames C to G from plain rows (COW-49).

Cerfa 10443*17, notice 50199#17 (domain.md 7.3). Pure: rows in, figures out. Money in euros, hours as
decimals, both exact until they are printed: a frame is rounded once, its total first, then its lines, so that
what is printed adds up and F-1, F-3 and F-4 print the same totals when they are equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
SECONDS_AN_HOUR = Decimal(3600)
_HUNDREDTH, _FINE = Decimal("0.01"), Decimal("0.00000001")

# Frames: each is {code: figure}; an empty code gathers what nobody has said yet.
UNSAID = ""
# The lines 2a to 2h of frame C add up to line 2.
SECOND = "2"


@dataclass(frozen=True)
class Sold:
    """A line of an invoice of training: its net before tax, positive; its origin; whether it takes money back
    (credit note); whether one part of the cooperative sold it to another."""

    key: int
    year: int
    origin: str
    net: Decimal
    is_credit: bool = False
    is_internal: bool = False


@dataclass(frozen=True)
class Followed:
    """A half-day that a trainee signed. `enrolment` is the trainee in one training: somebody who follows two
    counts twice, as the notice says."""

    key: int
    enrolment: int
    year: int
    hours: Decimal
    kind: str
    objective: str
    speciality: str
    is_remote: bool = False
    # The training was entrusted by us to another body (F-2), or to us by another (G, and nowhere else).
    is_entrusted: bool = False
    is_for_another: bool = False


@dataclass(frozen=True)
class Taught:
    """A half-day that a trainer signed."""

    key: int
    trainer: int
    year: int
    hours: Decimal
    is_own: bool


@dataclass(frozen=True)
class Charges:
    """Frame D: total, of which pay of trainers, of which purchases of training and fees."""

    total: Decimal = ZERO
    pay: Decimal = ZERO
    purchases: Decimal = ZERO


@dataclass(frozen=True)
class Count:
    """People and hours, and the rows that make them."""

    people: int = 0
    hours: Decimal = ZERO
    keys: tuple[int, ...] = ()


@dataclass(frozen=True)
class Money:
    """Euros, and the lines that make them."""

    amount: Decimal = ZERO
    keys: tuple[int, ...] = ()


@dataclass(frozen=True)
class Frames:
    """The figures of a year, exact."""

    year: int
    income: Mapping[str, Money]
    charges: Charges
    turnover: Decimal
    own_trainers: Count
    external_trainers: Count
    by_kind: Mapping[str, Count]
    remote: Count
    entrusted: Count
    by_objective: Mapping[str, Count]
    by_speciality: Mapping[str, Count]
    for_others: Count

    @property
    def total_income(self) -> Decimal:
        return sum((one.amount for one in self.income.values()), ZERO)

    @property
    def share_of_turnover(self) -> Decimal | None:
        """A fraction, to a hundredth of percent; nothing without turnover."""
        if self.turnover <= 0:
            return None
        return (self.total_income / self.turnover).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def hours_between(starts: datetime, ends: datetime) -> Decimal:
    """The length of a half-day, in hours as one reads it: 9:00 to 12:30 is 3.50."""
    return _hundredths(exact_hours(starts, ends))


def exact_hours(starts: datetime, ends: datetime) -> Decimal:
    """The same to be added up: three times twenty minutes are an hour, once rounded."""
    seconds = Decimal((ends - starts) // timedelta(seconds=1))
    return (seconds / SECONDS_AN_HOUR).quantize(_FINE, rounding=ROUND_HALF_UP)


def hours_signed(lengths: Mapping[int, Decimal], signed: Iterable[int]) -> Decimal:
    """The hours of a trainee: the length of each half-day they signed, by its key. One signed twice counts
    once; one that is no longer in the session counts for nothing."""
    return _hundredths(sum((lengths[key] for key in set(signed) if key in lengths), ZERO))


def statement(
    year: int,
    *,
    sold: Iterable[Sold] = (),
    followed: Iterable[Followed] = (),
    taught: Iterable[Taught] = (),
    charges: Charges | None = None,
    turnover: Decimal = ZERO,
) -> Frames:
    """The frames of a civil year; rows of other years are left out, so that a trainee over two years counts
    in both with the hours of each, and a credit note counts in its own."""
    lines = [one for one in sold if one.year == year and not one.is_internal]
    all_days = [one for one in followed if one.year == year]
    ours = [one for one in all_days if not one.is_for_another]
    teaching = [one for one in taught if one.year == year]
    return Frames(
        year=year,
        income=_income(lines),
        charges=charges or Charges(),
        turnover=turnover,
        own_trainers=_trainers([one for one in teaching if one.is_own]),
        external_trainers=_trainers([one for one in teaching if not one.is_own]),
        by_kind=_counts(ours, [one.kind for one in ours]),
        remote=_count([one for one in ours if one.is_remote]),
        entrusted=_count([one for one in ours if one.is_entrusted]),
        by_objective=_counts(ours, [one.objective for one in ours]),
        by_speciality=_counts(ours, [one.speciality for one in ours]),
        for_others=_count([one for one in all_days if one.is_for_another]),
    )


def _income(lines: Sequence[Sold]) -> dict[str, Money]:
    found: dict[str, Money] = {}
    for one in lines:
        before = found.get(one.origin, Money())
        net = -one.net if one.is_credit else one.net
        found[one.origin] = Money(before.amount + net, (*before.keys, one.key))
    return found


def _trainers(rows: Sequence[Taught]) -> Count:
    return Count(
        len({one.trainer for one in rows}),
        sum((one.hours for one in rows), ZERO),
        tuple(one.key for one in rows),
    )


def _count(rows: Sequence[Followed]) -> Count:
    return Count(
        len({one.enrolment for one in rows}),
        sum((one.hours for one in rows), ZERO),
        tuple(one.key for one in rows),
    )


def _counts(rows: Sequence[Followed], codes: Sequence[str]) -> dict[str, Count]:
    apart: dict[str, list[Followed]] = {}
    for one, code in zip(rows, codes, strict=True):
        apart.setdefault(code, []).append(one)
    return {code: _count(group) for code, group in apart.items()}


def total_of(counts: Mapping[str, Count]) -> tuple[int, Decimal]:
    """People and hours of a frame, of what is said: what bears no code yet is in no line, so in no total."""
    said = [one for code, one in counts.items() if code != UNSAID]
    return sum(one.people for one in said), sum((one.hours for one in said), ZERO)


def inherited(label: str, told: Sequence[tuple[str, str]]) -> str:
    """The origin that a line takes from what it was made of, each as its words and its origin: that of the
    lines of the same words, else that of all of them; nothing where they say several, or where one says
    nothing."""
    for said in ({origin for words, origin in told if words == label}, {origin for _words, origin in told}):
        if said:
            return said.pop() if len(said) == 1 else UNSAID
    return UNSAID


def agrees(frames: Frames) -> bool:
    """F-1 = F-3 = F-4, in people and in hours."""
    totals = {total_of(one) for one in (frames.by_kind, frames.by_objective, frames.by_speciality)}
    return len(totals) == 1


def unsaid(frames: Frames) -> dict[str, int]:
    """How many rows have no code yet, by frame: they keep the statement from being filed."""
    found = {
        "C": len(frames.income.get(UNSAID, Money()).keys),
        "F-1": frames.by_kind.get(UNSAID, Count()).people,
        "F-3": frames.by_objective.get(UNSAID, Count()).people,
        "F-4": frames.by_speciality.get(UNSAID, Count()).people,
    }
    return {frame: count for frame, count in found.items() if count}


def printed(figures: Mapping[str, Decimal]) -> tuple[dict[str, int], int]:
    """Whole numbers: the total is rounded once (half up), then each line is cut down and what is left goes to
    the largest remainders, the first code of equals first. Gives the lines, and the total
    that they make."""
    total = int(_hundredths(sum(figures.values(), ZERO)).quantize(ONE, rounding=ROUND_HALF_UP))
    figures = {code: _hundredths(value) for code, value in figures.items()}
    whole = {code: int(value.to_integral_value(rounding=ROUND_FLOOR)) for code, value in figures.items()}
    left = total - sum(whole.values())
    by_remainder = sorted(figures, key=lambda code: (whole[code] - figures[code], code))
    for code in by_remainder[:left]:
        whole[code] += 1
    return whole, total


def _hundredths(value: Decimal) -> Decimal:
    """Minutes are no decimals: what was added up finely is an hour again before anything is rounded."""
    return value.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def printed_income(frames: Frames) -> tuple[dict[str, int], int]:
    """Frame C in whole euros, with line 2 that its letters make."""
    said = {code: one.amount for code, one in frames.income.items() if code != UNSAID}
    lines, total = printed(said)
    letters = [code for code in lines if code.startswith(SECOND)]
    return (lines | {SECOND: sum(lines[code] for code in letters)} if letters else lines), total


def printed_hours(counts: Mapping[str, Count]) -> tuple[dict[str, int], int]:
    """The hours of a frame, whole."""
    return printed({code: one.hours for code, one in counts.items() if code != UNSAID})


def filed(frames: Frames) -> dict[str, object]:
    """Every frame as it is printed, in plain values: what is frozen once filed."""
    income, total = printed_income(frames)
    charges, _sum = printed({"pay": frames.charges.pay, "purchases": frames.charges.purchases})
    _lines, of_all = printed({"total": frames.charges.total})
    trainers = {"own": frames.own_trainers, "external": frames.external_trainers}
    hours, _total = printed({code: one.hours for code, one in trainers.items()})
    return {
        "year": frames.year,
        "C": {"lines": income, "total": total},
        "D": {"total": of_all, **charges},
        "E": {code: {"people": one.people, "hours": hours[code]} for code, one in trainers.items()},
        "F-1": _filed(frames.by_kind),
        "remote": _whole(frames.remote),
        "F-2": _whole(frames.entrusted),
        "F-3": _filed(frames.by_objective),
        "F-4": _filed(frames.by_speciality),
        "G": _whole(frames.for_others),
    }


def _filed(counts: Mapping[str, Count]) -> dict[str, object]:
    hours, total = printed_hours(counts)
    people = {code: one.people for code, one in counts.items() if code != UNSAID}
    lines = {code: {"people": people[code], "hours": hours[code]} for code in hours}
    return {"lines": lines, "people": sum(people.values()), "hours": total}


def _whole(count: Count) -> dict[str, int]:
    return {"people": count.people, "hours": printed({"": count.hours})[1]}
