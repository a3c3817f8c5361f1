"""A file that was read becomes a purchase: its lines, its taxes, its supplier, its doubts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Refused
from invoicing.engines.incoming import Doubt, DoubtCode, Read, ReadInvoice
from invoicing.engines.incoming.facts import (
    ReadAdjustment,
    ReadLine,
    ReadParty,
    ReadPayment,
    ReadTax,
    ReadTotals,
    Syntax,
)
from invoicing.models import Purchase, Supplier
from invoicing.selectors.purchases import doubts_of
from invoicing.services.purchase_moves import (
    approve_purchase,
    refuse_purchase,
    take_purchase,
)
from invoicing.services.purchase_reading import reading_of
from invoicing.services.purchase_writing import PurchaseKnown
from invoicing.services.purchases import open_read_purchase
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_incoming import unreadable

pytestmark = pytest.mark.django_db
D = Decimal
ON = date(2026, 11, 20)


def totals(net: str, tax: str, **more: Any) -> ReadTotals:
    gross = D(net) + D(tax)
    return ReadTotals(
        net=D(net), tax=D(tax), gross=more.pop("gross", gross), due=more.pop("due", gross), **more
    )


def line(net: str = "100.00", rate: str = "20", **facts: Any) -> ReadLine:
    return ReadLine(label="Affiches", net=D(net), vat_rate=D(rate), quantity=D(1), **facts)


def tax(rate: str, base: str, amount: str, **facts: Any) -> ReadTax:
    return ReadTax(rate=D(rate), base=D(base), tax=D(amount), **facts)


def invoice(**facts: Any) -> ReadInvoice:
    values: dict[str, Any] = {
        "number": "LU-12",
        "type_code": "380",
        "issued_on": ON,
        "currency": "EUR",
        "seller": ReadParty(name="Imprimerie Lue", registration=make.SIRENS[1], registration_scheme="0002"),
        "buyer": ReadParty(name="Nous"),
        "totals": totals("100.00", "20.00"),
        "lines": (line(),),
        "taxes": (tax("20", "100.00", "20.00"),),
    }
    return ReadInvoice(**values | facts)


def read(*doubts: Doubt, **facts: Any) -> Read:
    return Read(syntax=Syntax.CII, profile="en16931", invoice=invoice(**facts), warnings=doubts)


def opened(found: Read, activity: Any = None) -> Purchase:
    file = unreadable(activity)
    return open_read_purchase(file, found, activity=activity, actor=None, on=date(2026, 11, 27))


def test_the_purchase_says_what_the_file_says_and_proposes_its_supplier() -> None:
    activity = make_activity()
    purchase = opened(read(payments=(ReadPayment(iban=make.IBAN),), due_on=date(2026, 12, 20)), activity)
    assert purchase.was_read
    assert (purchase.number, purchase.on, purchase.due_on) == ("LU-12", ON, date(2026, 12, 20))
    assert (purchase.total_net, purchase.total_tax, purchase.total_gross) == (D(100), D(20), D(120))
    assert (purchase.iban_seen, purchase.activity) == (make.IBAN, activity)
    supplier = purchase.supplier
    assert (supplier.siren, supplier.is_accepted) == (make.SIRENS[1], False)
    assert [doubt.sentence for doubt in doubts_of(purchase)]
    assert purchase.shares.get().gross == D("120.00")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" compta@lue.example ", "compta@lue.example"),
        ("voir notre site", ""),
        (f"a@{'b.' * 140}example", ""),
        ("", ""),
    ],
)
def test_the_supplier_proposed_may_be_written_to_and_is_called_at_no_number_of_its_file(
    written: str, kept: str
) -> None:
    seller = ReadParty(name="Imprimerie Lue", email=written, phone="06 00 00 00 00")
    supplier = opened(read(seller=seller)).supplier
    assert (supplier.email, supplier.phone) == (kept, "")


def test_a_known_supplier_is_found_and_gives_its_account() -> None:
    known = make.make_supplier("Autre nom", siren=make.SIRENS[1])
    purchase = opened(read(), make_activity())
    assert purchase.supplier == known
    assert purchase.lines.get().account == known.account
    assert Supplier.objects.count() == 1


def test_discounts_and_charges_are_lines_and_lines_make_the_net() -> None:
    found = reading_of(
        read(
            lines=(line("100.00"), line("7.00", sort="GROUP"), line("50.00", "5.5")),
            adjustments=(ReadAdjustment(amount=D("10.00"), vat_rate=D(20), reason="Fidélité"),),
            taxes=(tax("20", "90.00", "18.00"), tax("5.5", "50.00", "2.75")),
            totals=totals("140.00", "20.75"),
        )
    )
    assert [(cost.label, cost.net) for cost in found.costs] == [
        ("Affiches", D("100.00")),
        ("Affiches", D("50.00")),
        ("Fidélité", D("-10.00")),
    ]
    assert [(one.rate, one.tax) for one in found.taxes] == [
        (D("0.2000"), D("18.00")),
        (D("0.0550"), D("2.75")),
    ]
    assert found.doubts == ()


def test_what_does_not_add_up_is_completed_and_asks_to_be_looked_at() -> None:
    doubt = Doubt(code=DoubtCode.LINES_SUM, written="130.00", found="100.00")
    purchase = opened(
        read(doubt, totals=totals("130.00", "26.00"), taxes=(tax("20", "130.00", "26.00"),)), make_activity()
    )
    assert [one.net for one in purchase.lines.all()] == [D("100.00"), D("30.00")]
    said = " ".join(one.sentence for one in doubts_of(purchase))
    assert "130,00" in said.replace("\u202f", "")
    Supplier.objects.update(accepted_at=timezone.now(), accepted_by=make.accountant(), account=make.account())
    purchase.lines.update(account=make.account())
    purchase = take_purchase(purchase, actor=make.accountant(), at=timezone.now())
    with pytest.raises(Refused, match="points signalés"):
        approve_purchase(purchase, actor=make.accountant(), at=timezone.now())


def test_a_profile_without_lines_or_without_taxes_is_read_with_what_it_says() -> None:
    bare = reading_of(read(lines=(), taxes=(), totals=totals("100.00", "5.50")))
    assert [(cost.net, cost.rate) for cost in bare.costs] == [(D("100.00"), D("0.0550"))]
    by_rate = reading_of(
        read(
            lines=(),
            taxes=(tax("20", "60.00", "12.00"), tax("0", "40.00", "0")),
            totals=totals("100.00", "12.00"),
        )
    )
    assert [(cost.net, cost.rate) for cost in by_rate.costs] == [
        (D("60.00"), D("0.2000")),
        (D("40.00"), D("0.0000")),
    ]


def test_a_credit_note_another_currency_and_self_assessed_vat_are_said() -> None:
    purchase = opened(
        read(
            type_code="381",
            currency="USD",
            taxes=(tax("0", "100.00", "0", category="AE"),),
            lines=(line("100.00", "0"),),
            totals=totals("100.00", "0.00"),
        )
    )
    assert purchase.is_credit_note
    assert (purchase.currency, purchase.currency_note) == ("USD", "100.00 USD")
    said = " ".join(one.sentence for one in doubts_of(purchase))
    assert "USD" in said
    assert "autoliquidée" in said


def test_a_wrong_number_of_another_is_left_out_rather_than_refused() -> None:
    seller = ReadParty(name="Sans numéro", registration="123456789", vat_number="FR00123456789")
    supplier = opened(read(seller=seller)).supplier
    assert (supplier.siren, supplier.vat_number) == ("", "")


def test_the_same_invoice_twice_is_told_and_a_refused_one_may_come_back() -> None:
    first = opened(read(), make_activity())
    with pytest.raises(PurchaseKnown) as told:
        opened(read(number="lu 12"))
    assert told.value.purchase == first
    refuse_purchase(first, code="TX_TVA_ERR", reason="x", actor=None, at=timezone.now())
    assert opened(read()) != first


def test_nothing_to_pay_is_no_purchase() -> None:
    nothing = replace(read(), invoice=invoice(totals=totals("0.00", "0.00"), lines=(), taxes=()))
    with pytest.raises(Refused, match="rien à payer"):
        opened(nothing)
    assert not Purchase.objects.exists()


def test_an_order_quoted_names_the_activity() -> None:
    supplier = make.make_supplier(siren=make.SIRENS[1])
    order = make.make_approved_order(make_activity(), supplier=supplier)
    purchase = opened(read(order_reference=f" {order.number} "))
    assert (purchase.order, purchase.activity) == (order, order.activity)
