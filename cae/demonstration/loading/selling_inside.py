"""What activities of the demonstration do for each other: an invoice given back in part, an order, an offer
that waits for the first entrepreneur, one refused, a draft (INV-31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import key_of
from invoicing.models import InternalSale
from invoicing.services.internal_files import archive_internal
from invoicing.services.internal_sales import (
    InternalContent,
    accept_internal,
    create_internal,
    credit_internal,
    decline_internal,
    invoice_internal,
    offer_internal,
)

# The activity of entrepreneur@, a workshop that makes furniture, a graphic designer.
_MAIN, _WORKSHOP, _DESIGNER = "LENOIR", "COPEAUX", "TRAITLIBRE"


def sell_inside(shops: Sequence[Shop], *, today: date) -> None:
    """Does: what this module says. Refuses: nothing. Leaves behind: one internal sale in each state that
    somebody has something to do with, and their papers."""
    by_code = {shop.plan.code: shop for shop in shops}
    main, workshop, designer = (by_code[code] for code in (_MAIN, _WORKSHOP, _DESIGNER))
    invoiced = _offered(
        main, workshop, "Photographies de l’atelier et des meubles", "480.00", ago=26, today=today
    )
    accept_internal(invoiced, on=days_ago(today, 24), actor=workshop.author)
    invoice_internal(invoiced, on=days_ago(today, 12), actor=main.author)
    credit_internal(
        invoiced,
        amount=Decimal("80.00"),
        reason="Deux vues reportées au printemps",
        form_key=key_of("internal-credit"),
        on=days_ago(today, 6),
        actor=main.author,
    )
    archive_internal(invoiced.pk)
    ordered = _offered(workshop, main, "Panneaux et cadres de l’exposition", "620.00", ago=15, today=today)
    accept_internal(ordered, on=days_ago(today, 13), actor=main.author)
    archive_internal(ordered.pk)
    declined = _offered(main, designer, "Portraits pour le dossier de presse", "260.00", ago=20, today=today)
    reason = "Nous gardons les portraits de l’an dernier."
    decline_internal(declined, reason=reason, on=days_ago(today, 18), actor=designer.author)
    _offered(designer, main, "Affiche et carton d’invitation de l’exposition", "350.00", ago=2, today=today)
    _draft(main, designer, "Reproduction de planches originales", "190.00", ago=1, today=today)


def _draft(seller: Shop, buyer: Shop, title: str, amount: str, *, ago: int, today: date) -> InternalSale:
    return create_internal(
        seller.activity,
        content=InternalContent(buyer.activity, title, Decimal(amount)),
        form_key=key_of("internal", title),
        on=days_ago(today, ago),
        actor=seller.author,
    )


def _offered(seller: Shop, buyer: Shop, title: str, amount: str, *, ago: int, today: date) -> InternalSale:
    draft = _draft(seller, buyer, title, amount, ago=ago, today=today)
    return offer_internal(draft, on=days_ago(today, ago), actor=seller.author)
