"""Rules of decision: the set in force on a day, that of an assembly, what it needs, and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.canonical import sha256_of
from governance.calculations.rules import (
    BY_CODE,
    DecisionRule,
    Occasion,
    RuleMissing,
    Rules,
    canonical_lines,
    is_valid,
    missing,
    parse_decision,
)
from governance.models import Assembly, College, RuleSet
from governance.states.assemblies import AssemblyKind, AssemblyMode, AssemblyState, ResolutionState
from governance.states.rule_words import CHOICES, label_of
from governance.states.rules import DecisionKind, RuleSetState

# As statutes say them; any other fraction is read as figures.
_MORE_THAN: dict[Fraction, Any] = {
    Fraction(1, 2): gettext_lazy("plus de la moitié"),
    Fraction(1, 3): gettext_lazy("plus du tiers"),
    Fraction(2, 3): gettext_lazy("plus des deux tiers"),
    Fraction(1, 4): gettext_lazy("plus du quart"),
    Fraction(3, 4): gettext_lazy("plus des trois quarts"),
}
_AT_LEAST: dict[Fraction, Any] = {
    Fraction(1, 2): gettext_lazy("au moins la moitié"),
    Fraction(1, 3): gettext_lazy("au moins le tiers"),
    Fraction(2, 3): gettext_lazy("au moins les deux tiers"),
    Fraction(1, 4): gettext_lazy("au moins le quart"),
    Fraction(3, 4): gettext_lazy("au moins les trois quarts"),
    Fraction(1, 5): gettext_lazy("au moins le cinquième"),
}
_BASES: dict[str, Any] = {
    "expressed": gettext_lazy("des suffrages exprimés"),
    "present_or_represented": gettext_lazy("des associé·es présent·es ou représenté·es"),
    "all_members": gettext_lazy("du total des associé·es"),
}


def rules_in_force(on: date) -> RuleSet | None:
    """Gives the confirmed set that holds on a day: the last one that began by then."""
    return (
        RuleSet.objects.filter(state=RuleSetState.CONFIRMED, valid_from__lte=on)
        .order_by("-valid_from", "-number")
        .first()
    )


def values_of(rule_set: RuleSet | None) -> dict[str, str]:
    """Gives {key: value} of the decided lines of a set; nothing without set."""
    if rule_set is None:
        return {}
    return dict(rule_set.lines.exclude(value="").order_by("pk").values_list("key", "value"))


def freeze(rule_set: RuleSet) -> tuple[dict[str, str], str]:
    """Gives what an assembly keeps of a set when it is convened: the values, and their hash."""
    values = values_of(rule_set)
    return values, sha256_of(list(canonical_lines(values)))


def rule_set_of(assembly: Assembly) -> RuleSet | None:
    """Gives the set chosen for an assembly, else the one in force on its day."""
    return assembly.rule_set or rules_in_force(timezone.localdate(assembly.starts_at))


def is_out_of_date(assembly: Assembly, rule_set: RuleSet) -> bool:
    """Tells whether other rules than these hold on the day of a first call; a second call keeps those of the
    first."""
    return assembly.call_number == 1 and rules_in_force(timezone.localdate(assembly.starts_at)) != rule_set


def is_beyond(assembly: Assembly, decision_kind: str) -> bool:
    """Tells whether an assembly is not the one for a kind of decision: an ordinary one leaves the
    statutes alone."""
    return assembly.kind == AssemblyKind.ORDINARY and decision_kind == DecisionKind.EXTRAORDINARY


def rules_of(assembly: Assembly) -> Rules:
    """Gives the rules of an assembly: frozen since the convocation; before, those of its set."""
    if assembly.state not in (AssemblyState.DRAFT, AssemblyState.CANCELLED):
        return Rules(assembly.rules)
    return Rules(values_of(rule_set_of(assembly)))


def text_or(rules: Rules, code: str, default: str = "") -> str:
    """Gives a convention, `default` where nobody decided it."""
    try:
        return rules.text(code)
    except RuleMissing:
        return default


def days_or_none(rules: Rules, code: str) -> int | None:
    """Gives a number of days; None where nobody decided it."""
    try:
        return rules.integer(code)
    except RuleMissing:
        return None


def occasion_of(assembly: Assembly) -> Occasion:
    """Gives what an assembly will do, from its agenda: the kinds of its decisions, how each is voted."""
    rows = assembly.resolutions.filter(state=ResolutionState.ON_AGENDA).order_by()
    asked = set(rows.values_list("decision_kind", "method"))
    return Occasion(
        decisions=frozenset(kind for kind, _method in asked),
        methods=frozenset(method for _kind, method in asked),
        call=assembly.call_number,
        colleges=College.objects.filter(is_active=True).exists(),
        remote=assembly.mode != AssemblyMode.ROOM,
    )


def missing_for(assembly: Assembly) -> list[str]:
    """Gives the keys that this assembly needs and that its rules leave empty; read them with `labels`."""
    return missing(values_of(rule_set_of(assembly)), occasion_of(assembly))


def labels(key: str) -> str:
    """Gives the title of a convention, in the language of who reads."""
    return str(label_of(key))


def value_words(key: str, value: str, colleges: Mapping[int, str] | None = None) -> str:
    """Gives what a value says, in words: « plus de la moitié du total des associé·es ». `colleges` spares
    their reading."""
    if not value:
        return _("non décidé")
    if not is_valid(BY_CODE[key], value):
        return value
    shape = BY_CODE[key].shape
    if shape == "weights":
        return _weights_words(value, colleges)
    read = {"decision": _decision_said, "choice": _choice_said}.get(shape, _counted_words)
    return read(key, value)


def _decision_said(key: str, value: str) -> str:
    return decision_words(parse_decision(value))


def _choice_said(key: str, value: str) -> str:
    return str(CHOICES[key][value])


def decision_words(rule: DecisionRule) -> str:
    """Gives « quorum d’au moins le quart des associé·es ; plus de la moitié des suffrages exprimés »."""
    if rule.quorum is None:
        return _("sans quorum ; %(majority)s") % {"majority": majority_words(rule)}
    return _("quorum : %(quorum)s des associé·es ; %(majority)s") % {
        "quorum": _at_least(rule.quorum),
        "majority": majority_words(rule),
    }


def majority_words(rule: DecisionRule) -> str:
    """Gives « plus de la moitié du total des associé·es »."""
    share = _MORE_THAN.get(rule.threshold) if rule.strict else _AT_LEAST.get(rule.threshold)
    if share is None:
        sentence = _("plus de %(share)s") if rule.strict else _("au moins %(share)s")
        share = sentence % {"share": rule.threshold}
    return f"{share} {_BASES[rule.base]}"


def _at_least(share: Fraction) -> str:
    found = _AT_LEAST.get(share)
    return str(found) if found is not None else _("au moins %(share)s") % {"share": share}


def _weights_words(value: str, colleges: Mapping[int, str] | None) -> str:
    names = dict(College.objects.values_list("pk", "name")) if colleges is None else colleges
    weights = Rules({"college_weights": value}).weights()
    return ", ".join(
        _("%(college)s : %(weight)d") % {"college": names.get(pk, f"n° {pk}"), "weight": weight}
        for pk, weight in weights.items()
    )


def _counted_words(key: str, value: str) -> str:
    """A number, or a share, with what it counts."""
    if value == "legal":
        return _("le plafond légal : 1 sous 20 associé·es, puis un vingtième des associé·es")
    if key == "additions_threshold":
        return _("%(share)s des associé·es") % {"share": value}
    if key == "capital_floor":
        return _("%(share)s du capital le plus haut atteint") % {"share": value}
    count = int(value)
    sentences = {
        "proxy_cap": ngettext("%(count)d pouvoir", "%(count)d pouvoirs", count),
        "consent_minimum": ngettext("%(count)d personne", "%(count)d personnes", count),
        "manager_term_months": _("%(count)d mois"),
        "manager_terms_most": ngettext("%(count)d mandat", "%(count)d mandats", count),
        "refund_years": ngettext("%(count)d an", "%(count)d ans", count),
        "notice_days": ngettext("%(count)d jour", "%(count)d jours", count),
        "suspension_days": ngettext("%(count)d jour", "%(count)d jours", count),
    }
    before = ngettext("%(count)d jour avant l’assemblée", "%(count)d jours avant l’assemblée", count)
    return sentences.get(key, before) % {"count": count}
