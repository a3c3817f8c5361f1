"""To the cent, whatever is sold: quote, options, invoice, e-invoice, books, contribution, payments, credit
notes and refunds say the same amounts, and everything given back leaves nothing behind."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from accounting.models import ContributionRun, EntryLine
from accounting.selectors.contribution import estimate
from accounting.selectors.controls import balance_faults
from accounting.services.scales import assign_scale
from cae.core.errors import Refused
from entrepreneurs.models import Activity
from invoicing.engines.cii import build_xml
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice, Quote
from invoicing.selectors.controls import total_faults
from invoicing.selectors.invoices import standing_of
from invoicing.services.answering import Reply, accept_quote
from invoicing.services.approving import approve_quote
from invoicing.services.converting import invoice_quote
from invoicing.services.inputs import DraftContent, LineCredit
from invoicing.services.issuing import parts_of
from invoicing.services.payments import refund_customer
from invoicing.services.quoting import create_quote_draft
from invoicing.states.sales import CreditPart
from tests.factories import accounting as books
from tests.factories import invoicing as make
from tests.factories import sendings
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

DAY = make.DAY
CENTS = Decimal("0.01")


class Rolled(Exception):
    """Ends an example: nothing of it stays in the database."""


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


@st.composite
def sold(draw: Any) -> dict[str, Any]:
    """A line as people type it: three decimals of quantity, four of price, perhaps a discount, an option."""
    taken_back = draw(st.integers(0, 9)) == 0
    quantity = draw(decimals("0.001", "40", 3)) * (-1 if taken_back else 1)
    discount = (
        {}
        if taken_back
        else draw(
            st.one_of(
                st.just({}),
                decimals("0", "1", 4).map(lambda rate: {"discount_rate": rate}),
                decimals("0", "3", 2).map(lambda amount: {"discount_amount": amount}),
            )
        )
    )
    return {
        "price": str(draw(decimals("0", "999.9999", 4))),
        "quantity": quantity,
        "vat": draw(st.sampled_from(["normal", "intermediate", "reduced", "particular", "training"])),
        "nature": draw(st.sampled_from(["services", "training", "goods", "rebilled"])),
        "optional": draw(st.integers(0, 4)) == 0,
        **discount,
    }


WHOLE = st.one_of(
    st.just({}),
    decimals("0", "0.5", 4).map(lambda rate: {"discount_rate": rate}),
    decimals("0", "20", 2).map(lambda amount: {"discount_amount": amount}),
)
ACTS = st.lists(
    st.tuples(st.sampled_from(["pay", "pay", "back", "lines", "rest"]), st.integers(1, 120)), max_size=6
)


@pytest.fixture
def house(judges: Judges) -> Activity:
    make_cooperative()
    activity = make_activity(code="CHAINE")
    assign_scale(activity, scale=books.scale(), starts_on=BEGINNING, reason="Vote", actor=None)
    sendings.buyer(activity)
    return activity


CASES = st.fixed_dictionaries(
    {
        "lines": st.lists(sold(), min_size=1, max_size=5),
        "whole": WHOLE,
        "vat_due_on": st.sampled_from(["", "debits"]),
        "acts": ACTS,
        "takes": st.integers(0, 31),
    }
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(case=CASES)
def test_everything_says_the_same_amount(house: Activity, case: dict[str, Any]) -> None:
    with contextlib.suppress(Rolled), transaction.atomic():
        quote = accepted(house, case)
        invoice = invoiced(house, quote)
        for rank, (act, share) in enumerate(case["acts"], start=1):
            moved(invoice, act, share, DAY + timedelta(days=rank))
            agrees(invoice)
        settled(invoice, DAY + timedelta(days=20))
        raise Rolled


def accepted(shop: Activity, case: dict[str, Any]) -> Quote:
    """The quote that a customer signed with some of its options; what the house refuses is no case."""
    customer = shop.customers.get()
    rows = tuple(make.line(one.pop("price"), **one) for one in [dict(line) for line in case["lines"]])
    content = DraftContent(customer=customer, lines=rows, vat_due_on=case["vat_due_on"], **case["whole"])
    try:
        with transaction.atomic():
            quote = create_quote_draft(shop, content=content, form_key=uuid.uuid4(), actor=None)
            quote = approve_quote(quote, actor=None, on=DAY)
            chosen = [
                row.pk
                for rank, row in enumerate(quote.lines.filter(optional=True))
                if case["takes"] >> rank & 1
            ]
            return accept_quote(
                quote,
                reply=Reply("Jeanne Durand"),
                options=chosen,
                actor=None,
                at=timezone.now(),
                on=DAY,
            )
    except Refused:
        assume(False)
        raise


def invoiced(shop: Activity, quote: Quote) -> Invoice:
    draft = invoice_quote(quote, form_key=uuid.uuid4(), actor=None)
    promised = estimate(shop, parts_of(draft), DAY)
    invoice = make.issue(draft, on=DAY)
    answer = quote.answer
    assert (invoice.total_excl_tax, invoice.total_incl_tax) == (answer.total_excl_tax, answer.total_incl_tax)
    says_so(invoice)
    (run,) = ContributionRun.objects.filter(subject=invoice.number)
    assert promised.exact
    assert run.due == promised.due
    agrees(invoice)
    return invoice


def says_so(document: Invoice) -> None:
    """The e-invoice bears the amounts of the document."""
    xml = etree.fromstring(build_xml(EInvoice.from_json(document.facts or {})))
    (header,) = xml.xpath("//*[local-name()='SpecifiedTradeSettlementHeaderMonetarySummation']")
    told = {etree.QName(one).localname: Decimal(one.text) for one in header}
    assert told["TaxBasisTotalAmount"] == document.total_excl_tax
    assert told["TaxTotalAmount"] == document.total_tax
    assert told["GrandTotalAmount"] == document.total_incl_tax
    nets = xml.xpath(
        "//*[local-name()='SpecifiedTradeSettlementLineMonetarySummation']/*[local-name()='LineTotalAmount']"
    )
    assert sum(Decimal(one.text) for one in nets) == told["LineTotalAmount"]
    assert told["LineTotalAmount"] - told.get("AllowanceTotalAmount", 0) == told["TaxBasisTotalAmount"]


def moved(invoice: Invoice, act: str, share: int, on: date) -> None:
    """One movement of money or one credit note; what the house refuses changes nothing."""
    standing = standing_of(invoice)
    amount = (standing.gross * share / 100).quantize(CENTS)
    last = invoice.payments.filter(amount__gt=0, receipt__reversed_by=None).last()
    try:
        with transaction.atomic():
            if act == "pay":
                make.pay(invoice, str(amount), on=on)
            elif act == "back" and last is not None:
                make.reverse(last, on=on)
            elif act == "rest":
                give_back(make.credit(invoice, CreditPart.REST), on)
            elif act == "lines":
                give_back(make.credit(invoice, CreditPart.LINES, lines=list(some_lines(invoice, share))), on)
    except Refused:
        return


def some_lines(invoice: Invoice, share: int) -> Iterator[LineCredit]:
    for rank, line in enumerate(invoice.lines.order_by("position")):
        if (share + rank) % 2:
            part = (line.quantity * min(share, 100) / 100).quantize(Decimal("0.0001"))
            if part:
                yield LineCredit(line, part)


def give_back(note: Invoice, on: date) -> None:
    says_so(make.issue(note, on=on))


def held(*roles: str) -> Decimal:
    sums = EntryLine.objects.filter(account__role__in=roles).aggregate(gap=Sum("debit") - Sum("credit"))
    return sums["gap"] or Decimal(0)


def agrees(invoice: Invoice) -> None:
    """The books say what the page says."""
    standing = standing_of(invoice)
    shown = Invoice.objects.with_settlement(DAY).get(pk=invoice.pk)
    assert (shown.due, shown.customer_credit) == (standing.due, standing.customer_credit)
    assert held("customer", "customer_advance") == standing.gross - standing.paid
    assert held("bank") == standing.paid
    assert held("vat_pending", "vat_collected") == -standing.tax
    if standing.due:
        assert held("customer_advance") == 0
    taken = ContributionRun.objects.aggregate(due=Sum("due"))["due"]
    assert taken == (standing.net / 10).quantize(CENTS, rounding="ROUND_HALF_UP")
    assert [*balance_faults(), *total_faults()] == []


def settled(invoice: Invoice, on: date) -> None:
    """What is due is paid, what is left over is given back: every account of the customer is closed."""
    standing = standing_of(invoice)
    if standing.due:
        make.pay(invoice, str(standing.due), on=on)
    elif standing.customer_credit:
        refund_customer(
            invoice,
            amount=standing.customer_credit,
            on=on,
            mode="transfer",
            form_key=uuid.uuid4(),
            actor=None,
            today=on,
        )
    agrees(invoice)
    assert (held("customer"), held("customer_advance"), held("vat_pending")) == (0, 0, 0)
    if invoice.credit_notes.exists():
        return
    give_back(make.credit(invoice), on)
    agrees(invoice)
    assert held("vat_collected", "vat_pending") == 0
    assert ContributionRun.objects.aggregate(due=Sum("due"))["due"] == 0
