"""Payments: planned, prepared, released by another, settled or rejected, withdrawn (INV-57)."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from accounting.calculations.payment_orders import Beneficiary
from accounting.events import PaymentSettled
from accounting.models import Entry, PaymentBatch, PaymentLine
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.payments import fingerprint, sent_lines
from accounting.services.payment_batches import (
    cancel_batch,
    prepare_batch,
    reject_payment,
    settle_batch,
    settle_payment,
)
from accounting.services.payment_orders import correct_payment, withdraw_payment
from accounting.states.books import AccountRole
from accounting.states.payments import BatchState, LineState, OrderState
from cae.core import events
from cae.core.documents import read_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Notice
from people.states import RoleKind
from tests.accounting.paying import refused
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.payments import (
    IBAN,
    NOW,
    OTHER_IBAN,
    TODAY,
    as_stored,
    make_batch,
    make_cash,
    make_order,
    release,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

_NAMES = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


# Lots


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TODAY - timedelta(days=1), Code.DATE_INVALID),
        (date(2026, 3, 8), Code.DATE_INVALID),
        (date(2026, 4, 3), Code.DATE_INVALID),
    ],
)
def test_a_lot_leaves_on_a_day_to_come_on_which_banks_work(day: date, code: Code) -> None:
    order, user = make_order(), make_user(RoleKind.ACCOUNTANT)
    make_cooperative()
    refused(
        code,
        lambda: prepare_batch([order.pk], execution_on=day, form_key=uuid.uuid4(), actor=user, today=TODAY),
        field="execution_on",
    )


def test_a_lot_holds_something_that_waits_and_each_order_once() -> None:
    user = make_user(RoleKind.ACCOUNTANT)
    order = make_order()
    make_cooperative()
    batch = make_batch(order)
    for keys, code in (([], Code.VALUE_MISSING), ([order.pk], Code.ILLEGAL_MOVE), ([0], Code.ILLEGAL_MOVE)):
        refused(
            code,
            lambda keys=keys: prepare_batch(
                keys, execution_on=TODAY, form_key=uuid.uuid4(), actor=user, today=TODAY
            ),
            field="orders",
        )  # type: ignore[misc]
    assert as_stored(order)["state"] == OrderState.BATCHED
    other = PaymentBatch.objects.create(
        execution_on=TODAY, total=1, count=1, debtor_name="A", debtor_iban=IBAN, prepared_by=user
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentLine.objects.create(batch=other, order=order, name="A", iban=IBAN, amount=1, label="B")
    assert batch.lines.count() == 1


def test_the_same_form_sent_twice_makes_one_lot() -> None:
    order, user, key = make_order(), make_user(RoleKind.ACCOUNTANT), uuid.uuid4()
    make_cooperative()
    facts = {"execution_on": TODAY, "form_key": key, "actor": user, "today": TODAY}
    first = prepare_batch([order.pk], **facts)  # type: ignore[arg-type]
    assert prepare_batch([order.pk], **facts) == first  # type: ignore[arg-type]
    assert PaymentBatch.objects.count() == 1


def test_a_cooperative_whose_own_iban_is_wrong_sends_nothing() -> None:
    order = make_order()
    make_cooperative(iban="FR7630006000011234567890188")
    refusal = refused(Code.VALUE_INVALID, lambda: make_batch(order))
    assert "de la coopérative" in str(refusal)


def test_a_lot_given_up_gives_its_orders_back() -> None:
    order, user = make_order(), make_user(RoleKind.ACCOUNTANT)
    batch = make_batch(order)
    refused(Code.VALUE_MISSING, lambda: cancel_batch(batch, reason="", actor=user), field="reason")
    cancelled = cancel_batch(batch, reason="une erreur de date", actor=user)
    assert (cancelled.state, cancelled.cancel_reason) == (BatchState.CANCELLED, "une erreur de date")
    assert as_stored(order)["state"] == OrderState.PLANNED
    refused(Code.ILLEGAL_MOVE, lambda: release(batch))
    assert make_batch(order).count == 1


# Release


def test_another_person_releases_and_the_file_says_what_they_saw() -> None:
    orders = make_order("120.50"), make_order("0.01", iban=OTHER_IBAN, name="Werkstatt & Söhne")
    manager = make_user(RoleKind.CO_MANAGER)
    batch = release(make_batch(*orders), actor=manager)
    assert (batch.state, batch.released_by, batch.total) == (BatchState.RELEASED, manager, Decimal("120.51"))
    assert batch.document is not None
    assert batch.signature is not None
    content = read_document(batch.document)
    assert batch.document.sha256 == hashlib.sha256(content).hexdigest()
    root = etree.fromstring(content)
    said = lambda path: root.xpath(f"//p:{path}/text()", namespaces=_NAMES)  # noqa: E731
    assert said("GrpHdr/p:MsgId") == [batch.reference]
    assert said("GrpHdr/p:CtrlSum") == ["120.51"]
    assert said("Cdtr/p:Nm") == ["Zoe Dupre", "Werkstatt + Sohne"]
    assert said("CdtrAcct/p:Id/p:IBAN") == [IBAN, OTHER_IBAN]
    assert said("PmtId/p:EndToEndId") == [order.reference for order in orders]
    assert batch.signature.content_sha256 == fingerprint(batch, sent_lines(batch))


def test_who_prepared_a_lot_does_not_release_it() -> None:
    both = make_user(RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER)
    batch = make_batch(make_order(), actor=both)
    refused(Code.NOT_ALLOWED, lambda: release(batch, actor=both))
    sent = release(batch)
    with pytest.raises(IntegrityError, match="payment_batch_two_people"), transaction.atomic():
        PaymentBatch.objects.create(
            execution_on=TODAY,
            state=BatchState.RELEASED,
            total=1,
            count=1,
            debtor_name="A",
            debtor_iban=IBAN,
            prepared_by=both,
            released_by=both,
            released_at=NOW,
            signature=sent.signature,
            document=sent.document,
        )


def test_a_lot_that_changed_since_it_was_read_is_not_released() -> None:
    kept, gone = make_order("10.00"), make_order("20.00")
    batch = make_batch(kept, gone)
    shown = fingerprint(batch, sent_lines(batch))
    withdraw_payment(gone, reason="la facture est contestée", actor=None)
    refused(Code.STALE_FORM, lambda: release(batch, shown=shown))
    batch.refresh_from_db()
    assert (batch.total, batch.count) == (Decimal("10.00"), 1)
    assert release(batch).state == BatchState.RELEASED


def test_a_day_that_passed_before_the_release_asks_for_another_lot() -> None:
    batch = make_batch(make_order())
    refused(Code.DATE_INVALID, lambda: release(batch, at=NOW + timedelta(days=3)))


def test_a_lot_is_released_once_and_then_changes_no_more() -> None:
    batch = release(make_batch(make_order()))
    refused(Code.ILLEGAL_MOVE, lambda: release(batch))
    refused(Code.ILLEGAL_MOVE, lambda: cancel_batch(batch, reason="trop tard", actor=None))
    for change in ({"total": 1}, {"released_by": batch.prepared_by}, {"document": None}):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            PaymentBatch.objects.filter(pk=batch.pk).update(**change)


def test_who_may_release_is_told_and_who_prepared_too_in_the_end() -> None:
    manager, preparer = make_user(RoleKind.CO_MANAGER), make_user(RoleKind.ACCOUNTANT)
    batch = make_batch(make_order(), actor=preparer)
    told = Notice.objects.filter(kind="accounting.batch_to_release")
    assert list(told.values_list("user", "read_at")) == [(manager.pk, None)]
    release(batch, actor=manager)
    assert told.filter(read_at=None).count() == 0
    assert Notice.objects.filter(kind="accounting.batch_released", user=preparer).count() == 1


# What the bank did


@pytest.fixture
def heard() -> list[PaymentSettled]:
    """Everything announced during the test, beside the reactions of the rooms."""
    found: list[PaymentSettled] = []
    events.subscribe(PaymentSettled, found.append)
    yield found  # type: ignore[misc]
    events._subscribers[PaymentSettled].remove(found.append)


def test_a_lot_executed_posts_an_entry_an_order_in_its_section(heard: list[PaymentSettled]) -> None:
    section = section_of(make_activity())
    make_cash(section, "500.00")
    mine, common = make_order("40.00", section=section), make_order("7.30", account=AccountRole.SUPPLIER)
    batch = release(make_batch(mine, common))
    done = settle_batch(batch, on=TODAY, actor=None, today=TODAY)
    assert done.state == BatchState.DONE
    lines = [
        (line.account.number, line.analytic_id, line.debit, line.credit)
        for entry in Entry.objects.filter(journal__code="BQ", piece__startswith="ORD-").order_by("pk")
        for line in entry.lines.select_related("account").order_by("position")
    ]
    shared = shared_section().pk
    assert lines == [
        ("425000", section.pk, Decimal("40.00"), Decimal("0.00")),
        ("512000", section.pk, Decimal("0.00"), Decimal("40.00")),
        ("401000", shared, Decimal("7.30"), Decimal("0.00")),
        ("512000", shared, Decimal("0.00"), Decimal("7.30")),
    ]
    assert [(event.order.pk, event.order.state, event.on) for event in heard] == [
        (mine.pk, OrderState.SETTLED, TODAY),
        (common.pk, OrderState.SETTLED, TODAY),
    ]
    refused(Code.ILLEGAL_MOVE, lambda: settle_batch(batch, on=TODAY, actor=None, today=TODAY))
    refused(Code.ILLEGAL_MOVE, lambda: settle_payment(mine, on=TODAY, actor=None, today=TODAY))
    refused(Code.ILLEGAL_MOVE, lambda: withdraw_payment(mine, reason="trop tard", actor=None))


def test_a_reaction_that_refuses_leaves_nothing_paid() -> None:
    batch = release(make_batch(make_order(), make_order()))

    def refuse(_event: PaymentSettled) -> None:
        raise Refused(Code.ILLEGAL_MOVE, "non")

    events.subscribe(PaymentSettled, refuse)
    try:
        refused(Code.ILLEGAL_MOVE, lambda: settle_batch(batch, on=TODAY, actor=None, today=TODAY))
    finally:
        events._subscribers[PaymentSettled].remove(refuse)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=1)])
def test_a_payment_is_noted_on_a_day_on_which_the_bank_could_make_it(day: date) -> None:
    batch = release(make_batch(make_order()))
    refused(Code.DATE_INVALID, lambda: settle_batch(batch, on=day, actor=None, today=TODAY), field="on")


def test_a_lot_not_released_is_not_executed() -> None:
    order = make_order()
    batch = make_batch(order)
    refused(Code.ILLEGAL_MOVE, lambda: settle_batch(batch, on=TODAY, actor=None, today=TODAY))
    refused(Code.ILLEGAL_MOVE, lambda: settle_payment(order, on=TODAY, actor=None, today=TODAY))
    refused(Code.ILLEGAL_MOVE, lambda: reject_payment(order, reason="compte clos", actor=None))


def test_an_order_the_bank_rejects_is_corrected_and_leaves_again_by_another_hand() -> None:
    paid, rejected = make_order("10.00"), make_order("20.00")
    batch = release(make_batch(paid, rejected))
    refused(Code.VALUE_MISSING, lambda: reject_payment(rejected, reason="", actor=None), field="reason")
    reject_payment(rejected, reason="AC04 compte clos", actor=None)
    batch.refresh_from_db()
    assert batch.state == BatchState.RELEASED
    settle_payment(paid, on=TODAY, actor=None, today=TODAY)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert list(batch.lines.values_list("state", "reason")) == [
        (LineState.SETTLED, ""),
        (LineState.REJECTED, "AC04 compte clos"),
    ]
    manager = make_user(RoleKind.CO_MANAGER)
    refused(
        Code.VALUE_INVALID,
        lambda: correct_payment(rejected, to=Beneficiary("Zoé", "FR76"), actor=manager),
        field="iban",
    )
    fixed = correct_payment(rejected, to=Beneficiary("Zoé Dupré", OTHER_IBAN), actor=manager)
    assert (fixed.state, fixed.iban, fixed.bic) == (OrderState.PLANNED, OTHER_IBAN, "COBADEFFXXX")
    again = make_batch(fixed)
    refused(Code.NOT_ALLOWED, lambda: release(again, actor=manager))
    assert release(again).total == Decimal("20.00")
    # The line of the first lot still says where it had been sent.
    assert batch.lines.get(order=rejected).iban == IBAN


def test_a_lot_all_rejected_is_over() -> None:
    order = make_order()
    batch = release(make_batch(order))
    reject_payment(order, reason="solde insuffisant", actor=None)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert Entry.objects.filter(piece=order.reference).count() == 0
    assert withdraw_payment(order, reason="payé par chèque", actor=None).state == OrderState.WITHDRAWN


# Withdrawal


def test_a_payment_that_left_is_not_withdrawn() -> None:
    order = make_order()
    refused(Code.VALUE_MISSING, lambda: withdraw_payment(order, reason=" ", actor=None), field="reason")
    release(make_batch(order))
    refused(Code.ILLEGAL_MOVE, lambda: withdraw_payment(order, reason="trop tard", actor=None))


def test_a_lot_whose_last_order_is_withdrawn_is_cancelled() -> None:
    order, user = make_order(), make_user(RoleKind.ACCOUNTANT)
    batch = make_batch(order)
    withdrawn = withdraw_payment(order, reason="note reprise", actor=user)
    batch.refresh_from_db()
    assert (withdrawn.state, batch.state, batch.cancel_reason) == (
        OrderState.WITHDRAWN,
        BatchState.CANCELLED,
        "note reprise",
    )
    with pytest.raises(IllegalMove), transaction.atomic():
        withdraw_payment(order, reason="encore", actor=user)


# Sums


@settings(max_examples=15)
@given(st.lists(st.integers(min_value=1, max_value=5_000_000), min_size=1, max_size=12))
def test_the_sum_of_the_file_is_that_of_its_orders(amounts: list[int]) -> None:
    wanted = [Decimal(amount) / 100 for amount in amounts]
    with transaction.atomic():
        batch = release(make_batch(*(make_order(str(amount)) for amount in wanted)))
        assert batch.document is not None
        root = etree.fromstring(read_document(batch.document))
        sums = [Decimal(text) for text in root.xpath("//p:CtrlSum/text()", namespaces=_NAMES)]
        sent = [Decimal(text) for text in root.xpath("//p:InstdAmt/text()", namespaces=_NAMES)]
        assert sent == wanted
        assert sums == [sum(wanted), sum(wanted)]
        assert batch.total == sum(wanted)
        batch.document.file.delete(save=False)
        transaction.set_rollback(True)
