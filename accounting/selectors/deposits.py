"""What may be taken to the bank, and the slips made of it (ACC-38)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounting.models import Account, BankLine, DepositItem, DepositSlip, EntryLine
from accounting.models.sight import sees_all_books
from accounting.selectors.lettering import OpenLine, open_lines
from accounting.states.bank import BankLineState
from accounting.states.books import AccountRole
from accounting.states.reconciliation import DepositKind
from cae.core.facts import Source
from cae.core.money import ZERO

# Where money waits until its slip is credited; nothing there when receipts are posted at the bank at once.
WAITING = {DepositKind.CHEQUES: AccountRole.CHEQUES, DepositKind.CASH: AccountRole.CASH_BOX}


@dataclass(frozen=True, slots=True)
class Deposable:
    """A receipt by cheque or in cash that no slip holds: its entry, who gave it, its number."""

    entry: int
    on: date
    drawer: str
    reference: str
    amount: Decimal


# Of a kind, on a day: what a room recorded.
DeposableProvider = Callable[[str, date], Iterable[Deposable]]
_providers: list[DeposableProvider] = []


def provide_deposables(provider: DeposableProvider) -> None:
    """Registers the receipts of a room, once."""
    if provider not in _providers:
        _providers.append(provider)


def deposables(kind: str, on: date) -> list[Deposable]:
    """What may go into a slip, the oldest first: receipts that rooms recorded, then what waits on the account
    of cheques or of cash; never what a slip holds already."""
    found = {one.entry: one for provider in _providers for one in provider(kind, on)}
    for one in _waiting(kind, on):
        found.setdefault(one.entry, one)
    held = set(
        DepositItem.objects.filter(entry__in=found, is_live=True).order_by().values_list("entry", flat=True)
    )
    free = [one for key, one in found.items() if key not in held]
    return sorted(free, key=lambda one: (one.on, one.entry))


def _waiting(kind: str, on: date) -> list[Deposable]:
    sums: dict[int, Decimal] = {}
    entries: dict[int, EntryLine] = {}
    for one in _open_on_waiting(kind, on):
        sums[one.line.entry_id] = sums.get(one.line.entry_id, ZERO) + one.left
        entries.setdefault(one.line.entry_id, one.line)
    return [
        Deposable(key, line.on, line.party or line.entry.label, line.entry.piece, sums[key])
        for key, line in entries.items()
        if sums[key] > ZERO
    ]


def _open_on_waiting(kind: str, on: date) -> list[OpenLine]:
    account = Account.objects.filter(role=WAITING[DepositKind(kind)]).first()
    return open_lines(on=on, account=account) if account is not None else []


def waiting_lines(slip: DepositSlip) -> list[OpenLine]:
    """The lines of a slip on the account where its money waits, with what nothing answers yet of each,
    whatever the day: a cheque that came back unpaid is answered by its reversal."""
    held = set(slip.items.filter(is_live=True).values_list("entry", flat=True))
    return [one for one in _open_on_waiting(slip.kind, date.max) if one.line.entry_id in held]


def deposit_slips() -> QuerySet[DepositSlip]:
    return DepositSlip.objects.select_related("bank_account", "prepared_by")


def items_of(slip: DepositSlip) -> list[DepositItem]:
    return list(slip.items.select_related("entry__journal").order_by("pk"))


def bank_lines_like(slip: DepositSlip) -> list[BankLine]:
    """Movements of the account that may be this slip: its total, not before it was taken there."""
    if slip.deposited_on is None:
        return []
    rows = BankLine.objects.filter(
        bank_account=slip.bank_account, amount=slip.total, booked_on__gte=slip.deposited_on
    )
    return list(rows.filter(state=BankLineState.TO_MATCH).order_by("booked_on", "pk")[:5])


def slip_of_entries(entries: Collection[int]) -> dict[int, str]:
    """The slip that holds each of these entries: what the bank credits at once."""
    rows = DepositItem.objects.filter(entry__in=entries, is_live=True).order_by()
    return dict(rows.values_list("entry", "slip__number"))


def slip_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each slip that an act or a file is about, for those who read the books."""
    if not sees_all_books(user):
        return {}
    return {
        str(row.pk): Source(row.number, row.get_absolute_url()) for row in deposit_slips().filter(pk__in=keys)
    }
