"""What is wrong with a ledger kept elsewhere, in sentences, each with where it is put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.ledger_imports import Fault, FaultKind
from accounting.models import AnalyticAccount
from accounting.selectors.ledger_imports import COLUMN_WORDS
from cae.core.periods import Month
from cae.core.templatetags.formats import grouped, money

_SAID: dict[FaultKind, Any] = {
    FaultKind.UNREADABLE: gettext_lazy("elle ne se lit pas (%(what)s)"),
    FaultKind.MISSING: gettext_lazy("« %(column)s » manque"),
    FaultKind.DATE: gettext_lazy("« %(what)s » n’est pas une date"),
    FaultKind.OUTSIDE: gettext_lazy("« %(what)s » n’est pas un jour de la période"),
    FaultKind.CLOSED: gettext_lazy("l’écriture %(more)s tombe dans un mois clos (%(month)s)"),
    FaultKind.AMOUNT: gettext_lazy("« %(what)s » n’est pas un montant au centime"),
    FaultKind.SIDE: gettext_lazy("« %(what)s » ne dit pas de quel côté est le montant (D ou C)"),
    FaultKind.ACCOUNT: gettext_lazy("le compte « %(what)s » n’est pas au plan comptable"),
    FaultKind.SECTION: gettext_lazy("la section « %(what)s » n’existe pas"),
    FaultKind.TWO_DAYS: gettext_lazy("l’écriture %(what)s a deux dates"),
    FaultKind.NAME: gettext_lazy("« %(what)s… » est trop long pour nommer une écriture"),
    FaultKind.LONG: gettext_lazy("l’écriture %(what)s est trop grande pour être reprise"),
    FaultKind.BALANCE: gettext_lazy("l’écriture %(what)s n’est pas équilibrée : débit − crédit = %(gap)s"),
    FaultKind.SECTION_BALANCE: gettext_lazy(
        "l’écriture %(what)s n’est pas équilibrée dans « %(more)s » : débit − crédit = %(gap)s"
    ),
    FaultKind.ELSEWHERE: gettext_lazy(
        "l’écriture %(what)s est déjà reprise au %(more)s, hors de cette période : reprenez aussi ce mois"
    ),
}


def column_lacks(code: str) -> str:
    return _("Dites quelle colonne du fichier donne « %(column)s ».") % {"column": COLUMN_WORDS[code]}


def fault_words(fault: Fault) -> str:
    """One sentence: « Ligne 12 : le compte « 6999 » n’est pas au plan comptable. »"""
    month = date_format(date.fromisoformat(fault.what), "F Y") if fault.kind is FaultKind.CLOSED else ""
    said = _SAID[fault.kind] % {
        "what": fault.what,
        "more": fault.more,
        "gap": money(fault.gap),
        "column": COLUMN_WORDS.get(fault.column, ""),
        "month": month,
    }
    if not fault.line:
        return _("Dans les livres : %(said)s.") % {"said": said}
    return _("Ligne %(line)s : %(said)s.") % {"line": grouped(Decimal(fault.line), 0), "said": said}


@dataclass(frozen=True)
class Told:
    """A fault as a page tells it: the sentence, where it is put right, the words of the link."""

    sentence: str
    url: str = ""
    act: Any = ""


def told_faults(kept: Iterable[dict[str, Any]]) -> list[Told]:
    return [_told(fault) for fault in faults_kept(kept)]


def _told(fault: Fault) -> Told:
    sentence = fault_words(fault)
    if fault.kind is FaultKind.ACCOUNT:
        url = f"{reverse('accounting:account_add')}?{urlencode({'number': fault.what})}"
        return Told(sentence, url, _("Ajouter ce compte"))
    if fault.kind is FaultKind.SECTION:
        return Told(sentence, reverse("accounting:activity_balances"), _("Voir les sections"))
    if fault.kind is FaultKind.CLOSED:
        month = Month.of(date.fromisoformat(fault.what))
        return Told(sentence, reverse("accounting:month_detail", args=[str(month)]), _("Voir ce mois"))
    return Told(sentence)


def faults_as_kept(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """As a row keeps them; sections by their name."""
    rows = list(faults)
    keys = [int(fault.more) for fault in rows if fault.kind is FaultKind.SECTION_BALANCE]
    names = dict(AnalyticAccount.objects.filter(pk__in=keys).values_list("pk", "label")) if keys else {}
    return [
        {
            "kind": fault.kind.value,
            "line": fault.line,
            "column": fault.column,
            "what": fault.what,
            "more": names.get(int(fault.more), "") if fault.kind is FaultKind.SECTION_BALANCE else fault.more,
            "gap": str(fault.gap),
        }
        for fault in rows
    ]


def faults_kept(kept: Iterable[dict[str, Any]]) -> list[Fault]:
    """As they were found."""
    return [
        Fault(
            kind=FaultKind(one["kind"]),
            line=one["line"],
            column=one["column"],
            what=one["what"],
            more=one["more"],
            gap=Decimal(one["gap"]),
        )
        for one in kept
    ]
