"""The working of a contribution in words, from the figures that a run keeps: never a text made twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from accounting.calculations.contribution.scales import Kind, Scale, Shape
from accounting.calculations.contribution.tariffs import tariff
from accounting.models import ContributionScale
from accounting.selectors.scale_words import (
    base_words,
    category_label,
    cost_labels,
    parts_words,
    window_words,
)
from accounting.states.contributions import ScaleTurnover
from cae.core.money import ZERO
from cae.core.templatetags.formats import money, percent


class Opens(StrEnum):
    """What stands behind a figure of a working."""

    SALES = "sales"
    COSTS = "costs"
    BEFORE = "before"  # what the window held when the fact came
    YEAR = "year"  # what the year had already given
    SCALE = "scale"
    TIER = "tier"
    FIXED = "fixed"
    FLOOR = "floor"
    CAP = "cap"
    WAIVER = "waiver"
    ENTRY = "entry"


@dataclass(frozen=True)
class Piece:
    """Some words of a line; when they are a figure, what it opens. `of` says which one: a category, a tier
    (« training-2 »), a part that is waived."""

    text: str
    opens: Opens | None = None
    of: str = ""


Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True)
class WorkingLine:
    """One line of a working: what it is, how it is found, its amount, and what these open."""

    label: str
    pieces: Pieces = ()
    amount: Decimal | None = None
    opens: Opens | None = None
    label_opens: Opens | None = None
    is_total: bool = False

    @property
    def detail(self) -> str:
        return "".join(piece.text for piece in self.pieces)


_VOWELS = "aeéèêiîoôuyh"
_SLOT = re.compile(r"%\((\w+)\)s")


def of(what: str) -> str:
    """« de mars 2026 », « d’octobre 2026 »."""
    said = _("d’%(what)s") if what[:1] in _VOWELS else _("de %(what)s")
    return said % {"what": what}


def weave(sentence: str, **said: str | Piece | Pieces) -> Pieces:
    """The pieces of a translated sentence, each « %(name)s » giving way to what is said under that name."""
    found: list[Piece] = []
    for place, words in enumerate(_SLOT.split(sentence)):
        value = said[words] if place % 2 else words
        if isinstance(value, tuple):
            found += value
        elif value:
            found.append(value if isinstance(value, Piece) else Piece(value))
    return tuple(found)


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
        yield WorkingLine(label, _base(part, rule, costs), Decimal(part["base"]))
        yield WorkingLine(
            _scale_label(scale),
            _tariff(part, rule, working["waived"]),
            Decimal(part["proportional"]),
            label_opens=Opens.SCALE,
        )
        if note := _lower_level(part, rule):
            yield WorkingLine("", (Piece(note),))
    if rule.is_monthly and ("fixed" in working["waived"] or Decimal(working["fixed"])):
        waived = (_waiver(_("dispensée"), "fixed"),) if "fixed" in working["waived"] else ()
        yield WorkingLine(_("Part fixe"), waived, Decimal(working["fixed"]), Opens.FIXED)
    if rule.is_monthly or rule.cap:
        yield from _limits(working)
    yield _total(working, whose)


def _total(working: Mapping[str, Any], whose: str) -> WorkingLine:
    label = _("Contribution %(whose)s") % {"whose": whose}
    return WorkingLine(label, (), Decimal(working["due"]), Opens.ENTRY, is_total=True)


def _scale_label(scale: ContributionScale) -> str:
    return _("%(label)s, v%(version)s (%(decision)s)") % {
        "label": scale.label,
        "version": scale.version,
        "decision": scale.decided_by,
    }


def _waiver(words: str, part: str) -> Piece:
    return Piece(words, Opens.WAIVER, part)


def _base(part: Mapping[str, Any], rule: Scale, costs: Mapping[str, str]) -> Pieces:
    """« ventes facturées 3 000,00 € − sous-traitance 600,00 € »."""
    said = [
        Piece(str(ScaleTurnover(rule.turnover).label).lower() + " "),
        Piece(money(Decimal(part["sales"])), Opens.SALES, part["category"]),
    ]
    for kind, amount in part["costs"]:
        said.append(Piece(f" − {costs.get(kind, kind).lower()} "))
        said.append(Piece(money(Decimal(amount)), Opens.COSTS, kind))
    return tuple(said)


def _tariff(part: Mapping[str, Any], rule: Scale, waived: list[str]) -> Pieces:
    """« 5 000,00 € à 11 % + 5 000,00 € à 10 % », or how the window is counted when it is not that plain."""
    if not part["window"]:
        return (_waiver(_("sans %(parts)s") % {"parts": parts_words(waived)}, "proportional"),)
    shape = rule.shape_of(part["category"])
    steps = [(Decimal(base), rate) for base, rate, _amount in part["steps"]]
    if not steps:
        return (Piece(_("prélevé en fin d’année")),)
    plain = all(rate is not None for _base, rate in steps)
    if plain and sum((base for base, _rate in steps), ZERO) == Decimal(part["base"]):
        if len(steps) == 1 and shape.kind == Kind.FLAT:
            rate = Piece(percent(shape.rate), Opens.TIER, f"{part['category']}-1")
            return (rate, Piece(f" {base_words(rule)}"))
        return _sum_of_steps(part, shape, steps)
    return _window_counted(part, shape)


def _sum_of_steps(part: Mapping[str, Any], shape: Shape, steps: list[tuple[Decimal, Any]]) -> Pieces:
    said: list[Piece] = []
    for base, rate in steps:
        if said:
            said.append(Piece(" + "))
        said += weave(
            _("%(base)s à %(rate)s"),
            base=money(base),
            rate=Piece(percent(Decimal(rate)), Opens.TIER, _tier_named(part, shape, Decimal(rate))),
        )
    if Decimal(part["base_before"]):
        before = Piece(money(Decimal(part["base_before"])), Opens.BEFORE, part["category"])
        said += weave(_(", après %(before)s déjà comptés"), before=before)
    return tuple(said)


def _tier_named(part: Mapping[str, Any], shape: Shape, rate: Decimal) -> str:
    """« ordinary-2 »: the tier with that rate, the first one that this base may reach."""
    before = Decimal(part["base_before"])
    same = [place for place, tier in enumerate(shape.tiers, start=1) if tier.rate == rate]
    reached = [place for place in same if (limit := shape.tiers[place - 1].up_to) is None or limit > before]
    return f"{part['category']}-{(reached or same or [1])[0]}"


def _window_counted(part: Mapping[str, Any], shape: Shape) -> Pieces:
    """What the whole window gives, less what it has given: « 11 % (palier atteint) ; cumul de l’année… »."""
    total = Decimal(part["base_before"]) + Decimal(part["base"])
    paid = Decimal(part["paid_before"])
    held = Opens.BEFORE if paid or Decimal(part["base_before"]) else None
    said = weave(
        _("%(how)s ; cumul %(window)s %(base)s : %(whole)s"),
        how=_how(part, shape),
        window=window_words(shape.window),
        base=Piece(money(total), held, part["category"]),
        whole=money(paid + Decimal(part["proportional"])),
    )
    if not paid:
        return said
    less = Piece(money(paid), held, part["category"])
    return said + weave(_(", moins %(paid)s déjà prélevés"), paid=less)


def _how(part: Mapping[str, Any], shape: Shape) -> Pieces:
    category = part["category"]
    if shape.kind == Kind.CURVE:
        return (Piece(_("courbe annuelle"), Opens.TIER, f"{category}-1"),)
    rate = next((Decimal(rate) for _base, rate, _amount in part["steps"] if rate is not None), ZERO)
    if shape.kind == Kind.FLAT:
        return (Piece(percent(rate), Opens.TIER, f"{category}-1"),)
    if shape.kind == Kind.WHOLE_BASE:
        tier = Piece(percent(rate), Opens.TIER, _tier_named({**part, "base_before": "0"}, shape, rate))
        return weave(_("%(rate)s, palier atteint"), rate=tier)
    return (Piece(_("tranches"), Opens.TIER, f"{category}-1"),)


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
        yield WorkingLine(_("Plancher, plafond"), (Piece(_("aucun")),))
    if floor is not None:
        asked = Decimal(working["proportional"]) + Decimal(working["fixed"])
        said: Pieces = ()
        if "floor" in working["waived"]:
            said = (_waiver(_("dispensé"), "floor"),)
        elif Decimal(floor) > asked:
            said = (Piece(_("il s’applique : le calcul donne %(asked)s") % {"asked": money(asked)}),)
        yield WorkingLine(_("Plancher"), said, Decimal(floor), Opens.FLOOR)
    if cap is not None:
        yield WorkingLine(_("Plafond"), _cap(working))


def _cap(working: Mapping[str, Any]) -> Pieces:
    left = weave(
        _("reste %(left)s sur %(cap)s pour l’année"),
        left=Piece(money(Decimal(working["cap_left"])), Opens.YEAR),
        cap=Piece(money(Decimal(working["cap"])), Opens.CAP),
    )
    if Decimal(working["uncapped"]) <= Decimal(working["due"]):
        return left
    kept = _(" ; il s’applique : le calcul donne %(asked)s")
    return (*left, Piece(kept % {"asked": money(Decimal(working["uncapped"]))}))


def _year_cap(working: Mapping[str, Any]) -> Iterator[WorkingLine]:
    """The cap, when it keeps the year from reaching its floor."""
    missing = Decimal(working["floor"]) - Decimal(working["taken"])
    if missing > Decimal(working["due"]) >= 0:
        left = Piece(_("il ne reste que %(left)s") % {"left": money(Decimal(working["cap_left"]))})
        yield WorkingLine(_("Plafond"), (left,), opens=Opens.CAP)


def _other_lines(working: Mapping[str, Any], whose: str) -> Iterator[WorkingLine]:
    """An end of year, an advance, an undoing."""
    if "floor" in working:
        said = Piece(_("au prorata des mois de présence"))
        yield WorkingLine(_("Plancher de l’année"), (said,), Decimal(working["floor"]), Opens.FLOOR)
        yield WorkingLine(_("Déjà prélevé dans l’année"), (), Decimal(working["taken"]), Opens.YEAR)
        yield from _year_cap(working)
    if "reason" in working:
        yield WorkingLine(_("Motif"), (Piece(working["reason"]),))
    if "due" in working:
        yield _total(working, whose)
