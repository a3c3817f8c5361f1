"""What is said of a file that came in: why it can't be read, what does not add up, in people's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.templatetags.formats import day, money
from invoicing.engines.incoming import Doubt, DoubtCode, Unreadability

_WHY = {
    Unreadability.EMPTY: gettext_lazy("Ce fichier est vide."),
    Unreadability.TOO_LARGE: gettext_lazy("Ce fichier est trop lourd pour être lu (20 Mo au plus)."),
    Unreadability.PROGRAMME: gettext_lazy("Ce fichier est un programme, malgré son nom : il n’est pas lu."),
    Unreadability.UNKNOWN_FORMAT: gettext_lazy(
        "Ce fichier n’est ni un PDF ni une facture électronique : saisissez la facture."
    ),
    Unreadability.DAMAGED_PDF: gettext_lazy(
        "Ce PDF est abîmé : demandez-le de nouveau au fournisseur, ou saisissez la facture."
    ),
    Unreadability.LOCKED_PDF: gettext_lazy(
        "Ce PDF est protégé par un mot de passe : demandez-le sans protection, ou saisissez la facture."
    ),
    Unreadability.NO_DATA: gettext_lazy(
        "Ce PDF ne contient pas de facture électronique : saisissez la facture en le lisant."
    ),
    Unreadability.PICTURE: gettext_lazy("C’est une image : saisissez la facture en la lisant."),
    Unreadability.BROKEN_XML: gettext_lazy(
        "Cette facture électronique est abîmée : demandez-la de nouveau, ou saisissez-la."
    ),
    Unreadability.DOCTYPE: gettext_lazy(
        "Ce fichier contient une déclaration DOCTYPE, inattendue : par sécurité, il n’est pas lu."
    ),
    Unreadability.ORDER: gettext_lazy("C’est une commande (Order-X), pas une facture."),
    Unreadability.OLD_ZUGFERD: gettext_lazy(
        "Cette facture est au format ZUGFeRD 1, abandonné depuis 2019 : saisissez-la."
    ),
    Unreadability.OTHER_XML: gettext_lazy("Ce fichier XML n’est pas une facture électronique."),
    Unreadability.SCHEMA: gettext_lazy(
        "Cette facture électronique ne respecte pas son format : demandez-la de nouveau, ou saisissez-la."
    ),
    Unreadability.TERM_MISSING: gettext_lazy(
        "Il manque à cette facture électronique une information obligatoire : saisissez-la."
    ),
    Unreadability.TERM_INVALID: gettext_lazy(
        "Cette facture électronique porte une date ou un montant qui ne se lit pas : saisissez-la."
    ),
}

_DOUBTS = {
    DoubtCode.UNKNOWN_PROFILE: gettext_lazy("Le profil que ce fichier annonce n’est pas connu."),
    DoubtCode.LINES_SUM: gettext_lazy(
        "Le total des lignes annoncé est %(written)s ; les lignes font %(found)s."
    ),
    DoubtCode.NET_SUM: gettext_lazy("Le total HT annoncé est %(written)s ; le calcul donne %(found)s."),
    DoubtCode.TAX_SUM: gettext_lazy("La TVA annoncée est %(written)s ; ses taux font %(found)s."),
    DoubtCode.BASES_SUM: gettext_lazy(
        "Le total HT annoncé est %(written)s ; les bases de la TVA font %(found)s."
    ),
    DoubtCode.GROSS_SUM: gettext_lazy("Le total TTC annoncé est %(written)s ; HT et TVA font %(found)s."),
    DoubtCode.DUE_SUM: gettext_lazy("Le net à payer annoncé est %(written)s ; le calcul donne %(found)s."),
    DoubtCode.NO_LINES: gettext_lazy("Ce fichier ne détaille pas les lignes : lisez-les sur le PDF."),
    DoubtCode.OTHER_CURRENCY: gettext_lazy("Cette facture est en %(written)s, pas en euros."),
    DoubtCode.DUE_BEFORE_DATE: gettext_lazy(
        "L’échéance annoncée, le %(written)s, précède la date de la facture, le %(found)s."
    ),
    DoubtCode.ATTACHMENTS_LEFT: gettext_lazy(
        "Certaines pièces jointes à cette facture n’ont pas été reprises (%(written)s au plus)."
    ),
}
# Their two figures are euros; those of the others are as written.
_OF_MONEY = frozenset(
    {
        DoubtCode.LINES_SUM,
        DoubtCode.NET_SUM,
        DoubtCode.TAX_SUM,
        DoubtCode.BASES_SUM,
        DoubtCode.GROSS_SUM,
        DoubtCode.DUE_SUM,
    }
)

# What the checker calls a rule that has no number.
_UNNAMED_RULES = frozenset({"STRUCTURE", "XML"})


def why_unreadable(reason: str) -> str:
    """The sentence for one reason; empty without a reason."""
    return str(_WHY[Unreadability(reason)]) if reason else ""


def doubt_sentence(doubt: Doubt, *, currency: str = "EUR") -> str:
    facts = {"written": doubt.written, "found": doubt.found}
    if doubt.code in _OF_MONEY:
        facts = {name: _amount(figure, currency) for name, figure in facts.items()}
    elif doubt.code is DoubtCode.DUE_BEFORE_DATE:
        facts = {name: day(date.fromisoformat(figure)) for name, figure in facts.items()}
    return str(_DOUBTS[doubt.code]) % facts


def doubt_sentences(doubts: Iterable[Doubt], *, currency: str = "EUR") -> list[str]:
    return [doubt_sentence(doubt, currency=currency) for doubt in doubts]


def finding_sentence(finding: dict[str, str]) -> str:
    """A rule of EN 16931 that the file breaks: its number, and its own words, which are in English."""
    if finding["rule"] in _UNNAMED_RULES:
        return finding["text"]
    return _("Règle %(rule)s : %(text)s") % finding


def _amount(figure: str, currency: str) -> str:
    amount = Decimal(figure)
    return money(amount) if currency == "EUR" else f"{amount} {currency}"
