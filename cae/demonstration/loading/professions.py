"""The list of trades of the demonstration: their rules, their insurance, when each was opened (ENT-41)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cae.demonstration.loading.days import days_ago
from entrepreneurs.models import Trade
from entrepreneurs.services.trades import close_trade, create_trade
from entrepreneurs.states.trades import InsuranceClass, TradeFamily, Unit

OPENED_AGO = 1600
_HABITAT = "Taux réduit pour les travaux de rénovation de logements de plus de deux ans ; 20 % sinon."
_PLAIN = "Taux normal, 20 %."
_SITE = "Assureur et zone couverte de la garantie décennale, sur chaque devis et facture."


@dataclass(frozen=True)
class Profession:
    """A trade as the cooperative wrote it."""

    name: str
    family: str
    definition: str = ""
    insurance_class: str = InsuranceClass.CIVIL
    needs_cover: bool = False
    unit: str = Unit.ONE
    usual_vat: Decimal | None = None
    vat_hint: str = _PLAIN
    notice_hint: str = ""
    is_regulated: bool = False
    authority: str = ""
    proofs: tuple[str, ...] = ()


_F = TradeFamily
PROFESSIONS: tuple[Profession, ...] = (
    Profession("Photographe", _F.IMAGE, "Reportages, portraits, tirages. Drone : autorisation à part.",
               unit=Unit.DAY, vat_hint="20 % ; 10 % sur la cession de droits d’auteur."),
    Profession("Graphiste", _F.IMAGE, "Identités visuelles, mises en page, signalétique.",
               vat_hint="20 % ; 10 % sur la cession de droits d’auteur."),
    Profession("Illustratrice", _F.IMAGE, "Dessins d’édition et de presse, affiches.",
               vat_hint="10 % sur la cession de droits, 20 % sur le reste."),
    Profession("Vidéaste", _F.IMAGE, "Tournage, montage, captation.", unit=Unit.DAY),
    Profession("Développeur web", _F.DIGITAL, "Sites et applications, maintenance.", InsuranceClass.DATA,
               unit=Unit.DAY),
    Profession("Dépanneur informatique", _F.DIGITAL, "Dépannage, reconditionnement, sauvegardes.",
               InsuranceClass.DATA, unit=Unit.HOUR),
    Profession("Menuisier", _F.BUILDING, "Pose et fabrication de menuiseries, agencement. Ni charpente ni "
               "couverture.", InsuranceClass.BUILDING, needs_cover=True, unit=Unit.LUMP_SUM,
               vat_hint=_HABITAT, notice_hint=_SITE, is_regulated=True,
               authority="Qualification obligatoire (loi du 5 juillet 1996, art. 16)",
               proofs=("diploma", "insurance_sheet")),
    Profession("Conseiller en rénovation énergétique", _F.BUILDING, "Audits et conseil, sans travaux.",
               needs_cover=True, unit=Unit.LUMP_SUM, vat_hint=_PLAIN, is_regulated=True,
               authority="Qualification pour l’audit énergétique (décret 2022-780)",
               proofs=("diploma", "licence")),
    Profession("Architecte d’intérieur", _F.BUILDING, "Plans et suivi d’aménagement, hors structure.",
               InsuranceClass.BUILDING, needs_cover=True, unit=Unit.LUMP_SUM, notice_hint=_SITE,
               proofs=("diploma", "insurance_sheet")),
    Profession("Paysagiste", _F.BUILDING, "Entretien et création de jardins, sans maçonnerie.",
               needs_cover=True, unit=Unit.HOUR, vat_hint="20 % ; 10 % sur les végétaux."),
    Profession("Mécanicien vélo", _F.CRAFTS, "Réparation et entretien de cycles.", InsuranceClass.PRODUCTS,
               unit=Unit.HOUR),
    Profession("Couturière", _F.CRAFTS, "Confection, retouches, ateliers.", InsuranceClass.PRODUCTS),
    Profession("Céramiste", _F.CRAFTS, "Pièces de table et de décoration, stages.", InsuranceClass.PRODUCTS),
    Profession("Sophrologue", _F.CARE, "Accompagnement hors de tout soin médical.", InsuranceClass.CARE,
               needs_cover=True, unit=Unit.HOUR, proofs=("diploma",),
               notice_hint="Ne remplace pas un avis médical."),
    Profession("Coach professionnelle", _F.CARE, "Accompagnement individuel et d’équipes.", unit=Unit.HOUR,
               proofs=("diploma",)),
    Profession("Conseillère en maraîchage", _F.FOOD, "Conseil aux jardins et aux cuisines.", unit=Unit.DAY),
    Profession("Traiteur", _F.FOOD, "Buffets, repas, ateliers de cuisine.", InsuranceClass.FOOD,
               needs_cover=True, usual_vat=Decimal("0.1"), vat_hint="10 % sur les repas, 20 % sur l’alcool.",
               is_regulated=True,
               authority="Formation à l’hygiène et déclaration à la DDPP", proofs=("diploma", "licence")),
    Profession("Apicultrice", _F.FOOD, "Miels, parrainages, animations.", InsuranceClass.FOOD,
               usual_vat=Decimal("0.055"), vat_hint="5,5 % sur le miel, 20 % sur le reste.",
               is_regulated=True,
               authority="Déclaration annuelle des ruches (arrêté du 11 août 1980)", proofs=("licence",)),
    Profession("Formatrice", _F.TRAINING, "Formation professionnelle, sous le numéro de la coopérative.",
               unit=Unit.DAY, vat_hint="Exonérée quand l’attestation couvre l’action (CGI art. 261-4-4°).",
               proofs=("cv", "confidentiality")),
    Profession("Traductrice", _F.ADVICE, "Traduction et relecture."),
    Profession("Rédactrice", _F.ADVICE, "Articles, lettres, guides."),
    Profession("Assistante administrative", _F.ADVICE, "Secrétariat, relances, classement. Ni comptabilité "
               "ni conseil juridique.", unit=Unit.HOUR, proofs=("confidentiality",)),
    Profession("Conseillère en transition écologique", _F.ADVICE, "Bilans, plans d’action, ateliers.",
               unit=Unit.DAY),
    Profession("Médiation culturelle", _F.CULTURE, "Parcours, ateliers, résidences.", unit=Unit.DAY),
    Profession("Musicien intervenant", _F.CULTURE, "Éveil, ateliers, concerts.", unit=Unit.HOUR,
               vat_hint="5,5 % sur les concerts, 20 % sur les ateliers."),
)  # fmt: skip

# No longer offered: the cooperative leaves it to those who hold the licence.
CLOSED = Profession("Agent immobilier", _F.ADVICE, "Transactions et gestion pour autrui.", is_regulated=True,
                    authority="Carte professionnelle (loi Hoguet)", proofs=("licence",))  # fmt: skip


def list_trades(*, today: date, actor: Any) -> dict[str, Trade]:
    """The trades by name; one of them was closed last year."""
    on = days_ago(today, OPENED_AGO)
    trades = {one.name: _create(one, on, actor) for one in PROFESSIONS}
    close_trade(_create(CLOSED, on, actor), last_day=days_ago(today, 300), actor=actor)
    return trades


def _create(one: Profession, on: date, actor: Any) -> Trade:
    return create_trade(on=on, actor=actor, **asdict(one) | {"proofs": list(one.proofs)})
