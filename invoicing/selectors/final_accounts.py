"""The account of a work on a day: what was agreed, what was invoiced part by part, what is held and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cae.core.identity import cooperative_on
from cae.core.models import Cooperative
from cae.core.money import ZERO
from invoicing.calculations.progress import WorkLine
from invoicing.models import Invoice, Quote, QuoteLine
from invoicing.selectors.parts import MadePart, Work, work_of


@dataclass(frozen=True)
class AccountLine:
    line: QuoteLine
    work: WorkLine


@dataclass(frozen=True)
class AccountPart:
    """A document with what was received on it and what the customer keeps."""

    part: MadePart
    paid: Decimal
    held: Decimal
    due: Decimal

    @property
    def invoice(self) -> Invoice:
        return self.part.invoice


@dataclass(frozen=True)
class Account:
    quote: Quote
    cooperative: Cooperative
    on: date
    work: Work
    lines: tuple[AccountLine, ...]
    parts: tuple[AccountPart, ...]

    @property
    def paid(self) -> Decimal:
        return sum((one.paid for one in self.parts), ZERO)

    @property
    def held(self) -> Decimal:
        return sum((one.held for one in self.parts), ZERO)

    @property
    def due(self) -> Decimal:
        return sum((one.due for one in self.parts), ZERO)

    @property
    def invoiced(self) -> Decimal:
        return sum((one.part.gross for one in self.parts), ZERO)

    @property
    def is_final(self) -> bool:
        """Nothing is left to invoice."""
        return not self.work.left


def account_of(quote: Quote, *, on: date) -> Account:
    """Where the work stands: its issued documents alone."""
    work = work_of(quote)
    prepared = work.prepared
    if prepared is not None:
        work = work_of(quote, without=prepared)
    keys = [part.invoice.pk for part in work.parts]
    rows = Invoice.objects.filter(pk__in=keys).select_related("balance").in_bulk()
    parts = []
    for part in work.parts:
        found = rows[part.invoice.pk].balance
        parts.append(AccountPart(part, found.paid, found.held, found.due))
    lines = tuple(AccountLine(line, work.work_lines[line.pk]) for line in work.lines)
    return Account(quote, cooperative_on(on), on, work, lines, tuple(parts))
