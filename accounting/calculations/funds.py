"""What earmarked money may pay, what is left of it, and its entries (ACC-43, 44).

Source: plan comptable général, subventions d'exploitation (74), subventions à recevoir (441), produits
constatés d'avance (487): what a grant brought and the year did not use is put off to the next.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounting.calculations.entries import EntryDraft, credit, debit
from cae.core.money import CENT, ZERO

OTHER_JOURNAL, BANK_JOURNAL = "OD", "BQ"


class Unfit(StrEnum):
    """Why a cost may not be counted on a fund."""

    NOT_RUNNING = "not_running"
    SECTION = "section"
    KIND = "kind"
    DATE = "date"
    LINE = "line"
    BEYOND = "beyond"


@dataclass(frozen=True)
class Terms:
    """What a fund pays: whose costs, of which natures, between which days, up to how much."""

    is_running: bool
    section: int
    kinds: Collection[str]
    starts_on: date
    ends_on: date
    left: Decimal


@dataclass(frozen=True)
class Cost:
    """A line of the books: `net` is debit less credit, `free` what no fund has counted of it."""

    section: int
    kind: str
    on: date
    free: Decimal


def unfit(terms: Terms, cost: Cost, amount: Decimal) -> Unfit | None:
    """The first reason against counting this much of a cost; none when it may be."""
    if not terms.is_running:
        return Unfit.NOT_RUNNING
    if cost.section != terms.section:
        return Unfit.SECTION
    if cost.kind not in terms.kinds:
        return Unfit.KIND
    if not terms.starts_on <= cost.on <= terms.ends_on:
        return Unfit.DATE
    same_side = (amount > 0) == (cost.free > 0)
    if not amount or amount % CENT or not same_side or abs(amount) > abs(cost.free):
        return Unfit.LINE
    return Unfit.BEYOND if amount > terms.left else None


def to_defer(earned: Decimal, spent: Decimal) -> Decimal:
    """What a year leaves to the next: income recorded and not used; nothing when more was spent."""
    return max(earned - spent, ZERO)


def award_entry(
    amount: Decimal, section: int, *, funder: str, label: str, piece: str, on: date
) -> EntryDraft:
    """A grant that is promised for good: owed by the funder, an income of the section."""
    lines = (
        debit("grant_due", section, amount, party=funder),
        credit("grant_income", section, amount),
    )
    return EntryDraft(journal=OTHER_JOURNAL, on=on, label=label, piece=piece, lines=lines)


def receipt_entry(
    amount: Decimal, section: int, *, owed: bool, funder: str, label: str, piece: str, on: date
) -> EntryDraft:
    """Money of a funder: against what was owed since the award, else against the income."""
    against = credit("grant_due", section, amount, party=funder)
    lines = (
        debit("bank", section, amount),
        against if owed else credit("grant_income", section, amount),
    )
    return EntryDraft(journal=BANK_JOURNAL, on=on, label=label, piece=piece, lines=lines)


def deferral_entry(amount: Decimal, section: int, *, label: str, piece: str, on: date) -> EntryDraft:
    """Put off to the next year; the day after, the same amount below zero takes it back."""
    lines = (
        debit("grant_income", section, amount),
        credit("deferred_income", section, amount),
    )
    return EntryDraft(journal=OTHER_JOURNAL, on=on, label=label, piece=piece, lines=lines)
