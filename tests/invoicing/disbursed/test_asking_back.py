"""What was paid in the name of a customer: proved to the cent, outside the sale, given back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounting.models import ContributionRun, EntryLine, SaleMovement
from cae.core.errors import Code, IllegalMove, Refused
from entrepreneurs.models import Activity
from invoicing.models import DisbursementProof, Invoice, InvoiceDisbursement
from invoicing.selectors.controls import total_faults
from invoicing.selectors.disbursements import proofs_offered
from invoicing.selectors.invoices import standing_of
from invoicing.selectors.money_controls import money_faults
from invoicing.services.converting import invoice_quote
from invoicing.services.crediting import draft_credit_note
from invoicing.services.drafting import copied, duplicate_invoice, save_draft
from invoicing.services.inputs import DisbursementCredit, ScheduleContent
from invoicing.services.losses import Proof, write_off
from invoicing.services.quoting import save_quote_draft
from invoicing.states.parts import Billing
from invoicing.states.sales import MAX_DISBURSEMENTS, CreditPart
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories import invoicing_disbursements as paid
from tests.factories import invoicing_joint as shares
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]

D = Decimal
NEXT = sales.DAY + timedelta(days=1)


@pytest.fixture
def shop() -> Activity:
    owner = make_activity()
    sales.firm(owner)
    return owner


def refused(owner: Activity, *disbursed: Any, **details: Any) -> Refused:
    before = (Invoice.objects.count(), InvoiceDisbursement.objects.count())
    with pytest.raises(Refused) as refusal, transaction.atomic():
        sales.draft(owner, sales.line(), disbursements=disbursed, **details)
    assert (Invoice.objects.count(), InvoiceDisbursement.objects.count()) == before
    return refusal.value


def moved(invoice: Invoice) -> dict[str, Decimal]:
    """What each account holds of a piece, debit above zero."""
    found: dict[str, Decimal] = {}
    for line in EntryLine.objects.filter(entry__piece=invoice.number).select_related("account"):
        number = line.account.number
        found[number] = found.get(number, D(0)) + line.debit - line.credit
    return {number: amount for number, amount in found.items() if amount}


def test_case_dt01_the_disbursement_is_owed_outside_the_sale() -> None:
    """DT01 of document_totals.json, by the services: 394.34 of sale, 12.50 besides."""
    books.scale("0.1000")
    shop = make_activity()
    invoice = sales.issued(
        shop,
        sales.line("80.25", quantity=D("1.25")),
        sales.line("60.00", quantity=D(3)),
        sales.line("45.00", quantity=D(-1)),
        sales.line("80.25", quantity=D("1.25")),
        sales.line("8.00", nature="rebilled"),
        discount_amount=D("15.00"),
        disbursements=[paid.asked(of=paid.proof(shop))],
    )
    assert (invoice.total_excl_tax, invoice.total_tax, invoice.total_incl_tax) == (
        D("328.62"),
        D("65.72"),
        D("394.34"),
    )
    assert (invoice.disbursed, invoice.to_pay, standing_of(invoice).due) == (
        D("12.50"),
        D("406.84"),
        D("406.84"),
    )
    found = moved(invoice)
    assert (found["411000"], found["467200"], found["445740"]) == (D("406.84"), D("-12.50"), D("-65.72"))
    assert SaleMovement.objects.get(document=invoice.number).net == D("328.62")
    assert ContributionRun.objects.get().base == D("328.62")
    assert (list(total_faults()), list(money_faults())) == ([], [])


def test_never_without_proof_nor_a_cent_above_it(shop: Activity) -> None:
    stamps, others = paid.proof(shop), paid.proof(make_activity())
    twice = refused(shop, paid.asked("12.49", stamps), paid.asked("0.02", stamps))
    assert (twice.code, twice.field) == (Code.AMOUNT_ABOVE_DUE, "disbursements-1-amount")
    assert refused(shop, paid.asked("12.51", stamps)).field == "disbursements-0-amount"
    assert refused(shop, paid.asked("12.50", others)).field == "disbursements-0-proof"
    assert refused(shop, paid.asked("0.00", stamps)).field == "disbursements-0-amount"
    assert refused(shop, *[paid.asked("1.00")] * (MAX_DISBURSEMENTS + 1)).field == "disbursements"
    bare = sales.draft(shop, disbursements=[paid.asked()])
    with pytest.raises(Refused) as refusal, transaction.atomic():
        sales.issue(bare)
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_MISSING, "disbursements-0-proof")
    first = sales.draft(shop, disbursements=[paid.asked("10.00", stamps)])
    late = sales.draft(shop, disbursements=[paid.asked("10.00", stamps)])
    sales.issue(first)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        sales.issue(late)
    assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
    assert "2,50" in str(refusal.value)
    late.refresh_from_db()
    assert late.is_draft


def test_postgresql_has_the_last_word(shop: Activity) -> None:
    stamps = paid.proof(shop)
    issued = paid.invoice(shop, paid.asked(of=stamps))
    (row,) = issued.disbursements.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        InvoiceDisbursement.objects.filter(pk=row.pk).update(amount=D("1.00"))
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        DisbursementProof.objects.filter(pk=stamps.pk).update(amount=D("99.00"))
    draft = sales.draft(shop, disbursements=[paid.asked("1.00", paid.proof(shop, "1.00"))])
    InvoiceDisbursement.objects.filter(invoice=draft).update(proof=stamps)
    sealed = {name: getattr(issued, name) for name in ("issued_on", "due_on", "facts", "seal", "xml_sha256")}
    for words, disbursed in (("than the proof", D("1.00")), ("do not make", D("0.50"))):
        change = {"disbursed": disbursed}
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            Invoice.objects.filter(pk=draft.pk).update(state="issued", number="F-X", **sealed, **change)
    InvoiceDisbursement.objects.filter(invoice=draft).update(proof=None)
    with pytest.raises(IntegrityError, match="has no proof"), transaction.atomic():
        Invoice.objects.filter(pk=draft.pk).update(state="issued", number="F-X", **sealed)


def test_money_settles_both_in_proportion_and_the_last_gives_the_rest(shop: Activity) -> None:
    """200 + 40 of tax, 60 of disbursement: half of the 300 pays half of the tax."""
    invoice = paid.invoice(shop, paid.asked("60.00", paid.proof(shop, "60.00")))
    first = sales.pay(invoice, "150.00")
    assert [tax.tax for tax in first.taxes.all()] == [D("20.00")]
    second = sales.pay(invoice, "149.99")
    assert [tax.tax for tax in second.taxes.all()] == [D("20.00")]
    assert standing_of(invoice).due == D("0.01")
    last = sales.pay(invoice, "10.01")
    assert (last.advance, [tax.tax for tax in last.taxes.all()]) == (D("10.00"), [])
    shown = Invoice.objects.with_settlement(NEXT).get(pk=invoice.pk)
    assert (shown.settlement, shown.due, shown.customer_credit) == ("settled", 0, D("10.00"))
    assert list(money_faults()) == []


def test_a_credit_note_gives_back_and_the_proof_serves_again(shop: Activity) -> None:
    stamps = paid.proof(shop)
    invoice = paid.invoice(shop, paid.asked(of=stamps))
    assert proofs_offered(shop) == []
    note = sales.issue(sales.credit(invoice), on=NEXT)
    assert (note.disbursed, note.total_incl_tax, standing_of(invoice).owed) == (D("12.50"), D("240.00"), 0)
    assert moved(note)["467200"] == D("12.50")
    again = paid.invoice(shop, paid.asked(of=stamps), on=NEXT)
    (row,) = again.disbursements.all()
    chosen = [DisbursementCredit(row, D("2.50"))]
    alone = sales.issue(sales.credit(again, CreditPart.LINES, disbursements=chosen), on=NEXT)
    assert (alone.total_incl_tax, alone.disbursed, standing_of(again).owed) == (D(0), D("2.50"), D("250.00"))
    assert [one.amount - one.asked for one in proofs_offered(shop)] == [D("2.50")]  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refusal, transaction.atomic():
        sales.credit(again, CreditPart.LINES, disbursements=[DisbursementCredit(row, D("10.01"))])
    assert refusal.value.field == f"amount_{row.pk}"
    assert list(money_faults()) == []


def test_the_unpaid_rest_is_credited_or_lost_to_the_cent(shop: Activity) -> None:
    """100.01 of 300 came: 80.01 to the sale, 20.00 to the disbursement."""
    invoice = paid.invoice(shop, paid.asked("60.00", paid.proof(shop, "60.00")))
    sales.pay(invoice, "100.01")
    note = sales.issue(sales.credit(invoice, CreditPart.REST), on=date(2026, 4, 2))
    assert (note.total_incl_tax, note.disbursed) == (D("159.99"), D("40.00"))
    assert standing_of(invoice).due == 0
    other = paid.invoice(shop, paid.asked("60.00", paid.proof(shop, "60.00")), on=date(2026, 4, 2))
    sales.pay(other, "100.01", on=date(2026, 4, 3))
    loss = write_off(
        other,
        on=date(2026, 4, 4),
        reason="Liquidation",
        proof=Proof("jugement.png", paid.picture()),
        note_sent_on=None,
        form_key=uuid.uuid4(),
        actor=None,
        today=date(2026, 4, 4),
    )
    # On receipts, the tax of the rest was never due; the disbursement bears none.
    assert (loss.amount, loss.tax, loss.charge) == (D("199.99"), D("26.66"), D("173.33"))
    assert list(money_faults()) == []


def test_a_quote_announces_them_and_its_invoice_asks_for_the_proof(shop: Activity) -> None:
    quote = parts.accepted(shop, sales.line("500.00"), disbursements=(paid.asked(),))
    assert (quote.disbursed, quote.total_incl_tax, quote.to_pay) == (D("12.50"), D("600.00"), D("612.50"))
    with pytest.raises(IllegalMove), transaction.atomic():
        parts.deposit(quote, "0.3")
    draft = invoice_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert [(row.label, row.amount, row.proof) for row in draft.disbursements.all()] == [
        ("Timbres fiscaux", D("12.50"), None)
    ]
    proved = replace(copied(draft, whole=True), disbursements=(paid.asked(of=paid.proof(shop)),))
    save_draft(draft, content=proved, version=draft.version, actor=None)
    draft.refresh_from_db()
    assert sales.issue(draft).to_pay == D("612.50")
    copy = duplicate_invoice(draft, form_key=uuid.uuid4(), actor=None)
    assert (copy.disbursed, copy.disbursements.count()) == (0, 0)


def test_a_joint_quote_announces_none(shop: Activity) -> None:
    quote = shares.joint(sales.line("500.00"))
    content = replace(copied(quote, whole=True), disbursements=(paid.asked(),))
    with pytest.raises(Refused, match="conjoint") as refusal, transaction.atomic():
        save_quote_draft(quote, content=content, version=quote.version, actor=None)
    assert refusal.value.field == "disbursements"
    assert not quote.disbursements.exists()


def test_a_quote_in_parts_announces_none(shop: Activity) -> None:
    schedule = ScheduleContent(Billing.PROGRESS)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        parts.accepted(shop, sales.line(), disbursements=(paid.asked(),), schedule=schedule)
    assert refusal.value.field == "disbursements"


def test_the_same_form_twice_keeps_one_credit_note(shop: Activity) -> None:
    invoice = paid.invoice(shop, paid.asked(of=paid.proof(shop)))
    (row,) = invoice.disbursements.all()
    told: dict[str, Any] = {"part": CreditPart.LINES, "reason": "Erreur", "form_key": uuid.uuid4()}
    first = draft_credit_note(invoice, **told, actor=None, disbursements=[DisbursementCredit(row, D("2.00"))])
    same = draft_credit_note(invoice, **told, actor=None, disbursements=[DisbursementCredit(row, D("2.00"))])
    assert first == same
    with pytest.raises(Refused) as refusal, transaction.atomic():
        draft_credit_note(invoice, **told, actor=None, disbursements=[DisbursementCredit(row, D("3.00"))])
    assert refusal.value.code == Code.STALE_FORM
    assert Invoice.objects.filter(credited=invoice).count() == 1


def test_two_credit_notes_never_give_one_disbursement_back_twice(shop: Activity) -> None:
    """The other disbursement of the invoice is large enough to hide the first one in the total."""
    stamps, fees = paid.proof(shop, "10.00"), paid.proof(shop, "40.00")
    invoice = paid.invoice(shop, paid.asked("10.00", stamps), paid.asked("40.00", fees))
    chosen = [DisbursementCredit(invoice.disbursements.get(proof=stamps), D("10.00"))]
    first, late = (sales.credit(invoice, CreditPart.LINES, disbursements=chosen) for _turn in range(2))
    sales.issue(first, on=NEXT)
    with pytest.raises(Refused, match="dépasse ce qui reste") as refusal, transaction.atomic():
        sales.issue(late, on=NEXT)
    assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
    late.refresh_from_db()
    assert late.is_draft


def test_no_judge_is_asked_twice(judges: Judges, shop: Activity) -> None:
    """The e-invoice that is judged is the one that is sealed: a disbursement changes it."""
    draft = sales.draft(shop, disbursements=[paid.asked(of=paid.proof(shop))])
    issued = sales.issue(draft)
    facts = issued.facts or {}
    assert facts["disbursements"] == [{"label": "Timbres fiscaux", "amount": "12.50"}]
    assert (facts["totals"]["gross"], facts["totals"]["due"]) == ("240.00", "252.50")
    assert judges.calls == 1
