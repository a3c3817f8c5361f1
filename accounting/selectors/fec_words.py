"""What the checker of FEC found, in sentences: which line, which column, what stands there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.fec.check import Fault, FaultKind
from cae.core.templatetags.formats import grouped, money

_SAID: dict[FaultKind, Any] = {
    FaultKind.EMPTY: gettext_lazy("ce fichier est vide"),
    FaultKind.COLUMNS: gettext_lazy(
        "« %(what)s » ne nomme pas les 18 colonnes de la loi, dans leur ordre, séparées par une tabulation "
        "ou « | »"
    ),
    FaultKind.CHARSET: gettext_lazy(
        "des caractères ne se lisent pas : le jeu de caractères n’est pas celui annoncé"
    ),
    FaultKind.FIELDS: gettext_lazy("il y a %(what)s champs au lieu de 18"),
    FaultKind.MISSING: gettext_lazy("ce champ est vide et la loi le veut rempli"),
    FaultKind.DATE: gettext_lazy("« %(what)s » n’est pas une date de la forme AAAAMMJJ"),
    FaultKind.OUTSIDE: gettext_lazy("« %(what)s » n’est pas un jour de l’exercice"),
    FaultKind.ACCOUNT: gettext_lazy("« %(what)s » ne commence pas par trois chiffres"),
    FaultKind.AMOUNT: gettext_lazy(
        "« %(what)s » n’est pas un montant : des chiffres, une virgule, deux décimales au plus"
    ),
    FaultKind.SIDE: gettext_lazy("« %(what)s » ne dit pas de quel côté est le montant : D, C, +1 ou -1"),
    FaultKind.SIDES: gettext_lazy("le débit et le crédit sont remplis tous les deux (%(what)s)"),
    FaultKind.LETTERING: gettext_lazy("un lettrage a toujours un code et une date : il en manque un"),
    FaultKind.NUMBER_GAP: gettext_lazy("le numéro %(what)s manque avant celui-ci"),
    FaultKind.TWO_DAYS: gettext_lazy("l’écriture %(what)s a deux dates"),
    FaultKind.ORDER: gettext_lazy("validée le « %(what)s », après une écriture validée plus tard"),
    FaultKind.ENTRY_BALANCE: gettext_lazy("l’écriture %(what)s n’est pas équilibrée, de %(gap)s"),
    FaultKind.JOURNAL_BALANCE: gettext_lazy("le journal %(what)s n’est pas équilibré, de %(gap)s"),
}


def fault_words(fault: Fault) -> str:
    """One sentence: « Ligne 40 000, colonne CompteNum : « client » ne commence pas par trois chiffres. »"""
    said = _SAID[fault.kind] % {"what": fault.what, "gap": money(abs(fault.gap))}
    facts = {"line": grouped(Decimal(fault.line), 0), "column": fault.column, "said": said}
    if fault.column:
        return _("Ligne %(line)s, colonne %(column)s : %(said)s.") % facts
    if fault.line:
        return _("Ligne %(line)s : %(said)s.") % facts
    return _("Fichier entier : %(said)s.") % facts


def faults_as_kept(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """As a row keeps them."""
    return [
        {
            "kind": fault.kind.value,
            "line": fault.line,
            "column": fault.column,
            "what": fault.what,
            "gap": str(fault.gap),
        }
        for fault in faults
    ]


def faults_kept(kept: Iterable[dict[str, Any]]) -> list[Fault]:
    """As they were found."""
    return [
        Fault(FaultKind(one["kind"]), one["line"], one["column"], one["what"], Decimal(one["gap"]))
        for one in kept
    ]
