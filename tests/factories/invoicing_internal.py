"""Internal sales made by their services, as far as a test asks."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import InternalCredit, InternalSale
from invoicing.services.internal_sales import (
    InternalContent,
    accept_internal,
    create_internal,
    credit_internal,
    invoice_internal,
    offer_internal,
)
from tests.factories.entrepreneurs import make_activity

DAY = date(2026, 3, 15)


def draft(seller: Activity, buyer: Activity, amount: str = "2000.00", *, on: date = DAY) -> InternalSale:
    content = InternalContent(buyer, "Maquette du site", Decimal(amount), "Trois pages.")
    return create_internal(seller, content=content, form_key=uuid.uuid4(), on=on, actor=None)


def offered(seller: Activity, buyer: Activity, amount: str = "2000.00", *, on: date = DAY) -> InternalSale:
    return offer_internal(draft(seller, buyer, amount, on=on), on=on, actor=None)


def ordered(seller: Activity, buyer: Activity, amount: str = "2000.00", *, on: date = DAY) -> InternalSale:
    return accept_internal(offered(seller, buyer, amount, on=on), on=on, actor=None)


def invoiced(seller: Activity, buyer: Activity, amount: str = "2000.00", *, on: date = DAY) -> InternalSale:
    return invoice_internal(ordered(seller, buyer, amount, on=on), on=on, actor=None)


def credit(
    sale: InternalSale, amount: str, *, on: date = DAY, reason: str = "Moins de pages"
) -> InternalCredit:
    return credit_internal(
        sale, amount=Decimal(amount), reason=reason, form_key=uuid.uuid4(), on=on, actor=None
    )


def sold_inside(seller: Activity) -> dict[str, Any]:
    """What the walk visits: a draft, an offer, an internal invoice of which a part was given back."""
    buyer, today = make_activity(name="Atelier voisin"), timezone.localdate()
    sale = invoiced(seller, buyer, on=today)
    credit(sale, "500.00", on=today)
    return {
        "internal_draft": draft(seller, buyer, on=today),
        "internal_offered": offered(seller, buyer, "640.00", on=today),
        "internal_invoiced": sale,
    }
