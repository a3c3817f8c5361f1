"""A simulated month in words: its contributions by name, what the year changes, why it stops short."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.calculations.pay.situations import PaySimulation, Why
from cae.core.money import ZERO
from cae.core.templatetags.formats import money

LINE_LABELS: dict[str, Any] = {
    "health": gettext_lazy("Maladie"),
    "accident": gettext_lazy("Accidents du travail"),
    "mutual": gettext_lazy("Mutuelle"),
    "cadre_provident": gettext_lazy("Prévoyance des cadres"),
    "provident": gettext_lazy("Prévoyance de l’accord"),
    "old_age": gettext_lazy("Vieillesse"),
    "pension": gettext_lazy("Retraite complémentaire"),
    "family": gettext_lazy("Allocations familiales"),
    "unemployment": gettext_lazy("Chômage"),
    "wage_guarantee": gettext_lazy("Garantie des salaires (AGS)"),
    "executive_jobs": gettext_lazy("Emploi des cadres (Apec)"),
    "autonomy": gettext_lazy("Solidarité autonomie"),
    "housing_aid": gettext_lazy("Aide au logement (FNAL)"),
    "transport": gettext_lazy("Versement mobilité"),
    "training": gettext_lazy("Formation professionnelle"),
    "apprenticeship": gettext_lazy("Taxe d’apprentissage"),
    "apprenticeship_supplement": gettext_lazy("Contribution supplémentaire à l’apprentissage"),
    "building_effort": gettext_lazy("Effort de construction"),
    "social_dialogue": gettext_lazy("Dialogue social"),
    "social_levy": gettext_lazy("Forfait social"),
    "csg_deductible": gettext_lazy("CSG déductible"),
    "csg_not_deductible": gettext_lazy("CSG et CRDS non déductibles"),
}


@dataclass(frozen=True)
class ChargeRow:
    """A line of the table of contributions; what is given back is negative."""

    label: Any
    employer: Decimal | None
    employee: Decimal | None


@dataclass(frozen=True)
class Charges:
    """The lines, and their sums: rounded once, where lines are rounded one by one."""

    rows: tuple[ChargeRow, ...]
    employer: Decimal
    employee: Decimal


def charges_of(found: PaySimulation) -> Charges:
    """The contributions of a payslip, the reduction of the month, what the year takes from it or adds to it,
    and the cents between lines rounded one by one and their sum."""
    rows = [
        ChargeRow(LINE_LABELS[one.code], one.employer or None, one.employee or None) for one in found.lines
    ]
    rows.append(ChargeRow(_("Réduction générale de ce mois"), -found.rgdu_alone, None))
    if found.regularisation:
        rows.append(
            ChargeRow(_("Régularisation de la réduction depuis janvier"), -found.regularisation, None)
        )
    employer = found.employer_charges - sum((row.employer or ZERO for row in rows), ZERO)
    employee = found.employee_charges - sum((row.employee or ZERO for row in rows), ZERO)
    if employer or employee:
        rows.append(ChargeRow(_("Arrondis"), employer or None, employee or None))
    return Charges(tuple(rows), found.employer_charges, found.employee_charges)


def why_words(found: PaySimulation) -> str:
    """Why the figure asked for is not reached, in a sentence; nothing when it is."""
    left = found.target.amount - found.employer_cost
    if found.why is Why.GAP:
        return _(
            "Un centime de brut de plus ferait perdre la réduction générale : aucun salaire ne coûte "
            "exactement %(asked)s, il reste %(left)s."
        ) % {"asked": money(found.target.amount), "left": money(left)}
    if found.why is Why.BELOW_COVER:
        return _("Même sans salaire, la mutuelle et ses contributions coûtent %(cost)s.") % {
            "cost": money(found.employer_cost)
        }
    return ""


def owed_words(found: PaySimulation) -> str:
    """What a pay too small leaves the person to pay."""
    if not found.owed_by_person:
        return ""
    return _("Ce salaire ne couvre pas la part de mutuelle de la personne : elle doit %(owed)s.") % {
        "owed": money(found.owed_by_person)
    }


def year_words(found: PaySimulation) -> str:
    """What the year so far changes to this month."""
    if not found.year_so_far:
        return _("Ce mois seul : aucun salaire de l’année n’est compté avant lui.")
    count = len(found.year_so_far)
    said = ngettext(
        "%(count)s mois de l’année est compté avant lui, %(paid)s brut.",
        "%(count)s mois de l’année sont comptés avant lui, %(paid)s brut.",
        count,
    ) % {"count": count, "paid": money(sum((one.gross for one in found.year_so_far), ZERO))}
    words = {"said": said, "amount": money(abs(found.regularisation))}
    if found.regularisation < 0:
        return _("%(said)s La réduction de l’année reprend %(amount)s sur ce mois.") % words
    if found.regularisation:
        return _("%(said)s La réduction de l’année ajoute %(amount)s à ce mois.") % words
    return _("%(said)s L’année ne change rien à ce mois.") % words
