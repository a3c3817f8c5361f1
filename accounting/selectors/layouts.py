"""The layouts of statements: which is in force on a day, its lines as they are read, its faults in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounting.calculations.layouts.faults import Fault, Wrong
from accounting.calculations.layouts.layout import Layout, Meeting, Typed, read_layout
from accounting.models import LayoutLine, StatementLayout


def layouts_known() -> QuerySet[StatementLayout]:
    """Every version, the latest first in each layout."""
    return StatementLayout.objects.select_related("created_by").order_by("kind", "code", "-version")


def versions_of(code: str) -> QuerySet[StatementLayout]:
    return layouts_known().filter(code=code)


def layouts_of(kind: str) -> list[StatementLayout]:
    """The versions that lay out this kind of statement."""
    return list(layouts_known().filter(kind=kind))


def in_force(layouts: Sequence[StatementLayout], on: date) -> StatementLayout | None:
    """The version that lays out a statement of that day: of the layout that was there first, if several are
    in force; of any, if none is."""
    valid = [one for one in layouts if one.valid_from <= on and (one.valid_to is None or one.valid_to >= on)]
    first = {one.code: one.pk for one in sorted(layouts, key=lambda one: -one.pk)}
    return min(valid or layouts, key=lambda one: (first[one.code], -one.version), default=None)


def next_version(code: str) -> int:
    return (versions_of(code).values_list("version", flat=True).first() or 0) + 1


def covering(code: str, on: date) -> bool:
    """Tells whether a version covers this day or one after it with a known end."""
    return (
        StatementLayout.objects.filter(code=code).filter(Q(valid_from__gte=on) | Q(valid_to__gte=on)).exists()
    )


def typed(lines: Iterable[LayoutLine]) -> list[Typed]:
    """Lines as they were typed."""
    return [
        Typed(
            code=line.code,
            label=line.label,
            style=line.style,
            accounts=line.accounts,
            side=line.side,
            formula=line.formula,
            in_percent=line.in_percent,
        )
        for line in lines
    ]


def typed_lines(layout: StatementLayout) -> list[Typed]:
    return typed(layout.lines.order_by("rank"))


def read(layout: StatementLayout) -> Layout:
    """The layout as it computes: what was kept had no fault."""
    found, _faults = read_layout(typed_lines(layout), kind=layout.kind)
    return found


def fault_sentence(fault: Fault) -> str:
    """What is wrong, in one sentence."""
    said = {"word": fault.word}
    return {
        Wrong.ACCOUNTS_INVALID: _(
            "« %(word)s » n’est pas un début de compte : écrivez par exemple « 42, -425 » ou « 14-15 »."
        )
        % said,
        Wrong.CODE_INVALID: _("Un code commence par une lettre, sans accent ni espace : MARGE, TAUX_2."),
        Wrong.CODE_TWICE: _("Deux lignes portent le code %(word)s.") % said,
        Wrong.CONTENT_BOTH: _("Une ligne additionne des comptes ou suit une formule, pas les deux."),
        Wrong.CONTENT_MISSING: _("Donnez les comptes de cette ligne, ou sa formule."),
        Wrong.FORMULA_CIRCLE: _("La formule de %(word)s dépend d’elle-même : elle tourne en rond.") % said,
        Wrong.FORMULA_INVALID: _("Cette formule ne se lit pas près de « %(word)s ».") % said
        if fault.word
        else _("Cette formule s’arrête trop tôt."),
        Wrong.FORMULA_NAME_UNKNOWN: _("Aucune ligne chiffrée ne porte le code %(word)s.") % said,
        Wrong.HEADING_COUNTED: _("Un titre n’a ni comptes ni formule."),
        Wrong.PERCENT_OF_ACCOUNTS: _("Un pourcentage est le résultat d’une formule, pas d’une somme."),
        Wrong.RESULT_IN_INCOME: _("RESULTAT et ANTERIEUR se lisent au bilan ou en trésorerie seulement."),
    }[fault.code]


def meeting_sentence(meeting: Meeting) -> str:
    return _("Les comptes %(prefix)s sont pris par %(first)s et par %(second)s.") % {
        "prefix": meeting.prefix,
        "first": meeting.first,
        "second": meeting.second,
    }
