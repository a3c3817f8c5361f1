"""First kinds of deal, the papers each asks, first clauses: what any cooperative needs before its first deal.

Source: domain.md 5.3 (kinds); C. trav. L6353-1 and R6353-1 (training agreement), art. L6362-6 (attendance);
C. civ. art. 1792-6 (acceptance of works). All to be confirmed by the trade.
"""

from collections.abc import Callable
from typing import Any

from invoicing.states.deals import DEAL_SERIES, Moment, ReviewSubject

# code, label, then the papers: label, moment, source
KINDS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("classic", "Prestation ou vente", ()),
    (
        "training",
        "Formation",
        (
            ("Convention de formation signée", Moment.INVOICE, "C. trav. L6353-1"),
            ("Feuilles d’émargement", Moment.INVOICE, "C. trav. L6362-6"),
            ("Évaluations des stagiaires", Moment.CLOSING, "Qualiopi, indicateur 30"),
        ),
    ),
    (
        "construction",
        "Travaux du bâtiment",
        (("Procès-verbal de réception", Moment.CLOSING, "C. civ. art. 1792-6"),),
    ),
    ("travel", "Voyage (TVA sur la marge)", (("Garantie financière", Moment.QUOTE, "C. tourisme L211-18"),)),
)

# subject, title, text, when to propose it
CLAUSES: tuple[tuple[str, str, str, str], ...] = (
    (
        ReviewSubject.LIABILITY,
        "Plafond de responsabilité",
        "La responsabilité totale du prestataire au titre du contrat est limitée au montant hors taxes "
        "des sommes payées pour la prestation en cause, sauf faute lourde, dol ou dommage corporel.",
        "Quand la responsabilité est illimitée, ou dépasse la garantie d’assurance.",
    ),
    (
        ReviewSubject.PENALTIES,
        "Pénalités plafonnées",
        "Les pénalités de retard, dues après mise en demeure restée sans effet huit jours, sont plafonnées "
        "à 5 % du montant hors taxes de la commande et libératoires.",
        "Quand les pénalités n’ont ni plafond ni mise en demeure.",
    ),
    (
        ReviewSubject.PAYMENT,
        "Délai de paiement légal",
        "Les factures sont payables à trente jours de leur émission. Tout retard entraîne les pénalités et "
        "l’indemnité de 40 € des articles L441-10 et D441-5 du code de commerce.",
        "Quand le délai dépasse soixante jours, ou dépend d’un tiers.",
    ),
    (
        ReviewSubject.PROPERTY,
        "Cession après paiement",
        "Les droits d’auteur sur les livrables sont cédés au client à la date du paiement complet, pour les "
        "usages, la durée et le territoire décrits au contrat ; le prestataire peut citer la réalisation en "
        "référence.",
        "Quand tous les droits sont cédés sans limite ou avant paiement.",
    ),
    (
        ReviewSubject.TERMINATION,
        "Résiliation et travail fait",
        "En cas de résiliation, le client paie le travail fait et les frais engagés à la date d’effet, avec "
        "un préavis d’un mois.",
        "Quand le client peut arrêter sans payer ce qui est fait.",
    ),
)


def load_deal_kinds(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the kinds, papers, clauses and series that are not there yet. Refuses: nothing. Leaves
    behind: rows that the cooperative changes (`get_model` gives the models to use)."""
    for code, label, papers in KINDS:
        kind, made = get_model("invoicing", "DealKind").objects.get_or_create(
            code=code, defaults={"label": label}
        )
        for paper, moment, source in papers if made else ():
            get_model("invoicing", "DealRequirement").objects.create(
                kind=kind, label=paper, moment=moment, source=source
            )
    clauses = get_model("invoicing", "ContractClause").objects
    if not clauses.exists():
        for subject, title, text, advice in CLAUSES:
            clauses.create(subject=subject, title=title, text=text, advice=advice)
    get_model("core", "NumberSeries").objects.get_or_create(
        code=DEAL_SERIES, defaults={"label": "Affaires", "template": "AF{YYYY}-{SEQ_YEAR:4}"}
    )
