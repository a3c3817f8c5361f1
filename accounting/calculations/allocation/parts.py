"""Cuts the result of a year into reserves, part travail and interest, and tells what breaks the law.

The statutory reserve (fonds de développement) takes what the others leave: parts always come to the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from accounting.calculations.allocation.law import Law
from cae.core.money import CENT, ZERO, cents


@dataclass(frozen=True, slots=True)
class Facts:
    """What the books say at the end of the year; a loss is a negative result."""

    result: Decimal
    legal_reserve: Decimal
    capital: Decimal
    highest_capital: Decimal
    # Of former years, positive: they come first.
    losses: Decimal = ZERO
    # What may be shared with nobody: gains of art. 32 in a Scop, grants in a Scic.
    kept_out: Decimal = ZERO
    # The most that the law lets shares bear this year.
    interest_rate: Decimal = ZERO

    @property
    def surplus(self) -> Decimal:
        return max(self.result - self.losses, ZERO)

    @property
    def absorbed(self) -> Decimal:
        """What former losses take of the result; a loss of the year adds to them, and is negative."""
        return self.result - self.surplus

    @property
    def shareable(self) -> Decimal:
        return max(self.surplus - self.kept_out, ZERO)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where the result goes. `participation` is the part of the part travail that an agreement takes."""

    absorbed: Decimal
    legal: Decimal
    statutory: Decimal
    labour: Decimal
    interest: Decimal
    participation: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.absorbed + self.legal + self.statutory + self.labour + self.interest


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what each part may move, the part travail being as it is."""

    legal_least: Decimal
    statutory_least: Decimal
    labour_least: Decimal
    labour_most: Decimal
    interest_most: Decimal


class Rule(StrEnum):
    """What an allocation may break."""

    WHOLE = "whole"
    NEGATIVE = "negative"
    LEGAL_LEAST = "legal_least"
    STATUTORY_LEAST = "statutory_least"
    LABOUR_NONE = "labour_none"
    LABOUR_LEAST = "labour_least"
    KEPT_OUT = "kept_out"
    INTEREST_LABOUR = "interest_labour"
    INTEREST_RESERVES = "interest_reserves"
    INTEREST_RATE = "interest_rate"
    PARTICIPATION = "participation"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken: what the allocation has, and what it may have."""

    rule: Rule
    amount: Decimal
    bound: Decimal


def propose(
    law: Law,
    facts: Facts,
    *,
    labour: Decimal | None = None,
    interest: Decimal = ZERO,
    legal: Decimal | None = None,
) -> Allocation:
    """The parts, the least that the law asks where nothing is said; the rest goes to the statutory reserve,
    negative when too much was asked (`breaches` tells it)."""
    legal = legal_least(law, facts) if legal is None else legal
    labour = labour_least(law, facts) if labour is None else labour
    rest = facts.surplus - legal - labour - interest
    return Allocation(facts.absorbed, legal, rest, labour, interest)


def legal_least(law: Law, facts: Facts) -> Decimal:
    """The fraction of the law, until the reserve is full."""
    full = facts.highest_capital if law.full_at_highest else facts.capital
    missing = max(full - facts.legal_reserve, ZERO)
    return min(cents(law.legal_rate * facts.surplus), missing)


def labour_least(law: Law, facts: Facts) -> Decimal:
    return _up((law.labour_least or ZERO) * facts.shareable)


def bounds(law: Law, facts: Facts, *, labour: Decimal, legal: Decimal | None = None) -> Bounds:
    """What a page lets each part move between."""
    legal = legal_least(law, facts) if legal is None else legal
    statutory = _statutory_least(law, facts, legal)
    left = facts.surplus - legal - statutory
    interest = [left - labour, _interest_rate(facts)]
    if law.labour_least is None:
        labour_most = ZERO
        # Grants stay out of what interest is taken from.
        interest.append(left - facts.kept_out)
    else:
        labour_most = max(min(facts.shareable, left), ZERO)
        interest += [labour, facts.shareable - labour, _down((facts.surplus - labour) / 2)]
    return Bounds(
        legal_least=legal_least(law, facts),
        statutory_least=statutory,
        labour_least=labour_least(law, facts),
        labour_most=labour_most,
        interest_most=max(min(interest), ZERO),
    )


def breaches(law: Law, facts: Facts, allocation: Allocation) -> list[Breach]:
    """Every rule that this allocation breaks, in the order of the law."""
    one = allocation
    least = min(one.legal, one.statutory, one.labour, one.interest, one.participation)
    reserves = one.legal + one.statutory
    found = [
        _unlike(Rule.WHOLE, one.total, facts.result),
        _less(Rule.NEGATIVE, least, ZERO),
        _less(Rule.LEGAL_LEAST, one.legal, legal_least(law, facts)),
        _less(Rule.STATUTORY_LEAST, one.statutory, _statutory_least(law, facts, one.legal)),
        _more(Rule.INTEREST_RATE, one.interest, _interest_rate(facts)),
        _more(Rule.PARTICIPATION, one.participation, one.labour),
    ]
    if law.labour_least is None:
        after = facts.surplus - one.legal - _statutory_least(law, facts, one.legal)
        found += [
            _more(Rule.LABOUR_NONE, one.labour, ZERO),
            _more(Rule.KEPT_OUT, one.interest, max(after - facts.kept_out, ZERO)),
        ]
    else:
        found += [
            _less(Rule.LABOUR_LEAST, one.labour, labour_least(law, facts)),
            _more(Rule.KEPT_OUT, one.labour + one.interest, facts.shareable),
            _more(Rule.INTEREST_LABOUR, one.interest, one.labour),
            _more(Rule.INTEREST_RESERVES, one.interest, reserves),
        ]
    order = list(Rule)
    return sorted((breach for breach in found if breach), key=lambda breach: order.index(breach.rule))


def _statutory_least(law: Law, facts: Facts, legal: Decimal) -> Decimal:
    """Its rate; a Scop gives it something, as far as a cent is left once the law has taken the rest."""
    after = max(facts.surplus - legal, ZERO)
    a_cent = min(CENT, max(after - labour_least(law, facts), ZERO))
    return max(_up(law.statutory_rate * after), a_cent)


def _interest_rate(facts: Facts) -> Decimal:
    return _down(facts.interest_rate * facts.capital)


def _less(rule: Rule, amount: Decimal, bound: Decimal) -> Breach | None:
    return Breach(rule, amount, bound) if amount < bound else None


def _more(rule: Rule, amount: Decimal, bound: Decimal) -> Breach | None:
    return Breach(rule, amount, bound) if amount > bound else None


def _unlike(rule: Rule, amount: Decimal, bound: Decimal) -> Breach | None:
    return Breach(rule, amount, bound) if amount != bound else None


def _up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_CEILING)


def _down(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_FLOOR)
