"""What an accounting entry is before it is written, and the rule of double entry that it obeys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from cae.core.money import CENT, ZERO

# What a line of no nature of cost says, whatever its account is a cost of since it was posted.
NO_COST = "-"


@dataclass(frozen=True)
class LineDraft:
    """One line to come: `account` is a role (`customer`) or an account number (`411000`); `cost` is the code
    of a nature of cost, that of the account when it is left out, none when it is `NO_COST`."""

    account: str
    analytic_id: int
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    vat_rate: Decimal | None = None
    due_on: date | None = None
    party: str = ""
    label: str = ""
    cost: str = ""
    # The earmarked fund that pays it: counted as it is posted, or nothing is (ACC-44).
    fund_id: int | None = None
    # What a tax or an untaxed sale is beyond its rate (a value of VatKind).
    vat_kind: str = ""
    # Base of a tax, debit less credit as the tax itself. Amounts do not tell lines apart: merging adds them.
    vat_base: Decimal | None = field(default=None, compare=False)

    @property
    def signed(self) -> Decimal:
        """Positive on the debit side."""
        return self.debit - self.credit

    def swapped(self) -> LineDraft:
        base = None if self.vat_base is None else -self.vat_base
        return replace(self, debit=self.credit, credit=self.debit, vat_base=base)


@dataclass(frozen=True)
class EntryDraft:
    journal: str
    on: date
    label: str
    lines: tuple[LineDraft, ...]
    piece: str = ""


def debit(account: str, analytic_id: int, amount: Decimal, **details: object) -> LineDraft:
    """A line of this amount on the debit side; a negative amount goes to the other side, positive."""
    return _line(account, analytic_id, amount, details)


def credit(account: str, analytic_id: int, amount: Decimal, **details: object) -> LineDraft:
    """A line of this amount on the credit side; a negative amount goes to the other side, positive. The base
    of a tax (`vat_base`) is given on the same side."""
    line = _line(account, analytic_id, -amount, details)
    return replace(line, vat_base=None if line.vat_base is None else -line.vat_base)


def _line(account: str, analytic_id: int, signed: Decimal, details: dict[str, object]) -> LineDraft:
    line = LineDraft(account, analytic_id, **details)  # type: ignore[arg-type]
    return replace(line, debit=max(signed, ZERO), credit=max(-signed, ZERO))


def merged(lines: Iterable[LineDraft]) -> tuple[LineDraft, ...]:
    """Adds the lines that say the same thing (account, section, rate, date, party, cost); none of zero."""
    sums: dict[LineDraft, Decimal] = {}
    bases: dict[LineDraft, Decimal] = {}
    for line in lines:
        key = replace(line, debit=ZERO, credit=ZERO, vat_base=None)
        sums[key] = sums.get(key, ZERO) + line.signed
        if line.vat_base is not None:
            bases[key] = bases.get(key, ZERO) + line.vat_base
    return tuple(
        replace(key, debit=max(signed, ZERO), credit=max(-signed, ZERO), vat_base=bases.get(key))
        for key, signed in sums.items()
        if signed
    )


def total(lines: Iterable[LineDraft]) -> Decimal:
    """The amount of an entry: the sum of its debits."""
    return sum((line.debit for line in lines), ZERO)


def gaps(lines: Iterable[LineDraft]) -> dict[int, Decimal]:
    """Debit less credit of each analytic section that does not balance; empty when the entry is sound.

    An entry whose sections all balance balances as a whole.
    """
    sections: dict[int, Decimal] = {}
    for line in lines:
        sections[line.analytic_id] = sections.get(line.analytic_id, ZERO) + line.signed
    return {section: gap for section, gap in sections.items() if gap}


def has_valid_amounts(line: LineDraft) -> bool:
    """Positive, on one side only, without a fraction of a cent."""
    one_side = (line.debit > ZERO) != (line.credit > ZERO)
    positive = line.debit >= ZERO and line.credit >= ZERO
    return one_side and positive and not line.debit % CENT and not line.credit % CENT


def reversal(draft: EntryDraft, *, on: date, label: str) -> EntryDraft:
    """The entry that cancels this one: the same lines with their sides swapped."""
    return replace(draft, on=on, label=label, lines=tuple(line.swapped() for line in draft.lines))
