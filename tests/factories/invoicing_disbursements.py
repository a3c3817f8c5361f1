"""Disbursements of the sales room, each built by the services."""

from __future__ import annotations

import io
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from PIL import Image

from entrepreneurs.models import Activity
from invoicing.models import DisbursementProof, Invoice
from invoicing.services.inputs import DisbursementContent
from invoicing.services.proving import ProofContent, add_proof
from tests.factories import invoicing as sales

PAID_ON = date(2026, 2, 20)


def picture() -> bytes:
    """A photo small enough to read at once."""
    kept = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(kept, "PNG")
    return kept.getvalue()


def proof(owner: Activity, amount: str = "12.50", **details: Any) -> DisbursementProof:
    told: dict[str, Any] = {
        "label": "Timbres fiscaux",
        "on": PAID_ON,
        "name": "recu.png",
        "content": picture(),
    }
    said = ProofContent(amount=Decimal(amount), **told | details)
    return add_proof(owner, said=said, form_key=uuid.uuid4(), actor=None, today=sales.DAY)


def asked(amount: str = "12.50", of: DisbursementProof | None = None) -> DisbursementContent:
    return DisbursementContent("Timbres fiscaux", Decimal(amount), of)


def invoice(owner: Activity, *disbursed: DisbursementContent, **details: Any) -> Invoice:
    """An invoice of 200 € before tax, with what was paid for its customer; issued."""
    return sales.issued(owner, sales.line("200.00"), disbursements=disbursed, **details)
