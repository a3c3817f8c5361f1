"""Twenty-five trades: what each sells, to whom, how much a year; the kit of every activity made by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cae.demonstration.loading import buildings, cares, images, knowledge
from cae.demonstration.loading.plans import Article, Plan
from entrepreneurs.states.trades import Unit
from invoicing.states.sales import SaleNature

_GOODS = SaleNature.GOODS
# Rates that any customer of France may be billed at.
PLAIN_RATES = ("normal", "intermediate", "reduced", "training")


@dataclass(frozen=True)
class Kit:
    """What people of one trade sell, their customers, what they speak of, their sales of a usual year."""

    trade: str
    yearly: int
    articles: Mapping[str, Article]
    customers: tuple[str, ...]
    purposes: tuple[str, ...]


def _like(plan: Plan, yearly: int, customers: str, purposes: tuple[str, ...]) -> Kit:
    """The trade of an activity written by hand; nothing billed under a regime of its own."""
    articles = {
        key: article
        for key, article in plan.articles.items()
        if article.vat in PLAIN_RATES and article.nature != SaleNature.REBILLED
    }
    return Kit(plan.trade, yearly, articles, tuple(customers.split()), purposes)


KITS: dict[str, Kit] = {
    "photo": _like(images.LENOIR, 15000, "brasserie auberge syndic college diallo startup",
                   ("Portraits de l’équipe", "Chantier suivi en images", "Carte de saison")),
    "graphic": _like(images.TRAIT, 17000, "hotel domaine biocoop clinique agglo",
                     ("Nouvelle signalétique", "Plaquette", "Rapport d’activité")),
    "web": _like(images.PIXEL, 24000, "hotel editions transport maraicher hopital",
                 ("Refonte du site", "Prise de rendez-vous en ligne", "Correctifs et mises à jour")),
    "wood": _like(buildings.COPEAUX, 21000, "hotel librairie immobilier duprat arnaudin",
                  ("Comptoir d’accueil", "Menuiseries du premier étage", "Rayonnages")),
    "energy": _like(buildings.RENOV, 17000, "syndic mairie immobilier duprat",
                    ("Audit de la copropriété", "Salle des fêtes", "Avant travaux")),
    "bike": _like(buildings.ROUE, 9000, "livraison agglo college startup",
                  ("Flotte de l’entreprise", "Atelier mobile", "Révision d’avant hiver")),
    "sewing": _like(cares.AIGUILLE, 8000, "boutique theatre hotel moreau diallo",
                    ("Costumes du spectacle", "Linge de la maison d’hôtes", "Ateliers du mercredi")),
    "breath": _like(cares.SOUFFLE, 9000, "clinique hopital transport agglo",
                    ("Prévention du stress", "Semaine de la santé au travail", "Cycle d’automne")),
    "garden-advice": _like(cares.SEMIS, 11000, "maraicher college biocoop mairie",
                           ("Jardin partagé", "Plan de saison", "Restauration scolaire")),
    "training": _like(knowledge.DECLIC, 23000, "transport clinique hopital opco",
                      ("Sauveteurs secouristes", "Accueil des nouveaux", "Session de rappel")),
    "words": _like(knowledge.CELIK, 14000, "editions startup domaine hotel",
                   ("Site en anglais", "Dossier de presse", "Catalogue")),
    "mediation": _like(knowledge.PASSERELLE, 13000, "agglo college festival theatre",
                       ("Parcours dans la ville", "Résidence", "Semaine des langues")),
    "landscape": Kit("Paysagiste", 19000, {
        "care": Article("Entretien de jardin", "42", Unit.HOUR),
        "bed": Article("Création d’un massif, fournitures comprises", "1850", Unit.LUMP_SUM),
        "hedge": Article("Taille de haie", "9.50", Unit.METRE),
        "trees": Article("Arbre fruitier de la région, fourni et planté", "118", vat="intermediate"),
    }, ("syndic", "hotel", "mairie", "immobilier", "garros", "lestage"),
        ("Cour intérieure", "Entretien de printemps", "Verger communal")),
    "catering": Kit("Traiteur", 18000, {
        "buffet": Article("Buffet de saison, par convive", "24", vat="intermediate"),
        "cocktail": Article("Cocktail, douze pièces par personne", "31.50", vat="intermediate"),
        "class": Article("Atelier de cuisine, groupe de huit", "340", Unit.LUMP_SUM),
        "ware": Article("Location de vaisselle", "145", Unit.LUMP_SUM),
    }, ("agence", "festival", "domaine", "startup", "agglo", "cazaux"),
        ("Assemblée générale", "Soirée d’ouverture", "Repas des bénévoles")),
    "drawing": Kit("Illustratrice", 13000, {
        "page": Article("Illustration pleine page", "340"),
        "cover": Article("Couverture, trois esquisses", "780", Unit.LUMP_SUM),
        "rights": Article("Cession de droits : édition papier, cinq ans", "290", Unit.LUMP_SUM,
                          vat="intermediate"),
        "class": Article("Atelier de dessin", "265", Unit.DAY),
    }, ("editions", "librairie", "festival", "college", "biocoop"),
        ("Album jeunesse", "Affiche du salon", "Étiquettes")),
    "video": Kit("Vidéaste", 22000, {
        "shoot": Article("Tournage, une caméra", "850", Unit.DAY),
        "edit": Article("Montage et étalonnage", "520", Unit.DAY),
        "live": Article("Captation et diffusion en direct", "1450", Unit.LUMP_SUM),
        "titles": Article("Sous-titres, par minute", "12"),
    }, ("agence", "clinique", "theatre", "agglo", "festival", "startup"),
        ("Film d’accueil", "Témoignages", "Teaser de saison")),
    "writing": Kit("Rédactrice", 13000, {
        "article": Article("Article documenté, mille mots", "185"),
        "day": Article("Journée de rédaction", "420", Unit.DAY),
        "letter": Article("Lettre d’information", "230"),
    }, ("startup", "hotel", "agence", "domaine", "syndic"),
        ("Blog du trimestre", "Guide des habitants", "Fiches produits")),
    "office": Kit("Assistante administrative", 14000, {
        "hours": Article("Secrétariat et relances", "38", Unit.HOUR),
        "setup": Article("Mise en ordre des dossiers", "640", Unit.LUMP_SUM),
        "minutes": Article("Compte rendu de réunion", "95"),
    }, ("charpente", "transport", "brasserie", "auberge", "maraicher"),
        ("Devis et relances du mois", "Classement annuel", "Préparation du bilan")),
    "interior": Kit("Architecte d’intérieur", 25000, {
        "study": Article("Étude d’aménagement, plans et planches", "2100", Unit.LUMP_SUM),
        "site": Article("Suivi de chantier", "68", Unit.HOUR),
        "visit": Article("Visite conseil et croquis", "290"),
    }, ("immobilier", "hotel", "librairie", "clinique", "duprat"),
        ("Salle de petit déjeuner", "Accueil et attente", "Appartement témoin")),
    "pottery": Kit("Céramiste", 11000, {
        "bowl": Article("Bol de grès émaillé", "28", nature=_GOODS),
        "service": Article("Service de table, douze couverts", "640", nature=_GOODS),
        "stage": Article("Stage de tournage", "125", Unit.DAY),
        "lamp": Article("Suspension de porcelaine", "165", nature=_GOODS),
    }, ("hotel", "auberge", "boutique", "domaine", "arnaudin"),
        ("Nouvelle vaisselle", "Boutique d’été", "Stage du week-end")),
    "music": Kit("Musicien intervenant", 12000, {
        "session": Article("Séance d’éveil musical", "95", Unit.HOUR),
        "concert": Article("Concert en trio", "1150", Unit.LUMP_SUM, vat="reduced"),
        "project": Article("Création avec une classe", "1480", Unit.LUMP_SUM),
    }, ("college", "mairie", "festival", "hopital", "theatre"),
        ("Fête de la musique", "Chorale des écoles", "Concert au chevet")),
    "ecology": Kit("Conseillère en transition écologique", 26000, {
        "carbon": Article("Bilan des émissions et plan d’action", "3400", Unit.LUMP_SUM),
        "day": Article("Accompagnement", "560", Unit.DAY),
        "fresco": Article("Atelier collectif, quinze personnes", "720", Unit.LUMP_SUM),
    }, ("agglo", "transport", "clinique", "brasserie", "immobilier"),
        ("Plan de sobriété", "Achats responsables", "Mobilité des salariés")),
    "repair": Kit("Dépanneur informatique", 15000, {
        "hour": Article("Intervention sur place", "58", Unit.HOUR),
        "computer": Article("Ordinateur reconditionné, garanti un an", "390", nature=_GOODS),
        "care": Article("Maintenance, par poste et par mois", "19"),
    }, ("librairie", "syndic", "charpente", "biocoop", "nguyen", "garros"),
        ("Renouvellement des postes", "Sauvegardes", "Mise en réseau")),
    "coaching": Kit("Coach professionnelle", 16000, {
        "session": Article("Séance individuelle", "110", Unit.HOUR),
        "review": Article("Accompagnement de six mois", "1850", Unit.LUMP_SUM),
        "team": Article("Journée d’équipe", "980", Unit.DAY),
    }, ("startup", "clinique", "transport", "agence", "hopital"),
        ("Prise de poste", "Cohésion d’équipe", "Reconversion")),
    "bees": Kit("Apicultrice", 8000, {
        "honey": Article("Miel d’acacia, pot de 500 g", "7.80", nature=_GOODS, vat="reduced"),
        "hive": Article("Parrainage d’une ruche, un an", "480"),
        "talk": Article("Animation autour du rucher", "215", Unit.LUMP_SUM),
    }, ("biocoop", "boutique", "mairie", "college", "auberge"),
        ("Coffrets de fin d’année", "Ruches du toit", "Sortie des classes")),
}  # fmt: skip
