"""Payments in every state, made through the services."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.payment_orders import Beneficiary, next_transfer_day
from accounting.models import AnalyticAccount, PaymentBatch, PaymentOrder
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.payments import fingerprint, sent_lines
from accounting.services.payment_batches import prepare_batch, reject_payment, release_batch
from accounting.services.payment_orders import plan_payment
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole
from cae.core.signing import Hand, Origin
from entrepreneurs.models import Activity
from people.models import User
from people.services.banks import propose_bank
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person, make_user

# A Friday, and the moment at which the lots of tests are released.
TODAY = date(2026, 3, 6)
NOW = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
# Both from the examples of their register: banks answer to neither.
IBAN, OTHER_IBAN = "FR7630006000011234567890189", "DE89370400440532013000"


def make_cash(section: AnalyticAccount, amount: str, *, on: date = date(2026, 1, 5)) -> None:
    """Money at the bank for this section."""
    lines = (
        debit(AccountRole.BANK, section.pk, Decimal(amount)),
        credit(AccountRole.CUSTOMER, section.pk, Decimal(amount)),
    )
    with transaction.atomic():
        post_entry(EntryDraft("BQ", on, "Encaissement", lines), actor=None, source=None)


def make_order(
    amount: str = "120.50", *, section: AnalyticAccount | None = None, source: Any = None, **changes: Any
) -> PaymentOrder:
    """An order to pay a person, by the shared services unless said otherwise."""
    source = source or make_person()
    to = Beneficiary(changes.pop("name", "Zoé Dupré"), changes.pop("iban", IBAN), changes.pop("bic", ""))
    facts = {"account": AccountRole.CLAIMANT, "label": "Note de frais de février", "due_on": TODAY}
    return plan_payment(
        to,
        amount=Decimal(amount),
        section=section or shared_section(),
        source=source,
        actor=changes.pop("actor", None),
        **(facts | changes),
    )


def make_batch(*orders: PaymentOrder, actor: User | None = None, on: date = TODAY) -> PaymentBatch:
    """A lot of these orders, prepared by an accountant."""
    make_cooperative()
    return prepare_batch(
        [order.pk for order in orders],
        execution_on=on,
        form_key=uuid.uuid4(),
        actor=actor or make_user(RoleKind.ACCOUNTANT),
        today=TODAY,
    )


def release(batch: PaymentBatch, *, actor: User | None = None, **changes: Any) -> PaymentBatch:
    """The lot as it is once a co-manager released it."""
    facts = {
        "shown": changes.get("shown") or fingerprint(batch, sent_lines(batch)),
        "hand": Hand("Nadia Morel", "cogérante", typed="Nadia Morel"),
        "origin": Origin(),
        "at": NOW,
    } | changes
    return release_batch(batch, actor=actor or make_user(RoleKind.CO_MANAGER), **facts)


def paid_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """Payments of the house in every state, and bank details that wait, by name."""
    today, accountant = timezone.localdate(), users["accountant"]
    planned, kept, sent, rejected = (
        make_order(amount, due_on=today) for amount in ("120.50", "64.00", "18.90", "240.00")
    )
    held = make_order("90000.00", section=section_of(activity), due_on=today)
    released, prepared = (
        prepare_batch(
            [order.pk for order in orders],
            execution_on=next_transfer_day(today),
            form_key=uuid.uuid4(),
            actor=accountant,
            today=today,
        )
        for orders in ([sent, rejected], [kept])
    )
    release(released, actor=users["co_manager"], at=timezone.now())
    reject_payment(rejected, reason="AC04 compte clos", actor=accountant)
    seller = users["seller"]
    assert seller.person is not None
    return {
        "planned_payment": planned,
        "held_payment": held,
        "sent_payment": sent,
        "rejected_payment": rejected,
        "prepared_batch": prepared,
        "released_batch": released,
        "given_bank": propose_bank(seller.person, holder="Claire Lenoir", iban=IBAN, actor=seller),
    }


def as_stored(row: models.Model) -> dict[str, Any]:
    """Every column of a row, as the database has it now."""
    return type(row)._base_manager.filter(pk=row.pk).values().get()
