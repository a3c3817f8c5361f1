"""Issuing numbers, freezes, seals and posts, or refuses and changes nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.models import ContributionRun, Entry
from cae.core import numbering
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, NumberSeries
from invoicing.engines.checker.protocol import Finding, Verdict
from invoicing.engines.cii import build_xml
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice, InvoiceLine, VatRate
from invoicing.models import Verdict as KeptVerdict
from invoicing.selectors.einvoices import einvoice_of
from invoicing.selectors.verdicts import fresh_verdict
from invoicing.services.checking import check_invoice
from invoicing.services.drafting import save_draft
from invoicing.services.inputs import DraftContent
from invoicing.services.issuing import issue_invoice
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

DAY = make.DAY
NEXT = DAY + timedelta(days=1)


def world() -> Any:
    """All that an issue writes."""
    return (
        list(Invoice.objects.order_by("pk").values("state", "number", "facts", "seal", "version")),
        list(NumberSeries.objects.order_by("pk").values()),
        Entry.objects.count(),
        ContributionRun.objects.count(),
        AuditEntry.objects.filter(verb__endswith="Invoice.issue").count(),
    )


def refused(invoice: Invoice, *, on: date = DAY, today: date | None = None, check: bool = False) -> Refused:
    before = world()
    with pytest.raises(Refused) as refusal:
        _through_the_gate(invoice, on, today or on, check)
    assert world() == before
    return refusal.value


def _through_the_gate(invoice: Invoice, on: date, today: date, check: bool) -> Invoice:
    if check:
        check_invoice(invoice, actor=None, on=on)
    return issue_invoice(invoice, actor=None, on=on, today=today)


def test_an_issued_invoice_says_everything(judges: Judges) -> None:
    invoice = make.issued()
    facts = EInvoice.from_json(invoice.facts)
    assert (invoice.number, invoice.issued_on, invoice.due_on) == (
        "F2026-0001",
        DAY,
        DAY + timedelta(days=30),
    )
    assert (facts.number, facts.issued_on, facts.totals.gross) == (invoice.number, DAY, Decimal("240.00"))
    assert facts.seller.electronic_address == f"732829320_{invoice.activity.code}"
    assert facts.seller.trade_name == invoice.activity.name
    assert facts.buyer.siren == invoice.customer.siren
    assert invoice.xml_sha256 == sha256(build_xml(facts)).hexdigest()
    assert AuditEntry.objects.filter(verb="invoicing.Invoice.issue", about_id=str(invoice.pk)).count() == 1


def test_frozen_facts_outlive_what_they_came_from(judges: Judges) -> None:
    invoice = make.issued()
    said = EInvoice.from_json(invoice.facts)
    type(invoice.customer).objects.update(name="Autre nom")
    type(invoice.activity).objects.update(name="Autre enseigne")
    assert einvoice_of(Invoice.objects.get(pk=invoice.pk), on=NEXT) == said


def test_each_document_is_chained_to_the_one_before(judges: Judges) -> None:
    owner = make_activity()
    first, second = make.issued(owner), make.issued(owner)
    assert (first.previous_seal, second.previous_seal) == ("", first.seal)
    assert NumberSeries.objects.get(code="invoice").last_seal == second.seal
    text = json.dumps(
        {"facts": second.facts, "xml_sha256": second.xml_sha256},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    assert second.seal == numbering.link(first.seal, text)


def test_credit_notes_have_their_series(judges: Judges) -> None:
    invoice = make.issued()
    note = make.issue(make.credit(invoice), on=NEXT)
    assert (note.number, note.due_on, note.previous_seal) == ("A2026-0001", None, "")
    facts = EInvoice.from_json(note.facts)
    assert [(p.number, p.issued_on) for p in facts.preceding] == [(invoice.number, DAY)]
    assert facts.totals.gross == invoice.total_incl_tax


def test_the_pdf_is_asked_for_after_commit(judges: Judges, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, int]] = []
    invoice = make.draft()
    monkeypatch.setattr(
        "invoicing.services.issuing.run_later", lambda name, **args: asked.append({name: args["invoice_id"]})
    )
    make.issue(invoice)
    assert asked == [{"invoicing.archive_pdf": invoice.pk}]


def test_an_empty_invoice(judges: Judges) -> None:
    invoice = make.draft()
    content = DraftContent(customer=invoice.customer)
    invoice = save_draft(invoice, content=content, version=1, actor=None)
    refusal = refused(invoice, check=True)
    assert (refusal.code, refusal.field, judges.calls) == (Code.EMPTY_DOCUMENT, "lines", 0)
    assert refused(invoice).code == Code.EMPTY_DOCUMENT


def test_a_total_of_nothing(judges: Judges) -> None:
    invoice = make.draft(None, make.line("10"), make.line("10", quantity=Decimal(-1)))
    assert refused(invoice, check=True).code == Code.AMOUNT_INVALID


def test_a_rate_not_in_force(judges: Judges) -> None:
    invoice = make.draft()
    VatRate.objects.filter(code="normal").update(valid_to=DAY - timedelta(days=1))
    refusal = refused(invoice, check=True)
    assert (refusal.code, refusal.field) == (Code.VAT_RATE_NOT_IN_FORCE, "lines-0-vat_rate")
    assert "Ligne 1" in str(refusal)
    assert refused(invoice).code == Code.VAT_RATE_NOT_IN_FORCE


def test_totals_that_are_not_those_of_the_lines(judges: Judges) -> None:
    invoice = make.draft()
    InvoiceLine.objects.filter(invoice=invoice).update(quantity=Decimal(2))
    assert refused(invoice, check=True).code == Code.AMOUNT_INVALID


def test_a_date_before_the_last_invoice(judges: Judges) -> None:
    owner = make_activity()
    make.issued(owner, on=NEXT)
    refusal = refused(make.draft(owner), check=True)
    assert (refusal.code, refusal.field) == (Code.DATE_BEFORE_LAST, "issued_on")


def test_a_date_to_come(judges: Judges) -> None:
    refusal = refused(make.draft(), on=NEXT, today=DAY)
    assert (refusal.code, refusal.field) == (Code.DATE_INVALID, "issued_on")


def test_a_due_date_before_the_invoice(judges: Judges) -> None:
    refusal = refused(make.draft(due_on=DAY - timedelta(days=1)), check=True)
    assert (refusal.code, refusal.field) == (Code.DATE_INVALID, "due_on")


def test_an_order_number_that_the_customer_wants(judges: Judges) -> None:
    owner = make_activity()
    make.firm(owner, purchase_order_required=True)
    refusal = refused(make.draft(owner), check=True)
    assert (refusal.code, refusal.field) == (Code.VALUE_MISSING, "order_reference")
    assert make.issued(owner, order_reference="BC 12").number == "F2026-0001"


def test_no_verdict_no_number(judges: Judges) -> None:
    assert refused(make.draft()).code == Code.VERDICT_MISSING


def test_a_verdict_lasts_while_content_and_day_stay(judges: Judges) -> None:
    invoice = make.draft()
    first = check_invoice(invoice, actor=None, on=DAY)
    assert check_invoice(invoice, actor=None, on=DAY) == first
    assert judges.calls == 1
    assert fresh_verdict(invoice, on=DAY) == first
    assert fresh_verdict(invoice, on=NEXT) is None
    content = DraftContent(customer=invoice.customer, lines=(make.line("201.00"),))
    changed = save_draft(invoice, content=content, version=1, actor=None)
    assert refused(changed).code == Code.VERDICT_MISSING
    assert issue_invoice_after_check(changed).number == "F2026-0001"


def issue_invoice_after_check(invoice: Invoice) -> Invoice:
    check_invoice(invoice, actor=None, on=DAY)
    return issue_invoice(invoice, actor=None, on=DAY, today=DAY)


def test_a_refused_verdict_names_the_field(judges: Judges) -> None:
    judges.verdict = Verdict(False, (Finding("BR-FR-12", "…"), Finding("BR-FR-12", "again")))
    invoice = make.draft()
    verdict = check_invoice(invoice, actor=None, on=DAY)
    assert not verdict.accepted
    assert [(f["code"], f["field"]) for f in verdict.findings] == [("BR-FR-12", "customer")]
    refusal = refused(invoice)
    assert (refusal.code, refusal.field) == (Code.VERDICT_REFUSED, "customer")
    assert "adresse électronique" in str(refusal)


def test_a_fault_of_a_line_is_shown_at_the_line(judges: Judges) -> None:
    place = "/rsm:CrossIndustryInvoice/ram:IncludedSupplyChainTradeLineItem[2]/ram:X"
    judges.verdict = Verdict(False, (Finding("BR-24", "…", place),))
    verdict = check_invoice(make.draft(None, make.line(), make.line()), actor=None, on=DAY)
    assert [f["field"] for f in verdict.findings] == ["lines-1-quantity"]


def test_a_fault_of_the_cooperative_has_no_field_in_the_form(judges: Judges) -> None:
    judges.verdict = Verdict(False, (Finding("BR-06", "…"),))
    verdict = check_invoice(make.draft(), actor=None, on=DAY)
    assert [(f["code"], f["field"]) for f in verdict.findings] == [("BR-06", "")]


def test_what_the_schema_refuses_is_not_asked_further(
    judges: Judges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoicing.services.checking.xsd_findings", lambda xml: (Finding("XSD", "bad"),))
    invoice = make.draft()
    assert not check_invoice(invoice, actor=None, on=DAY).accepted
    assert judges.calls == 0
    assert refused(invoice).code == Code.VERDICT_REFUSED


def test_the_checker_is_down(judges: Judges) -> None:
    judges.down = True
    invoice = make.draft()
    refusal = refused(invoice, check=True)
    assert refusal.code == Code.CHECKER_UNAVAILABLE
    assert not KeptVerdict.objects.exists()
    judges.down = False
    assert make.issue(invoice).number == "F2026-0001"


def test_the_gate_is_for_drafts(judges: Judges) -> None:
    with pytest.raises(Refused) as refusal:
        check_invoice(make.issued(), actor=None, on=DAY)
    assert refusal.value.code == Code.ILLEGAL_MOVE


def test_a_double_click_gives_one_number(judges: Judges) -> None:
    invoice = make.issued()
    assert refused(invoice).code == Code.ILLEGAL_MOVE
    assert NumberSeries.objects.get(code="invoice").counter == 1


def test_a_draft_changed_in_another_tab_is_read_again_before_it_is_issued(judges: Judges) -> None:
    invoice = make.draft()
    content = DraftContent(customer=invoice.customer, lines=(make.line("9999.00"),))
    save_draft(invoice, content=content, version=1, actor=None)
    check_invoice(invoice, actor=None, on=DAY)
    before = world()
    with pytest.raises(Refused) as refusal:
        issue_invoice(invoice, actor=None, on=DAY, today=DAY, version=1)
    assert refusal.value.code == Code.STALE_FORM
    assert world() == before
    assert issue_invoice(invoice, actor=None, on=DAY, today=DAY, version=2).number == "F2026-0001"


def test_a_failure_after_the_number_leaves_no_gap(judges: Judges, monkeypatch: pytest.MonkeyPatch) -> None:
    """DT38: the counter moves in the transaction of the issue."""
    owner = make_activity()
    make.issued(owner)
    lost = make.draft(owner)
    check_invoice(lost, actor=None, on=DAY)
    with monkeypatch.context() as broken:
        broken.setattr("invoicing.services.issuing.write_entry", _fail)
        with pytest.raises(RuntimeError):
            issue_invoice(lost, actor=None, on=DAY, today=DAY)
    assert make.issued(owner).number == "F2026-0002"


def _fail(*args: Any, **details: Any) -> None:
    raise RuntimeError


def test_the_year_restarts_the_numbers(judges: Judges) -> None:
    owner = make_activity()
    numbers = [
        make.issued(owner, on=day).number
        for day in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 4))
    ]
    assert numbers == ["F2026-0001", "F2026-0002", "F2027-0001"]


def test_issuing_asks_few_queries(judges: Judges) -> None:
    """The transaction of the number stays short, whatever the number of lines."""
    owner = make_activity()
    counts = []
    # The first of a process may also ask what is then known for good (the kinds of rows).
    for lines in (1, 1, 30):
        invoice = make.draft(owner, *[make.line("10")] * lines)
        check_invoice(invoice, actor=None, on=DAY)
        with CaptureQueriesContext(connection) as queries:
            issue_invoice(invoice, actor=None, on=DAY, today=DAY)
        counts.append(len(queries))
    assert counts[1] == counts[2]
