"""A joint quote from its deposit to its credit notes: each activity has its part, to the cent (INV-20)."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from accounting.models import ContributionRun, EntryLine, SaleMovement
from accounting.selectors.receipts import receipts_between
from cae.core.money import share
from entrepreneurs.models import Activity
from invoicing.models import Invoice, LineShare, PaymentShare, TaxShare, WriteOff
from invoicing.selectors.controls import total_faults
from invoicing.selectors.joint_sums import sums_of_invoice, sums_of_quote
from invoicing.selectors.money_controls import money_faults
from invoicing.selectors.part_controls import part_faults
from invoicing.services.amending import add_amendment
from invoicing.services.converting import invoice_quote
from invoicing.services.crediting import draft_credit_note
from invoicing.services.inputs import LineCredit, ScheduleContent
from invoicing.services.losses import Proof, take_loss_back, write_off
from invoicing.services.payments import record_payment, refund_customer, reverse_receipt, use_advance
from invoicing.services.retaining import release_retention
from invoicing.states.parts import Billing
from invoicing.states.sales import CreditPart, PaymentMode
from tests.factories import accounting as books
from tests.factories import invoicing_joint as joint
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
D = Decimal
REVENUE = ("revenue_services", "revenue_goods", "revenue_training")
# What a payment touches.
MOVED = ("customer", "bank", "vat_pending", "vat_collected")


@pytest.fixture
def both() -> tuple[Activity, Activity]:
    books.scale("0.1000")
    return make_activity(name="Qui mène"), make_activity(name="Associé")


def held(activity: Activity, *roles: str) -> Decimal:
    """Credits less debits of these accounts in the section of the activity."""
    rows = EntryLine.objects.filter(account__role__in=roles, analytic__activity=activity)
    return rows.aggregate(sum=Sum(F("credit") - F("debit")))["sum"] or D(0)


def each(both: tuple[Activity, Activity], *roles: str) -> tuple[Decimal, Decimal]:
    return held(both[0], *roles), held(both[1], *roles)


def sound() -> bool:
    """Each entry balances in each section, and the books say what the documents say."""
    sums = EntryLine.objects.values("entry", "analytic").annotate(gap=Sum(F("debit") - F("credit")))
    assert not sums.exclude(gap=0).exists()
    assert [*total_faults(), *money_faults(), *part_faults()] == []
    return True


def pay(invoice: Invoice, amount: str, on: date = DAY) -> Any:
    return record_payment(
        invoice,
        amount=D(amount),
        on=on,
        mode=PaymentMode.TRANSFER,
        form_key=uuid.uuid4(),
        actor=None,
        today=on,
    )


def credit(invoice: Invoice, part: str = CreditPart.WHOLE, *chosen: tuple[int, str]) -> Invoice:
    lines = {row.position: row for row in invoice.lines.all()}
    note = draft_credit_note(
        invoice,
        part=part,
        reason="Erreur",
        form_key=uuid.uuid4(),
        actor=None,
        lines=[LineCredit(lines[place], D(quantity)) for place, quantity in chosen],
    )
    return parts.issue(note)


def give_up(invoice: Invoice) -> WriteOff:
    return write_off(
        invoice,
        on=DAY,
        reason="Liquidation",
        proof=Proof("jugement.pdf", b"%PDF-1.7\n%%EOF"),
        note_sent_on=None,
        form_key=uuid.uuid4(),
        actor=None,
        today=DAY,
    )


def of_tax(invoice: Invoice) -> list[tuple[int, Decimal, Decimal]]:
    rows = TaxShare.objects.filter(of__invoice=invoice).order_by("activity")
    return list(rows.values_list("activity", "base", "tax"))


def test_from_the_deposit_to_the_balance(both: tuple[Activity, Activity]) -> None:
    """60/40 of odd amounts over two rates: deposit, interim, balance, paid in pieces; each ends with its
    share of the whole, net and tax, and contributes on its own net by its own scale."""
    lines = (line("333.33"), line("1000.01", vat="intermediate"), line("0.07"))
    quote = joint.accepted(*lines, leading=both[0], other=both[1])
    first = parts.issue(parts.deposit(quote, "0.3"))
    assert sum(base for _key, base, _tax in of_tax(first)) == first.total_excl_tax
    second = parts.issue(parts.interim(quote, amount=D("123.45")))
    for amount in ("17.01", "0.01", "83.20"):
        pay(first, amount)
    last = parts.issue(parts.balance(quote))
    net = quote.total_excl_tax
    assert each(both, *REVENUE, "discount_granted") == (D("800.05"), net - D("800.05"))
    assert each(both, "customer_advance") == (0, 0)
    due = {one.pk: one.total_incl_tax for one in (first, second, last)}
    due[first.pk] -= D("100.22")
    for one in (first, second, last):
        pay(one, str(due[one.pk]))
    assert each(both, "customer") == each(both, "vat_pending") == (0, 0)
    gross = quote.total_incl_tax
    banked = [-held(one, "bank") for one in both]
    assert sum(banked) == gross
    assert banked == [held(one, *REVENUE, "vat_collected") for one in both]
    assert sound()
    sold = {one.pk: SaleMovement.objects.filter(activity=one).aggregate(s=Sum("net"))["s"] for one in both}
    assert sold == {both[0].pk: D("800.05"), both[1].pk: net - D("800.05")}
    subjects = ContributionRun.objects.filter(subject=last.number).values_list("activity", flat=True)
    assert set(subjects) == {one.pk for one in both}


def test_situations_with_a_retention(both: tuple[Activity, Activity]) -> None:
    """Two situations of which the customer holds 5 %, the balance, the release: every account of every
    section ends where its share says."""
    said: dict[str, Any] = {"schedule": ScheduleContent(Billing.PROGRESS, retention_rate=D("0.05"))}
    quote = joint.accepted(line("999.99"), line("100.10"), leading=both[0], other=both[1], **said)
    advance = parts.issue(parts.deposit(quote, "0.2"))
    made = [parts.issue(parts.situation(quote, share)) for share in ("0.33", "0.77")]
    made.append(parts.issue(parts.balance(quote)))
    pay(advance, str(advance.total_incl_tax))
    for one in made:
        pay(one, str(one.total_incl_tax - one.retained))
    assert each(both, "customer") == (0, 0)
    kept = [-amount for amount in each(both, "customer_retention")]
    assert sum(kept) == sum(one.retained for one in made)
    later = date(2027, 3, 2)
    for one in made:
        release_retention(one, on=later, due_on=later, actor=None, today=later)
        pay(one, str(one.retained), later)
    assert each(both, "customer") == each(both, "customer_retention") == each(both, "vat_pending") == (0, 0)
    assert each(both, *REVENUE) == tuple(share(quote.total_excl_tax, [D("0.6"), D("0.4")]))
    assert sound()


def test_line_by_line_each_has_what_it_does(both: tuple[Activity, Activity]) -> None:
    """A line of each, a common one, an option of the other taken: a deposit follows what each bears of its
    rate, and the balance leaves to each exactly its lines."""
    lines = (line("700.00"), line("200.00"), line("100.00"), line("50.00", optional=True))
    quote = joint.accepted(
        *lines, leading=both[0], other=both[1], rates=("0.5", "0.5"), bearers={1: 0, 2: 1, 4: 1}, take=(4,)
    )
    first = parts.issue(parts.deposit(quote, "0.3"))
    assert [base for _key, base, _tax in of_tax(first)] == [D("225.00"), D("90.00")]
    pay(first, "100.00")
    last = parts.issue(parts.balance(quote))
    assert each(both, *REVENUE) == (D("750.00"), D("300.00"))
    # The line of the other alone, for a half of it: the one that leads gives nothing back.
    place = last.lines.get(net="200.00").position
    note = credit(last, CreditPart.LINES, (place, "0.5"))
    assert of_tax(note) == [(both[1].pk, D("100.00"), D("20.00"))]
    assert each(both, *REVENUE) == (D("750.00"), D("200.00"))
    pay(last, str(last.total_incl_tax - note.total_incl_tax))
    pay(first, str(first.total_incl_tax - D("100.00")))
    assert each(both, "customer") == each(both, "vat_pending") == (0, 0)
    assert sound()


def test_a_credit_note_gives_back_to_each_what_it_had(both: tuple[Activity, Activity]) -> None:
    """The unpaid rest, then all of another invoice that was paid, refunded, and its contribution."""
    quote = joint.accepted(line("333.35"), leading=both[0], other=both[1])
    first = parts.issue(parts.interim(quote, amount=D("100.01")))
    pay(first, "33.34")
    rest = credit(first, CreditPart.REST)
    assert rest.total_incl_tax == D("66.67")
    assert each(both, "customer") == each(both, "vat_pending") == (0, 0)
    last = parts.issue(parts.balance(quote))
    paid = pay(last, str(last.total_incl_tax))
    whole = credit(last)
    assert of_tax(whole) == of_tax(last)
    refund_customer(
        last,
        amount=last.total_incl_tax,
        on=DAY,
        mode=PaymentMode.TRANSFER,
        form_key=uuid.uuid4(),
        actor=None,
        today=DAY,
    )
    assert each(both, "customer") == each(both, "vat_pending") == (0, 0)
    assert [-held(one, "bank") for one in both] == [
        held(one, *REVENUE, "vat_collected", "customer_advance") for one in both
    ]
    assert paid.shares.count() == 2
    given = ContributionRun.objects.filter(subject__in=[last.number, whole.number])
    assert set(given.values_list("activity").annotate(Sum("due")).values_list("activity", "due__sum")) == {
        (one.pk, D("0.00")) for one in both
    }
    again = parts.issue(parts.balance(quote))
    assert again.total_incl_tax == quote.total_incl_tax - D("33.34")
    assert each(both, *REVENUE) == tuple(share(quote.total_excl_tax, [D("0.6"), D("0.4")]))
    assert sound()


def test_a_surplus_a_reversal_and_a_loss(both: tuple[Activity, Activity]) -> None:
    """Money beyond what is due, used on another invoice; money taken back; the rest given up and back."""
    quote = joint.accepted(line("101.01"), leading=both[0], other=both[1])
    first = parts.issue(parts.interim(quote, amount=D("40.03")))
    last = parts.issue(parts.balance(quote))
    pay(first, "50.05")
    assert -sum(each(both, "customer_advance")) == D("-10.02")
    use_advance(
        first,
        on_invoice=last,
        amount=D("10.02"),
        on=DAY,
        form_key=uuid.uuid4(),
        actor=None,
        today=DAY,
    )
    assert each(both, "customer_advance") == (0, 0)
    before = [each(both, role) for role in MOVED]
    wrong = pay(last, "20.00").receipt
    assert [each(both, role) for role in MOVED] != before
    reverse_receipt(wrong, on=DAY, reason="Impayé", form_key=uuid.uuid4(), actor=None, today=DAY)
    sums = PaymentShare.objects.filter(payment__invoice=last).values_list("activity").annotate(Sum("amount"))
    assert sum(amount for _key, amount in sums) == D("10.02")
    assert [each(both, role) for role in MOVED] == before
    loss = give_up(last)
    assert each(both, "customer") == each(both, "vat_pending") == (0, 0)
    assert -sum(each(both, "bad_debt")) == loss.charge
    take_loss_back(loss, on=DAY, reason="Payé", form_key=uuid.uuid4(), actor=None, today=DAY)
    pay(last, str(last.total_incl_tax - D("10.02")))
    assert each(both, "customer") == each(both, "vat_pending") == each(both, "bad_debt") == (0, 0)
    assert sound()


def test_equal_shares_leave_no_cent_of_tax_behind_a_loss(both: tuple[Activity, Activity]) -> None:
    quote = joint.accepted(line("100.00"), leading=both[0], other=both[1], rates=("0.5", "0.5"))
    invoice = parts.issue(parts.balance(quote))
    pay(invoice, "33.30")
    give_up(invoice)
    assert each(both, "customer") == each(both, "vat_pending") == (0, 0)
    assert sound()


def test_the_unpaid_rest_is_of_whoever_bears_the_lines(both: tuple[Activity, Activity]) -> None:
    """Line by line, a common line does not carry the rest of those that each bears alone; what was received
    is told as it stands once the credit note has settled the invoice."""
    lines = (line("700.00"), line("200.00"), line("100.00"))
    halves: dict[str, Any] = {"rates": ("0.5", "0.5"), "bearers": {1: 0, 2: 1}}
    quote = joint.accepted(*lines, leading=both[0], other=both[1], **halves)
    last = parts.issue(parts.balance(quote))
    pay(last, "240.00")
    rest = credit(last, CreditPart.REST)
    assert of_tax(rest) == [(both[0].pk, D("600.00"), D("120.00")), (both[1].pk, D("200.00"), D("40.00"))]
    assert each(both, *REVENUE) == (D("150.00"), D("50.00"))
    # A line of the paid part then comes back too: each gives what it still has of it.
    again = credit(last, CreditPart.LINES, (last.lines.get(net="100.00").position, "1"))
    assert of_tax(again) == [(both[0].pk, D("50.00"), D("10.00")), (both[1].pk, D("50.00"), D("10.00"))]
    assert sound()


def test_what_was_received_is_told_as_it_stands(both: tuple[Activity, Activity]) -> None:
    """A credit note that settles the invoice moves money between activities: pages say so."""
    lines = (line("700.00"), line("200.00"))
    quote = joint.accepted(*lines, leading=both[0], other=both[1], rates=("0.5", "0.5"), bearers={1: 0, 2: 1})
    last = parts.issue(parts.balance(quote))
    pay(last, "900.00")
    credit(last, CreditPart.LINES, (last.lines.get(net="200.00").position, "0.75"))
    told = [(one.gross, one.received) for one in sums_of_quote(quote).values()]
    assert told == [(D("840.00"), D("840.00")), (D("60.00"), D("60.00"))]
    assert [one.received for one in sums_of_invoice(last)] == [-held(one, "bank") for one in both]
    assert sound()


def test_the_odd_cent_of_parts_asked_line_by_line_goes_to_each_in_turn(
    both: tuple[Activity, Activity],
) -> None:
    halves: dict[str, Any] = {"rates": ("0.5", "0.5"), "bearers": {1: 0, 2: 1}}
    quote = joint.accepted(line("500.00"), line("500.00"), leading=both[0], other=both[1], **halves)
    made = [parts.issue(parts.interim(quote, amount=D("12.01"))) for _turn in range(2)]
    assert [[base for _key, base, _tax in of_tax(one)] for one in made] == [
        [D("5.01"), D("5.00")],
        [D("5.00"), D("5.01")],
    ]


def test_an_amendment_changes_what_is_asked_next_never_what_was(both: tuple[Activity, Activity]) -> None:
    said: dict[str, Any] = {"leading": both[0], "other": both[1], "rates": ("0.5", "0.5")}
    quote = joint.accepted(line("500.00"), line("500.00"), bearers={1: 0, 2: 1}, **said)
    first = parts.issue(parts.interim(quote, amount=D("600.00")))
    added = joint.accepted(line("9000.00"), bearers={1: 1}, **said)
    add_amendment(quote, quote=added, actor=None, at=timezone.now())
    second = parts.issue(parts.interim(quote, amount=D("1200.00")))
    assert [[base for _key, base, _tax in of_tax(one)] for one in (first, second)] == [
        [D("250.00"), D("250.00")],
        [D("50.00"), D("950.00")],
    ]
    parts.issue(parts.balance(quote))
    assert each(both, *REVENUE) == (D("500.00"), D("9500.00"))
    assert sound()


def test_a_joint_quote_invoiced_at_once_is_cut_too(both: tuple[Activity, Activity]) -> None:
    """Its only invoice has the amounts of the quote; what each has of it never changes."""
    quote = joint.accepted(line("100.00"), leading=both[0], other=both[1])
    invoice = parts.issue(invoice_quote(quote, form_key=uuid.uuid4(), actor=None))
    assert of_tax(invoice) == [(both[0].pk, D(60), D(12)), (both[1].pk, D(40), D(8))]
    for row in (LineShare.objects.first(), TaxShare.objects.first()):
        assert row is not None
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(activity=both[1])
    with pytest.raises(DatabaseError), transaction.atomic():
        _share_more(invoice)


def _share_more(invoice: Invoice) -> None:
    TaxShare.objects.create(of=invoice.taxes.get(), activity=make_activity(), base=D(1), tax=D(0))
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_each_gives_on_what_it_is_paid_when_its_scale_says_so() -> None:
    books.scale(rules=books.flat("0.1000") | {"base": {"turnover": "received"}})
    both = make_activity(name="Qui mène"), make_activity(name="Associé")
    quote = joint.accepted(line("1000.00"), leading=both[0], other=both[1])
    invoice = parts.issue(parts.balance(quote))
    for amount in ("333.33", "866.67"):
        pay(invoice, amount)
    rows = (
        ContributionRun.objects.values_list("activity").annotate(Sum("base"), Sum("due")).order_by("activity")
    )
    assert list(rows) == [(both[0].pk, D("600.00"), D("60.00")), (both[1].pk, D("400.00"), D("40.00"))]
    assert sound()


def test_what_is_given_up_is_no_receipt(both: tuple[Activity, Activity]) -> None:
    quote = joint.accepted(line("1000.00"), leading=both[0], other=both[1])
    invoice = parts.issue(parts.balance(quote))
    pay(invoice, "300.00")
    loss = give_up(invoice)
    assert [_released(one) for one in both] == [D("150.00"), D("100.00")]
    take_loss_back(loss, on=DAY, reason="Payé", form_key=uuid.uuid4(), actor=None, today=DAY)
    assert [_released(one) for one in both] == [D("150.00"), D("100.00")]


def _released(activity: Activity) -> Decimal:
    receipts = receipts_between([activity.pk], start=DAY, end=DAY)
    return sum((net for one in receipts for net in one.sales.values()), D(0))
