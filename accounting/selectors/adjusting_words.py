"""Why a contribution was adjusted, as its entrepreneur reads it: what changed, from how much to how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounting.models import ContributionRun
from accounting.selectors.contribution import subject_words
from accounting.selectors.scale_words import category_label, cost_labels, parts_words
from accounting.selectors.working_words import of
from accounting.states.contributions import RunNature
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money


@dataclass(frozen=True)
class Adjusted:
    """An adjustment in words: its month, what it comes to, what changed, the run that it corrects."""

    title: str
    result: str
    changes: tuple[str, ...]
    link: str
    url: str


def adjusted(run: ContributionRun) -> Adjusted | None:
    """Gives the words of an adjustment; nothing for another run."""
    if run.nature != RunNature.ADJUST or run.adjusts is None:
        return None
    whose = of(subject_words(run))
    return Adjusted(
        title=_("Régularisation %(whose)s") % {"whose": whose},
        result=_result(run, whose),
        changes=tuple(_changes(run.adjusts, run)),
        link=_("Voir le calcul du %(day)s, qu’elle corrige") % {"day": day(run.adjusts.on)},
        url=run.adjusts.get_absolute_url(),
    )


def _result(run: ContributionRun, whose: str) -> str:
    now = Decimal(run.working.get("due", ZERO))
    said = {
        "whose": whose,
        "before": money(now - run.due),
        "now": money(now),
        "gap": money(abs(run.due)),
        "day": day(run.on),
    }
    if run.due < 0:
        return (
            _("La contribution %(whose)s passe de %(before)s à %(now)s : %(gap)s sont rendus le %(day)s.")
            % said
        )
    if run.due > 0:
        return (
            _(
                "La contribution %(whose)s passe de %(before)s à %(now)s : "
                "%(gap)s de plus sont prélevés le %(day)s."
            )
            % said
        )
    return (
        _("La contribution %(whose)s reste de %(now)s ; seul son calcul a changé, constaté le %(day)s.")
        % said
    )


def _changes(former: ContributionRun, run: ContributionRun) -> Iterator[str]:
    """Each fact that the two calculations did not read alike."""
    if former.scale_id != run.scale_id:
        yield _line(_("Barème"), _named(former), _named(run))
    old, new = former.working, run.working
    if "parts" in old and "parts" in new:
        yield from _sales_changed(old, new)
        yield from _costs_changed(old, new)
        yield from _waived_changed(old, new)
        yield from _cumul_changed(old, new)
    for name, label in (
        ("floor", _("Plancher")),
        ("cap_left", _("Reste sous le plafond")),
        ("taken", _("Déjà prélevé")),
    ):
        before, now = _amount(old, name), _amount(new, name)
        if before != now:
            yield _bound(label, before, now)


def _bound(label: str, before: Decimal | None, now: Decimal | None) -> str:
    """A bound that a scale may not have."""
    if before is not None and now is not None:
        return _line(label, money(before), money(now))
    none = _("aucun")
    return _("%(label)s : %(now)s ; auparavant : %(before)s.") % {
        "label": label,
        "now": none if now is None else money(now),
        "before": none if before is None else money(before),
    }


def _line(label: str, before: str, now: str) -> str:
    return _("%(label)s : %(now)s au lieu de %(before)s.") % {"label": label, "before": before, "now": now}


def _named(run: ContributionRun) -> str:
    return f"{run.scale.label}, v{run.scale.version}"


def _amount(working: Mapping[str, Any], name: str) -> Decimal | None:
    found = working.get(name)
    return None if found is None else Decimal(found)


def _by_category(working: Mapping[str, Any], name: str) -> dict[str, Decimal]:
    return {part["category"]: Decimal(part[name]) for part in working["parts"]}


def _costs(working: Mapping[str, Any]) -> dict[str, Decimal]:
    return {kind: Decimal(amount) for part in working["parts"] for kind, amount in part["costs"]}


def _differing(
    old: Mapping[str, Decimal], new: Mapping[str, Decimal]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    for key in dict.fromkeys([*old, *new]):
        before, now = old.get(key, ZERO), new.get(key, ZERO)
        if before != now:
            yield key, before, now


def _sales_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for category, before, now in _differing(_by_category(old, "sales"), _by_category(new, "sales")):
        yield _line(category_label(category), money(before), money(now))


def _costs_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    changed = list(_differing(_costs(old), _costs(new)))
    labels = cost_labels() if changed else {}
    for kind, before, now in changed:
        yield _line(labels.get(kind, kind), money(before), money(now))


def _waived_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if old["waived"] != new["waived"]:
        none = _("aucune")
        yield _("Dispense : %(now)s ; auparavant : %(before)s.") % {
            "now": parts_words(new["waived"]) or none,
            "before": parts_words(old["waived"]) or none,
        }


def _cumul_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """An earlier month of the window changed first."""
    label = _("Cumul avant ce mois")
    for _category, before, now in _differing(
        _by_category(old, "base_before"), _by_category(new, "base_before")
    ):
        yield _line(label, money(before), money(now))
