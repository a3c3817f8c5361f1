"""Sixteen people at once: numbers without gap, one number a document, one payment a form, one PDF an
invoice."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from accounting.models import Entry, EntryLine
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document, NumberSeries
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import Invoice, InvoiceLine, Payment, Receipt
from invoicing.selectors.controls import chain_faults, pdf_faults, total_faults
from invoicing.services.archiving import archive_pdf, archive_waiting
from invoicing.services.catalogue import create_item
from invoicing.services.checking import check_invoice
from invoicing.services.drafting import create_draft, save_draft
from invoicing.services.inputs import DraftContent, ItemContent, MentionContent
from invoicing.services.issuing import issue_invoice
from invoicing.services.keeping import keep_typed
from invoicing.services.mentions import add_mention
from invoicing.services.payments import (
    record_payment,
    record_receipt_of,
    refund_customer,
    reverse_receipt,
    use_advance,
)
from people.models import Organisation
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DAY = make.DAY
NEXT = DAY + timedelta(days=1)
CROWD = 16


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepts, and no PDF unless the test makes it."""
    monkeypatch.setattr(client, "check", lambda *args, **details: Verdict(True))
    monkeypatch.setattr("invoicing.services.issuing.run_later", lambda *args, **details: None)


def ready(owner: Any, *, on: Any = DAY) -> Invoice:
    invoice = make.draft(owner)
    check_invoice(invoice, actor=None, on=on)
    return invoice


def issue(invoice: Invoice, *, on: Any = DAY) -> Invoice:
    return issue_invoice(invoice, actor=None, on=on, today=on)


def test_sixteen_issue_at_once(race: Race) -> None:
    owners = [make_activity() for _ in range(4)]
    drafts = [ready(owners[rank % 4]) for rank in range(CROWD)]
    results = race([partial(issue, draft) for draft in drafts])
    numbers = sorted(invoice.number for invoice in results)
    assert numbers == [f"F2026-{rank:04}" for rank in range(1, CROWD + 1)]
    assert list(chain_faults()) == []
    assert Entry.objects.filter(journal__code="VE").count() == CROWD


def test_numbers_and_dates_rise_together(race: Race) -> None:
    owner = make_activity()
    days = [DAY if rank % 2 else NEXT for rank in range(CROWD)]
    drafts = [ready(owner, on=day) for day in days]
    results = race([partial(issue, draft, on=day) for draft, day in zip(drafts, days, strict=True)])
    refusals = [found for found in results if isinstance(found, Refused)]
    assert {refusal.code for refusal in refusals} <= {Code.DATE_BEFORE_LAST}
    issued = Invoice.objects.issued().order_by("number")
    assert [row.number for row in issued] == [f"F2026-{rank:04}" for rank in range(1, len(issued) + 1)]
    assert [row.issued_on for row in issued] == sorted(row.issued_on for row in issued)
    assert len(issued) == CROWD - len(refusals) >= CROWD // 2
    assert list(chain_faults()) == []


def test_a_double_click_on_issue(race: Race) -> None:
    draft = ready(make_activity())
    results = race([partial(issue, draft)] * 8)
    codes = [found.code for found in results if isinstance(found, Refused)]
    assert codes == [Code.ILLEGAL_MOVE] * 7
    assert NumberSeries.objects.get(code="invoice").counter == 1
    assert Entry.objects.filter(journal__code="VE").count() == 1
    assert AuditEntry.objects.filter(verb="invoicing.Invoice.issue").count() == 1


def test_two_tabs_save_one_draft(race: Race) -> None:
    draft = make.draft(make_activity())
    contents = [
        DraftContent(customer=draft.customer, lines=(make.line(f"{rank + 1}.00"),)) for rank in range(8)
    ]
    results = race(
        [partial(save_draft, draft, content=content, version=1, actor=None) for content in contents]
    )
    saved = [found for found in results if isinstance(found, Invoice)]
    assert len(saved) == 1
    assert {found.code for found in results if isinstance(found, Refused)} == {Code.STALE_FORM}
    draft.refresh_from_db()
    assert (draft.version, draft.total_excl_tax) == (2, saved[0].total_excl_tax)
    assert draft.lines.count() == 1


