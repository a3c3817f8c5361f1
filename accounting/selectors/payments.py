"""Orders to pay, what the cash of each section covers, lots and what the person who releases is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from accounting.calculations.payment_orders import Hold, Wanted, holds
from accounting.calculations.treasury.floors import above_floors
from accounting.models import AnalyticAccount, EntryLine, PaymentBatch, PaymentLine, PaymentOrder
from accounting.selectors.floors import floors_of
from accounting.states.books import AnalyticKind
from accounting.states.payments import BatchState, LineState, OrderState
from cae.core import permissions
from cae.core.facts import Source
from cae.core.money import ZERO
from cae.core.questions import Given

_READ = "accounting.view_payments"


def payment_orders() -> QuerySet[PaymentOrder]:
    """Every order with the section that pays it; whoever reads the books reads them all."""
    return PaymentOrder.objects.select_related("section")


def orders_waiting() -> QuerySet[PaymentOrder]:
    return payment_orders().filter(state=OrderState.PLANNED)


def orders_due(on: date | Given) -> QuerySet[PaymentOrder]:
    return orders_waiting().filter(due_on__lte=on)


def orders_rejected() -> QuerySet[PaymentOrder]:
    """What the bank refused: to be corrected here, or withdrawn where it was asked."""
    return payment_orders().filter(state=OrderState.REJECTED)


def holds_of(orders: Iterable[PaymentOrder], on: date) -> dict[int, Hold]:
    """Those of these orders that the cash of their section, above its floor, does not cover, by key."""
    rows = list(orders)
    sections = {row.section_id: row.section for row in rows}
    wanted = [
        Wanted(row.pk, row.section_id, row.amount, row.due_on, cleared=row.cleared_at is not None)
        for row in rows
    ]
    spendable = above_floors(cash_left(sections.values(), on), floors_of(sections.values(), on))
    return holds(wanted, spendable)


def orders_ready(on: date) -> QuerySet[PaymentOrder]:
    """What may leave on a day: waiting, and covered by the cash of its section."""
    return orders_waiting().exclude(pk__in=list(holds_of(orders_waiting(), on)))


def orders_held(on: date) -> QuerySet[PaymentOrder]:
    """What the cash of its section does not cover on a day, with what is left there (`left`)."""
    held = holds_of(orders_waiting(), on)
    rows = orders_waiting().filter(pk__in=list(held))
    money = DecimalField(max_digits=14, decimal_places=2)
    told = [When(pk=key, then=Value(hold.left, output_field=money)) for key, hold in held.items()]
    return rows.annotate(left=Case(*told, default=Value(ZERO), output_field=money))


def paying_sections() -> QuerySet[AnalyticAccount]:
    """The sections that an order was ever asked from."""
    rows = AnalyticAccount.objects.filter(Exists(PaymentOrder.objects.filter(section=OuterRef("pk"))))
    return rows.order_by("kind", "sort_label")


def cash_left(sections: Iterable[AnalyticAccount], on: date) -> dict[int, Decimal]:
    """Cash of each section on a day, less what is on its way to the bank; shared services have no limit."""
    keys = [section.pk for section in sections if section.kind != AnalyticKind.SHARED]
    cash = _sums(
        EntryLine.objects.filter(analytic__among=keys, on__lte=on, account__number__startswith="5"),
        "analytic",
        F("debit") - F("credit"),
    )
    going = _sums(
        PaymentOrder.objects.filter(section__among=keys, state=OrderState.BATCHED), "section", F("amount")
    )
    return {key: cash.get(key, ZERO) - going.get(key, ZERO) for key in keys}


def _sums(rows: QuerySet[Any], name: str, amount: Any) -> dict[int, Decimal]:
    return dict(rows.order_by().values(name).annotate(sum=Sum(amount)).values_list(name, "sum"))


def payment_batches() -> QuerySet[PaymentBatch]:
    people = ("prepared_by__person", "released_by__person")
    return PaymentBatch.objects.select_related(*people, "document", "signature")


def batches_to_release(user_id: Any) -> QuerySet[PaymentBatch]:
    """Lots that somebody else prepared."""
    return PaymentBatch.objects.filter(state=BatchState.PREPARED).exclude(prepared_by=user_id)


def batches_at_bank(on: date | Given) -> QuerySet[PaymentBatch]:
    """Lots whose day has come: what the bank did is to be noted."""
    return PaymentBatch.objects.filter(state=BatchState.RELEASED, execution_on__lte=on)


def lines_of_batch(batch: PaymentBatch) -> QuerySet[PaymentLine]:
    sight = ("order__section", "order__corrected_by__person", "order__cleared_by__person", "entry__journal")
    return PaymentLine.objects.filter(batch=batch).select_related(*sight).order_by("pk")


def sent_lines(batch: PaymentBatch) -> list[PaymentLine]:
    """What the file of a lot says, in its order: what has not left it."""
    return list(lines_of_batch(batch).exclude(state=LineState.DROPPED))


def fingerprint(batch: PaymentBatch, lines: Sequence[PaymentLine]) -> str:
    """Tells one content of a lot from any other: what somebody saw is what they sign."""
    facts = [batch.pk, batch.execution_on.isoformat(), batch.debtor_iban, str(batch.total)]
    rows = [[one.order_id, one.name, one.iban, one.bic, str(one.amount), one.label] for one in lines]
    return hashlib.sha256(json.dumps([facts, rows]).encode()).hexdigest()


def batches_paying(batches: QuerySet[PaymentBatch], text: str) -> QuerySet[PaymentBatch]:
    """Keeps the lots with a line whose beneficiary or text holds each word."""
    for word in text.split():
        said = Q(name__unaccent__icontains=word) | Q(label__unaccent__icontains=word)
        batches = batches.filter(Exists(PaymentLine.objects.filter(said, batch=OuterRef("pk"))))
    return batches


def order_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each order that an act is about, for who reads payments."""
    rows = PaymentOrder.objects.filter(pk__in=keys) if permissions.can(user, _READ) else ()
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def batch_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each lot that a file or an act is about, for who reads payments."""
    rows = PaymentBatch.objects.filter(pk__in=keys) if permissions.can(user, _READ) else ()
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def lines_of_order(order: PaymentOrder) -> QuerySet[PaymentLine]:
    """The lots that an order was in, the latest first."""
    return PaymentLine.objects.filter(order=order).select_related("batch", "entry__journal").order_by("-pk")


def orders_saying(orders: QuerySet[PaymentOrder], text: str) -> QuerySet[PaymentOrder]:
    """Keeps the orders whose beneficiary or text holds each word, or whose IBAN ends with it."""
    for word in text.split():
        said = Q(name__unaccent__icontains=word) | Q(label__unaccent__icontains=word)
        orders = orders.filter(said | Q(iban__endswith=word.upper()))
    return orders
