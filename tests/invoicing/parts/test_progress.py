"""Situations: the work of each line to date less what was invoiced, the deposit recovered, a part held."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import money, percent
from entrepreneurs.models import Activity
from invoicing.models import Amendment, Invoice, Quote, RetentionRelease
from invoicing.selectors.controls import total_faults
from invoicing.selectors.invoices import standing_of
from invoicing.selectors.money_controls import money_faults
from invoicing.selectors.part_controls import part_faults
from invoicing.selectors.parts import work_of
from invoicing.selectors.quote_controls import conversion_faults
from invoicing.services.amending import add_amendment, remove_amendment
from invoicing.services.converting import invoice_quote
from invoicing.services.inputs import LineCredit, ScheduleContent
from invoicing.services.parting import prepare_progress
from invoicing.services.retaining import release_retention
from invoicing.states.parts import Billing, InvoicePart
from invoicing.states.sales import CreditPart, Settlement
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.invoicing import DAY, line
from tests.invoicing.parts.test_parting import refusal_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]

D = Decimal


def works(owner: Activity, **said: object) -> Quote:
    lines = (line("1000.00", label="Maçonnerie"), line("500.00", label="Peinture", vat="intermediate"))
    return parts.accepted(owner, *lines, **said)


def sound() -> bool:
    """The books and the documents agree, and no part passes its quote."""
    faults = [*total_faults(), *money_faults(), *conversion_faults(), *part_faults()]
    assert faults == []
    return True


def nets(invoice: Invoice) -> list[str]:
    return [str(row.net) for row in invoice.lines.order_by("position")]


def test_two_situations_and_the_final_account(shop: Activity) -> None:
    quote = works(shop)
    first = parts.issue(parts.situation(quote, {1: "0.3"}, retention=D(0)))
    second = parts.issue(parts.situation(quote, {1: "0.6", 2: "0.5"}, retention=D(0)))
    last = parts.issue(parts.situation(quote, "1", retention=D(0)))
    assert [nets(one) for one in (first, second, last)] == [
        ["300.00"],
        ["300.00", "250.00"],
        ["400.00", "250.00"],
    ]
    assert [(one.part, one.situation) for one in (first, second, last)] == [
        (InvoicePart.PROGRESS, 1),
        (InvoicePart.PROGRESS, 2),
        (InvoicePart.BALANCE, None),
    ]
    assert sum(one.total_incl_tax for one in (first, second, last)) == quote.total_incl_tax
    said = second.lines.first().description
    assert said == f"Avancement : {percent(D('0.6'))} de {money(1000)} HT, dont {money(300)} déjà facturés."
    assert sound()


def test_the_deposit_comes_back_with_the_work(shop: Activity) -> None:
    quote = works(shop)
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    first = parts.issue(parts.situation(quote, {1: "0.5"}, retention=D(0)))
    assert nets(first) == ["500.00", "-150.00"]
    last = parts.issue(parts.balance(quote, retention=D(0)))
    assert nets(last) == ["500.00", "500.00", "-150.00", "-150.00"]
    assert sum(one.total_incl_tax for one in (deposit, first, last)) == quote.total_incl_tax
    assert sound()


def test_a_line_may_come_down_the_situation_may_not(shop: Activity) -> None:
    quote = works(shop)
    parts.issue(parts.situation(quote, {1: "0.5"}, retention=D(0)))
    down = parts.issue(parts.situation(quote, {1: "0.4", 2: "0.8"}, retention=D(0)))
    assert nets(down) == ["-100.00", "400.00"]
    refused = refusal_of(lambda: parts.situation(quote, {1: "0.1"}))
    assert (refused.code, "avoir" in str(refused)) == (Code.AMOUNT_INVALID, True)
    assert "Rien n’a avancé" in str(refusal_of(lambda: parts.situation(quote, {1: "0.4", 2: "0.8"})))


@pytest.mark.parametrize("share", ["1.01", "-0.1", "0.33333"])
def test_a_share_has_bounds(share: str, shop: Activity) -> None:
    quote = works(shop)
    assert refusal_of(lambda: parts.situation(quote, {1: share})).code == Code.AMOUNT_INVALID


def test_the_lines_of_another_quote_are_refused(shop: Activity) -> None:
    quote, other = works(shop), works(shop)
    stray = other.lines.first().pk
    act = lambda: prepare_progress(quote, reached={stray: D("0.5")}, form_key=uuid.uuid4(), actor=None)  # noqa: E731
    assert refusal_of(act).code == Code.VALUE_INVALID


def test_instalments_and_situations_do_not_mix(shop: Activity) -> None:
    quote = works(shop)
    parts.issue(parts.interim(quote, rate=D("0.2")))
    assert refusal_of(lambda: parts.situation(quote, {1: "0.5"})).code == Code.ILLEGAL_MOVE
    by_progress = works(shop, schedule=ScheduleContent(Billing.PROGRESS))
    assert refusal_of(lambda: parts.interim(by_progress, rate=D("0.2"))).code == Code.ILLEGAL_MOVE


def test_a_discount_on_the_whole_follows_the_lines(shop: Activity) -> None:
    quote = works(shop, discount_rate=D("0.1"))
    first = parts.issue(parts.situation(quote, {1: "0.5"}, retention=D(0)))
    last = parts.issue(parts.balance(quote, retention=D(0)))
    assert nets(first) == ["450.00"]
    assert first.total_incl_tax + last.total_incl_tax == quote.total_incl_tax
    assert sound()


def test_credited_lines_may_be_invoiced_again(shop: Activity) -> None:
    quote = works(shop)
    first = parts.issue(parts.situation(quote, {1: "0.5", 2: "0.5"}, retention=D(0)))
    assert refusal_of(lambda: sales.credit(first, CreditPart.REST)).code == Code.ILLEGAL_MOVE
    row = first.lines.get(label="Peinture")
    lines = [LineCredit(row, row.quantity)]
    sales.issue(sales.credit(first, CreditPart.LINES, lines=lines), on=DAY + timedelta(days=1))
    last = parts.issue(parts.balance(quote, retention=D(0)), on=DAY + timedelta(days=1))
    assert nets(last) == ["500.00", "500.00"]
    assert sound()


def held_situation(owner: Activity) -> tuple[Quote, Invoice]:
    """Case LG12: 240.00 with tax, of which the customer keeps 5 %."""
    quote = parts.accepted(owner, line("400.00"), schedule=ScheduleContent(Billing.PROGRESS))
    return quote, parts.issue(parts.situation(quote, "0.5"))


def test_what_is_held_is_not_due(shop: Activity) -> None:
    _quote, first = held_situation(shop)
    assert (first.retention_rate, first.retained) == (D("0.0500"), D("12.00"))
    assert first.retained_until == date(2027, 3, 2)
    assert standing_of(first).due == D("228.00")
    sales.pay(first, "228.00")
    row = Invoice.objects.with_settlement(date(2026, 12, 1)).get(pk=first.pk)
    assert (row.due, row.settlement, row.balance.held) == (D(0), Settlement.SETTLED, D("12.00"))
    with pytest.raises(Refused) as refusal:
        sales.pay(first, "12.00")
    assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
    assert first.payments.count() == 1
    assert sound()


def test_a_release_makes_it_due_on_its_own_day(shop: Activity) -> None:
    _quote, first = held_situation(shop)
    sales.pay(first, "228.00")
    release_retention(first, on=date(2027, 3, 2), due_on=date(2027, 4, 1), actor=None, today=date(2027, 3, 2))
    late = lambda on: Invoice.objects.overdue(on).filter(pk=first.pk).exists()  # noqa: E731
    word = lambda on: Invoice.objects.with_settlement(on).get(pk=first.pk).settlement  # noqa: E731
    assert (late(date(2027, 4, 1)), word(date(2027, 4, 1))) == (False, Settlement.PARTLY_SETTLED)
    assert (late(date(2027, 4, 2)), word(date(2027, 4, 2))) == (True, Settlement.OVERDUE)
    sales.pay(first, "12.00", on=date(2027, 4, 1))
    assert word(date(2027, 5, 1)) == Settlement.SETTLED
    assert sound()


def test_what_a_release_refuses(shop: Activity) -> None:
    _quote, first = held_situation(shop)
    today = date(2026, 6, 1)
    for on, due_on in (
        (date(2026, 3, 1), today),
        (date(2026, 6, 2), date(2026, 7, 1)),
        (today, date(2026, 5, 31)),
    ):
        with pytest.raises(Refused) as refusal:
            release_retention(first, on=on, due_on=due_on, actor=None, today=today)
        assert refusal.value.code == Code.DATE_INVALID
    assert not RetentionRelease.objects.exists()
    release_retention(first, on=today, due_on=today, actor=None, today=today)
    with pytest.raises(Refused) as refusal:
        release_retention(first, on=today, due_on=today, actor=None, today=today)
    assert refusal.value.code == Code.ALREADY_DONE


def test_a_credit_note_waits_for_the_release(shop: Activity) -> None:
    _quote, first = held_situation(shop)
    assert refusal_of(lambda: sales.credit(first)).code == Code.ILLEGAL_MOVE
    release_retention(first, on=DAY, due_on=DAY, actor=None, today=DAY)
    sales.issue(sales.credit(first), on=DAY)
    assert standing_of(first).gross == 0
    assert sound()


def test_no_more_than_the_law_allows(shop: Activity) -> None:
    quote = parts.accepted(shop, line("400.00"), schedule=ScheduleContent(Billing.PROGRESS))
    assert refusal_of(lambda: parts.situation(quote, "0.5", retention=D("0.06"))).code == Code.AMOUNT_INVALID
    assert parts.situation(quote, "0.5", retention=D("0.03")).retained == D("7.20")


def test_nothing_is_kept_of_instalments(shop: Activity) -> None:
    quote = parts.accepted(shop, line("400.00"))
    parts.issue(parts.interim(quote, rate=D("0.5")))
    assert parts.balance(quote).retained == 0


def amended(owner: Activity) -> tuple[Quote, Quote, Amendment]:
    quote = works(owner)
    more = parts.accepted(owner, line("200.00", label="Terrasse"), customer=quote.customer)
    return quote, more, add_amendment(quote, quote=more, actor=None, at=timezone.now())


def test_an_amendment_is_invoiced_with_the_work(shop: Activity) -> None:
    quote, more, made = amended(shop)
    assert add_amendment(quote, quote=more, actor=None, at=timezone.now()) == made
    assert (
        refusal_of(lambda: invoice_quote(more, form_key=uuid.uuid4(), actor=None)).code == Code.ILLEGAL_MOVE
    )
    assert (
        refusal_of(lambda: invoice_quote(quote, form_key=uuid.uuid4(), actor=None)).code == Code.ILLEGAL_MOVE
    )
    assert refusal_of(lambda: parts.deposit(more)).code == Code.ILLEGAL_MOVE
    first = parts.issue(parts.situation(quote, {1: "1"}, retention=D(0)))
    last = parts.issue(parts.balance(quote, retention=D(0)))
    assert nets(last) == ["500.00", "200.00"]
    assert first.total_incl_tax + last.total_incl_tax == quote.total_incl_tax + more.total_incl_tax
    assert str(more) in [row.group_title for row in last.lines.all()]
    assert sound()


def test_what_an_amendment_refuses(shop: Activity) -> None:
    quote, more, made = amended(shop)
    stranger = parts.accepted(shop, customer=sales.firm(shop, siren=sales.SIRENS[1], name="Client B"))
    for wrong in (stranger, quote):
        with pytest.raises(Refused):
            add_amendment(quote, quote=wrong, actor=None, at=timezone.now())
    asked = prepare_progress(
        quote, reached={more.lines.get().pk: D("0.5")}, form_key=uuid.uuid4(), actor=None, retention=D(0)
    )
    with pytest.raises(Refused):
        remove_amendment(made, actor=None)
    parts.issue(asked)
    with pytest.raises(Refused):
        remove_amendment(made, actor=None)
    assert list(Amendment.objects.values_list("quote", flat=True)) == [more.pk]


def test_an_amendment_leaves_before_it_is_invoiced(shop: Activity) -> None:
    quote, more, made = amended(shop)
    remove_amendment(made, actor=None)
    assert work_of(quote).gross == quote.total_incl_tax
    assert invoice_quote(more, form_key=uuid.uuid4(), actor=None).total_incl_tax == more.total_incl_tax


def test_the_database_refuses_parts_above_the_quote(shop: Activity) -> None:
    """Whoever writes, in raw SQL too."""
    quote = parts.accepted(shop, line("100.00"))
    parts.issue(parts.deposit(quote, "0.5"))
    last = parts.balance(quote)
    Invoice.objects.filter(pk=last.pk).update(total_excl_tax=D("60.00"), total_incl_tax=D("70.00"))
    facts = {"number": "F-FAUX", "facts": {}, "seal": "0" * 64, "xml_sha256": "0" * 64}
    with pytest.raises(IntegrityError, match="exceed quote"), transaction.atomic():
        Invoice.objects.filter(pk=last.pk).update(state="issued", issued_on=DAY, due_on=DAY, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.filter(pk=last.pk).update(state="draft", part="whole", situation=2)