def test_one_tab_saves_while_the_other_issues(race: Race) -> None:
    draft = ready(make_activity())
    content = DraftContent(customer=draft.customer, lines=(make.line("1.00"),))
    race([partial(issue, draft), partial(save_draft, draft, content=content, version=1, actor=None)])
    assert list(total_faults()) == []
    draft.refresh_from_db()
    # Whoever came first: the content that was judged is issued, or the new one waits for its own verdict.
    assert (draft.state, draft.total_excl_tax) in {("issued", Decimal("200.00")), ("draft", Decimal("1.00"))}


@pytest.mark.parametrize("turn", range(4))
def test_a_page_keeps_what_is_typed_while_the_draft_is_issued(race: Race, turn: int) -> None:
    draft = ready(make_activity())
    keep = partial(
        keep_typed,
        draft.activity,
        kind="invoice",
        form_key=draft.form_key,
        typed="a=1",
        version=1,
        actor=make_user(),
        document=draft,
    )
    results = race([partial(issue, draft), keep])
    draft.refresh_from_db()
    refusals = [found.code for found in results if isinstance(found, Refused)]
    assert refusals == [Code.ILLEGAL_MOVE if draft.is_issued else Code.VALUE_MISSING]


def test_a_line_written_in_raw_sql_during_the_issue_comes_too_late() -> None:
    draft = ready(make_activity())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            issue(draft)
            late = pool.submit(_copy_a_line, draft.pk)
            with pytest.raises(TimeoutError):
                late.result(0.5)
        with pytest.raises(DatabaseError, match="no draft"):
            late.result(30)
    assert draft.lines.count() == 1


def _copy_a_line(invoice_id: int) -> None:
    try:
        row = InvoiceLine.objects.get(invoice_id=invoice_id)
        row.pk, row.position = None, 2
        row.save(force_insert=True)
    finally:
        connection.close()


def test_a_double_click_on_a_new_draft(race: Race) -> None:
    owner, key = make_activity(), uuid.uuid4()
    content = DraftContent(customer=make.firm(owner), lines=(make.line(),))
    results = race([partial(create_draft, owner, content=content, form_key=key, actor=None)] * 8)
    assert len({draft.pk for draft in results}) == 1
    assert Invoice.objects.count() == 1


def test_a_double_click_on_a_new_mention(race: Race) -> None:
    content = MentionContent(title="Éco-participation", text="Comprise.")
    results = race([partial(add_mention, content=content, valid_from=DAY, actor=None)] * 4)
    assert [found.code for found in results if isinstance(found, Refused)] == [Code.DUPLICATE] * 3


def test_a_double_click_on_a_new_item(race: Race) -> None:
    owner = make_activity()
    content = ItemContent(label="Reportage", unit_price=Decimal(620), vat_code="normal")
    add = partial(create_item, owner, content=content, on=DAY, actor=None, form_key=uuid.uuid4())
    assert len({item.pk for item in race([add] * 4)}) == 1
    assert AuditEntry.objects.filter(verb="invoicing.create_item").count() == 1


def test_activities_meet_the_same_firm_at_once(race: Race) -> None:
    owners = [make_activity() for _ in range(4)]
    customers = race([partial(make.firm, owner) for owner in owners])
    assert len({customer.pk for customer in customers}) == 4
    assert {customer.organisation for customer in customers} == {Organisation.objects.get()}


def test_one_siren_typed_twice_at_once(race: Race) -> None:
    results = race([partial(make.firm, make_activity())] * 4)
    assert [found.code for found in results if isinstance(found, Refused)] == [Code.DUPLICATE] * 3


