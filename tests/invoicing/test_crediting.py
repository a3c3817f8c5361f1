"""Credit notes: whole, rest or lines; never above the invoice, rate by rate."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from invoicing.models import Invoice
from invoicing.selectors.invoices import credit_notes_of, standing_of
from invoicing.services.crediting import draft_credit_note
from invoicing.services.discarding import discard_invoice
from invoicing.services.inputs import LineCredit
from invoicing.states.sales import CreditPart
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

NEXT = make.DAY + timedelta(days=1)


def lines_of(invoice: Invoice, **quantities: str) -> list[LineCredit]:
    return [
        LineCredit(invoice.lines.get(position=int(position[1:])), Decimal(quantity))
        for position, quantity in quantities.items()
    ]


def refused(invoice: Invoice, **details: Any) -> Refused:
    before = Invoice.objects.count()
    values: dict[str, Any] = {"part": CreditPart.WHOLE, "reason": "Erreur"} | details
    with pytest.raises(Refused) as refusal:
        draft_credit_note(invoice, form_key=uuid.uuid4(), actor=None, **values)
    assert Invoice.objects.count() == before
    return refusal.value


def test_the_whole_invoice_to_the_cent(judges: Judges) -> None:
    invoice = make.issued(
        None,
        make.line("33.33", quantity=Decimal(3), discount_rate=Decimal("0.07")),
        make.line("12.345", vat="reduced", nature="goods", discount_amount=Decimal("1.11")),
        make.line("5", quantity=Decimal(-1)),
    )
    note = make.credit(invoice)
    assert [row.net for row in note.lines.all()] == [row.net for row in invoice.lines.all()]
    assert (note.total_excl_tax, note.total_tax) == (invoice.total_excl_tax, invoice.total_tax)
    assert (note.operation, note.vat_due_on) == (invoice.operation, invoice.vat_due_on)
    make.issue(note, on=NEXT)
    assert standing_of(invoice).groups == ()
    shown = Invoice.objects.with_settlement(NEXT).get(pk=invoice.pk)
    assert (shown.settlement, shown.due, shown.credited_amount) == ("settled", 0, invoice.total_incl_tax)


def test_some_lines_in_several_notes(judges: Judges) -> None:
    invoice = make.issued(None, make.line("3.33", quantity=Decimal(3)), make.line("100", vat="reduced"))
    for _ in range(3):
        note = make.credit(invoice, CreditPart.LINES, lines=lines_of(invoice, _1="1"))
        make.issue(note, on=NEXT)
    left = standing_of(invoice)
    assert [(group.net, group.tax) for group in left.groups] == [(Decimal("100.00"), Decimal("5.50"))]
    refusal = refused(invoice, part=CreditPart.LINES, lines=lines_of(invoice, _1="1"))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_ABOVE_DUE, "lines")


@pytest.mark.parametrize(("price", "count"), [("33.3350", 3), ("0.1050", 9), ("10.0050", 2)])
def test_a_paid_line_given_back_unit_by_unit(judges: Judges, price: str, count: int) -> None:
    """Each unit is rounded up: the last gives back what is left, to the cent, rather than be refused."""
    invoice = make.issued(None, make.line(price, quantity=Decimal(count)), make.line("5.00", vat="reduced"))
    make.pay(invoice, str(invoice.total_incl_tax))
    for _ in range(count):
        make.issue(make.credit(invoice, CreditPart.LINES, lines=lines_of(invoice, _1="1")), on=NEXT)
    left = standing_of(invoice)
    assert [(group.net, group.tax) for group in left.groups] == [(Decimal("5.00"), Decimal("0.28"))]
    assert refused(invoice, part=CreditPart.LINES, lines=lines_of(invoice, _1="1")).field == "lines"


def test_a_discount_follows_its_part(judges: Judges) -> None:
    invoice = make.issued(None, make.line("10", quantity=Decimal(3), discount_amount=Decimal("10.00")))
    note = make.credit(invoice, CreditPart.LINES, lines=lines_of(invoice, _1="1"))
    (row,) = note.lines.all()
    assert (row.net, row.discount_amount) == (Decimal("6.67"), Decimal("3.33"))


def test_the_unpaid_rest(judges: Judges) -> None:
    invoice = make.issued(
        None,
        make.line("60"),
        make.line("40", nature="goods"),
        make.line("50", vat="reduced"),
        vat_due_on="receipts",
    )
    make.pay(invoice, "100.00")
    note = make.credit(invoice, CreditPart.REST)
    assert note.total_incl_tax == invoice.total_incl_tax - 100
    assert {row.nature for row in note.lines.all()} == {"services", "goods"}
    assert sum(row.net for row in note.lines.all()) == note.total_excl_tax
    make.issue(note, on=NEXT)
    shown = Invoice.objects.with_settlement(NEXT).get(pk=invoice.pk)
    assert (shown.settlement, shown.customer_credit) == ("settled", 0)


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"reason": "  "}, Code.VALUE_MISSING, "reason"),
        ({"reason": "x" * 10_000_000}, Code.TEXT_TOO_LONG, "reason"),
        ({"part": CreditPart.LINES}, Code.EMPTY_DOCUMENT, "lines"),
    ],
)
def test_what_is_missing_is_named(judges: Judges, details: dict[str, Any], code: Code, field: str) -> None:
    refusal = refused(make.issued(), **details)
    assert (refusal.code, refusal.field) == (code, field)


def test_a_credit_note_gives_something_back(judges: Judges) -> None:
    invoice = make.issued(None, make.line("10"), make.line("2", vat="reduced", quantity=Decimal(-1)))
    refusal = refused(invoice, part=CreditPart.LINES, lines=lines_of(invoice, _2="-1"))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_INVALID, "lines")
    # The rest cannot be shared over a rate that takes back: lines are chosen instead.
    assert refused(invoice, part=CreditPart.REST).code == Code.AMOUNT_ABOVE_DUE
    both = make.credit(invoice, CreditPart.LINES, lines=lines_of(invoice, _1="1", _2="-1"))
    assert both.total_incl_tax == invoice.total_incl_tax


@pytest.mark.parametrize("quantity", ["0", "-1", "2.5", "0.33333"])
def test_a_quantity_out_of_the_line(judges: Judges, quantity: str) -> None:
    invoice = make.issued(None, make.line("10", quantity=Decimal(2)))
    refusal = refused(invoice, part=CreditPart.LINES, lines=lines_of(invoice, _1=quantity))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_ABOVE_DUE, "lines-0-quantity")


def test_a_line_of_another_invoice(judges: Judges) -> None:
    owner = make_activity()
    other = make.issued(owner)
    assert (
        refused(make.issued(owner), part=CreditPart.LINES, lines=lines_of(other, _1="1")).field
        == "lines-0-quantity"
    )


def test_only_an_issued_invoice(judges: Judges) -> None:
    assert refused(make.draft()).code == Code.ILLEGAL_MOVE
    note = make.issue(make.credit(make.issued()), on=NEXT)
    assert refused(note).code == Code.ILLEGAL_MOVE


def test_nothing_left(judges: Judges) -> None:
    invoice = make.issued()
    make.issue(make.credit(invoice), on=NEXT)
    for part in CreditPart.values:
        assert refused(invoice, part=part, lines=lines_of(invoice, _1="1")).code == Code.AMOUNT_ABOVE_DUE
    paid = make.issued(invoice.activity, on=NEXT)
    make.pay(paid, "240.00")
    assert refused(paid, part=CreditPart.REST).code == Code.AMOUNT_ABOVE_DUE


def test_the_whole_is_refused_after_a_part(judges: Judges) -> None:
    invoice = make.issued(None, make.line("10", quantity=Decimal(2)))
    make.issue(make.credit(invoice, CreditPart.LINES, lines=lines_of(invoice, _1="1")), on=NEXT)
    assert refused(invoice).code == Code.AMOUNT_ABOVE_DUE


def test_two_drafts_for_one_rest(judges: Judges) -> None:
    """Both were right when drafted; the second is refused when it is issued."""
    invoice = make.issued()
    first, second = make.credit(invoice), make.credit(invoice)
    make.issue(first, on=NEXT)
    with pytest.raises(Refused) as refusal:
        make.issue(second, on=NEXT)
    assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
    second.refresh_from_db()
    assert second.number is None
    discard_invoice(second, actor=None)
    assert list(credit_notes_of(invoice)) == [first]


def test_two_drafts_beyond_an_untaxed_rest(judges: Judges) -> None:
    """No tax tells that the second goes too far: its base does."""
    invoice = make.issued(None, make.line("100", vat="training", nature="training"), make.line("900"))
    first, second = (
        make.credit(invoice, CreditPart.LINES, lines=lines_of(invoice, _1="0.6")) for _ in range(2)
    )
    make.issue(first, on=NEXT)
    with pytest.raises(Refused) as refusal:
        make.issue(second, on=NEXT)
    assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
    assert standing_of(invoice).net == Decimal("940.00")


def test_a_credit_note_never_precedes_its_invoice(judges: Judges) -> None:
    note = make.credit(make.issued(on=NEXT))
    with pytest.raises(Refused) as refusal:
        make.issue(note, on=make.DAY)
    assert (refusal.value.code, refusal.value.field) == (Code.DATE_INVALID, "issued_on")


def test_the_same_form_sent_twice(judges: Judges) -> None:
    invoice, key = make.issued(), uuid.uuid4()
    notes = {
        draft_credit_note(invoice, part="whole", reason="Erreur", form_key=key, actor=None).pk
        for _ in range(2)
    }
    assert len(notes) == 1


def test_the_same_form_that_says_something_else(judges: Judges) -> None:
    invoice, key = make.issued(None, make.line("10", quantity=Decimal(2)), make.line("5")), uuid.uuid4()

    def draft(**details: Any) -> Invoice:
        values: dict[str, Any] = {"part": "lines", "reason": "Erreur", "lines": lines_of(invoice, _1="1")}
        return draft_credit_note(invoice, form_key=key, actor=None, **values | details)

    made = draft()
    for details in (
        {"part": "whole"},
        {"reason": "Autre"},
        {"lines": lines_of(invoice, _1="2")},
        {"lines": lines_of(invoice, _1="1", _2="1")},
    ):
        with pytest.raises(Refused) as refusal:
            draft(**details)
        assert refusal.value.code == Code.STALE_FORM
    assert draft() == made
    assert Invoice.objects.filter(credited=invoice).count() == 1
