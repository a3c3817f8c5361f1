"""Files that suppliers send: ours, made by our own engine or written by hand, and those of other makers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice
from tests.invoicing.einvoices import einvoice, line

OWN = Path(__file__).parents[2] / "data" / "incoming"
# Other makers' files stay out of the repository: their licences are theirs.
OTHERS = Path(__file__).parents[4] / "shared" / "data" / "e-invoices"


def own(name: str) -> bytes:
    return (OWN / name).read_bytes()


@cache
def facturx(number: str = "FACT-2026-118") -> bytes:
    """A Factur-X file as a supplier's software makes one: here, ours."""
    return facturx_pdf(invoice_html(document(number)), build_xml(document(number)))


def cii(number: str = "FACT-2026-118") -> bytes:
    return build_xml(document(number))


def document(number: str) -> EInvoice:
    return replace(einvoice(line(), line("Affiche", quantity="3", price="12.50")), number=number)


def manifest() -> list[dict[str, Any]]:
    path = OTHERS / "manifest.json"
    return json.loads(path.read_text())["samples"] if path.exists() else []


def day(text: str) -> date:
    return date.fromisoformat(text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}")


def figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
