"""How the tests of the sales pages write addresses and fill the editor."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.urls import reverse

from invoicing.models import Customer, Invoice
from tests.factories import invoicing as sales


def url(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"invoicing:{name}", args=args, query=query)


def line(place: int, **values: str) -> dict[str, str]:
    """One row of the editor, as a browser sends it."""
    given = {
        "label": "Reportage",
        "quantity": "2",
        "unit": "DAY",
        "unit_price": "620,00",
        "vat_rate": str(sales.rate().pk),
        "discount_rate": "",
        "discount_amount": "",
        "nature": "services",
        "description": "",
    }
    return {f"lines-{place}-{name}": value for name, value in (given | values).items()}


def draft_form(*lines: dict[str, str], customer: str = "Client A", **values: str) -> dict[str, str]:
    """The whole editor, as a browser sends it."""
    rows = lines or (line(0),)
    head = {
        "form_key": str(uuid4()),
        "version": "",
        "customer": customer,
        "purpose": "Reportage au salon",
        "delivered_on": "",
        "due_on": "",
        "order_reference": "",
        "vat_due_on": "",
        "lines-TOTAL_FORMS": str(len(rows)),
        "lines-INITIAL_FORMS": "0",
        "do": "save",
    }
    for row in rows:
        head |= row
    return head | values


def stored_form(invoice: Invoice, *lines: dict[str, str], **values: str) -> dict[str, str]:
    """The editor of a stored draft, as its page gave it."""
    facts = {
        "form_key": str(invoice.form_key),
        "version": str(invoice.version),
        "customer": invoice.customer.name,
    }
    return draft_form(*lines) | facts | values


def customer_form(**values: str) -> dict[str, str]:
    """The form of a firm, as a browser sends it."""
    given = {
        "form_key": str(uuid4()),
        "version": "",
        "kind": "firm",
        "name": "Peugeot Invest",
        "siren": "552 100 554",
        "siret": "",
        "vat_number": "",
        "address_line": "66 avenue Charles de Gaulle",
        "address_line2": "",
        "postcode": "92200",
        "city": "Neuilly-sur-Seine",
        "country": "FR",
        "contact_name": "",
        "email": "",
        "phone": "",
        "electronic_address": "",
        "language": "fr",
    }
    return given | values


def counted() -> dict[str, int]:
    """How many rows of each kind there are: a refusal changes none of these numbers."""
    return {"customers": Customer.objects.count(), "documents": Invoice.objects.count()}
