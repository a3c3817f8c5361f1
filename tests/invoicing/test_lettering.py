"""What this room letters by itself: sales, deposits, retentions, purchases, claims, advances (ACC-06)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounting.models import Lettering
from accounting.selectors import aged
from accounting.selectors.accounts import section_of
from accounting.services.payment_batches import prepare_batch, settle_batch
from accounting.states.lettering import LetteringOrigin, Side
from entrepreneurs.models import Activity
from invoicing.selectors.overdue import overdue_of
from invoicing.selectors.purchases import payment_orders_of
from invoicing.selectors.supplier_balances import aged_balance, totals_of
from invoicing.services.inputs import ScheduleContent
from invoicing.services.losses import Proof, take_loss_back, write_off
from invoicing.services.payments import record_receipt, use_advance
from invoicing.services.purchase_moves import undo_purchase
from invoicing.services.purchase_payments import impute_credit, release_credit, settle_purchase
from invoicing.services.retaining import release_retention
from invoicing.states.parts import Billing
from invoicing.states.sales import PaymentMode
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import invoicing_claims as claims
from tests.factories import invoicing_parts as parts
from tests.factories import invoicing_purchases as bought
from tests.factories.accounting_lettering import left
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.payments import NOW, TODAY, make_cash, release
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
D = Decimal


def live(role: str) -> list[tuple[str, int]]:
    """What each live lettering of an account leaves, and its number of lines."""
    rows = Lettering.objects.filter(undone_at=None, account__role=role).order_by("pk")
    return [(str(row.left), row.line_count) for row in rows]


def sum_of(role: str) -> Decimal:
    return sum(map(D, left(role)), D(0))


def test_money_credit_notes_and_tax_follow_their_invoice(shop: Activity) -> None:
    invoice, other = sales.issued(shop, sales.line("200.00")), sales.issued(shop, sales.line("50.00"))
    assert (left("customer"), live("customer")) == (["240.00", "60.00"], [])
    first = sales.pay(invoice, "100.00")
    assert (left("customer"), left("vat_pending")) == (["140.00", "60.00"], ["-23.33", "-10.00"])
    # One receipt for two invoices: each takes its own line; the tax that left together stays together.
    record_receipt(
        [(invoice, D("40.00")), (other, D("60.00"))],
        on=date(2026, 4, 3),
        mode=PaymentMode.TRANSFER,
        form_key=uuid.uuid4(),
        actor=None,
        today=date(2026, 4, 3),
    )
    assert (left("customer"), sum_of("vat_pending")) == (["100.00"], D("-16.67"))
    assert live("customer") == [("100.00", 3), ("0.00", 2)]
    sales.reverse(first, on=date(2026, 4, 4))
    assert (left("customer"), sum_of("vat_pending")) == (["200.00"], D("-33.33"))
    sales.issue(sales.credit(invoice), on=date(2026, 4, 5))
    # All is given back: what had been paid waits for the customer.
    assert (left("customer"), sum_of("vat_pending")) == (["-40.00"], 0)
    assert {row.origin for row in Lettering.objects.all()} == {LetteringOrigin.ITSELF}


def test_a_surplus_used_elsewhere_is_no_advance_any_more(shop: Activity) -> None:
    invoice, other = sales.issued(shop, sales.line("100.00")), sales.issued(shop, sales.line("50.00"))
    sales.pay(invoice, "125.00")
    assert (left("customer"), left("customer_advance")) == (["60.00"], ["-5.00"])
    day = date(2026, 4, 2)
    use_advance(
        invoice, on_invoice=other, amount=D("5.00"), on=day, form_key=uuid.uuid4(), actor=None, today=day
    )
    assert (left("customer"), left("customer_advance")) == (["55.00"], [])


def test_a_deposit_is_answered_by_the_last_invoice_and_a_retention_by_its_release(shop: Activity) -> None:
    quote = parts.accepted(shop, sales.line("1000.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    assert left("customer_advance") == ["-300.00"]
    last = parts.issue(parts.balance(quote))
    assert (left("customer_advance"), live("customer_advance")) == ([], [("0.00", 2)])
    sales.pay(deposit, "360.00")
    sales.pay(last, "840.00")
    assert (left("customer"), left("vat_pending")) == ([], [])
    work = parts.accepted(shop, sales.line("400.00"), schedule=ScheduleContent(Billing.PROGRESS))
    first = parts.issue(parts.situation(work, "0.5"), on=date(2026, 3, 2))
    assert (left("customer"), left("customer_retention")) == (["228.00"], ["12.00"])
    sales.pay(first, "228.00")
    assert left("customer") == []
    day = date(2027, 3, 2)
    release_retention(first, on=day, due_on=date(2027, 4, 1), actor=None, today=day)
    assert (left("customer"), left("customer_retention")) == (["12.00"], [])


def test_a_loss_answers_the_rest_until_it_is_taken_back(shop: Activity) -> None:
    invoice, day = sales.issued(shop, sales.line("100.00")), date(2026, 9, 1)
    sales.pay(invoice, "20.00")
    said = {"on": day, "form_key": uuid.uuid4(), "actor": None, "today": day}
    loss = write_off(
        invoice, reason="Liquidation", proof=Proof("avis.pdf", b"%PDF-1.4"), note_sent_on=None, **said
    )
    assert (left("customer"), left("vat_pending")) == ([], [])
    take_loss_back(loss, reason="Le client paie", **said | {"form_key": uuid.uuid4()})
    assert (left("customer"), sum_of("vat_pending")) == (["100.00"], D("-16.67"))


def test_what_is_late_in_the_books_is_what_sales_say(shop: Activity) -> None:
    late = sales.issued(shop, sales.line("200.00"))
    sales.pay(late, "100.00")
    sales.pay(sales.issued(shop, sales.line("70.00")), "84.00")
    assert late.due_on is not None
    on = late.due_on + timedelta(days=40)
    sales.issued(shop, sales.line("30.00"), on=on)
    (row,) = aged.aged_balance(Side.CUSTOMERS, on=on)
    assert (row.late, row.ages[2], row.total) == (D("140.00"), D("140.00"), D("176.00"))
    assert overdue_of([shop], on) == {shop.pk: row.late}


def test_a_purchase_is_answered_by_its_credit_note_and_its_payment() -> None:
    activity, today = make_activity(), timezone.localdate()
    invoice = bought.make_approved(activity)
    note = bought.make_approved(
        activity, bought.line("30.00"), supplier=invoice.supplier, number="AV-1", kind="credit_note"
    )
    assert sorted(left("supplier")) == ["-120.00", "36.00"]
    used = impute_credit(note, invoice=invoice, on=today, actor=None)
    assert left("supplier") == ["-84.00"]
    release_credit(used, actor=None)
    assert sorted(left("supplier")) == ["-120.00", "36.00"]
    (told,) = aged_balance(today)
    (row,) = aged.aged_balance(Side.SUPPLIERS, on=today)
    assert totals_of([told])[-1] == row.total == D("84.00")
    settle_purchase(invoice, on=today, actor=None)
    undone = bought.make_approved(activity, supplier=invoice.supplier, number="FA-9")
    undo_purchase(undone, reason="Erreur", on=today, actor=None)
    assert left("supplier") == ["36.00"]


def test_a_transfer_answers_each_section_of_a_purchase() -> None:
    one, other = make_activity(), make_activity()
    make_cooperative()
    key = bought.make_key((section_of(one), "1"), (section_of(other), "2"))
    purchase = bought.make_ordered(None, bought.line("100.00"), split_key=key)
    for section in (section_of(one), section_of(other)):
        make_cash(section, "5000.00")
    orders = list(payment_orders_of(purchase))
    today = timezone.localdate()
    assert sorted(left("supplier")) == ["-40.00", "-80.00"]
    batch = prepare_batch(
        [order.pk for order in orders],
        execution_on=TODAY,
        form_key=uuid.uuid4(),
        actor=make_user(RoleKind.ACCOUNTANT),
        today=TODAY,
    )
    settle_batch(
        release(batch, at=NOW), on=max(today, TODAY), actor=make_user(RoleKind.ACCOUNTANT), today=today
    )
    assert (left("supplier"), live("supplier")) == ([], [("0.00", 2), ("0.00", 2)])


def test_a_claim_is_answered_by_its_refund_and_an_advance_by_what_used_it() -> None:
    user, activity = make_entrepreneur()
    checker = make_user(RoleKind.ACCOUNTANT)
    claims.given_advance(user, activity, "50.00")
    assert left("expense_advance") == ["50.00"]
    claims.approved(claims.submitted(user, activity), checker)
    assert (left("claimant"), left("expense_advance")) == ([], ["26.00"])
    other, elsewhere = make_entrepreneur(name="Ailleurs")
    claims.banked(other)
    claim = claims.approved(claims.submitted(other, elsewhere), checker)
    assert left("claimant") == ["-24.00"]
    claims.pay(claim)
    assert (left("claimant"), left("expense_advance")) == ([], ["26.00"])
