"""Fills the catalogue of each activity with what it sells, and the one that the cooperative shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.plans import Article
from entrepreneurs.states.trades import Unit
from invoicing.services.catalogue import create_item
from invoicing.services.inputs import ItemContent
from invoicing.states.sales import SaleNature
from people.models import User

FAMILIES = {
    SaleNature.SERVICES: "Prestations",
    SaleNature.TRAINING: "Formations",
    SaleNature.GOODS: "Ventes",
    SaleNature.REBILLED: "Frais",
}
SHARED = {
    "DEP": Article("Déplacement, barème de la coopérative", "0.60", Unit.KILOMETRE, SaleNature.REBILLED),
    "SALLE": Article("Salle du Rucher, demi-journée", "90", Unit.LUMP_SUM, SaleNature.REBILLED),
}


def fill_catalogues(shops: Iterable[Shop], *, today: date, actor: User) -> None:
    for reference, article in SHARED.items():
        create_item(None, content=_item(article, reference), on=today, actor=actor)
    for shop in shops:
        for key, article in shop.plan.articles.items():
            create_item(shop.activity, content=_item(article, key.upper()), on=today, actor=shop.author)


def _item(article: Article, reference: str) -> ItemContent:
    return ItemContent(
        label=article.label,
        unit_price=Decimal(article.price),
        vat_code=article.vat,
        reference=reference,
        category=FAMILIES[article.nature],
        description=article.description,
        unit=article.unit,
        nature=article.nature,
    )
