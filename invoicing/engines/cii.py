"""Writes the e-invoice as CII XML: the only module that uses `factur-x` as an XML builder.

Three defects of version 7.8 are cured here. It writes `xsi:nil` on an empty delivery, which the
XSD refuses: every `xsi:nil` goes. Its own checks post the invoice to a local port and report
success when nobody answers: they are always off, and ours run instead (`xsd.py`, `checker`).
It changes the dictionary that it receives: each call gets a fresh one.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from facturx import generate_cii_xml
from lxml import etree

from invoicing.engines.disbursed import with_disbursements
from invoicing.engines.model import (
    PROVISIONAL_NUMBER,
    Address,
    Discount,
    DocumentDiscount,
    EInvoice,
    Line,
    Note,
    NoteCode,
    Party,
    PaymentMeans,
    VatBreakdown,
)

SCHEME_SIREN = "0002"
SCHEME_SIRET = "0009"
XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

# What XML 1.0 cannot carry: control characters, surrogates and the two non-characters.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The day that stands for the issue date in the content hash.
_NO_DAY = date(2000, 1, 1)

Terms = dict[str, Any]


def build_xml(invoice: EInvoice) -> bytes:
    """The document as CII, profile EN 16931, UTF-8. ValueError: a period that ends before it starts."""
    xml: bytes = generate_cii_xml(
        _document(with_disbursements(invoice)), level="en16931", check_xsd=False, check_schematron=False
    )
    return _repaired(xml)


def content_hash(invoice: EInvoice) -> str:
    """SHA-256 of the XML without its number and issue date: a verdict holds as long as it does not change."""
    content = build_xml(replace(invoice, number=PROVISIONAL_NUMBER, issued_on=_NO_DAY))
    return hashlib.sha256(content).hexdigest()


def clean(text: str) -> str:
    """The text without the characters that XML cannot carry."""
    return _NOT_XML.sub("", text)


def _required(text: str) -> str:
    """A blank where a compulsory term is missing: the builder would stop, where our judges name the field."""
    return clean(text).strip() or " "


def _repaired(xml: bytes) -> bytes:
    """The XML without `xsi:nil` and without the blanks of missing terms."""
    if b":nil=" not in xml and b"> <" not in xml:
        return xml
    root = etree.fromstring(xml)
    for element in list(root.iter(etree.Element)):
        element.attrib.pop(XSI_NIL, None)
        parent = element.getparent()
        if element.text == " " and not len(element) and parent is not None:
            parent.remove(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _price(amount: Decimal) -> str:
    """Two decimals at least, four at most."""
    text = f"{amount:.4f}"
    return text.removesuffix("00")


def _quantity(amount: Decimal) -> str:
    text = f"{amount:.4f}".rstrip("0").rstrip(".")
    return text or "0"


def _present(terms: Terms) -> Terms:
    return {key: value for key, value in terms.items() if value not in (None, "", [], {})}


def _document(invoice: EInvoice) -> Terms:
    return _present(
        {
            "BT-1": _required(invoice.number),
            "BT-2": invoice.issued_on,
            "BT-3": invoice.kind.value,
            "BT-5": invoice.currency,
            "BT-8": invoice.vat_due.value if invoice.vat_due else None,
            "BT-9": invoice.due_on,
            "BT-10": clean(invoice.buyer_reference),
            "BT-12": clean(invoice.contract_reference),
            "BT-13": clean(invoice.order_reference),
            "BT-20": clean(invoice.payment_terms),
            "BT-23": invoice.process.value,
            "BT-72": invoice.delivered_on,
            "BG-1": [{"BT-21": n.code.value, "BT-22": clean(n.text)} for n in _notes(invoice)],
            "BG-3": [{"BT-25": clean(p.number), "BT-26": p.issued_on} for p in invoice.preceding],
            "BG-4": _party(invoice.seller),
            "BG-7": _party(invoice.buyer),
            "BG-13": {"name": _required(invoice.buyer.name), **_address(invoice.deliver_to)}
            if invoice.deliver_to
            else None,
            "BG-20": [_document_discount(d) for d in invoice.discounts],
            "BG-25": [_line(line) for line in invoice.lines],
            **(_payment(invoice.payment, invoice.number) if invoice.payment else {}),
            **_totals(invoice),
        }
    ) | {"BG-23": [_breakdown(v) for v in invoice.vat]}


def _notes(invoice: EInvoice) -> list[Note]:
    purpose = [Note(text=invoice.purpose, code=NoteCode.GENERAL)] if invoice.purpose else []
    treatment = Note(text=invoice.treatment.value, code=NoteCode.TREATMENT)
    return [treatment, *purpose, *(note for note in invoice.notes if note.text)]


def _party(party: Party) -> Terms:
    contact = _present(
        {"name": clean(party.contact_name), "phone": clean(party.phone), "email": clean(party.email)}
    )
    return _present(
        {
            "name": clean(party.name),
            "biz_name": clean(party.trade_name),
            "identifiers": {SCHEME_SIRET: clean(party.siret)} if party.siret else None,
            "legal_identifier": clean(party.siren),
            "legal_identifier_schemeid": SCHEME_SIREN if party.siren else None,
            "vat_identifier": clean(party.vat_number),
            "legal_info": clean(party.legal_info),
            "einvoicing_addr": clean(party.electronic_address),
            "einvoicing_addr_schemeid": party.electronic_scheme if party.electronic_address else None,
            "contacts": [contact] if contact else None,
            **_address(party.address),
        }
    ) | {"name": _required(party.name)}


def _address(address: Address) -> Terms:
    return _present(
        {
            "addr_l1": clean(address.line_one),
            "addr_l2": clean(address.line_two),
            "addr_l3": clean(address.line_three),
            "postcode": clean(address.postcode),
            "city": clean(address.city),
            "country_code": address.country,
        }
    )


def _payment(means: PaymentMeans, number: str) -> Terms:
    return {
        "BT-81": means.code,
        "BT-82": clean(means.label),
        "BT-83": clean(means.reference or number),
        "BT-84": means.iban.replace(" ", ""),
        "BT-85": clean(means.account_name),
        "BT-86": means.bic.replace(" ", ""),
    }


def _totals(invoice: EInvoice) -> Terms:
    totals = invoice.totals
    return {
        "BT-106": _money(totals.lines),
        "BT-107": _money(totals.discounts) if invoice.discounts else None,
        "BT-109": _money(totals.net),
        "BT-110": _money(totals.tax),
        "BT-112": _money(totals.gross),
        "BT-113": _money(totals.prepaid) if totals.prepaid else None,
        "BT-115": _money(totals.due),
    }


def _breakdown(vat: VatBreakdown) -> Terms:
    return _present(
        {
            "BT-116": _money(vat.base),
            "BT-117": _money(vat.tax),
            "BT-118": vat.category.value,
            "BT-119": _money(vat.rate),
            "BT-120": clean(vat.exemption_reason),
            "BT-121": vat.exemption_code,
        }
    )


def _discount(discount: Discount | DocumentDiscount) -> Terms:
    return _present(
        {
            "amount": _money(discount.amount),
            "base_amount": None if discount.base is None else _money(discount.base),
            "rate": None if discount.rate is None else _money(discount.rate),
            "reason": clean(discount.reason),
        }
    )


def _document_discount(discount: DocumentDiscount) -> Terms:
    vat = {"vat_category_code": discount.category.value, "vat_rate": _money(discount.vat_rate)}
    return _discount(discount) | vat


def _line(line: Line) -> Terms:
    return _present(
        {
            "BT-126": str(line.position),
            "BT-129": _quantity(line.quantity),
            "BT-130": _required(line.unit),
            "BT-131": _money(line.net),
            "BT-134": line.period_start,
            "BT-135": line.period_end,
            "BT-146": _price(line.unit_price),
            "BT-151": line.category.value,
            "BT-152": _money(line.vat_rate),
            "BT-154": clean(line.description),
            "BG-27": [_discount(d) for d in line.discounts],
        }
    ) | {"BT-153": _required(line.label)}
