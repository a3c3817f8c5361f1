"""The limits of the law in words: what is limited, how it stands, where it is written (GOV-08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.calculations.limits import AT_LEAST, Limit, worsened
from governance.models import Associate, College
from governance.selectors.share_rules import Effect

_LOI_78, _LOI_47 = gettext_lazy("loi 78-763"), gettext_lazy("loi 47-1775")
_SCIC = gettext_lazy("loi 47-1775, art. 19 septies et 19 octies")
TITLES: dict[str, tuple[Any, Any]] = {
    "employed_capital": (gettext_lazy("Capital détenu par les associé·es salarié·es"), _LOI_78),
    "employed_votes": (gettext_lazy("Voix des salarié·es et ancien·nes salarié·es"), _LOI_78),
    "employed_least": (gettext_lazy("Associé·es salarié·es"), _LOI_78),
    "outside_votes": (gettext_lazy("Voix des associé·es extérieur·es"), _LOI_47),
    "outside_votes_all": (gettext_lazy("Voix des extérieur·es, coopératives comprises"), _LOI_47),
    "holder_half": (gettext_lazy("Plus gros capital d’un·e seul·e associé·e"), _LOI_78),
    "sarl_most": (gettext_lazy("Nombre d’associé·es d’une SARL"), gettext_lazy("C. com. L223-3")),
    "scic_categories": (gettext_lazy("Catégories d’associé·es"), _SCIC),
    "scic_workers": (gettext_lazy("Catégorie des salarié·es ou des producteur·rices"), _SCIC),
    "scic_beneficiaries": (gettext_lazy("Catégorie des bénéficiaires"), _SCIC),
    "public_capital": (gettext_lazy("Capital détenu par des collectivités publiques"), _SCIC),
    "college_least": (gettext_lazy("Nombre de collèges"), _SCIC),
    "college_low": (gettext_lazy("Poids minimum d’un collège"), _SCIC),
    "college_high": (gettext_lazy("Poids maximum d’un collège"), _SCIC),
}


@dataclass(frozen=True)
class LimitShown:
    """A limit as a page reads it; `before` is what it was when a movement is tried."""

    code: str
    title: str
    about: str
    value: str
    bound: str
    source: Any
    met: bool
    to_confirm: bool
    before: str = ""

    @property
    def status(self) -> tuple[str, str, Any]:
        if self.met:
            return ("success", "✔", _("Respectée"))
        return ("danger", "✕", _("Dépassée"))


def limits_shown(limits: Iterable[Limit], before: Iterable[Limit] = ()) -> list[LimitShown]:
    """Gives the limits in words, with the names of the associates and colleges they speak of: two queries."""
    every = list(limits)
    earlier = {_line(one): one for one in before}
    names = _names(every)
    return [_shown(one, names, earlier.get(_line(one))) for one in every]


def _line(one: Limit) -> tuple[str, int | None]:
    """The greatest holder is one line, whoever it is; a college is its own."""
    return ("holder_half", None) if one.code == "holder_half" else one.key


def _shown(one: Limit, names: Mapping[tuple[str, int | None], str], was: Limit | None) -> LimitShown:
    title, source = TITLES[one.code]
    return LimitShown(
        code=one.code,
        title=str(title),
        about=names.get((_kind(one), one.about), ""),
        value=_value(one, one.value),
        bound=_bound(one),
        source=source,
        met=one.met,
        to_confirm=one.to_confirm,
        before=_value(was, was.value) if was is not None and was.value != one.value else "",
    )


def broken_words(limits: Iterable[Limit]) -> str:
    """Gives the broken limits in one sentence, for a refusal: « capital … : 48,3 % pour 51 % au moins »."""
    return " ; ".join(
        _("%(title)s : %(value)s (%(bound)s)")
        % {
            "title": f"{one.title} ({one.about})" if one.about else one.title,
            "value": one.value,
            "bound": one.bound,
        }
        for one in limits_shown(limits)
    )


def _kind(one: Limit) -> str:
    return "college" if one.code.startswith("college") else "associate"


def _names(limits: Iterable[Limit]) -> dict[tuple[str, int | None], str]:
    about = {(_kind(one), one.about) for one in limits if one.about is not None}
    keys = {kind: [key for known, key in about if known == kind] for kind in ("associate", "college")}
    # In a trial, somebody who is not there yet.
    found: dict[tuple[str, int | None], str] = {("associate", 0): _("La personne qui entre")}
    if keys["associate"]:
        rows = Associate.objects.filter(pk__in=keys["associate"]).select_related("person", "organisation")
        found |= {("associate", one.pk): one.name for one in rows}
    if keys["college"]:
        found |= {("college", one.pk): one.name for one in College.objects.filter(pk__in=keys["college"])}
    return found


def _value(one: Limit, value: Fraction) -> str:
    return str(value) if one.is_count else _percent(value, up=one.side != AT_LEAST)


def _bound(one: Limit) -> str:
    bound = str(one.bound) if one.is_count else _percent(one.bound, up=False)
    return (_("au moins %(bound)s") if one.side == AT_LEAST else _("au plus %(bound)s")) % {"bound": bound}


def _percent(value: Fraction, *, up: bool) -> str:
    """« 50,1 % », rounded to the tenth on the side that hides no breach."""
    tenths = -(-value * 1000 // 1) if up else value * 1000 // 1
    whole, tenth = divmod(int(tenths), 10)
    return f"{whole},{tenth} %" if tenth else f"{whole} %"


@dataclass(frozen=True)
class EffectShown:
    """What a movement would do, as a page reads it before it is accepted."""

    limits: list[LimitShown]
    capital_before: Decimal
    capital_after: Decimal
    least: Decimal
    is_broken: bool

    @property
    def under_floor(self) -> bool:
        """Only a movement that takes capital out is stopped by the floor."""
        return self.capital_after < self.least and self.capital_after < self.capital_before


def effect_shown(effect: Effect) -> EffectShown:
    """Gives the effect of a movement in words."""
    return EffectShown(
        limits=limits_shown(effect.after, effect.before),
        capital_before=effect.floor.capital,
        capital_after=effect.capital,
        least=effect.floor.least,
        is_broken=bool(worsened(effect.before, effect.after)),
    )
