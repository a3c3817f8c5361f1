"""Deposits that a line of the bank brings, and that its undoing takes back (COW-11, ACC-36)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.events import LinesSettled, LinesTakenBack
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import money
from coworking.models import Deposit
from coworking.selectors.held_money import DEPOSIT
from coworking.services.deposits import receive_deposit, take_back_deposit
from coworking.states.members import DepositState
from invoicing.states.sales import PaymentMode


@transaction.atomic
def settle_deposits(event: LinesSettled) -> None:
    """Does: receives each deposit that the line brings, by transfer. Refuses: one no longer asked, a part of
    one, a closed month. Leaves behind: deposits received, the entries told to the event."""
    for key, amount in event.shares:
        kind, _sep, written = key.partition(":")
        if kind != DEPOSIT:
            continue
        row = Deposit.objects.select_for_update(of=("self",)).filter(pk=int(written)).first()
        if row is None or row.state != DepositState.ASKED:
            raise Refused(
                Code.ALREADY_DONE, _("Ce dépôt n’est plus attendu : quelqu’un vient de s’en occuper.")
            )
        if amount != row.amount:
            raise Refused(
                Code.AMOUNT_INVALID,
                _("Ce dépôt se reçoit en entier : %(amount)s.") % {"amount": money(row.amount)},
            )
        row = receive_deposit(row, on=event.on, mode=PaymentMode.TRANSFER, actor=event.actor)
        event.entries.append(row.entry)


@transaction.atomic
def take_deposits_back(event: LinesTakenBack) -> None:
    """Does: takes back the deposits that a matching had received. Refuses: one given back or kept since, a
    closed month. Leaves behind: deposits asked again, entries reversed."""
    for row in Deposit.objects.filter(entry__in=[entry.pk for entry in event.entries]).order_by("pk"):
        take_back_deposit(row, on=event.on, reason=event.reason[:150], actor=event.actor)
