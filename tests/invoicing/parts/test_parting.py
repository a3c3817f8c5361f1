"""From a quote to its parts: each asks what the schedule says, never more than what is left, to the cent."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.models import Invoice, InvoiceLine, Quote
from invoicing.selectors.parts import work_of
from invoicing.services.converting import invoice_quote
from invoicing.services.discarding import discard_invoice, restore_invoice
from invoicing.services.drafting import duplicate_invoice, save_draft
from invoicing.services.inputs import DraftContent, PartContent
from invoicing.services.parting import Ask, prepare_deposit, save_part
from invoicing.states.sales import CreditPart
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories import quotes
from tests.factories.invoicing import DAY, line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]

D = Decimal


def two_rates(owner: Activity, **said: object) -> Quote:
    """DT20: 100.20 at 20 %, 10.00 at 5.5 %."""
    lines = (line("50.10"), line("50.10", label="Suite"), line("10.00", vat="reduced", nature="goods"))
    return parts.accepted(owner, *lines, **said)


def figures(invoice: Invoice) -> list[tuple[str, str]]:
    return [(str(tax.base), str(tax.tax)) for tax in invoice.taxes.order_by("-rate")]


def refusal_of(act: object) -> Refused:
    before = list(Invoice.objects.values_list("pk", "state", "version"))
    with pytest.raises(Refused) as refusal:
        act()  # type: ignore[operator]
    assert list(Invoice.objects.values_list("pk", "state", "version")) == before
    return refusal.value


def test_deposit_interim_and_balance_are_those_of_the_worked_case(shop: Activity) -> None:
    quote = two_rates(shop)
    deposit = parts.issue(parts.deposit(quote, "0.2"))
    first = parts.issue(parts.interim(quote, amount=D("40.00")))
    second = parts.issue(parts.interim(quote, amount=D("60.00")))
    last = parts.issue(parts.balance(quote))
    assert figures(deposit) == [("20.04", "4.01"), ("2.00", "0.11")]
    assert figures(first) == [("30.64", "6.13"), ("3.06", "0.17")]
    assert figures(second) == [("45.97", "9.19"), ("4.59", "0.25")]
    assert figures(last) == [("3.55", "0.71"), ("0.35", "0.02")]
    assert sum(one.total_incl_tax for one in (deposit, first, second, last)) == quote.total_incl_tax
    taken = last.lines.exclude(deducts=None).values_list("deducts", flat=True)
    assert set(taken) == {deposit.pk, first.pk, second.pk}
    assert work_of(quote).left == ()


def test_the_lines_say_what_is_asked_of_each_rate_and_nature(shop: Activity) -> None:
    made = parts.deposit(two_rates(shop))
    said = [(row.nature, row.quantity, row.net, row.vat_rate.percent) for row in made.lines.all()]
    assert said == [("services", 1, D("30.06"), D("20.00")), ("goods", 1, D("3.00"), D("5.50"))]
    assert made.lines.first().label == f"Acompte · {made.quote}"


def test_options_taken_are_invoiced_and_the_others_not(shop: Activity) -> None:
    lines = (line("100.00"), line("40.00", optional=True), line("60.00", optional=True))
    quote = parts.accepted(shop, *lines, take=(3,), discount_rate=D("0.1"))
    assert work_of(quote).net == D("144.00")
    deposit = parts.issue(parts.deposit(quote, "0.5"))
    last = parts.balance(quote)
    assert (deposit.total_excl_tax, last.total_excl_tax) == (D("72.00"), D("72.00"))
    assert last.discount_amount == D("16.00")


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (Ask(amount=D("132.01")), Code.AMOUNT_ABOVE_DUE),
        (Ask(rate=D("1")), Code.AMOUNT_INVALID),
        (Ask(rate=D("1.01")), Code.AMOUNT_INVALID),
        (Ask(rate=D("0")), Code.AMOUNT_INVALID),
        (Ask(amount=D("-1")), Code.AMOUNT_INVALID),
        (Ask(amount=D("0.001")), Code.AMOUNT_INVALID),
        (Ask(), Code.AMOUNT_INVALID),
    ],
)
def test_what_no_part_may_ask(ask: Ask, code: Code, shop: Activity) -> None:
    quote = parts.accepted(shop, line("110.00"))
    refusal = refusal_of(lambda: prepare_deposit(quote, ask=ask, form_key=uuid.uuid4(), actor=None))
    assert refusal.code == code


def test_above_the_rest_says_what_is_left(shop: Activity) -> None:
    quote = parts.accepted(shop, line("100.00"))
    parts.issue(parts.deposit(quote, "0.3"))
    refusal = refusal_of(lambda: parts.interim(quote, rate=D("0.8")))
    assert (refusal.code, "84,00" in str(refusal)) == (Code.AMOUNT_ABOVE_DUE, True)


def test_one_part_at_a_time(shop: Activity) -> None:
    quote, form_key = parts.accepted(shop, line("100.00")), uuid.uuid4()
    ask = {"ask": Ask(rate=D("0.3")), "form_key": form_key, "actor": None}
    first = prepare_deposit(quote, **ask)
    assert prepare_deposit(quote, **ask) == first
    assert refusal_of(lambda: parts.balance(quote)).code == Code.ALREADY_DONE
    discard_invoice(first, actor=None)
    assert parts.balance(quote).total_excl_tax == D("100.00")
    assert refusal_of(lambda: restore_invoice(first, actor=None)).code == Code.ILLEGAL_MOVE


def test_whole_or_in_parts_never_both(shop: Activity) -> None:
    quote = parts.accepted(shop, line("100.00"))
    whole = invoice_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert refusal_of(lambda: parts.deposit(quote)).code == Code.ALREADY_DONE
    discard_invoice(whole, actor=None)
    parts.issue(parts.deposit(quote))
    again = lambda: invoice_quote(quote, form_key=uuid.uuid4(), actor=None)  # noqa: E731
    assert refusal_of(again).code == Code.ALREADY_DONE
    assert refusal_of(lambda: restore_invoice(whole, actor=None)).code == Code.ALREADY_DONE


def test_only_an_accepted_quote(shop: Activity) -> None:
    assert refusal_of(lambda: parts.deposit(quotes.approved(shop))).code == Code.ILLEGAL_MOVE


def test_a_credit_note_gives_its_share_back(shop: Activity) -> None:
    quote = parts.accepted(shop, line("100.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    sales.issue(sales.credit(deposit), on=DAY + timedelta(days=1))
    assert work_of(quote).gross_left == D("120.00")
    last = parts.balance(quote)
    assert (last.total_excl_tax, last.lines.count()) == (D("100.00"), 1)


def test_a_draft_made_before_a_credit_note_is_made_again(shop: Activity) -> None:
    quote = parts.accepted(shop, line("100.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    last = parts.balance(quote)
    sales.issue(sales.credit(deposit), on=DAY + timedelta(days=1))
    refusal = refusal_of(lambda: parts.issue(last, on=DAY + timedelta(days=1)))
    assert refusal.code == Code.STALE_FORM
    discard_invoice(last, actor=None)
    assert parts.issue(parts.balance(quote), on=DAY + timedelta(days=1)).total_excl_tax == D("100.00")


def test_amounts_come_from_the_quote(shop: Activity) -> None:
    draft = parts.deposit(parts.accepted(shop, line("100.00")))
    content = DraftContent(customer=draft.customer, lines=(line("1.00"),))
    save = lambda: save_draft(draft, content=content, version=draft.version, actor=None)  # noqa: E731
    assert refusal_of(save).code == Code.ILLEGAL_MOVE
    copy = lambda: duplicate_invoice(draft, form_key=uuid.uuid4(), actor=None)  # noqa: E731
    assert refusal_of(copy).code == Code.ILLEGAL_MOVE


def test_what_a_part_may_say_of_itself(shop: Activity) -> None:
    draft = parts.deposit(parts.accepted(shop, line("100.00")))
    said = PartContent(purpose=" Premier acompte ", order_reference="BC 12", due_on=date(2026, 3, 9))
    saved = save_part(draft, content=said, version=draft.version, actor=None)
    assert (saved.purpose, saved.order_reference, saved.due_on) == (
        "Premier acompte",
        "BC 12",
        date(2026, 3, 9),
    )
    assert saved.total_excl_tax == D("30.00")
    stale = lambda: save_part(draft, content=said, version=draft.version, actor=None)  # noqa: E731
    assert refusal_of(stale).code == Code.STALE_FORM
    long = PartContent(purpose="x" * 251)
    too_long = lambda: save_part(saved, content=long, version=saved.version, actor=None)  # noqa: E731
    assert refusal_of(too_long).code == Code.TEXT_TOO_LONG
    issued = parts.issue(saved)
    late = lambda: save_part(issued, content=said, version=issued.version, actor=None)  # noqa: E731
    assert refusal_of(late).code == Code.ILLEGAL_MOVE


def test_several_natures_under_a_rate_keep_their_shares(shop: Activity) -> None:
    """What the contribution reads of each nature adds up to the quote, discount on the whole included."""
    lines = (line("33.33"), line("66.67", nature="training"), line("11.11", nature="rebilled"))
    quote = parts.accepted(shop, *lines, discount_amount=D("7.77"))
    made = [parts.issue(parts.deposit(quote, "0.3333")), parts.issue(parts.interim(quote, rate=D("0.3333")))]
    made.append(parts.issue(parts.balance(quote)))
    rows = InvoiceLine.objects.filter(invoice__in=made)
    for nature, net in (("services", "33.33"), ("training", "66.67"), ("rebilled", "11.11")):
        assert sum(row.net for row in rows if row.nature == nature and not row.deducts) >= D(net)
        assert sum(row.net for row in rows if row.nature == nature) == D(net)
    assert sum(one.total_incl_tax for one in made) == quote.total_incl_tax


def test_credit_of_the_rest_of_an_instalment(shop: Activity) -> None:
    quote = parts.accepted(shop, line("100.00"), line("10.00", vat="reduced", nature="goods"))
    asked = parts.issue(parts.interim(quote, rate=D("0.5")))
    sales.pay(asked, "20.00")
    sales.issue(sales.credit(asked, CreditPart.REST), on=date(2026, 4, 2))
    left = work_of(quote).gross_left
    assert left == quote.total_incl_tax - D("20.00")
    assert parts.balance(quote).total_incl_tax == left
    assert left > ZERO
