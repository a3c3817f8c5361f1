"""Payments in the demonstration: accounts given and confirmed, then lots in each state of what claims and
purchases asked for."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from schwifty import IBAN

from accounting.calculations.payment_orders import next_transfer_day
from accounting.models import PaymentBatch, PaymentOrder
from accounting.selectors.payments import fingerprint, orders_due, orders_ready, sent_lines
from accounting.services.payment_batches import prepare_batch, reject_payment, release_batch, settle_batch
from accounting.services.payment_orders import clear_hold
from cae.core.signing import Hand, Origin
from cae.demonstration.loading.people import Population
from people.models import User
from people.selectors import held_kinds
from people.services.banks import confirm_bank, propose_bank
from people.states import RoleKind

# Bank 99999 exists nowhere; keys are right.
_BANK, _BRANCH, _FIRST = "99999", "00001", 500
PAID_KINDS = {RoleKind.ENTREPRENEUR, RoleKind.PROJECT_HOLDER}
# Of a lot that waits for its release: enough to be read, few enough that others are left to prepare.
_IN_SECOND_LOT = 3


def give_banks(population: Population) -> None:
    """Each entrepreneur says where they are paid; one of them has just changed banks."""
    accountant = population.accounts["accountant"]
    paid = [user for user in population.accounts.values() if PAID_KINDS & held_kinds(user)]
    for rank, user in enumerate(paid):
        _give(user, _FIRST + rank, accountant)
    if paid:
        _give(paid[-1], _FIRST + len(paid), None)


def _give(user: User, number: int, checker: User | None) -> None:
    if user.person is None:
        return
    iban = str(IBAN.generate("FR", bank_code=_BANK, branch_code=_BRANCH, account_code=f"{number:011d}"))
    bank = propose_bank(user.person, holder=user.person.full_name, iban=iban, actor=user)
    if checker is not None:
        confirm_bank(bank, actor=checker)


def pay_by_transfer(population: Population, *, today: date, now: datetime) -> None:
    """Half of what is due is paid, one order of it came back; a lot waits for its release, the rest waits."""
    _let_one_go(population.accounts["accountant"], today)
    ready = list(orders_ready(today).filter(due_on__lte=today))
    half = (len(ready) + 1) // 2
    paid, following = ready[:half], ready[half : half + _IN_SECOND_LOT]
    if paid:
        _pay(population, paid, today=today, now=now)
    if following:
        _prepare(population, following, today)


def _let_one_go(accountant: User, today: date) -> None:
    """The smallest of what is held leaves all the same."""
    ready = set(orders_ready(today).values_list("pk", flat=True))
    held = [order for order in orders_due(today).order_by("amount", "pk") if order.pk not in ready]
    if len(held) > 1:
        clear_hold(held[0], reason="Encaissement annoncé pour demain par le client", actor=accountant)


def _pay(population: Population, orders: list[PaymentOrder], *, today: date, now: datetime) -> None:
    manager, accountant = population.accounts["manager"], population.accounts["accountant"]
    batch = _prepare(population, orders, today)
    name = manager.get_full_name()
    batch = release_batch(
        batch,
        shown=fingerprint(batch, sent_lines(batch)),
        hand=Hand(name, typed=name),
        origin=Origin(),
        at=now,
        actor=manager,
    )
    if len(orders) > 1:
        reject_payment(orders[-1], reason="AC04 : compte clos", actor=accountant)
    settle_batch(batch, on=today, actor=accountant, today=today)


def _prepare(population: Population, orders: list[PaymentOrder], today: date) -> PaymentBatch:
    return prepare_batch(
        [order.pk for order in orders],
        execution_on=next_transfer_day(today),
        form_key=uuid.uuid4(),
        actor=population.accounts["accountant"],
        today=today,
    )
