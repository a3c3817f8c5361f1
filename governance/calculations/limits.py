"""The limits that the law sets on who holds the capital and the voices (GOV-08; domain.md 6.2, 6.4).

Loi 78-763 for a Scop, loi 47-1775 art. 3 bis for outsiders, art. 19 quinquies to 19 octies for a Scic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cae.core.money import ZERO

# Codes of governance.states, which these rules speak of without knowing their words.
EMPLOYEE, FORMER, PRODUCER, BENEFICIARY = "employee", "former_employee", "producer", "beneficiary"
PUBLIC, COOPERATIVE, OUTSIDE = "public_body", "cooperative", "outside"

AT_LEAST, AT_MOST = "at_least", "at_most"
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Holder:
    """An associate as the limits count them: one voice, and the capital in euros."""

    key: int
    category: str
    capital: Decimal = ZERO
    # None: of no college.
    college: int | None = None
    # Who lost the status and waits for a refund holds capital and has no voice.
    votes: bool = True
    # Whoever it is, where the lines of one who left and came back are several; "" for a line alone.
    owner: str = ""


@dataclass(frozen=True)
class Limit:
    """One limit as computed: so much out of so much, or a count, and the bound.

    `value` and `bound` are fractions of one, or counts when `is_count`. `to_confirm`: the source has still
    to be confirmed. `about`: the college or the associate that it speaks of, if one."""

    code: str
    value: Fraction
    bound: Fraction
    side: str
    is_count: bool = False
    to_confirm: bool = False
    about: int | None = None

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.side == AT_LEAST else self.value <= self.bound

    @property
    def gap(self) -> Fraction:
        """How far beyond the bound; nothing when it is met."""
        beyond = self.bound - self.value if self.side == AT_LEAST else self.value - self.bound
        return max(beyond, Fraction(0))

    @property
    def key(self) -> tuple[str, int | None]:
        return self.code, self.about


def limits_of(form: str, holders: Iterable[Holder], weights: Mapping[int, int]) -> list[Limit]:
    """Gives the limits of a legal form in their order; `weights` is {college: weight} of the rules in force.

    What is shared out of nothing is not judged: without any capital there is no part of it."""
    every = list(holders)
    if form.startswith("scop"):
        found = [*_scop(every), *_half(every)]
    elif form.startswith("scic"):
        found = _scic(every, weights)
    elif form == "cooperative":
        found = _outsiders(every)
    else:
        found = []
    if form.endswith("sarl"):
        found.append(_count("sarl_most", sum(one.votes for one in every), 100, AT_MOST))
    return found


def _scop(every: list[Holder]) -> list[Limit]:
    capital, voices = _capital(every), sum(one.votes for one in every)
    employed = [one for one in every if one.category == EMPLOYEE]
    found = []
    if capital:
        part = _capital(employed) / capital
        found.append(Limit("employed_capital", part, Fraction(51, 100), side=AT_LEAST))
    if voices:
        worked = sum(one.votes for one in every if one.category in (EMPLOYEE, FORMER))
        found.append(Limit("employed_votes", Fraction(worked, voices), Fraction(65, 100), side=AT_LEAST))
    found.append(_count("employed_least", sum(one.votes for one in employed), 2, AT_LEAST))
    return [*found, *_outsiders(every)]


def _outsiders(every: list[Holder]) -> list[Limit]:
    """35 % of the voices for who neither works there nor uses it; 49 % when some are cooperatives, the others
    staying within 35 %."""
    voices = sum(one.votes for one in every)
    if not voices:
        return []
    mates = sum(one.votes for one in every if one.category == COOPERATIVE)
    others = sum(one.votes for one in every if one.category in (OUTSIDE, PUBLIC))
    found = [Limit("outside_votes", Fraction(others, voices), Fraction(35, 100), side=AT_MOST)]
    if mates:
        found.append(
            Limit("outside_votes_all", Fraction(others + mates, voices), Fraction(49, 100), side=AT_MOST)
        )
    return found


def _half(every: list[Holder]) -> list[Limit]:
    """In a Scop nobody holds more than half of the capital: the greatest holder is named. Who came back
    before the shares of the former line were refunded holds both, and is named by the line of now."""
    capital = _capital(every)
    if not capital:
        return []
    lines: dict[str, list[Holder]] = {}
    for one in every:
        lines.setdefault(one.owner or f"line {one.key}", []).append(one)
    greatest = max(lines.values(), key=lambda mine: (_capital(mine), -mine[0].key))
    about = max(greatest, key=lambda one: (one.votes, one.key)).key
    return [Limit("holder_half", _capital(greatest) / capital, HALF, side=AT_MOST, about=about)]


def _scic(every: list[Holder], weights: Mapping[int, int]) -> list[Limit]:
    categories = {one.category for one in every if one.votes}
    found = [
        replace(_count("scic_categories", len(categories), 3, AT_LEAST), to_confirm=True),
        replace(_count("scic_workers", len(categories & {EMPLOYEE, PRODUCER}), 1, AT_LEAST), to_confirm=True),
        replace(_count("scic_beneficiaries", BENEFICIARY in categories, 1, AT_LEAST), to_confirm=True),
    ]
    if capital := _capital(every):
        bodies = _capital([one for one in every if one.category == PUBLIC])
        found.append(Limit("public_capital", bodies / capital, HALF, side=AT_MOST, to_confirm=True))
    return [*found, *_colleges(weights)]


def _colleges(weights: Mapping[int, int]) -> list[Limit]:
    """Colleges are optional; once there are some, at least three, each from 10 to 50 % of the voices."""
    whole = sum(weights.values())
    if not whole:
        return []
    found = [replace(_count("college_least", len(weights), 3, AT_LEAST), to_confirm=True)]
    for college, weight in sorted(weights.items()):
        part = Fraction(weight, whole)
        for code, bound, side in (
            ("college_low", Fraction(1, 10), AT_LEAST),
            ("college_high", HALF, AT_MOST),
        ):
            found.append(Limit(code, part, bound, side=side, to_confirm=True, about=college))
    return found


def _count(code: str, value: int, bound: int, side: str) -> Limit:
    return Limit(code, Fraction(value), Fraction(bound), side=side, is_count=True)


def _capital(holders: Iterable[Holder]) -> Fraction:
    return sum((Fraction(one.capital) for one in holders), Fraction(0))


def worsened(before: Iterable[Limit], after: Iterable[Limit]) -> list[Limit]:
    """Gives the limits that a movement breaks, or that were broken and that it breaks further."""
    gaps: dict[str, Fraction] = {}
    for one in before:
        gaps[one.code] = max(one.gap, gaps.get(one.code, Fraction(0)))
    return [one for one in after if not one.met and one.gap > gaps.get(one.code, Fraction(0))]


def moved(holders: Iterable[Holder], changes: Mapping[int, Decimal]) -> list[Holder]:
    """Gives the holders once so many euros were added to or taken from each of these."""
    return [replace(one, capital=one.capital + changes.get(one.key, ZERO)) for one in holders]
