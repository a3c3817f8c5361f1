"""Deposit slips made through their services."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounting.models import BankAccount, DepositSlip
from accounting.selectors.accounts import section_of
from accounting.services.deposits import cancel_slip, credit_slip, deposit_slip, prepare_slip
from accounting.states.books import AccountRole
from accounting.states.reconciliation import DepositKind
from entrepreneurs.models import Activity
from people.models import User
from tests.factories.accounting_bank import make_bank_account
from tests.factories.accounting_lettering import third
from tests.factories.entrepreneurs import make_activity


def cheque(
    amount: str = "100.00", *, of: Activity | None = None, on: date | None = None, **details: Any
) -> int:
    """A cheque that waits on its account: the key of its entry."""
    section = section_of(of or make_activity())
    told = {"account": AccountRole.CHEQUES, "on": on or timezone.localdate(), "piece": "CHQ 7"} | details
    return third(section, amount, **told).entry_id


def slip(*entries: int, account: BankAccount | None = None, **changes: Any) -> DepositSlip:
    account = account or BankAccount.objects.first() or make_bank_account()
    said: dict[str, Any] = {
        "kind": DepositKind.CHEQUES,
        "on": timezone.localdate(),
        "form_key": uuid.uuid4(),
        "actor": None,
    } | changes
    return prepare_slip(entries or [cheque()], bank_account=account, **said)


def deposited(row: DepositSlip) -> DepositSlip:
    today = timezone.localdate()
    return deposit_slip(row, on=today, actor=None, today=today)


def credited(row: DepositSlip, *, actor: Any = None) -> DepositSlip:
    today = timezone.localdate()
    return credit_slip(deposited(row), on=today, actor=actor, today=today)


def reconciled_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """What the walk visits: a slip in every state, cheques still to deposit."""
    today = timezone.localdate()
    account = BankAccount.objects.first() or make_bank_account()
    made = [
        slip(cheque(amount, of=activity, on=today - timedelta(days=3)), account=account)
        for amount in ("110.00", "120.00", "130.00", "140.00")
    ]
    cheque("150.00", of=activity)
    taken = deposited(made[1])
    return {
        "slip": made[0],
        "slip_deposited": taken,
        "slip_credited": credited(made[2], actor=users["accountant"]),
        "slip_cancelled": cancel_slip(made[3], reason="Un chèque retrouvé", actor=users["accountant"]),
        "reconciled_account": account,
    }
