"""What becomes of a purchase: approved and posted, disputed, refused, paid section by section."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounting.events import PaymentSettled
from accounting.models import Entry, PaymentOrder
from accounting.selectors.accounts import section_of
from accounting.states.payments import OrderState
from cae.core import events
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import OutgoingEmail
from cae.core.settings import set_setting
from invoicing.models import EInvoiceStatus, Purchase
from invoicing.parameters import ONE_STEP
from invoicing.selectors.purchases import left_of, payment_orders_of
from invoicing.selectors.supplier_balances import aged_balance, totals_of
from invoicing.services.purchase_moves import (
    approve_purchase,
    dispute_purchase,
    refuse_purchase,
    resume_purchase,
    take_purchase,
    undo_purchase,
)
from invoicing.services.purchase_payments import (
    impute_credit,
    order_payment,
    release_credit,
    settle_purchase,
    withdraw_orders,
)
from invoicing.states.purchases import PurchaseState
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_person
from tests.invoicing.purchases.refusals import refused

pytestmark = pytest.mark.django_db
D = make.D


def lines_of(entry: Entry) -> list[tuple[str, Any]]:
    return [(line.account.number, line.debit - line.credit) for line in entry.lines.order_by("position")]


def approve(purchase: Purchase, **said: Any) -> Purchase:
    return approve_purchase(purchase, actor=make.accountant(), at=timezone.now(), **said)


def test_an_approved_purchase_is_posted_by_section_with_its_due_date() -> None:
    activity = make_activity()
    purchase = make.make_approved(activity, make.line("100.00", recovery=D("0.8")))
    assert purchase.state == PurchaseState.APPROVED
    assert purchase.entry is not None
    assert (purchase.entry.source, purchase.entry.journal.code) == (purchase, "AC")
    assert lines_of(purchase.entry) == [
        ("604000", D("104.00")),
        ("445660", D("16.00")),
        ("401000", D("-120.00")),
    ]
    owed = purchase.entry.lines.get(account__number="401000")
    assert (owed.analytic, owed.due_on, owed.party) == (
        section_of(activity),
        purchase.due_on,
        purchase.supplier.name,
    )


def test_a_small_amount_needs_no_word_of_its_activity_a_large_one_does() -> None:
    user, activity = make_entrepreneur()
    large = make.make_purchase(activity)
    with refused(Code.ILLEGAL_MOVE, None, "pour moi"):
        approve(large)
    assert Purchase.objects.get().state == PurchaseState.RECEIVED
    set_setting(
        ONE_STEP, value="200", valid_from=timezone.localdate(), actor=make.accountant(), reason="Essai"
    )
    assert approve(large).state == PurchaseState.APPROVED
    own = make.make_purchase(activity, make.line("900.00"), supplier=large.supplier, number="FA-9")
    taken = approve_purchase(own, actor=user, at=timezone.now())
    assert taken.approved_by == user


def test_what_is_missing_before_approval_is_said() -> None:
    activity = make_activity()
    proposed = make.make_checking(activity, supplier=make.make_supplier("Proposé", accepted=False))
    with refused(Code.VALUE_INVALID, None, "vérifié"):
        approve(proposed)
    bare = make.make_checking(
        activity, make.line(account=None), supplier=make.make_supplier(account=None), number="FA-2"
    )
    with refused(Code.VALUE_MISSING, None, "compte"):
        approve(bare)
    assert bare.lines.get().account is None
    twin = make.make_checking(activity, supplier=bare.supplier, number="FA-3")
    with refused(Code.VALUE_MISSING, "looked"):
        approve(twin)
    assert approve(twin, looked=True).entry
    assert not Entry.objects.exclude(pk=Purchase.objects.get(number="FA-3").entry_id).exists()


def test_lines_without_account_are_posted_on_the_usual_one_of_the_supplier() -> None:
    """A file is read before anybody gave its supplier an account."""
    lines = (make.line(account=None), make.line("40.00", account=make.account("607000")))
    purchase = make.make_checking(make_activity(), *lines)
    approved = approve(purchase)
    assert approved.entry is not None
    posted = dict(approved.entry.lines.values_list("account__number", "debit"))
    assert (posted["604000"], posted["607000"]) == (D("100.00"), D("40.00"))
    assert [one.account.number for one in purchase.lines.select_related("account")] == ["604000", "607000"]


def test_an_approval_is_undone_by_the_opposite_entry_and_may_come_again() -> None:
    purchase = make.make_approved(make_activity())
    former = purchase.entry
    with refused(Code.VALUE_MISSING, "reason"):
        undo_purchase(purchase, reason=" ", on=timezone.localdate(), actor=None)
    undone = undo_purchase(purchase, reason="Mauvais compte", on=timezone.localdate(), actor=None)
    assert (undone.state, undone.entry) == (PurchaseState.CHECKING, None)
    assert former is not None
    assert Entry.objects.get(reverses=former).source == purchase
    again = approve(undone)
    assert again.entry not in (None, former)


def test_a_dispute_says_why_tells_the_supplier_and_is_lifted() -> None:
    purchase = make.make_purchase(make_activity())
    said = {"actor": make.accountant(), "at": timezone.now(), "reason": "Ce n’est pas ce prix"}
    for wrong in ({"kind": "999", "code": "PU_ERR"}, {"kind": "207", "code": "JUSTIF_ABS"}):
        with pytest.raises(Refused):
            dispute_purchase(purchase, **said, **wrong)
    with refused(Code.VALUE_MISSING, "reason"):
        dispute_purchase(purchase, **said | {"reason": ""}, kind="207", code="PU_ERR")
    assert Purchase.objects.get().state == PurchaseState.RECEIVED
    disputed = dispute_purchase(purchase, **said, kind="207", code="PU_ERR", tells_supplier=True)
    assert (disputed.state, disputed.reason_code) == (PurchaseState.DISPUTED, "PU_ERR")
    mail = OutgoingEmail.objects.get()
    assert mail.to == purchase.supplier.email
    assert "Ce n’est pas ce prix" in mail.text
    with pytest.raises(IllegalMove):
        approve(disputed)
    resumed = resume_purchase(disputed, actor=None, at=timezone.now())
    assert (resumed.state, resumed.reason_code) == (PurchaseState.CHECKING, "")


def test_a_refused_purchase_leaves_its_number_to_a_corrected_one() -> None:
    purchase = make.make_purchase(make_activity())
    with refused(Code.VALUE_INVALID, "code"):
        refuse_purchase(purchase, code="QTE_ERR", reason="x", actor=None, at=timezone.now())
    over = refuse_purchase(purchase, code="TX_TVA_ERR", reason="TVA", actor=None, at=timezone.now())
    assert over.state == PurchaseState.REFUSED
    assert not OutgoingEmail.objects.exists()
    assert make.make_purchase(purchase.activity, supplier=purchase.supplier)
    with pytest.raises(IllegalMove):
        take_purchase(over, actor=None, at=timezone.now())


def test_answers_to_a_file_that_was_read_go_to_the_platform_in_order() -> None:
    purchase = make.make_purchase(make_activity())
    Purchase.objects.filter(pk=purchase.pk).update(was_read=True)
    purchase.refresh_from_db()
    who = make.accountant()
    taken = take_purchase(purchase, actor=who, at=timezone.now())
    dispute_purchase(taken, kind="208", code="JUSTIF_ABS", reason="Le bon", actor=who, at=timezone.now())
    resume_purchase(taken, actor=who, at=timezone.now())
    approved = approve_purchase(taken, actor=who, at=timezone.now())
    settle_purchase(approved, on=timezone.localdate(), actor=who)
    codes = list(EInvoiceStatus.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["204", "208", "205", "211"]
    typed = make.make_checking(purchase.activity, number="FA-2")
    assert not EInvoiceStatus.objects.filter(purchase=typed).exists()


def test_each_section_pays_its_share_and_the_last_transfer_settles() -> None:
    one, other = make_activity(), make_activity()
    key = make.make_key((section_of(one), "1"), (section_of(other), "2"))
    purchase = make.make_ordered(None, make.line("100.00"), split_key=key)
    orders = list(payment_orders_of(purchase))
    assert {order.section: order.amount for order in orders} == {
        section_of(one): D("40.00"),
        section_of(other): D("80.00"),
    }
    assert {order.iban for order in orders} == {make.IBAN}
    assert {order.account for order in orders} == {"supplier"}
    with pytest.raises(IllegalMove):
        settle_purchase(purchase, on=timezone.localdate(), actor=None)
    for order in orders:
        settle_order(order)
    paid = Purchase.objects.get()
    assert (paid.state, paid.paid_on) == (PurchaseState.PAID, timezone.localdate())


def settle_order(order: PaymentOrder) -> None:
    """As the books do once the bank has paid."""
    with transaction.atomic():
        PaymentOrder.objects.filter(pk=order.pk).update(state=OrderState.SETTLED)
        order.refresh_from_db()
        events.publish(PaymentSettled(order, timezone.localdate()))


def test_orders_withdrawn_bring_the_purchase_back() -> None:
    purchase = make.make_ordered(make_activity())
    with refused(Code.VALUE_MISSING, "reason"):
        withdraw_orders(purchase, reason="", actor=None)
    back = withdraw_orders(purchase, reason="Erreur", actor=None)
    assert back.state == PurchaseState.APPROVED
    assert not payment_orders_of(back)
    assert order_payment(back, actor=None).state == PurchaseState.ORDERED


def test_nothing_is_paid_on_an_iban_that_nobody_confirmed() -> None:
    purchase = make.make_approved(make_activity())
    make.make_bank(purchase.supplier, confirmed=False)
    with refused(Code.VALUE_MISSING, None, "confirmée"):
        order_payment(purchase, actor=None)
    assert not PaymentOrder.objects.exists()


def test_what_a_person_advanced_is_owed_to_them_and_wants_their_iban() -> None:
    person = make_person()
    purchase = make.make_approved(make_activity(), advanced_by=person)
    assert purchase.entry is not None
    owed = purchase.entry.lines.get(account__number="425000")
    assert (owed.credit, owed.party) == (D("120.00"), person.full_name)
    with refused(Code.VALUE_MISSING, None, person.full_name):
        order_payment(purchase, actor=None)


def test_a_direct_debit_is_noted_with_its_entry() -> None:
    purchase = make.make_approved(make_activity())
    for wrong in (timezone.localdate() + timedelta(days=1), purchase.on - timedelta(days=1)):
        with refused(Code.DATE_INVALID, "on"):
            settle_purchase(purchase, on=wrong, actor=None)
    settle_purchase(purchase, on=timezone.localdate(), actor=None)
    kind = ContentType.objects.get_for_model(Purchase)
    entry = Entry.objects.get(source_type=kind, source_id=purchase.pk, journal__code="BQ")
    assert lines_of(entry) == [("401000", D("120.00")), ("512000", D("-120.00"))]


def test_a_credit_note_lowers_the_payment_of_an_invoice() -> None:
    activity = make_activity()
    invoice = make.make_approved(activity)
    note = make.make_approved(
        activity, make.line("30.00"), supplier=invoice.supplier, number="AV-1", kind="credit_note"
    )
    assert note.entry is not None
    assert lines_of(note.entry)[0] == ("604000", D("-30.00"))
    with pytest.raises(IllegalMove):
        order_payment(note, actor=None)
    used = impute_credit(note, invoice=invoice, on=timezone.localdate(), actor=None)
    assert (used.state, used.imputed_on) == (PurchaseState.PAID, invoice)
    assert sum(left_of(invoice).values()) == D("84.00")
    with refused(Code.ILLEGAL_MOVE, None, "avoir"):
        undo_purchase(invoice, reason="Non", on=timezone.localdate(), actor=None)
    make.make_bank(invoice.supplier)
    order_payment(invoice, actor=None)
    assert payment_orders_of(invoice).get().amount == D("84.00")
    with refused(Code.ILLEGAL_MOVE, None, "ordre"):
        release_credit(used, actor=None)
    withdraw_orders(invoice, reason="Erreur", actor=None)
    assert release_credit(used, actor=None).state == PurchaseState.APPROVED
    assert sum(left_of(invoice).values()) == D("120.00")


def test_a_credit_note_goes_no_further_than_what_a_section_pays() -> None:
    invoice = make.make_approved(make_activity())
    elsewhere = make.make_approved(
        make_activity(), make.line("30.00"), supplier=invoice.supplier, number="AV-1", kind="credit_note"
    )
    with refused(Code.AMOUNT_ABOVE_DUE, "invoice"):
        impute_credit(elsewhere, invoice=invoice, on=timezone.localdate(), actor=None)
    other = make.make_approved(make_activity(), supplier=make.make_supplier("Autre"))
    with refused(Code.VALUE_INVALID, "invoice"):
        impute_credit(elsewhere, invoice=other, on=timezone.localdate(), actor=None)
    with pytest.raises(IllegalMove):
        impute_credit(invoice, invoice=other, on=timezone.localdate(), actor=None)
    paid_back = settle_purchase(elsewhere, on=timezone.localdate(), actor=None)
    with refused(Code.ILLEGAL_MOVE, None, "imputé"):
        release_credit(paid_back, actor=None)


def test_an_invoice_wholly_covered_is_noted_paid_without_entry() -> None:
    activity = make_activity()
    invoice = make.make_approved(activity)
    note = make.make_approved(activity, supplier=invoice.supplier, number="AV-1", kind="credit_note")
    impute_credit(note, invoice=invoice, on=timezone.localdate(), actor=None)
    make.make_bank(invoice.supplier)
    with refused(Code.AMOUNT_INVALID):
        order_payment(invoice, actor=None)
    before = Entry.objects.count()
    assert settle_purchase(invoice, on=timezone.localdate(), actor=None).state == PurchaseState.PAID
    assert Entry.objects.count() == before


def test_the_aged_balance_says_what_is_late_credit_notes_taken_off() -> None:
    activity, today = make_activity(), timezone.localdate()
    supplier = make.make_supplier()
    old = {"on": today - timedelta(days=80), "due_on": today - timedelta(days=40)}
    make.make_approved(activity, supplier=supplier, **old)
    make.make_approved(activity, make.line("50.00"), supplier=supplier, number="FA-2")
    make.make_approved(
        activity, make.line("10.00"), supplier=supplier, number="AV-1", kind="credit_note", **old
    )
    make.make_approved(activity, supplier=supplier, number="FA-3", advanced_by=make_person())
    (row,) = aged_balance(today)
    assert row.buckets == [D("60.00"), D(0), D("108.00"), D(0), D(0)]
    assert totals_of([row])[-1] == row.total == D("168.00")
