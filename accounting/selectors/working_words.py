"""The working of a contribution in words, from the figures that a run keeps: never a text made twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounting.calculations.contribution.scales import Kind, Scale
from accounting.calculations.contribution.tariffs import tariff
from accounting.models import ContributionScale
from accounting.selectors.scale_words import (
    base_words,
    category_label,
    cost_labels,
    parts_words,
    scale_summary,
    window_words,
)
from accounting.states import ScaleTurnover
from cae.core.money import ZERO
from cae.core.templatetags.formats import money, percent


@dataclass(frozen=True)
class WorkingLine:
    """One line of a working: what it is, how it is found, its amount. `figure` names what it opens."""

    label: str
    detail: str = ""
    amount: Decimal | None = None
    figure: str = ""


_VOWELS = "aeéèêiîoôuyh"


def of(what: str) -> str:
    """« de mars 2026 », « d’octobre 2026 »."""
    said = _("d’%(what)s") if what[:1] in _VOWELS else _("de %(what)s")
    return said % {"what": what}


def working_lines(
    working: Mapping[str, Any], scale: ContributionScale, *, subject: str
) -> tuple[WorkingLine, ...]:
    """The lines of a month or of a document; `subject` says which (« novembre 2026 », « F2026-0007 »)."""
    whose = of(subject)
    if "parts" not in working:
        return tuple(_other_lines(working, whose))
    return tuple(_lines(working, scale, whose))


def _lines(working: Mapping[str, Any], scale: ContributionScale, whose: str) -> Iterator[WorkingLine]:
    rule = scale.rule
    several = len(working["parts"]) > 1
    costs = cost_labels() if any(part["costs"] for part in working["parts"]) else {}
    for part in working["parts"]:
        label = _("Base %(whose)s") % {"whose": whose}
        if several:
            label = f"{label}, {category_label(part['category']).lower()}"
        yield WorkingLine(label, _base(part, rule, costs), Decimal(part["base"]), "sales")
        yield WorkingLine(
            _scale_label(scale), _tariff(part, rule, working["waived"]), Decimal(part["proportional"])
        )
        if note := _lower_level(part, rule):
            yield WorkingLine("", note)
    if rule.is_monthly and ("fixed" in working["waived"] or Decimal(working["fixed"])):
        waived = _("dispensée") if "fixed" in working["waived"] else ""
        yield WorkingLine(_("Part fixe"), waived, Decimal(working["fixed"]))
    if rule.is_monthly or rule.cap:
        yield from _limits(working)
    yield WorkingLine(_("Contribution %(whose)s") % {"whose": whose}, "", Decimal(working["due"]), "total")


def _scale_label(scale: ContributionScale) -> str:
    return _("%(label)s, v%(version)s (%(decision)s)") % {
        "label": scale.label,
        "version": scale.version,
        "decision": scale.decided_by,
    }


def _base(part: Mapping[str, Any], rule: Scale, costs: Mapping[str, str]) -> str:
    said = f"{str(ScaleTurnover(rule.turnover).label).lower()} {money(Decimal(part['sales']))}"
    for kind, amount in part["costs"]:
        said += f" − {costs.get(kind, kind).lower()} {money(Decimal(amount))}"
    return said


def _tariff(part: Mapping[str, Any], rule: Scale, waived: list[str]) -> str:
    """« 5 000,00 € à 11 % + 5 000,00 € à 10 % », or how the window is counted when it is not that plain."""
    if not part["window"]:
        return _("sans %(parts)s") % {"parts": parts_words(waived)}
    shape = rule.shape_of(part["category"])
    steps = [(Decimal(base), rate, Decimal(amount)) for base, rate, amount in part["steps"]]
    if not steps:
        return _("prélevé en fin d’année")
    plain = all(rate is not None for _base, rate, _amount in steps)
    if plain and sum((base for base, _rate, _amount in steps), ZERO) == Decimal(part["base"]):
        if len(steps) == 1 and shape.kind == Kind.FLAT:
            return f"{percent(Decimal(steps[0][1] or 0))} {base_words(rule)}"
        return " + ".join(
            _("%(base)s à %(rate)s") % {"base": money(base), "rate": percent(Decimal(rate or 0))}
            for base, rate, _amount in steps
        )
    total = Decimal(part["base_before"]) + Decimal(part["base"])
    whole = Decimal(part["paid_before"]) + Decimal(part["proportional"])
    return _("%(summary)s ; cumul %(window)s %(base)s : %(whole)s, moins %(paid)s déjà prélevés") % {
        "summary": scale_summary(rule),
        "window": window_words(shape.window),
        "base": money(total),
        "whole": money(whole),
        "paid": money(Decimal(part["paid_before"])),
    }


def _lower_level(part: Mapping[str, Any], rule: Scale) -> str:
    """A level on the whole base may take less on more: it is in the scale, and said."""
    shape = rule.shape_of(part["category"])
    if shape.kind != Kind.WHOLE_BASE or not part["window"]:
        return ""
    total = Decimal(part["base_before"]) + Decimal(part["base"])
    passed = [tier.up_to for tier in shape.tiers if tier.up_to is not None and tier.up_to < total]
    if not passed or tariff(shape, passed[-1]) <= tariff(shape, total):
        return ""
    return _(
        "Le taux plus bas s’applique à toute la base : ce barème prend ici moins qu’à %(limit)s (%(amount)s)."
    ) % {"limit": money(passed[-1]), "amount": money(tariff(shape, passed[-1]))}


def _limits(working: Mapping[str, Any]) -> Iterator[WorkingLine]:
    floor, cap = working["floor"], working["cap"]
    if floor is None and cap is None:
        yield WorkingLine(_("Plancher, plafond"), _("aucun"))
    if floor is not None:
        asked = Decimal(working["proportional"]) + Decimal(working["fixed"])
        used = Decimal(floor) > asked
        said = _("dispensé") if "floor" in working["waived"] else ""
        yield WorkingLine(_("Plancher"), said or (_("il s’applique") if used else ""), Decimal(floor))
    if cap is not None:
        left = _("reste %(left)s sur %(cap)s pour l’année") % {
            "left": money(Decimal(working["cap_left"])),
            "cap": money(Decimal(cap)),
        }
        yield WorkingLine(_("Plafond"), left)


def _other_lines(working: Mapping[str, Any], whose: str) -> Iterator[WorkingLine]:
    """An end of year, an advance, an undoing."""
    if "floor" in working:
        yield WorkingLine(
            _("Plancher %(whose)s") % {"whose": whose},
            _("au prorata des mois de présence"),
            Decimal(working["floor"]),
        )
        yield WorkingLine(_("Déjà prélevé"), "", Decimal(working["taken"]))
    if "reason" in working:
        yield WorkingLine(_("Motif"), working["reason"])
    if "due" in working:
        yield WorkingLine(
            _("Contribution %(whose)s") % {"whose": whose}, "", Decimal(working["due"]), "total"
        )