def test_a_double_click_on_a_payment(race: Race) -> None:
    invoice, key = issue(ready(make_activity())), uuid.uuid4()
    pay = partial(
        record_payment,
        invoice,
        amount=Decimal(100),
        on=NEXT,
        mode="transfer",
        form_key=key,
        actor=None,
        today=NEXT,
    )
    assert len({payment.pk for payment in race([pay] * 8)}) == 1
    assert Entry.objects.filter(journal__code="BQ").count() == 1


def test_payments_at_once_release_the_tax_once(race: Race) -> None:
    invoice = issue(ready(make_activity()))
    results = race([partial(make.pay, invoice, "15.00") for _ in range(CROWD)])
    assert sum(payment.amount for payment in results) == invoice.total_incl_tax
    released = sum(tax.tax for payment in results for tax in payment.taxes.all())
    assert released == invoice.total_tax


def _cheque(invoice: Invoice, **said: Any) -> partial[Receipt]:
    """The price of an invoice, shared by the house over what its customer owes."""
    return partial(
        record_receipt_of,
        invoice.customer,
        amount=invoice.total_incl_tax,
        on=NEXT,
        mode="cheque",
        form_key=uuid.uuid4(),
        actor=None,
        today=NEXT,
        **said,
    )


def test_two_receipts_at_once_never_pay_the_same_invoice(race: Race) -> None:
    """Two cheques of a customer, recorded by two people: each pays what the other leaves due."""
    owner = make_activity()
    first, second = issue(ready(owner)), issue(ready(owner))
    cheques = [_cheque(first, keep_surplus=False) for _ in range(2)]
    results = race(cheques)
    assert not [found for found in results if isinstance(found, Refused)]
    shares = {(share.invoice_id, share.amount) for found in results for share in found.payments.all()}
    assert shares == {(one.pk, one.total_incl_tax) for one in (first, second)}
    assert not Payment.objects.exclude(advance=0).exists()


def test_a_double_click_on_a_receipt_shared_by_the_house(race: Race) -> None:
    owner = make_activity()
    first, _second = issue(ready(owner)), issue(ready(owner))
    pay = _cheque(first)
    assert len({receipt.pk for receipt in race([pay] * 8)}) == 1
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"mode": "transfer"}, {"reference": "0042"}, {"on": NEXT + timedelta(days=1)}, {"amount": "1.00"}],
)
def test_a_receipt_shared_by_the_house_hides_no_other(change: dict[str, Any]) -> None:
    """The page that recorded it says something else, while another invoice is due."""
    owner = make_activity()
    paid, _due = issue(ready(owner)), issue(ready(owner))
    pay = _cheque(paid)
    recorded = pay()
    said = pay.keywords | change
    with pytest.raises(Refused) as refusal:
        record_receipt_of(
            paid.customer, **said | {"amount": Decimal(said["amount"]), "today": NEXT + timedelta(days=1)}
        )
    assert refusal.value.code == Code.STALE_FORM
    assert list(Receipt.objects.all()) == [recorded]
    assert Entry.objects.filter(journal__code="BQ").count() == 1


def test_a_receipt_sent_again_waits_for_no_invoice_that_it_paid(race: Race) -> None:
    """Its second form holds what is still due: to wait there for what another one holds would be for ever."""
    owner = make_activity()
    paid, _due = issue(ready(owner)), issue(ready(owner))
    pay = _cheque(paid)
    recorded, answered, held = pay(), Event(), Event()

    def hold() -> bool:
        with transaction.atomic():
            Invoice.objects.select_for_update().get(pk=paid.pk)
            held.set()
            return answered.wait(20)

    def again() -> Receipt:
        assert held.wait(20)
        found = pay()
        answered.set()
        return found

    assert race([hold, again]) == [True, recorded]


def test_two_people_record_the_same_money(race: Race) -> None:
    """Neither said to keep a surplus: the second is asked, as if it came an hour later."""
    invoice = issue(ready(make_activity()))
    acts = [
        partial(make.pay, invoice, str(invoice.total_incl_tax), on=NEXT, keep_surplus=False) for _ in range(2)
    ]
    results = race(acts)
    assert [found.code for found in results if isinstance(found, Refused)] == [Code.AMOUNT_ABOVE_DUE]
    assert Receipt.objects.count() == 1


