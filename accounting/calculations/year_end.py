"""Entries of the end of a year: classes 6 and 7 to the result, then where the assembly sends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.allocation.parts import Allocation
from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit, merged
from cae.core.money import ZERO

CLOSING_JOURNAL = "RA"
ALLOCATION_JOURNAL = "OD"
PROFIT, LOSS = "result_profit", "result_loss"


@dataclass(frozen=True, slots=True)
class Held:
    """What an account holds in a section at the end of the year, debits less credits."""

    account: str
    section: int
    signed: Decimal


def closing_entry(
    held: Iterable[Held], carried: Mapping[int, Decimal], *, on: date, label: str, piece: str
) -> EntryDraft | None:
    """Takes what classes 6 and 7 hold to the result of each section: account 120, or 129 for a loss.

    `carried`: what this year's entries already took there, debits less credits; a section whose result
    changes sides changes account. Nothing left, no entry: closing again converges."""
    lines: list[LineDraft] = []
    nets: dict[int, Decimal] = {}
    for row in held:
        lines.append(credit(row.account, row.section, row.signed))
        nets[row.section] = nets.get(row.section, ZERO) + row.signed
    for section, net in nets.items():
        before = carried.get(section, ZERO)
        lines.append(debit(_result(before), section, -before))
        lines.append(debit(_result(before + net), section, before + net))
    whole = merged(lines)
    if not whole:
        return None
    return EntryDraft(journal=CLOSING_JOURNAL, on=on, label=label, piece=piece, lines=whole)


def _result(signed: Decimal) -> str:
    """The account of a result, given debits less credits."""
    return LOSS if signed > 0 else PROFIT


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who receives the part travail and the interest: name and amount."""

    labour: tuple[tuple[str, Decimal], ...] = ()
    interest: tuple[tuple[str, Decimal], ...] = ()


def allocation_entry(
    allocation: Allocation,
    receivers: Receivers,
    results: Mapping[int, Decimal],
    *,
    section: int,
    on: date,
    label: str,
) -> EntryDraft | None:
    """Brings the result of every section (`results`: profit positive) to one, through the link account, then
    sends it to reserves and people. Nothing to allocate, no entry. Raises ValueError when what people receive
    or what sections hold is not what the allocation says."""
    named = (allocation.labour, allocation.interest, allocation.total)
    given = (_sum(receivers.labour), _sum(receivers.interest), sum(results.values(), ZERO))
    if named != given:
        raise ValueError("an allocation is shared whole")
    lines: list[LineDraft] = []
    for one, amount in results.items():
        lines += [
            debit(_result(-amount), one, amount),
            credit("internal_link", one, amount),
            debit("internal_link", section, amount),
        ]
    lines += [
        credit("losses_carried", section, allocation.absorbed),
        credit("legal_reserve", section, allocation.legal),
        credit("statutory_reserve", section, allocation.statutory),
        *(credit("labour_share", section, amount, party=name) for name, amount in receivers.labour),
        *(credit("share_interest", section, amount, party=name) for name, amount in receivers.interest),
    ]
    whole = merged(lines)
    if not whole:
        return None
    return EntryDraft(journal=ALLOCATION_JOURNAL, on=on, label=label, lines=whole)


def _sum(parts: Iterable[tuple[str, Decimal]]) -> Decimal:
    return sum((amount for _name, amount in parts), ZERO)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a year begins with, as it stood the evening before; in detail where somebody has to answer."""

    account: str
    section: int
    signed: Decimal
    party: str = ""
    piece: str = ""
    due_on: date | None = None


def opening_lines(
    standing: Iterable[Held],
    details: Iterable[Opening],
    unclosed: Mapping[int, Decimal],
    accounts: tuple[str, str],
) -> list[Opening]:
    """The balance of each account and section, cut into what is open on it; what details do not explain stays
    a line, so that a year always opens on what the other closed.

    `unclosed`: results that no closing entry has taken yet, debits less credits by section, which open on the
    numbers of `accounts` (profit, loss)."""
    by_place: dict[tuple[str, int], list[Opening]] = {}
    for one in details:
        by_place.setdefault((one.account, one.section), []).append(one)
    sums: dict[tuple[str, int], Decimal] = {}
    results = (Held(accounts[signed > 0], section, signed) for section, signed in unclosed.items())
    for row in (*standing, *results):
        sums[row.account, row.section] = sums.get((row.account, row.section), ZERO) + row.signed
    found: list[Opening] = []
    # What two parties owe each way may come to nothing together: each still opens.
    for place in sorted(sums.keys() | by_place.keys()):
        within = by_place.get(place, [])
        left = sums.get(place, ZERO) - sum((one.signed for one in within), ZERO)
        found += [*within, *([Opening(*place, left)] if left else [])]
    return found
