"""What leaves for the platform: the file of a document, the message of a status, and under which name."""

from __future__ import annotations

import re
from typing import Any

from django.utils import translation

from cae.core.documents import read_document
from cae.core.identity import cooperative_on
from invoicing.calculations.lifecycle import RateShare
from invoicing.engines.exchange import cdar
from invoicing.engines.model import EInvoice
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice, Purchase
from invoicing.selectors.routing import routing_address_of
from invoicing.states.exchange import MessageKind

PDF, XML = "application/pdf", "application/xml"


def package_name(invoice: Invoice) -> str:
    """« 552100554_F2026-0012.pdf »: the SIREN, then the number, without what no file name may hold."""
    return f"{_facts(invoice).seller.siren}_{_plain(str(invoice.number))}.pdf"


def status_name(status: EInvoiceStatus) -> str:
    told = status_message(status)
    return f"{told.seller_siren or 'SANS-SIREN'}_{_plain(told.number)}_{status.code}_{status.pk}.xml"


def content_of(message: ExchangeMessage) -> bytes | None:
    """The bytes that leave; nothing as long as the PDF of the document is not made. The same at each call."""
    if message.kind == MessageKind.STATUS and message.status is not None:
        return cdar.write_status(status_message(message.status))
    if message.invoice is None or message.invoice.pdf is None:
        return None
    return read_document(message.invoice.pdf)


def status_message(status: EInvoiceStatus) -> cdar.StatusMessage:
    """A status of ours: from the seller to the buyer, or from the buyer to the seller."""
    about = _of_purchase(status.purchase) if status.purchase else _of_invoice(status.invoice)
    return cdar.StatusMessage(
        message_id=f"{about['seller_siren']}-{_plain(about['number'])}-{status.code}-{status.pk}"[:100],
        at=status.at,
        code=status.code,
        label=_french(status),
        reasons=tuple(status.reasons),
        comment=status.comment,
        shares=tuple(RateShare.read(one) for one in status.by_rate),
        **about,
    )


def _of_invoice(invoice: Invoice | None) -> dict[str, Any]:
    if invoice is None:
        raise LookupError("a status is about one document")
    facts = _facts(invoice)
    seller, buyer = facts.seller, facts.buyer
    return {
        "number": facts.number,
        "seller_siren": seller.siren,
        "issued_on": facts.issued_on,
        "type_code": facts.kind.value,
        "sender": cdar.Correspondent(siren=seller.siren, role="SE", address=seller.electronic_address),
        "recipient": cdar.Correspondent(siren=buyer.siren, role="BY", address=buyer.electronic_address),
    }


def _of_purchase(purchase: Purchase) -> dict[str, Any]:
    own, seller = cooperative_on(purchase.received_on).siren, purchase.supplier.siren
    address = routing_address_of(purchase.activity) if purchase.activity else own
    return {
        "number": purchase.number,
        "seller_siren": seller,
        "issued_on": purchase.on,
        "type_code": "381" if purchase.is_credit_note else "380",
        "sender": cdar.Correspondent(siren=own, role="BY", address=address),
        "recipient": cdar.Correspondent(siren=seller, role="SE", address=seller),
    }


def _french(status: EInvoiceStatus) -> str:
    """The word of the standard, whoever sends it."""
    with translation.override("fr"):
        return str(status.get_code_display())


def _plain(number: str) -> str:
    """A number in the name of a file: a supplier's may hold anything."""
    return re.sub(r"[^A-Za-z0-9+_-]", "-", number)[:60]


def _facts(invoice: Invoice) -> EInvoice:
    if invoice.facts is None:
        raise LookupError("only an issued document leaves")
    return EInvoice.from_json(invoice.facts)
