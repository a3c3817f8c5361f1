"""Activities of house and workshop: joiner, adviser in energy renovation, bicycle mechanic."""

from cae.demonstration.loading.plans import Article, Credit, Plan, Sale, buy, paid
from entrepreneurs.states.trades import Unit
from invoicing.states.sales import CreditPart, PaymentMode, SaleNature

_CARD, _CASH, _CHEQUE = PaymentMode.CARD, PaymentMode.CASH, PaymentMode.CHEQUE

COPEAUX = Plan(
    code="COPEAUX",
    name="Les Copeaux",
    trade="Menuisier",
    people=("dubroca",),
    territory="40",
    portfolio="landes",
    opened_ago=1480,
    email="remi@les-copeaux.example",
    phone="05 36 49 00 21",
    scale_ago=720,
    articles={
        "labour": Article("Pose et ajustage", "46", Unit.HOUR, vat="intermediate"),
        "workshop": Article("Fabrication en atelier", "44", Unit.HOUR),
        "insulation": Article(
            "Fenêtre double vitrage posée, pin des Landes", "690", vat="reduced",
            description="Amélioration de la performance énergétique, logement de plus de deux ans.",
        ),
        "table": Article("Table de chêne massif, 220 × 95 cm", "1480", nature=SaleNature.GOODS),
        "shelf": Article("Étagère sur mesure, pin huilé", "95", Unit.METRE, SaleNature.GOODS),
        "subcontract": Article("Sous-traitance : ossature de la façade sud", "38", Unit.SQUARE_METRE,
                               vat="reverse-building"),
    },
    sales=(
        Sale("duprat", (buy("labour", 22), buy("insulation", 3)), 291, purpose="Rénovation de la grange",
             receipts=(paid(289, "1000.00", _CHEQUE), paid(262))),
        Sale("charpente", (buy("subcontract", 84),), 258, purpose="Chantier de Tarnos",
             receipts=(paid(214),)),
        Sale("auberge", (buy("table", 3, off="0.08"),), 222, purpose="Tables de la grande salle",
             receipts=(paid(180),)),
        Sale("lestage", (buy("shelf", "6.4"),), 187, receipts=(paid(186, mode=_CARD),)),
        Sale("immobilier", (buy("insulation", 8), buy("labour", 16)), 165, purpose="Résidence Brouchet",
             receipts=(paid(118, "3000.00"),)),
        Sale("charpente", (buy("subcontract", "126.5"),), 124, purpose="Chantier de Soustons",
             receipts=(paid(75),)),
        Sale("garros", (buy("labour", 9), buy("insulation")), 88, receipts=(paid(81, mode=_CHEQUE),)),
        Sale("biocoop", (buy("shelf", 18), buy("workshop", 7)), 52, purpose="Rayon vrac",
             credits=(Credit("Deux mètres livrés rayés", 34, CreditPart.LINES, {1: "2"}),)),
        Sale("lestage", (buy("table"),), 30, due_in=45, receipts=(paid(21, "500.00", _CARD),)),
        Sale("duprat", (buy("labour", "13.5"),), 8),
        Sale("immobilier", (buy("insulation", 4), buy("labour", 11)), purpose="Résidence Brouchet, lot 2"),
    ),
)  # fmt: skip

RENOV = Plan(
    code="RENOV",
    name="Maison tempérée",
    trade="Conseiller en rénovation énergétique",
    people=("goyeneche",),
    territory="40",
    portfolio="landes",
    opened_ago=430,
    email="fabien@maison-temperee.example",
    phone="05 36 49 00 22",
    articles={
        "visit": Article("Visite, relevés et scénarios de travaux", "490", Unit.LUMP_SUM),
        "study": Article("Étude thermique d’un bâtiment", "1350", Unit.LUMP_SUM),
        "desk": Article("Permanence d’information des habitants", "310", Unit.DAY),
        "follow": Article("Suivi de chantier", "62", Unit.HOUR),
    },
    sales=(
        Sale("agglo", (buy("desk", 6),), 269, order="T-0398", purpose="Permanences d’hiver",
             receipts=(paid(228),)),
        Sale("lestage", (buy("visit"),), 209, receipts=(paid(205, mode=_CHEQUE),)),
        Sale("immobilier", (buy("study", 2), buy("follow", 14)), 174, receipts=(paid(122),)),
        Sale("agglo", (buy("desk", 8, off="0.05"),), 139, order="T-0521", purpose="Permanences de printemps",
             receipts=(paid(91),)),
        Sale("mairie", (buy("study"),), 94, order="BC-2359", purpose="École primaire"),
        Sale("garros", (buy("visit"), buy("follow", 3)), 47, due_in=15, receipts=(paid(33, "300.00"),)),
        Sale("syndic", (buy("study"), buy("follow", 8)), 17, purpose="Copropriété Fondaudège"),
        Sale("agglo", (buy("desk", 7),), purpose="Permanences d’automne", order="T-0702"),
    ),
)  # fmt: skip

ROUE = Plan(
    code="ROUELIBRE",
    name="La Roue libre",
    trade="Mécanicien vélo",
    people=("project-holder",),
    territory="33",
    portfolio="estuaires",
    opened_ago=84,
    email="malik@la-roue-libre.example",
    phone="05 36 49 00 23",
    articles={
        "service": Article("Révision complète d’un vélo", "62"),
        "battery": Article("Batterie reconditionnée 36 V, garantie un an", "310", nature=SaleNature.GOODS),
        "fleet": Article("Entretien de flotte, par vélo et par mois", "18.50"),
        "tyre": Article("Pneu renforcé 28 pouces", "29.90", nature=SaleNature.GOODS),
    },
    sales=(
        Sale("nguyen", (buy("service"), buy("tyre", 2)), 73, receipts=(paid(73, mode=_CASH),)),
        Sale("livraison", (buy("fleet", 12),), 60, purpose="Premier mois", receipts=(paid(29),)),
        Sale("moreau", (buy("battery"), buy("service")), 41, due_in=15,
             receipts=(paid(41, "200.00", _CARD),)),
        Sale("livraison", (buy("fleet", 14), buy("tyre", 6, off="0.10")), 28, purpose="Deuxième mois"),
        Sale("college", (buy("service", 15, off="0.20"),), 11, purpose="Semaine du vélo"),
        Sale("livraison", (buy("fleet", 14),), purpose="Troisième mois"),
    ),
)  # fmt: skip