def test_two_people_take_one_payment_back(race: Race) -> None:
    payment = make.pay(issue(ready(make_activity())), "100.00", on=NEXT)
    acts = [
        partial(
            reverse_receipt,
            payment.receipt,
            on=NEXT,
            reason="Erreur",
            form_key=uuid.uuid4(),
            actor=None,
            today=NEXT,
        )
        for _ in range(4)
    ]
    results = race(acts)
    assert [found.code for found in results if isinstance(found, Refused)] == [Code.ALREADY_DONE] * 3
    assert Receipt.objects.filter(reverses=payment.receipt).count() == 1


def test_one_surplus_is_given_back_once(race: Race) -> None:
    """Two accountants refund it, a third uses it elsewhere, each from a page of their own."""
    owner = make_activity()
    paid, other = issue(ready(owner)), issue(ready(owner))
    make.pay(paid, "300.00", on=NEXT)
    details: dict[str, Any] = {"amount": Decimal(60), "on": NEXT, "actor": None, "today": NEXT}

    def give(act: Any, **more: Any) -> Any:
        return act(paid, form_key=uuid.uuid4(), **details, **more)

    refund = partial(give, refund_customer, mode="transfer")
    results = race([refund, refund, partial(give, use_advance, on_invoice=other)])
    assert [found.code for found in results if isinstance(found, Refused)] == [Code.AMOUNT_ABOVE_DUE] * 2
    assert Receipt.objects.count() == 2


def test_a_credit_and_a_payment_at_once(race: Race) -> None:
    """In either order the tax released is that of what stands, and the customer has the money in advance."""
    invoice = issue(ready(make_activity()))
    note = make.credit(invoice)
    check_invoice(note, actor=None, on=NEXT)
    results = race([partial(issue, note, on=NEXT), partial(make.pay, invoice, "240.00", on=NEXT)])
    assert not [found for found in results if isinstance(found, Refused)]
    shown = Invoice.objects.with_settlement(NEXT).get(pk=invoice.pk)
    assert (shown.due, shown.customer_credit) == (0, Decimal("240.00"))
    held = EntryLine.objects.filter(account__role__in=["vat_pending", "vat_collected"])
    sums = held.values("account__role").annotate(gap=Sum("debit") - Sum("credit"))
    assert {row["gap"] for row in sums} <= {Decimal(0)}


def test_credit_notes_at_once_never_exceed_the_invoice(race: Race) -> None:
    invoice = issue(ready(make_activity()))
    notes = [make.credit(invoice) for _ in range(4)]
    for note in notes:
        check_invoice(note, actor=None, on=NEXT)
    results = race([partial(issue, note, on=NEXT) for note in notes])
    assert (
        sorted(found.code for found in results if isinstance(found, Refused)) == [Code.AMOUNT_ABOVE_DUE] * 3
    )
    assert list(chain_faults()) == []


def test_two_workers_make_one_pdf(race: Race) -> None:
    invoice = issue(ready(make_activity()))
    results = race([partial(archive_pdf, invoice.pk)] * 3)
    assert len({document.pk for document in results}) == 1
    assert Document.objects.filter(kind="invoicing.invoice").count() == 1
    assert list(pdf_faults()) == []


@pytest.mark.parametrize("moment", ["invoice_html", "store_document", "stored"])
def test_a_worker_killed_during_the_pdf(moment: str) -> None:
    """Killed before rendering, before storing, or with the row written and not committed: one PDF in the
    end."""
    invoice = issue(ready(make_activity()))
    kill_in("dying_worker.py", invoice.pk, moment)
    invoice.refresh_from_db()
    assert invoice.pdf is None
    assert not Document.objects.exists()
    assert archive_waiting() == 1
    assert archive_waiting() == 0
    invoice.refresh_from_db()
    assert Document.objects.get() == invoice.pdf
    assert list(pdf_faults()) == []
