"""Deposits that a place holds, and what the bank may match of them (COW-07, COW-11, ACC-36)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.matching.items import Item, ItemKind
from accounting.models import Account, BankMatchedLine
from accounting.selectors.deposits import Deposable
from accounting.states.books import AccountRole
from accounting.states.reconciliation import DepositKind
from cae.core.money import ZERO
from coworking.models import AccessLoan, Deposit, Member, Place
from coworking.states.members import DepositState
from coworking.states.places import LoanState
from invoicing.states.sales import PaymentMode

DEPOSIT = "deposit"
_MODES = {DepositKind.CHEQUES: PaymentMode.CHEQUE, DepositKind.CASH: PaymentMode.CASH}


@dataclass(frozen=True)
class DepositHeld:
    """One deposit that is still somebody’s: what for, whose, how much, where it is read."""

    label: str
    who: str
    amount: Decimal
    url: str
    is_posted: bool
    # Kept for something that is not invoiced yet.
    is_kept: bool


def deposits_of(place: Place, member: Member | None = None) -> list[DepositHeld]:
    """What a place holds, of everybody or of one member, what is kept and not yet invoiced too."""
    whose = Q(subscription__member__place=place)
    lent = Q(item__place=place)
    if member is not None:
        whose, lent = whose & Q(subscription__member=member), lent & Q(person=member.person_id)
    held = Q(state=DepositState.RECEIVED) | Q(state=DepositState.KEPT, charge__isnull=False, receipt=None)
    rows = Deposit.objects.filter(whose, held).select_related(
        "subscription__plan", "subscription__member__person", "subscription__member__place"
    )
    out = Q(state=LoanState.LENT, deposit__gt=0) | Q(charge__isnull=False, receipt=None)
    loans = AccessLoan.objects.filter(lent, out).select_related("item", "person")
    found = [
        DepositHeld(
            str(row.subscription.plan),
            str(row.subscription.member.person),
            row.amount,
            row.get_absolute_url(),
            row.is_posted,
            row.waits_for_its_invoice,
        )
        for row in rows.order_by("pk")
    ]
    found += [
        DepositHeld(
            str(loan.item),
            str(loan.person),
            loan.kept if loan.waits_for_its_invoice else loan.deposit,
            loan.get_absolute_url(),
            loan.is_posted,
            loan.waits_for_its_invoice,
        )
        for loan in loans.order_by("pk")
    ]
    return sorted(found, key=lambda one: (one.who.casefold(), one.label))


def total_of(held: list[DepositHeld]) -> Decimal:
    return sum((one.amount for one in held), ZERO)


def account_of_deposits() -> str:
    """The address of the lines of 165; nothing when no account plays that part."""
    account = Account.objects.filter(role=AccountRole.DEPOSIT_RECEIVED).first()
    if account is None:
        return ""
    return reverse("accounting:general_ledger") + "?" + urlencode({"compte": account.pk})


def asked_for_bank(_on: date) -> Iterator[Item]:
    """Deposits asked by places that sell: a line of the bank may bring one."""
    rows = Deposit.objects.filter(
        state=DepositState.ASKED, subscription__member__place__activity__isnull=False
    ).select_related("subscription__plan", "subscription__member__person", "subscription__payer__customer")
    for row in rows.order_by("pk"):
        yield Item(
            key=f"{DEPOSIT}:{row.pk}",
            kind=ItemKind.DUE,
            label=_("Dépôt de garantie %(number)s · %(who)s") % {"number": row.number, "who": row.party},
            amount=row.amount,
            party=row.party,
            due_on=timezone.localdate(row.state_since),
            numbers=(row.number,),
        )


def _posted(mode: str) -> Iterator[tuple[Any, date, Decimal]]:
    seen = BankMatchedLine.objects.filter(entry_line__entry=OuterRef("entry"), is_live=True)
    deposits: QuerySet[Deposit] = Deposit.objects.filter(~Exists(seen), mode=mode, entry__isnull=False)
    for row in deposits.select_related("subscription__member__person", "subscription__payer__customer"):
        yield row, row.received_on or date.min, row.amount
    loans = AccessLoan.objects.filter(~Exists(seen), mode=mode, entry__isnull=False)
    for loan in loans.select_related("person"):
        yield loan, loan.lent_on, loan.deposit


def deposits_to_bank(kind: str, on: date) -> Iterator[Deposable]:
    """Cheques and cash received as deposits that no statement of the bank shows."""
    for row, since, amount in _posted(_MODES[DepositKind(kind)]):
        if since <= on:
            yield Deposable(row.entry_id, since, row.party, row.number, amount)


def brought_to_bank(entries: Collection[int]) -> dict[int, str]:
    """Of these entries, those of deposits brought to the bank by hand, and how."""
    modes = list(_MODES.values())
    found: dict[int, str] = {}
    for model in (Deposit, AccessLoan):
        rows = model._default_manager.filter(entry__in=entries, mode__in=modes)
        found |= dict(rows.values_list("entry", "mode"))
    return found
