"""The bank and the books of one account on any date, and what stands between them (ACC-37)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from accounting.models import BankAccount, BankLine, BankMatchedLine, BankStatement, Entry, EntryLine
from cae.core.money import ZERO


@dataclass(frozen=True)
class HeldEntry:
    """An entry of the books of which the bank has seen nothing, or only a part: what it has not."""

    entry: Entry
    amount: Decimal


@dataclass(frozen=True)
class Reconciliation:
    """Books, plus what the bank has and we do not, less what we have and the bank does not, is the bank."""

    account: BankAccount
    on: date
    books: Decimal
    bank: Decimal
    # From when, and until when, statements tell of the bank; none without any.
    known_from: date | None
    known_until: date | None
    bank_only: list[BankLine]
    books_only: list[HeldEntry]

    @property
    def bank_only_total(self) -> Decimal:
        return sum((line.amount for line in self.bank_only), ZERO)

    @property
    def books_only_total(self) -> Decimal:
        return sum((one.amount for one in self.books_only), ZERO)

    @property
    def gap(self) -> Decimal:
        """What the lists leave: what the first statement began with, less what the books held then."""
        return self.bank - (self.books + self.bank_only_total - self.books_only_total)

    @property
    def is_before(self) -> bool:
        """The opening of the first statement is the balance of the eve, not that of older days."""
        return self.known_from is not None and self.on < self.known_from

    @property
    def is_known(self) -> bool:
        return self.known_until is not None and not self.is_before and self.on <= self.known_until


def reconciliation_on(account: BankAccount, on: date) -> Reconciliation:
    """How the two stand on a day, whatever was recorded since; a few queries."""
    statements = BankStatement.objects.filter(bank_account=account)
    first = statements.filter(previous=None).first()
    last = statements.order_by("-last_on", "-pk").first()
    lines = EntryLine.objects.filter(account=account.account_id, on__lte=on)
    moved = BankLine.objects.filter(bank_account=account, booked_on__lte=on)
    matched = _matched_whole(on).filter(match__line=OuterRef("pk"))
    return Reconciliation(
        account=account,
        on=on,
        books=_sum(lines),
        bank=(first.opening if first else ZERO) + moved.aggregate(sum=Sum("amount", default=ZERO))["sum"],
        known_from=first.first_on - timedelta(days=1) if first else None,
        known_until=last.last_on if last else None,
        bank_only=list(moved.filter(~Exists(matched)).order_by("booked_on", "pk")),
        books_only=_by_entry(_books_only(lines, first, on)),
    )


def _matched_whole(on: date) -> QuerySet[BankMatchedLine]:
    """Lines of live matches both sides of which had come by that day."""
    late = BankMatchedLine.objects.filter(match=OuterRef("match"), is_live=True, entry_line__on__gt=on)
    return BankMatchedLine.objects.filter(~Exists(late), is_live=True, match__line__booked_on__lte=on)


def _books_only(lines: QuerySet[EntryLine], first: BankStatement | None, on: date) -> Iterable[EntryLine]:
    """What the bank had not seen. What is older than its first statement and never matched was settled with
    the bank before: the opening of that statement stands for it."""
    rows = lines.filter(~Exists(_matched_whole(on).filter(entry_line=OuterRef("pk"))))
    if first is not None:
        live = BankMatchedLine.objects.filter(entry_line=OuterRef("pk"), is_live=True)
        rows = rows.filter(Q(on__gte=first.first_on) | Exists(live))
    return rows.select_related("entry__journal").order_by("on", "pk")


def _by_entry(lines: Iterable[EntryLine]) -> list[HeldEntry]:
    """A line of each section is one movement of the bank. An entry and the one that reverses it are none: the
    bank saw neither."""
    sums: dict[Entry, Decimal] = {}
    for line in lines:
        sums[line.entry] = sums.get(line.entry, ZERO) + line.debit - line.credit
    held = {entry.pk: entry for entry in sums}
    for entry in list(sums):
        undone = held.get(entry.reverses_id or 0)
        if undone in sums and entry in sums and not sums[undone] + sums[entry]:
            del sums[undone], sums[entry]
    return [HeldEntry(entry, amount) for entry, amount in sums.items() if amount]


def _sum(lines: QuerySet[EntryLine]) -> Decimal:
    total: Decimal = lines.aggregate(sum=Sum(F("debit") - F("credit"), default=ZERO))["sum"]
    return total
