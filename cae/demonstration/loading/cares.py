"""Activities of care and earth: seamstress, sophrologist, adviser to market gardeners."""

from cae.demonstration.loading.plans import Article, Credit, Plan, Sale, buy, paid
from entrepreneurs.states.trades import Unit
from invoicing.states.sales import CreditPart, PaymentMode, SaleNature

_CARD, _CASH, _CHEQUE = PaymentMode.CARD, PaymentMode.CASH, PaymentMode.CHEQUE

AIGUILLE = Plan(
    code="AIGUILLE",
    name="L’Aiguille verte",
    trade="Couturière",
    people=("tastet",),
    territory="33",
    portfolio="estuaires",
    opened_ago=610,
    email="odile@aiguille-verte.example",
    phone="05 36 49 00 31",
    articles={
        "dress": Article("Robe sur mesure, tissu compris", "285", nature=SaleNature.GOODS),
        "alter": Article("Retouche", "22"),
        "class": Article("Atelier couture, groupe de six", "210", Unit.LUMP_SUM),
        "curtain": Article("Rideau doublé, pose comprise", "74", Unit.METRE),
        "bags": Article("Sac de toile recyclée", "16.50", nature=SaleNature.GOODS),
    },
    sales=(
        Sale("moreau", (buy("dress"), buy("alter", 2)), 277, receipts=(paid(277, mode=_CARD),)),
        Sale("boutique", (buy("class", 4),), 232, purpose="Ateliers du samedi", receipts=(paid(199),)),
        Sale("auberge", (buy("curtain", "14.2"),), 181, receipts=(paid(140),)),
        Sale("festival", (buy("bags", 120, off="0.12"),), 146, purpose="Sacs des bénévoles",
             receipts=(paid(103),),
             credits=(Credit("Dix sacs non livrés", 98, CreditPart.LINES, {1: "10"}),)),
        Sale("diallo", (buy("dress", 2, less="35.00"),), 107, due_in=15, receipts=(paid(105, mode=_CHEQUE),)),
        Sale("boutique", (buy("class", 3), buy("bags", 20)), 68, receipts=(paid(22, "400.00"),)),
        Sale("moreau", (buy("alter", 5),), 34, due_in=15),
        Sale("nguyen", (buy("curtain", "5.6"),), 6, due_in=15),
        Sale("boutique", (buy("class", 4),), purpose="Ateliers d’hiver"),
    ),
)  # fmt: skip

SOUFFLE = Plan(
    code="SOUFFLE",
    name="Souffle et présence",
    trade="Sophrologue",
    people=("hourcade",),
    territory="40",
    portfolio="landes",
    opened_ago=365,
    email="amandine@souffle-presence.example",
    phone="05 36 49 00 32",
    articles={
        "session": Article("Séance individuelle", "55", Unit.HOUR),
        "group": Article("Séance collective en entreprise", "160", Unit.LUMP_SUM),
        "cycle": Article("Cycle de huit séances", "392", Unit.LUMP_SUM),
    },
    sales=(
        Sale("lestage", (buy("cycle"),), 255, receipts=(paid(254, mode=_CHEQUE),)),
        Sale("clinique", (buy("group", 10),), 218, purpose="Équipes de nuit", receipts=(paid(171),)),
        Sale("garros", (buy("session", 3),), 143, receipts=(paid(143, mode=_CASH),)),
        Sale("clinique", (buy("group", 8, off="0.10"),), 91, receipts=(paid(44, "700.00"),),
             credits=(Credit("Solde abandonné après deux séances écourtées", 18, CreditPart.REST),)),
        Sale("hopital", (buy("group", 6),), 55, purpose="Prévention du stress"),
        Sale("arnaudin", (buy("cycle"),), 15, due_in=15, receipts=(paid(14, mode=_CARD),)),
        Sale("duprat", (buy("session", 2),), purpose="À facturer après la prochaine séance"),
    ),
)  # fmt: skip

SEMIS = Plan(
    code="SEMIS",
    name="Semis et saisons",
    trade="Conseillère en maraîchage",
    people=("darrieux",),
    territory="40",
    portfolio="landes",
    opened_ago=500,
    email="maelle@semis-saisons.example",
    phone="05 36 49 00 33",
    articles={
        "advice": Article("Conseil sur la parcelle", "58", Unit.HOUR),
        "planning": Article("Plan de culture, une saison", "820", Unit.LUMP_SUM),
        "plants": Article("Plants potagers, plaque de soixante", "31", nature=SaleNature.GOODS,
                          vat="reduced"),
        "baskets": Article("Légumes de saison", "2.90", Unit.KILOGRAM, SaleNature.GOODS, vat="reduced"),
        "travel": Article("Déplacement", "0.48", Unit.KILOMETRE, SaleNature.REBILLED),
    },
    sales=(
        Sale("maraicher", (buy("planning"), buy("advice", 6)), 284, receipts=(paid(248),)),
        Sale("biocoop", (buy("baskets", "186.5"),), 226, receipts=(paid(195),)),
        Sale("college", (buy("planning", off="0.15"), buy("plants", 12)), 184, purpose="Jardin pédagogique",
             receipts=(paid(130),)),
        Sale("biocoop", (buy("baskets", "240.8"), buy("plants", 30)), 137, receipts=(paid(99, "1500.00"),)),
        Sale("maraicher", (buy("advice", "11.5"), buy("travel", 94)), 86, receipts=(paid(39),)),
        Sale("auberge", (buy("baskets", "98.4"),), 48,
             credits=(Credit("Livraison refusée : gel dans la chambre froide", 45),)),
        Sale("biocoop", (buy("baskets", "152.2"),), 20),
        Sale("maraicher", (buy("planning"),), purpose="Saison prochaine"),
        Sale("domaine", (), purpose="Potager du domaine, à chiffrer"),
    ),
)  # fmt: skip
