"""The CII XML: valid for the XSD whatever the names, and honest about what is missing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from invoicing.engines.cii import build_xml, content_hash
from invoicing.engines.model import PROVISIONAL_NUMBER, Process, VatDue
from invoicing.engines.xsd import xsd_findings
from tests.invoicing.einvoices import CASES, awkward, einvoice, line


def values(xml: bytes, name: str) -> list[str]:
    return etree.fromstring(xml).xpath(f"//*[local-name()='{name}']/text()")


@pytest.mark.parametrize("case", CASES)
def test_every_case_is_valid_for_the_xsd(case):
    assert xsd_findings(build_xml(CASES[case]())) == ()


def test_no_delivery_leaves_no_nil():
    xml = build_xml(replace(einvoice(), delivered_on=None))
    assert b"nil" not in xml
    assert xsd_findings(xml) == ()


def test_codes_of_the_french_rules():
    xml = build_xml(replace(einvoice(), process=Process.BOTH))
    assert values(xml, "SubjectCode") == ["BAR", "AAI", "PMD", "PMT", "AAB"]
    assert values(xml, "DueDateTypeCode") == ["72"]
    assert values(xml, "URIID")[:2] == ["claire.lenoir@example.org", "552100554_LENOIR"]
    context = etree.fromstring(xml).find(".//{*}BusinessProcessSpecifiedDocumentContextParameter/{*}ID")
    assert context.text == "M1"


def test_tax_on_debits():
    assert values(build_xml(replace(einvoice(), vat_due=VatDue.INVOICE)), "DueDateTypeCode") == ["5"]


def test_numbers_are_written_plainly():
    xml = build_xml(
        einvoice(
            line(quantity="1.25", price="0.3333"),
            line(quantity="1000", price="12.5000"),
            line(quantity="3.0000", price="7"),
        )
    )
    assert values(xml, "BilledQuantity") == ["1.25", "1000", "3"]
    assert values(xml, "ChargeAmount") == ["0.3333", "12.50", "7.00"]


def test_characters_that_xml_cannot_carry_are_dropped():
    xml = build_xml(awkward())
    (product,) = values(xml, "Name")[:1]
    assert "\x00" not in product
    assert product.endswith("→ ∞ 한국")
    buyer = etree.fromstring(xml).find(".//{*}BuyerTradeParty/{*}Name").text
    assert "有限公司 & Fils <مكتبة النور>" in buyer


def test_what_is_missing_is_a_finding_never_a_crash():
    invoice = einvoice(line(""))
    nameless = replace(invoice, buyer=replace(invoice.buyer, name=" "), vat=(), number="")
    assert xsd_findings(build_xml(nameless))
    assert xsd_findings(build_xml(replace(invoice, lines=())))


def test_xsd_refuses_a_doctype_and_nonsense():
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert [finding.rule for finding in xsd_findings(doctype)] == ["XML"]
    assert [finding.rule for finding in xsd_findings(b"not xml")] == ["XML"]


def test_content_hash_ignores_number_and_day_only():
    invoice = einvoice()
    same = replace(invoice, number=PROVISIONAL_NUMBER, issued_on=invoice.issued_on + timedelta(days=3))
    assert content_hash(same) == content_hash(invoice)
    one_cent = replace(invoice, totals=replace(invoice.totals, due=invoice.totals.due + Decimal("0.01")))
    others = [
        one_cent,
        replace(invoice, due_on=date(2027, 1, 31)),
        replace(invoice, buyer=replace(invoice.buyer, name="Autre")),
        replace(invoice, notes=invoice.notes[:2]),
        replace(invoice, purpose=""),
    ]
    assert len({content_hash(other) for other in [invoice, *others]}) == 1 + len(others)
