"""The rest of an invoice given up: entry, VAT by its regime, what is refused, taken back (INV-43)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.utils import DatabaseError

from accounting.models import EntryLine
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.models import Invoice, WriteOff
from invoicing.selectors.invoices import standing_of
from invoicing.services.losses import Proof, take_loss_back, write_off
from invoicing.states.sales import CreditPart, VatDueOn
from tests.factories import invoicing as sales
from tests.factories import invoicing_chasing as make
from tests.factories.kernel import BEGINNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
ON = sales.DAY + timedelta(days=90)


def figures(invoice: Invoice) -> tuple[str, Decimal]:
    row = Invoice.objects.with_settlement(ON).get(pk=invoice.pk)
    return row.settlement, row.due


def lines(loss: WriteOff) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in EntryLine.objects.filter(entry=loss.entry).select_related("account"):
        found[line.account.number] = found.get(line.account.number, Decimal(0)) + line.debit - line.credit
    return found


def on_debits() -> None:
    set_setting(
        parameters.VAT_DUE_ON, value=VatDueOn.DEBITS, valid_from=BEGINNING, actor=None, reason="option"
    )


def test_on_receipts_the_tax_that_waited_goes(shop: Activity) -> None:
    invoice = make.late(shop, sales.line("200.00"))
    sales.pay(invoice, "120.00", on=sales.DAY)
    loss = make.give_up(invoice, on=ON)
    assert (loss.amount, loss.charge, loss.tax) == (Decimal("120.00"), Decimal("100.00"), Decimal("20.00"))
    assert lines(loss) == {"654000": 100, "445740": 20, "411000": -120}
    assert figures(invoice) == ("written_off", 0)


def test_on_debits_the_tax_comes_back_with_the_note(shop: Activity) -> None:
    on_debits()
    invoice = make.late(shop, sales.line("200.00"), sales.line("100.00", vat="reduced"))
    loss = make.give_up(invoice, on=ON, note_sent_on=ON)
    assert (loss.charge, loss.tax) == (Decimal("300.00"), Decimal("45.50"))
    assert lines(loss) == {"654000": 300, "445710": Decimal("45.50"), "411000": Decimal("-345.50")}


def test_on_debits_without_the_note_the_charge_bears_it(shop: Activity) -> None:
    on_debits()
    invoice = make.late(shop, sales.line("200.00"))
    loss = make.give_up(invoice, on=ON)
    assert (loss.charge, loss.tax) == (Decimal("240.00"), Decimal(0))
    assert lines(loss) == {"654000": 240, "411000": -240}


def test_a_paid_part_keeps_the_tax_that_it_released(shop: Activity) -> None:
    invoice = make.late(shop, sales.line("99.99"))
    sales.pay(invoice, "33.33", on=sales.DAY)
    released = sum(tax.tax for payment in invoice.payments.all() for tax in payment.taxes.all())
    loss = make.give_up(invoice, on=ON)
    assert released + loss.tax == invoice.total_tax
    assert Decimal("33.33") + loss.amount == invoice.total_incl_tax


def test_while_a_loss_stands_neither_money_nor_credit_note_come(shop: Activity) -> None:
    invoice = make.late(shop)
    prepared = sales.credit(invoice, CreditPart.WHOLE)
    make.give_up(invoice, on=ON)
    with pytest.raises(IllegalMove):
        sales.pay(invoice, "240.00", on=ON)
    with pytest.raises(IllegalMove):
        sales.credit(invoice, CreditPart.WHOLE)
    with pytest.raises(IllegalMove):
        sales.issue(prepared, on=ON)
    assert figures(invoice) == ("written_off", 0)


def test_taken_back_the_rest_is_due_again(shop: Activity) -> None:
    invoice = make.late(shop)
    loss = make.give_up(invoice, on=ON)
    key = uuid.uuid4()
    said = {"on": ON, "reason": "Il paie", "actor": None, "today": ON}
    back = take_loss_back(loss, form_key=key, **said)
    assert take_loss_back(loss, form_key=key, **said) == back
    assert lines(back) == {"654000": -200, "445740": -40, "411000": 240}
    assert figures(invoice) == ("overdue", Decimal("240.00"))
    with pytest.raises(Refused) as refusal:
        take_loss_back(loss, form_key=uuid.uuid4(), **said)
    assert refusal.value.code == Code.ALREADY_DONE
    sales.pay(invoice, "240.00", on=ON)
    assert figures(invoice)[0] == "settled"
    again = make.late(shop)
    assert make.give_up(again, on=ON).amount == Decimal("240.00")


def test_the_same_form_gives_up_once(shop: Activity) -> None:
    invoice = make.late(shop)
    said = {
        "on": ON,
        "reason": "Liquidation",
        "proof": make.PDF,
        "note_sent_on": None,
        "form_key": uuid.uuid4(),
        "actor": None,
        "today": ON,
    }
    assert write_off(invoice, **said) == write_off(invoice, **said)
    with pytest.raises(IllegalMove):
        write_off(invoice, **said | {"form_key": uuid.uuid4()})
    assert WriteOff.objects.count() == 1


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 251}, "reason"),
        ({"on": ON + timedelta(days=1)}, "on"),
        ({"on": sales.DAY - timedelta(days=1)}, "on"),
        ({"proof": Proof("virus.pdf", b"MZ\0\0")}, "proof"),
        ({"proof": Proof("mot.txt", b"il ne paiera pas")}, "proof"),
        ({"note_sent_on": ON + timedelta(days=1)}, "note_sent_on"),
    ],
)
def test_what_is_refused_changes_nothing(shop: Activity, details: dict[str, object], field: str) -> None:
    invoice = make.late(shop)
    said = {"on": ON, "reason": "Liquidation", "proof": make.PDF, "note_sent_on": None}
    with pytest.raises(Refused) as refusal:
        write_off(invoice, **said | details, form_key=uuid.uuid4(), actor=None, today=ON)
    assert refusal.value.field == field
    assert not WriteOff.objects.exists()
    assert figures(invoice) == ("overdue", Decimal("240.00"))


def test_nothing_left_nothing_lost(shop: Activity) -> None:
    invoice = make.late(shop)
    sales.pay(invoice, "240.00", on=ON)
    with pytest.raises(Refused) as refusal:
        make.give_up(invoice, on=ON)
    assert refusal.value.code == Code.ALREADY_DONE
    with pytest.raises(IllegalMove):
        make.give_up(sales.draft(shop), on=ON)


def test_the_database_refuses_another_amount(shop: Activity) -> None:
    invoice = make.late(shop)
    loss = make.give_up(make.late(shop), on=ON)
    loss.pk, loss.invoice, loss.form_key = None, invoice, uuid.uuid4()
    loss.amount, loss.charge = Decimal("239.00"), Decimal("199.00")
    with pytest.raises(DatabaseError):
        loss.save(force_insert=True)


def test_a_loss_never_changes(shop: Activity) -> None:
    loss = make.give_up(make.late(shop), on=ON)
    with pytest.raises(DatabaseError):
        WriteOff.objects.filter(pk=loss.pk).update(reason="autre")


def test_the_standing_counts_it(shop: Activity) -> None:
    invoice = make.late(shop)
    make.give_up(invoice, on=ON)
    found = standing_of(invoice)
    assert (found.due, found.lost, found.customer_credit) == (0, Decimal("240.00"), 0)
