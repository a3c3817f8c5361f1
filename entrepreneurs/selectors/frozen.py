"""What a committee reads of an application: one dictionary of plain words, for the page and its seal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.templatetags.formats import day, money
from entrepreneurs.models import Application
from entrepreneurs.selectors.feasibility import opinions_of, points_of, same_trade, slips_of
from entrepreneurs.selectors.reviews import EconomicCheck, Grid, economic_of, grid_of
from entrepreneurs.selectors.stages import moves_of

# The answers of the candidate, by group: the label of each field is that of the model.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("Le projet"), ("project_name", "summary", "customers", "progress")),
    (gettext_lazy("Les compétences"), ("career", "skills", "training")),
    (gettext_lazy("Le sens"), ("motivation", "relation_to_work")),
    (gettext_lazy("Le territoire et le collectif"), ("area", "collective_part")),
)


def tenth(value: Fraction | None) -> str:
    """A mean with two decimals, for reading only: what is kept is exact."""
    if value is None:
        return ""
    # Half up, as amounts are.
    hundredths = int(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}"


def frozen_content(application: Application) -> dict[str, Any]:
    """Gives what is frozen, in French, whoever convenes."""
    with translation.override("fr"):
        return _content(application)


def _content(application: Application) -> dict[str, Any]:
    today = timezone.localdate()
    economic = economic_of(application)
    return {
        "reference": application.reference,
        "name": application.full_name,
        "trade": application.trade_label,
        "territory": str(application.territory or ""),
        "door": str(application.get_door_display()),
        "sent_on": day(timezone.localdate(application.sent_at)) if application.sent_at else "",
        "groups": answers_by_group(application),
        "grid": grid_words(grid_of(application, None)),
        "economic": economic_words(economic),
        "points": [
            [point.label, str(point.finding.get_finding_display()), point.finding.note]
            for point in points_of(application)
            if point.finding
        ],
        "slips": [
            [slip.trade_name, str(slip.get_state_display()), slip.answer] for slip in slips_of(application)
        ],
        "same_trade": _neighbours(application, today),
        "opinions": [
            [str(one.person), one.activity.name, str(one.get_opinion_display()), one.text]
            for one in opinions_of(application)
            if one.opinion
        ],
        "path": [[str(move.target), day(move.since)] for move in moves_of(application)],
    }


def _neighbours(application: Application, today: date) -> list[list[str]]:
    return [
        [one.activity.name, one.nearness, money(one.sales) if one.sales is not None else ""]
        for one in same_trade(application, on=today)
    ]


def answers_by_group(application: Application) -> list[list[Any]]:
    """Gives [group, [[question, answer], …]] for what was answered."""
    found = []
    for title, names in GROUPS:
        answers = [
            [str(application._meta.get_field(name).verbose_name).capitalize(), getattr(application, name)]  # type: ignore[union-attr]
            for name in names
            if getattr(application, name)
        ]
        if answers:
            found.append([str(title), answers])
    return found


def grid_words(grid: Grid) -> dict[str, Any]:
    """The grid as words and exact means."""
    return {
        "mean": tenth(grid.mean),
        "exact": str(grid.mean) if grid.mean is not None else "",
        "rows": [
            [
                row.criterion.label,
                row.criterion.weight,
                row.marks,
                tenth(row.spread.mean) if row.spread else "",
            ]
            for row in grid.rows
        ],
        "comments": [
            [one.review.reviewer.get_full_name(), tenth(one.mean), one.review.comment] for one in grid.reviews
        ],
    }


def economic_words(check: EconomicCheck) -> dict[str, Any]:
    """The criterion with its working, in words."""
    working = check.working
    return {
        "why_not": check.why_not,
        "lines": list(working_lines(check)),
        "met": working.is_met if working else None,
        "waiver": _("Dispense de %(name)s : %(reason)s")
        % {"name": check.waiver.author.get_full_name(), "reason": check.waiver.reason}
        if check.waiver
        else "",
    }


def working_lines(check: EconomicCheck) -> Iterable[list[str]]:
    """Gives [label, figure] for each step of the working."""
    working, rule, tested = check.working, check.rule, check.tested
    if working is None or tested is None:
        return
    yield [
        _("Montant demandé à temps plein, sur %(count)d mois") % {"count": rule.months},
        money(rule.amount),
    ]
    yield [_("Mois testés sur mois de la règle"), f"× {tested.months} ÷ {rule.months}"]
    if rule.scaled:
        share = working.share_of_time
        yield [_("Temps de travail"), f"× {share.numerator} ÷ {share.denominator}"]
    yield [_("Demandé à cette candidature"), money(working.required)]
    yield [
        _("Ventes, hors taxes") if rule.basis == "sales" else _("Marge, hors taxes"),
        money(working.measured),
    ]
    yield [
        _("Il manque") if working.gap > 0 else _("Au-delà"),
        money(abs(working.gap)),
    ]
