"""Activities of word and knowledge: trainer, translator, and a collective of three people."""

from cae.demonstration.loading.plans import Article, Credit, Plan, Sale, buy, paid
from entrepreneurs.states.trades import Unit
from invoicing.states.sales import CreditPart, SaleNature, VatDueOn

DECLIC = Plan(
    code="DECLIC",
    name="Déclic formation",
    trade="Formatrice",
    people=("laborde",),
    territory="33",
    portfolio="estuaires",
    opened_ago=830,
    email="sandrine@declic-formation.example",
    phone="05 36 49 00 41",
    articles={
        "inter": Article("Formation « Prévenir les troubles du dos », par stagiaire", "310",
                         nature=SaleNature.TRAINING, vat="training"),
        "intra": Article(
            "Formation en entreprise", "1150", Unit.DAY, SaleNature.TRAINING, vat="training",
            description="Jusqu’à dix personnes ; programme, émargements et attestations compris.",
        ),
        "booklet": Article("Livret du stagiaire", "9.80", nature=SaleNature.GOODS, vat="reduced"),
        "room": Article("Location de salle, refacturée", "180", Unit.DAY, SaleNature.REBILLED),
    },
    sales=(
        Sale("transport", (buy("intra", 3),), 286, purpose="Gestes et postures", receipts=(paid(238),)),
        Sale("opco", (buy("inter", 6),), 244, purpose="Session de Nantes", receipts=(paid(188),)),
        Sale("clinique", (buy("intra", 2), buy("room", 2), buy("booklet", 18)), 196, receipts=(paid(149),)),
        Sale("hopital", (buy("intra", 4, off="0.10"),), 153, purpose="Manutention des patients",
             receipts=(paid(92),)),
        Sale("opco", (buy("inter", 8),), 116, receipts=(paid(72, "2000.00"),),
             credits=(Credit("Deux stagiaires absents", 62, CreditPart.LINES, {1: "2"}),)),
        Sale("transport", (buy("intra"),), 71, receipts=(paid(35, "1200.00"),)),
        Sale("clinique", (buy("intra", "1.5"),), 23),
        Sale("hopital", (buy("intra", 2),), purpose="Session de rappel"),
    ),
)  # fmt: skip

CELIK = Plan(
    code="CELIK",
    name="Nadia Çelik traductions",
    trade="Traductrice",
    people=("associate",),
    territory="33",
    portfolio="estuaires",
    opened_ago=1250,
    email="nadia@celik-traductions.example",
    phone="05 36 49 00 42",
    scale_ago=500,
    articles={
        "words": Article("Traduction, au mot source", "0.14",
                         description="Relecture par une seconde personne."),
        "interpret": Article("Interprétation de liaison", "560", Unit.DAY),
        "proof": Article("Relecture", "42", Unit.HOUR),
        "abroad": Article("Übersetzung / traduction, au mot source", "0.15", vat="reverse-eu"),
    },
    sales=(
        Sale("editions", (buy("words", 31200),), 293, purpose="« Les Veilleurs du delta », premier tiers",
             receipts=(paid(251),)),
        Sale("verlag", (buy("abroad", 12640),), 252, purpose="Katalog Frühjahr", receipts=(paid(219),)),
        Sale("museo", (buy("abroad", 5480),), 202, purpose="Exposition « La ola »", receipts=(paid(167),)),
        Sale("editions", (buy("words", 30850), buy("proof", "6.5")), 169, receipts=(paid(127, "3000.00"),)),
        Sale("domaine", (buy("interpret", 2), buy("words", 3900)), 110, vat_due_on=VatDueOn.DEBITS,
             purpose="Salon des vins", receipts=(paid(76),)),
        Sale("verlag", (buy("abroad", 9200, off="0.05"),), 65, receipts=(paid(36),)),
        Sale("startup", (buy("words", 8450),), 43, purpose="Documentation en anglais",
             credits=(Credit("Facturée deux fois par erreur", 38),)),
        Sale("editions", (buy("words", 29700),), 16, purpose="« Les Veilleurs du delta », dernier tiers"),
        Sale("museo", (buy("abroad", 2100),), purpose="Cartels de la salle 3"),
    ),
)  # fmt: skip

PASSERELLE = Plan(
    code="PASSERELLE",
    name="Collectif Passerelle",
    trade="Médiation culturelle",
    people=("associate", "collective", "bonnafous"),
    territory="33",
    portfolio="estuaires",
    opened_ago=410,
    email="contact@collectif-passerelle.example",
    phone="05 36 49 00 43",
    articles={
        "workshop": Article("Atelier bilingue, deux intervenantes", "380"),
        "design": Article("Conception d’un parcours de visite", "2200", Unit.LUMP_SUM),
        "show": Article("Lecture musicale", "940", vat="reduced"),
        "travel": Article("Déplacement", "0.50", Unit.KILOMETRE, SaleNature.REBILLED),
    },
    sales=(
        Sale("college", (buy("workshop", 5),), 265, purpose="Classes de cinquième", receipts=(paid(220),)),
        Sale("festival", (buy("show", 3), buy("travel", 240)), 191, receipts=(paid(155),)),
        Sale("agglo", (buy("design"),), 144, order="T-0533", purpose="Parcours du vieux port",
             receipts=(paid(100),)),
        Sale("theatre", (buy("show"), buy("workshop", 2)), 81, receipts=(paid(50, "1000.00"),),
             credits=(Credit("Un atelier annulé", None, CreditPart.LINES, {2: "1"}),)),
        Sale("college", (buy("workshop", 4, less="120.00"),), 39),
        Sale("festival", (buy("show", 2),), 13, receipts=(paid(7, "2100.00"),)),
        Sale("mairie", (buy("workshop", 3),), purpose="Semaine des langues"),
    ),
)  # fmt: skip
