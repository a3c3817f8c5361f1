"""Closed lists of trades: families, units, classes of insurance; covers demanded (ENT-41, ENT-42)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TradeFamily(TextChoices):
    """What a list of trades is read by."""

    BUILDING = "building", _("Bâtiment et paysage")
    CRAFTS = "crafts", _("Fabrication et réparation")
    IMAGE = "image", _("Image, création et édition")
    DIGITAL = "digital", _("Numérique")
    ADVICE = "advice", _("Conseil et services aux organisations")
    TRAINING = "training", _("Formation")
    CARE = "care", _("Bien-être et services aux personnes")
    CULTURE = "culture", _("Culture et spectacle")
    FOOD = "food", _("Alimentation et agriculture")
    OTHER = "other", _("Autre")


class Unit(TextChoices):
    """Units that a trade sells by, by their UN/ECE recommendation 20 code (BT-130)."""

    ONE = "C62", _("unité")
    HOUR = "HUR", _("heure")
    DAY = "DAY", _("jour")
    LUMP_SUM = "LS", _("forfait")
    KILOGRAM = "KGM", _("kg")
    METRE = "MTR", _("m")
    SQUARE_METRE = "MTK", _("m²")
    KILOMETRE = "KMT", _("km")
    LITRE = "LTR", _("litre")


class InsuranceClass(TextChoices):
    """What an insurer answers for: a cover names the classes it takes, a trade the one it needs."""

    CIVIL = "civil", _("Responsabilité civile professionnelle")
    BUILDING = "building", _("Garantie décennale")
    PRODUCTS = "products", _("Produits livrés")
    CARE = "care", _("Pratiques de bien-être")
    FOOD = "food", _("Intoxication alimentaire")
    DATA = "data", _("Risques numériques")


class CoverDemand(TextChoices):
    """Which quotes ask for a cover in force."""

    NEVER = "never", _("Aucun devis")
    BY_TRADE = "by_trade", _("Les devis des métiers qui le demandent")
    ALWAYS = "always", _("Tous les devis")
