"""What parts of a quote write in the books: worked cases, revenue once, accounts back to zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from accounting.models import Entry, EntryLine, SaleMovement
from accounting.selectors.sale_controls import sale_faults
from cae.core.errors import Refused
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.selectors.controls import total_faults
from invoicing.selectors.money_controls import money_faults
from invoicing.services.inputs import ScheduleContent
from invoicing.services.retaining import release_retention
from invoicing.states.parts import Billing
from invoicing.states.sales import VatDueOn
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, line
from tests.invoicing.test_entries import CASES, lines_of, same, series, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]

D = Decimal


def held(role: str) -> Decimal:
    """Debits less credits of an account."""
    sums = EntryLine.objects.filter(account__role=role).aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (sums["debit"] or D(0)) - (sums["credit"] or D(0))


def counted(invoice: Invoice) -> Decimal:
    """What the contribution counts of a document."""
    rows = SaleMovement.objects.filter(document=invoice.number)
    total: Decimal = rows.aggregate(net=Sum("net"))["net"]
    return total


def sound() -> bool:
    assert [*total_faults(), *money_faults(), *sale_faults()] == []
    return True


def test_a_deposit_then_its_balance() -> None:
    """LG06: the deposit is no revenue yet; the balance books the whole revenue and clears the advance."""
    case = CASES["LG06"]
    asked, last = case["input"]["documents"]
    owner = make_activity()
    sales.firm(owner, name=case["input"]["customer"])
    quote = parts.accepted(owner, *lines_of(case["input"]["quote"]), vat_due_on=VatDueOn.DEBITS)
    made = []
    for told, prepare in ((asked, lambda: parts.deposit(quote, "0.3")), (last, lambda: parts.balance(quote))):
        series("invoice", "2026-{SEQ}", int(told["number"].removeprefix("2026-")) - 1)
        draft = prepare()
        Invoice.objects.filter(pk=draft.pk).update(due_on=date.fromisoformat(told["due"]))
        made.append(parts.issue(draft, on=date.fromisoformat(told["on"])))
    found = [shown(entry) for entry in Entry.objects.filter(journal__code="VE").order_by("pk")]
    wanted = case["expected"]["entries"]
    assert len(found) == len(wanted) == 2
    for one, other in zip(found, wanted, strict=True):
        assert same(one, other), (one, other)
    assert held("customer_advance") == 0
    assert sound()


def test_a_retention_leaves_what_is_owed_now() -> None:
    """LG12, then its release, which swaps it."""
    case = CASES["LG12"]
    owner = make_activity()
    sales.firm(owner, name=case["input"]["customer"])
    schedule = ScheduleContent(Billing.PROGRESS)
    quote = parts.accepted(owner, line("400.00"), schedule=schedule)
    series("invoice", "2026-{SEQ}", 100)
    first = parts.issue(parts.situation(quote, "0.5"), on=date(2026, 3, 2))
    kept = Entry.objects.filter(journal__code="VE").order_by("pk").last()
    (wanted,) = case["expected"]["entries"]
    assert kept is not None
    assert same(shown(kept), wanted), (shown(kept), wanted)
    release_retention(first, on=date(2027, 3, 2), due_on=date(2027, 4, 1), actor=None, today=date(2027, 3, 2))
    assert (held("customer_retention"), held("customer")) == (0, D("240.00"))
    assert sound()


def test_a_sale_counts_once_in_revenue_and_contribution(shop: Activity) -> None:
    quote = parts.accepted(shop, line("600.00"), line("400.00", nature="goods"), discount_amount=D("100.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    assert (held("revenue_services"), held("revenue_goods")) == (0, 0)
    assert counted(deposit) == D("270.00")
    last = parts.issue(parts.balance(quote))
    assert (held("revenue_services"), held("revenue_goods"), held("discount_granted")) == (-600, -400, 100)
    assert counted(last) == D("630.00")
    assert held("customer_advance") == 0
    assert sound()


def test_tax_on_receipts_waits_for_each_part(shop: Activity) -> None:
    quote = parts.accepted(shop, line("1000.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    assert (held("vat_pending"), held("vat_collected")) == (-60, 0)
    sales.pay(deposit, "360.00")
    assert (held("vat_pending"), held("vat_collected")) == (0, -60)
    last = parts.issue(parts.balance(quote))
    assert held("vat_pending") == -140
    sales.pay(last, "840.00")
    assert (held("vat_pending"), held("vat_collected"), held("customer")) == (0, -200, 0)
    assert sound()


def test_a_deposit_on_goods_is_taxed_when_it_is_paid(shop: Activity) -> None:
    quote = parts.accepted(shop, line("1000.00", nature="goods"))
    deposit, last = parts.issue(parts.deposit(quote, "0.3")), parts.balance(quote)
    assert (deposit.vat_due_on, last.vat_due_on) == (VatDueOn.RECEIPTS, VatDueOn.DEBITS)
    assert held("vat_pending") == -60


def test_a_deposit_given_back(shop: Activity) -> None:
    deposit = parts.issue(parts.deposit(parts.accepted(shop, line("1000.00")), "0.3"))
    sales.pay(deposit, "100.00")
    sales.issue(sales.credit(deposit), on=date(2026, 4, 2))
    assert (held("customer_advance"), held("vat_pending"), held("vat_collected")) == (0, 0, 0)
    assert held("customer") == -100
    assert sound()


def test_a_deposit_taken_off_is_not_given_back_alone(shop: Activity) -> None:
    quote = parts.accepted(shop, line("1000.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    note, last = sales.credit(deposit), parts.issue(parts.balance(quote))
    for act in (lambda: sales.credit(deposit), lambda: sales.issue(note, on=DAY)):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(last.number) in str(refusal.value)
    assert not note.credit_notes.exists()
    sales.issue(sales.credit(last), on=DAY)
    sales.issue(note, on=DAY)
    assert (held("customer_advance"), held("revenue_services")) == (0, 0)
    assert sound()


def test_a_balance_given_back_reopens_the_advance(shop: Activity) -> None:
    quote = parts.accepted(shop, line("1000.00"))
    parts.issue(parts.deposit(quote, "0.3"))
    last = parts.issue(parts.balance(quote))
    sales.issue(sales.credit(last), on=DAY)
    assert (held("customer_advance"), held("revenue_services")) == (-300, 0)
    again = parts.issue(parts.balance(quote))
    assert (again.total_excl_tax, held("customer_advance")) == (D("700.00"), 0)
    assert sound()


def test_situations_are_revenue_and_take_the_deposit(shop: Activity) -> None:
    quote = parts.accepted(shop, line("1000.00"), schedule=ScheduleContent(Billing.PROGRESS))
    parts.issue(parts.deposit(quote, "0.3"))
    parts.issue(parts.situation(quote, "0.4"))
    assert (held("revenue_services"), held("customer_advance")) == (-400, -180)
    assert held("customer_retention") == D("16.80")
    parts.issue(parts.balance(quote))
    assert (held("revenue_services"), held("customer_advance")) == (-1000, 0)
    assert held("customer_retention") == D("42.00")
    assert sound()
