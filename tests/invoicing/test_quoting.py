"""Quotes: written, saved from two tabs, copied, revised, put aside; a refusal leaves nothing changed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from invoicing.engines.model import DocumentKind, EInvoice
from invoicing.models import Mention, Quote, QuoteLine, VatRate
from invoicing.selectors.einvoices import quote_document_of
from invoicing.services.drafting import duplicate_invoice
from invoicing.services.inputs import DraftContent
from invoicing.services.quoting import (
    create_quote_draft,
    discard_quote,
    duplicate_as_quote,
    restore_quote,
    revise_quote,
    save_quote_draft,
)
from invoicing.states.sales import QuoteState
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

D = Decimal


def content(quote: Quote, *lines: Any, **details: Any) -> DraftContent:
    return DraftContent(customer=quote.customer, lines=lines or (make.line(),), **details)


def snapshot() -> Any:
    return (
        list(Quote.objects.order_by("pk").values()),
        list(QuoteLine.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
    )


def refused(quote: Quote, written: DraftContent, *, version: int | None = None) -> Refused:
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        save_quote_draft(quote, content=written, version=version or quote.version, actor=None)
    assert snapshot() == before
    return refusal.value


def test_groups_options_and_discount_are_kept_and_counted() -> None:
    quote = quotes.quote(
        None,
        make.line("1000", group_title=" Conception "),
        make.line("100", vat="reduced"),
        make.line("500", optional=True, description="Si le délai est court"),
        discount_rate=D("0.1000"),
        valid_until=date(2026, 4, 1),
        payment_days=45,
    )
    rows = list(quote.lines.order_by("position"))
    assert [(row.group_title, row.optional, row.net) for row in rows] == [
        ("Conception", False, D("1000.00")),
        ("", False, D("100.00")),
        ("", True, D("500.00")),
    ]
    assert (quote.total_excl_tax, quote.total_tax) == (D("990.00"), D("184.95"))
    assert [(tax.base, tax.tax) for tax in quote.taxes.order_by("-rate")] == [
        (D("900.00"), D("180.00")),
        (D("90.00"), D("4.95")),
    ]


def test_the_same_form_sent_twice_gives_one_quote() -> None:
    owner, key = make_activity(), uuid.uuid4()
    written = DraftContent(customer=make.firm(owner), lines=(make.line(),))
    first = create_quote_draft(owner, content=written, form_key=key, actor=None)
    assert create_quote_draft(owner, content=written, form_key=key, actor=None) == first
    assert Quote.objects.count() == 1


def test_saving_replaces_lines_and_the_second_tab_is_told() -> None:
    quote = quotes.quote(None, make.line("10"), make.line("20"))
    saved = save_quote_draft(quote, content=content(quote, make.line("5")), version=1, actor=None)
    assert (saved.version, saved.total_excl_tax, saved.lines.count()) == (2, D("5.00"), 1)
    assert refused(quote, content(quote), version=1).code == Code.STALE_FORM


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"discount_rate": D("1.5")}, "total_discount_rate"),
        ({"discount_rate": D("0.33333")}, "total_discount_rate"),
        ({"discount_amount": D("200.01")}, "total_discount_amount"),
        ({"discount_amount": D("0.001")}, "total_discount_amount"),
        ({"discount_amount": D("-1")}, "total_discount_amount"),
        ({"discount_rate": D("NaN")}, "total_discount_rate"),
    ],
)
def test_a_discount_beyond_the_total_is_refused(details: dict[str, Decimal], field: str) -> None:
    quote = quotes.quote()
    refusal = refused(quote, content(quote, **details))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_INVALID, field)


def test_a_discount_on_a_negative_total_is_refused() -> None:
    quote = quotes.quote()
    back = make.line("10", quantity=D(-1))
    assert refused(quote, content(quote, back, discount_rate=D("0.1"))).field == "total_discount_rate"


def test_too_much_is_refused() -> None:
    quote = quotes.quote()
    assert refused(quote, content(quote, *[make.line()] * 201)).field == "lines"
    assert refused(quote, content(quote, internal_note="x" * 4001)).field == "internal_note"
    long_title = make.line(group_title="x" * 251)
    assert refused(quote, content(quote, long_title)).field == "lines-0-group_title"


@pytest.mark.parametrize("fate", [{"optional": True}, {}, {"vat": "reduced"}])
def test_amounts_that_no_document_can_bear_are_refused(fate: dict[str, Any]) -> None:
    """Also where the total hides them: in an option, or taken back by another line."""
    quote = quotes.quote()
    huge = make.line("9999999", quantity=D(9999999), **fate)
    back = make.line("9999999", quantity=D(-9999999))
    lines = (make.line(), huge) if fate.get("optional") else (make.line(), huge, back)
    refusal = refused(quote, content(quote, *lines))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_INVALID, "lines-1-unit_price")


def test_many_lines_of_one_rate_cannot_hide_behind_another_rate() -> None:
    quote = quotes.quote()
    dear = [make.line("9999999", quantity=D(99)) for _ in range(3)]
    back = [make.line("9999999", quantity=D(-99), vat="reduced") for _ in range(3)]
    refusal = refused(quote, content(quote, make.line(), *dear, *back))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_INVALID, "lines")


def test_an_invoice_has_no_option() -> None:
    owner = make_activity()
    with pytest.raises(Refused, match="option"):
        make.draft(owner, make.line(optional=True))


def test_an_approved_quote_is_saved_no_more_and_says_what_to_do() -> None:
    quote = quotes.approved()
    refusal = refused(quote, content(quote))
    assert refusal.code == Code.ILLEGAL_MOVE
    assert "nouvelle version" in str(refusal)


def test_a_copy_has_the_lines_and_nothing_dated(judges: Judges) -> None:
    mention = Mention.objects.create(
        code="essai", title="Essai", text="Essai.", compulsory=False, valid_from=date(2020, 1, 1)
    )
    first = quotes.approved(
        None,
        make.line("40", group_title="A", optional=True),
        make.line("60"),
        discount_rate=D("0.0500"),
        mentions=(mention,),
        order_reference="BC 7",
        starts_on=date(2026, 5, 1),
    )
    copy = duplicate_as_quote(first, form_key=uuid.uuid4(), actor=None)
    assert (copy.state, copy.number, copy.valid_until, copy.starts_on, copy.order_reference) == (
        "draft",
        None,
        None,
        None,
        "",
    )
    assert (copy.total_incl_tax, copy.discount_rate) == (first.total_incl_tax, D("0.0500"))
    assert [row.optional for row in copy.lines.order_by("position")] == [True, False]
    assert [own.mention for own in copy.own_mentions.all()] == [mention]


def test_a_copy_goes_to_the_activity_of_another_customer(judges: Judges) -> None:
    invoice, other = make.issued(), make_activity()
    customer = make.firm(other, siren=make.SIRENS[1])
    copy = duplicate_as_quote(invoice, form_key=uuid.uuid4(), actor=None, customer=customer)
    assert (copy.activity, copy.customer, copy.total_incl_tax) == (other, customer, invoice.total_incl_tax)
    moved = duplicate_invoice(invoice, form_key=uuid.uuid4(), actor=None, customer=customer)
    assert (moved.activity, moved.customer) == (other, customer)
    with pytest.raises(Refused, match="Un avoir"):
        duplicate_as_quote(make.credit(invoice), form_key=uuid.uuid4(), actor=None)


def test_a_copy_of_another_year_takes_the_rate_in_force() -> None:
    old = quotes.quote(None, make.line("100"), make.line("50", vat="reduced"))
    VatRate.objects.filter(code="normal").update(valid_to=date(2026, 12, 31))
    new = VatRate.objects.create(
        code="normal", label="21 %", rate=D("0.2100"), category="S", valid_from=date(2027, 1, 1)
    )
    copy = duplicate_as_quote(old, form_key=uuid.uuid4(), actor=None, on=date(2027, 2, 1))
    first, second = copy.lines.order_by("position")
    assert (first.vat_rate, second.vat_rate) == (new, make.rate("reduced"))
    assert copy.total_tax == D("23.75")


def test_a_new_version_keeps_the_number_and_what_was_agreed() -> None:
    first = quotes.approved(None, make.line("300"), order_reference="BC 9", starts_on=date(2026, 6, 1))
    new = revise_quote(first, form_key=uuid.uuid4(), actor=None)
    assert (new.number, new.revision, new.replaces, new.state) == (first.number, 2, first, "draft")
    assert (new.order_reference, new.starts_on, new.total_incl_tax) == (
        "BC 9",
        date(2026, 6, 1),
        first.total_incl_tax,
    )
    assert new.valid_until is None
    first.refresh_from_db()
    assert first.state == QuoteState.APPROVED
    assert revise_quote(first, form_key=uuid.uuid4(), actor=None) == new


def test_a_version_put_aside_is_taken_up_again() -> None:
    first = quotes.approved()
    new = quotes.revision(first)
    discard_quote(new, actor=None)
    again = quotes.revision(first)
    assert (again.pk, again.state) == (new.pk, QuoteState.DRAFT)


@pytest.mark.parametrize("state", ["draft", "submitted", "replaced", "withdrawn", "discarded"])
def test_only_an_open_quote_has_a_new_version(state: str) -> None:
    make_state = {
        "draft": quotes.quote,
        "submitted": quotes.submitted,
        "replaced": quotes.replaced,
        "withdrawn": quotes.withdrawn,
        "discarded": quotes.discarded,
    }
    quote = make_state[state]()
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        revise_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    assert snapshot() == before


def test_discard_and_restore() -> None:
    quote = quotes.discarded()
    assert quote.state == QuoteState.DISCARDED
    with pytest.raises(Refused):
        discard_quote(quote, actor=None)
    assert restore_quote(quote, actor=None).state == QuoteState.DRAFT
    with pytest.raises(Refused):
        discard_quote(quotes.approved(), actor=None)


def test_what_a_quote_says() -> None:
    quote = quotes.quote(
        None,
        make.line("1000", group_title="Conception"),
        make.line("500", optional=True),
        discount_amount=D("100.00"),
        payment_days=45,
        starts_on=date(2026, 5, 1),
        valid_until=date(2026, 4, 1),
    )
    said = quote_document_of(quote, make.DAY)
    assert (said.kind, said.valid_until, said.starts_on) == (
        DocumentKind.QUOTE,
        date(2026, 4, 1),
        date(2026, 5, 1),
    )
    assert [(row.group_title, row.optional) for row in said.lines] == [("Conception", False), ("", True)]
    assert (said.totals.lines, said.totals.discounts, said.totals.net) == (D(1000), D(100), D(900))
    assert "45 jours" in said.payment_terms
    assert EInvoice.from_json(said.to_json()) == said


def test_a_quote_without_dates_takes_the_usual_ones() -> None:
    said = quote_document_of(quotes.quote(), make.DAY)
    assert said.valid_until == date(2026, 4, 1)
    assert "30 jours" in said.payment_terms


def test_facts_of_an_approved_quote_are_read_back() -> None:
    quote = quotes.approved(None, make.line("10"))
    said = quote_document_of(quote, date(2027, 1, 1))
    assert (said.number, said.issued_on) == (quote.number, make.DAY)
    assert replace(said, number="") != said
