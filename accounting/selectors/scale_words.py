"""A scale in words: what is wrong with it in one sentence, and what it says in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.contribution.faults import Fault, ScaleFault
from accounting.calculations.contribution.scales import (
    Amounts,
    Edge,
    Kind,
    Scale,
    Shape,
    Spread,
    Tier,
    Window,
)
from accounting.models import CostKind
from accounting.states.contributions import SaleCategory, ScaleTaking, ScaleTurnover, Situation, WaivedPart
from cae.core.money import ZERO
from cae.core.templatetags.formats import money, percent

_FAULTS: dict[Fault, Any] = {
    Fault.AMOUNT_INVALID: gettext_lazy("« %(word)s » n’est pas un montant : positif, au centime près."),
    Fault.CATEGORY_UNKNOWN: gettext_lazy("« %(word)s » n’est pas une catégorie de vente."),
    Fault.CONTRACT_UNKNOWN: gettext_lazy("« %(word)s » n’est pas un contrat : CAPE ou CESA."),
    Fault.COST_UNKNOWN: gettext_lazy("La charge « %(word)s » n’existe pas, ou n’entre pas dans la base."),
    Fault.FLOOR_ABOVE_CAP: gettext_lazy(
        "Le plancher d’une année dépasse le plafond : baissez-le, ou relevez le plafond de %(word)s."
    ),
    Fault.KEY_MISSING: gettext_lazy("Le barème est incomplet : il manque « %(word)s »."),
    Fault.KEY_UNKNOWN: gettext_lazy("« %(word)s » n’est pas une partie d’un barème."),
    Fault.LAST_TIER_LIMITED: gettext_lazy("La dernière tranche ne s’arrête pas : laissez sa limite vide."),
    Fault.MONTHLY_ONLY: gettext_lazy(
        "Part fixe, plancher mensuel et courbe demandent un prélèvement chaque mois."
    ),
    Fault.MONTHS_INVALID: gettext_lazy("« %(word)s » n’est pas un nombre de mois."),
    Fault.PART_UNKNOWN: gettext_lazy(
        "Dites ce qui est dispensé : part proportionnelle, part fixe ou plancher."
    ),
    Fault.POINTS_DISORDERED: gettext_lazy(
        "Les points de la courbe se suivent : la base de celui-ci doit dépasser %(word)s."
    ),
    Fault.POINTS_MISSING: gettext_lazy("Une courbe a au moins deux points."),
    Fault.RATE_INVALID: gettext_lazy("Un taux va de 0 à 100 %%, avec deux décimales au plus."),
    Fault.TIERS_MISSING: gettext_lazy("Donnez au moins une tranche."),
    Fault.TIER_ENDLESS: gettext_lazy(
        "Seule la dernière tranche est sans limite : dites jusqu’où va celle-ci."
    ),
    Fault.TIERS_OVERLAP: gettext_lazy(
        "Les tranches se chevauchent : la limite de celle-ci doit dépasser %(word)s."
    ),
    Fault.VALUE_UNKNOWN: gettext_lazy("« %(word)s » n’est pas un choix possible."),
    Fault.WINDOW_UNFIT: gettext_lazy(
        "Cette forme de barème ne se calcule pas sur cette période : choisissez-en une autre."
    ),
}


def fault_sentence(fault: ScaleFault) -> str:
    word = money(fault.word) if isinstance(fault.word, Decimal) else fault.word
    return str(_FAULTS[fault.code]) % {"word": word}


@dataclass(frozen=True)
class RuleLine:
    """A part of a scale in one sentence. `place`: where a figure that comes from it leads."""

    heading: str
    sentence: str
    place: str = ""


# The places of the page of a scale.
FIXED, FLOOR, CAP, FRANCHISE = "part-fixe", "plancher", "plafond", "premiers-mois"


def scale_lines(scale: Scale) -> list[RuleLine]:
    """What the scale says, a heading and a sentence for each of its parts."""
    return list(_lines(scale))


def scale_summary(scale: Scale) -> str:
    """« 13,5 % de la marge » : the rule of ordinary sales in a few words."""
    return _("%(shape)s %(base)s") % {"shape": _shape_in_short(scale.shape), "base": base_words(scale)}


def base_words(scale: Scale) -> str:
    if scale.minus:
        return _("de la marge")
    return _("des encaissements") if scale.turnover == "received" else _("du chiffre d’affaires")


def category_label(category: str) -> str:
    return str(SaleCategory(category).label)


def _lines(scale: Scale) -> Iterator[RuleLine]:
    yield RuleLine(_("Base"), _base(scale))
    yield RuleLine(_("Prélèvement"), str(ScaleTaking(scale.taken_on).label))
    yield RuleLine(_("Part proportionnelle"), shape_sentence(scale.shape))
    for category, shape in scale.per_category:
        yield RuleLine(category_label(category), shape_sentence(shape))
    if scale.fixed != Amounts():
        yield RuleLine(_("Part fixe"), _("%(amount)s par mois") % {"amount": _amounts(scale.fixed)}, FIXED)
    if scale.floor:
        yield RuleLine(_("Plancher"), _floor(scale), FLOOR)
    if scale.cap:
        yield RuleLine(_("Plafond"), _cap(scale), CAP)
    if scale.franchise:
        said = {"count": scale.franchise.months, "parts": parts_words(scale.franchise.waives)}
        sentence = _("%(count)s mois sans %(parts)s")
        yield RuleLine(_("Premiers mois"), sentence % said, FRANCHISE)
    for situation, parts in scale.exemptions:
        label = Situation(situation).label if situation in Situation.values else situation
        sentence = _("%(situation)s : sans %(parts)s")
        yield RuleLine(_("Exonération"), sentence % {"situation": label, "parts": parts_words(parts)})


def parts_words(parts: Any) -> str:
    return ", ".join(str(WaivedPart(part).label).lower() for part in WaivedPart.values if part in parts)


def cost_labels() -> dict[str, str]:
    return dict(CostKind.objects.values_list("code", "label"))


def _base(scale: Scale) -> str:
    said = str(ScaleTurnover(scale.turnover).label)
    if not scale.minus:
        return said
    labels = cost_labels()
    names = [labels.get(kind, kind).lower() for kind in scale.minus]
    return _("%(sales)s, moins : %(costs)s") % {"sales": said, "costs": ", ".join(names)}


def _shape_in_short(shape: Shape) -> str:
    if shape.kind == Kind.FLAT:
        return percent(shape.rate)
    if shape.kind == Kind.CURVE:
        return _("courbe annuelle")
    rates = [tier.rate for tier in shape.tiers]
    said = {"first": percent(rates[0]), "last": percent(rates[-1])}
    if shape.kind == Kind.WHOLE_BASE:
        return _("de %(first)s à %(last)s selon le palier") % said
    return _("de %(first)s à %(last)s par tranches") % said


def shape_sentence(shape: Shape) -> str:
    """« 11 % jusqu’à 40 000,00 €, 10 % jusqu’à…, sur l’année »."""
    if shape.kind == Kind.FLAT:
        said = percent(shape.rate)
    elif shape.kind == Kind.CURVE:
        said = _curve(shape)
    else:
        said = ", ".join(_tier(tier) for tier in shape.tiers)
        if shape.kind == Kind.WHOLE_BASE:
            said = _("taux du palier atteint, sur toute la base : %(tiers)s") % {"tiers": said}
    return _("%(shape)s ; cumul %(window)s") % {"shape": said, "window": window_words(shape.window)}


def window_words(window: str) -> str:
    return {
        Window.DOCUMENT: _("par document"),
        Window.MONTH: _("du mois"),
        Window.YEAR: _("de l’année"),
        Window.ENTRY: _("depuis l’entrée"),
    }[Window(window)]


def _tier(tier: Tier) -> str:
    if tier.up_to is None:
        return _("%(rate)s au-delà") % {"rate": percent(tier.rate)}
    return _("%(rate)s jusqu’à %(limit)s") % {"rate": percent(tier.rate), "limit": money(tier.up_to)}


def _curve(shape: Shape) -> str:
    points = ", ".join(f"{money(point.base)} → {money(point.amount)}" for point in shape.points)
    after = _("puis la même pente") if shape.above_last == Edge.EXTEND else _("puis le même montant")
    when = (
        _("prélevé en fin d’année") if shape.spread == Spread.YEAR_END else _("ramené au mois, puis cumulé")
    )
    return _("lignes droites entre %(points)s, %(after)s ; %(when)s") % {
        "points": points,
        "after": after,
        "when": when,
    }


def _amounts(amounts: Amounts) -> str:
    if amounts.by_contract:
        return ", ".join(f"{money(amount)} ({contract})" for contract, amount in amounts.by_contract)
    if amounts.by_month:
        return ", ".join(_step(up_to, amount) for up_to, amount in amounts.by_month)
    return money(amounts.everyone)


def _step(up_to: int | None, amount: Decimal) -> str:
    if up_to is None:
        return _("%(amount)s ensuite") % {"amount": money(amount)}
    return _("%(amount)s jusqu’au %(count)se mois") % {"amount": money(amount), "count": up_to}


def _floor(scale: Scale) -> str:
    floor = scale.floor
    if floor is None:
        return ""
    per = _("par an, au prorata des mois de présence") if floor.per == Window.YEAR else _("par mois")
    said = f"{_amounts(floor.amounts)} {per}"
    if floor.per_person:
        said = _("%(amount)s, par personne") % {"amount": said}
    for contract, months in floor.advance_months:
        said += " ; " + _("%(count)s mois d’avance en %(contract)s") % {"count": months, "contract": contract}
    return said


def _cap(scale: Scale) -> str:
    cap = scale.cap
    if cap is None:
        return ""
    said = _("%(amount)s par an") % {"amount": money(cap.amount)}
    if cap.associate_amount is not None and cap.associate_amount != ZERO:
        said += ", " + _("%(amount)s pour les associé·es") % {"amount": money(cap.associate_amount)}
    return said + (", " + _("au prorata des mois de présence") if cap.pro_rata else "")
