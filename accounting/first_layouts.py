"""First layouts of the statements; the accountant makes new versions of them in the application.

Source: the defaults practised by CAE software (domain.md 4.4), and the accounts that they leave
aside, so that each is counted once. Numbers are those of the plan comptable général."""

from collections.abc import Callable
from datetime import date
from typing import Any

from accounting.calculations.layouts.layout import Typed
from accounting.states.layouts import LayoutKind, LineSide, LineStyle

_DEBIT = LineSide.DEBIT
_HEADING, _SUBTOTAL, _TOTAL = LineStyle.HEADING, LineStyle.SUBTOTAL, LineStyle.TOTAL
# Before any year of the books that somebody may bring.
_BEGINNING = date(1990, 1, 1)
REASON = "Présentation livrée avec l’application"

_INCOME = (
    Typed("VENTES", "Ventes", accounts="70"),
    Typed("AUTRES_PRODUITS", "Autres produits", accounts="71-79, -755"),
    Typed("PRODUITS", "Produits", _SUBTOTAL, formula="VENTES + AUTRES_PRODUITS"),
    Typed("ACHATS", "Achats", accounts="60", side=_DEBIT),
    Typed("MARGE", "Marge brute", _SUBTOTAL, formula="PRODUITS − ACHATS"),
    Typed("TAUX_MARGE", "Taux de marge brute", formula="MARGE ÷ PRODUITS", in_percent=True),
    Typed("CHARGES", "Charges", accounts="61-69, -64, -655", side=_DEBIT),
    Typed("SALAIRES", "Salaires et cotisations", accounts="64", side=_DEBIT),
    Typed("CONTRIBUTION", "Contribution aux services communs", accounts="186-187, -1861, -1871", side=_DEBIT),
    Typed("ECHANGES", "Échanges avec d’autres activités", accounts="1861, 1871"),
    Typed("PARTS", "Parts de résultat", accounts="655, 755"),
    Typed(
        "RESULTAT",
        "Résultat",
        _TOTAL,
        formula="MARGE − CHARGES − SALAIRES − CONTRIBUTION + ECHANGES + PARTS",
    ),
)
_CASH = (
    Typed("TRESORERIE", "Trésorerie du jour", accounts="5", side=_DEBIT),
    Typed("DETTES", "Impôts, taxes et cotisations dues", accounts="42-44, -421, -425", side=_DEBIT),
    Typed("FOURNISSEURS", "Fournisseurs à payer", accounts="40", side=_DEBIT),
    # What an activity owes inside the company is not its to spend, whatever the bank holds.
    Typed("LIAISON", "Dû aux services communs et à d’autres activités", accounts="181", side=_DEBIT),
    Typed(
        "REFERENCE",
        "Trésorerie de référence",
        _SUBTOTAL,
        formula="TRESORERIE + DETTES + FOURNISSEURS + LIAISON",
    ),
    Typed("SALAIRES", "Salaires à payer", accounts="421", side=_DEBIT),
    Typed("CLIENTS", "Clients à encaisser", accounts="41", side=_DEBIT),
    Typed("NOTES", "Notes de dépenses à payer", accounts="425", side=_DEBIT),
    Typed("FUTURE", "Trésorerie future", _TOTAL, formula="REFERENCE + SALAIRES + CLIENTS + NOTES"),
    Typed("AUTRES", "Autres créances et dettes", accounts="45-49", side=_DEBIT),
    Typed("BILAN", "Comptes de bilan non pris en compte", accounts="1-3, -12, -181", side=_DEBIT),
    Typed("RESULTAT", "Résultat de l’activité", _TOTAL, accounts="12, RESULTAT, ANTERIEUR"),
)
_BALANCE = (
    Typed("A", "Actif", _HEADING),
    Typed("IMMOBILISATIONS", "Immobilisations", accounts="2", side=_DEBIT),
    Typed("STOCKS", "Stocks", accounts="3", side=_DEBIT),
    Typed("CLIENTS", "Clients", accounts="41, 49", side=_DEBIT),
    Typed("BANQUE", "Banque", accounts="5", side=_DEBIT),
    Typed("ACTIF", "Total de l’actif", _TOTAL, formula="IMMOBILISATIONS + STOCKS + CLIENTS + BANQUE"),
    Typed("P", "Passif", _HEADING),
    Typed("CAPITAL", "Capital", accounts="10, -106"),
    Typed("RESERVES", "Réserves", accounts="106"),
    Typed("REPORT", "Report à nouveau", accounts="11"),
    Typed("ANTERIEUR", "Résultats antérieurs, à affecter", accounts="12, ANTERIEUR"),
    Typed("RESULTAT", "Résultat de l’exercice", accounts="RESULTAT"),
    Typed("SUBVENTIONS", "Subventions d’investissement", accounts="13"),
    Typed("PROVISIONS", "Provisions", accounts="14-15"),
    Typed("FINANCIERES", "Dettes financières", accounts="16-18, -181"),
    Typed("FOURNISSEURS", "Fournisseurs et personnel", accounts="40, 42"),
    Typed("SOCIALES", "Dettes sociales et fiscales", accounts="43-44"),
    Typed("AUTRES", "Autres dettes et créances", accounts="45-48"),
    Typed("LIAISON", "Liaison avec d’autres activités", accounts="181"),
    Typed(
        "PASSIF",
        "Total du passif",
        _TOTAL,
        formula=(
            "CAPITAL + RESERVES + REPORT + ANTERIEUR + RESULTAT + SUBVENTIONS + PROVISIONS + FINANCIERES"
            " + FOURNISSEURS + SOCIALES + AUTRES + LIAISON"
        ),
    ),
)
# code, kind, label, lines
FIRST_LAYOUTS: tuple[tuple[str, str, str, tuple[Typed, ...]], ...] = (
    ("resultat", LayoutKind.INCOME, "Compte de résultat", _INCOME),
    ("tresorerie", LayoutKind.CASH, "Trésorerie de référence et future", _CASH),
    ("bilan", LayoutKind.BALANCE, "Bilan", _BALANCE),
)


def load_first_layouts(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the first layout of each statement that has none. Refuses: nothing. Leaves behind:
    statements that may be read at once (`get_model` gives the models to use)."""
    layouts, lines = get_model("accounting", "StatementLayout"), get_model("accounting", "LayoutLine")
    for code, kind, label, typed in FIRST_LAYOUTS:
        if layouts.objects.filter(code=code).exists():
            continue
        layout = layouts.objects.create(
            code=code, version=1, kind=kind, label=label, valid_from=_BEGINNING, reason=REASON
        )
        lines.objects.bulk_create(
            lines(layout=layout, rank=rank, **vars(one)) for rank, one in enumerate(typed, start=1)
        )
