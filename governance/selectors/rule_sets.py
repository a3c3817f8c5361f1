"""Versions of the rules as their pages show them: lines by section, what changed, what does not hold
together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from governance.calculations.rule_checks import doubts
from governance.models import College, FoundingText, RuleLine, RuleSet
from governance.models.associates import reads_register
from governance.selectors.rules import labels, value_words, values_of
from governance.states.rule_words import DOUBTS, HELP, SECTIONS
from governance.states.rules import RuleSetState


def rule_sets_visible_to(user: Any) -> QuerySet[RuleSet]:
    """Gives all versions to those who keep or check the rules, the confirmed ones to everybody else."""
    rows = RuleSet.objects.select_related("confirmed_by__person", "created_by__person", "statutes")
    return rows if reads_register(user) else rows.filter(state=RuleSetState.CONFIRMED)


def rule_sets_listed(user: Any) -> QuerySet[RuleSet]:
    """Gives the list with how many lines each has, and how many are confirmed."""
    confirmed = Count("lines", filter=Q(lines__confirmed_at__isnull=False))
    return rule_sets_visible_to(user).annotate(line_count=Count("lines"), confirmed_count=confirmed)


def last_confirmed() -> RuleSet | None:
    """Gives the confirmed version that begins last, in force or to come."""
    return RuleSet.objects.filter(state=RuleSetState.CONFIRMED).order_by("-valid_from", "-number").first()


def before(rule_set: RuleSet) -> RuleSet | None:
    """Gives the confirmed version that this one replaces."""
    return (
        RuleSet.objects.filter(state=RuleSetState.CONFIRMED, number__lt=rule_set.number)
        .order_by("-valid_from", "-number")
        .first()
    )


def unchanged_lines(rule_set: RuleSet) -> list[RuleLine]:
    """Gives the lines that say the same, of the same article, as the version before."""
    former = before(rule_set)
    held = {line.key: (line.value, line.article) for line in former.lines.all()} if former else {}
    return [line for line in rule_set.lines.all() if held.get(line.key) == (line.value, line.article)]


@dataclass(frozen=True)
class DoubtShown:
    """A doubt in words, at its line."""

    key: str
    sentence: str
    is_fault: bool


def doubts_of(rule_set: RuleSet) -> list[DoubtShown]:
    """Gives what to look at before a version is confirmed: faults refuse it, warnings are for a person."""
    colleges = frozenset(College.objects.filter(is_active=True).values_list("pk", flat=True))
    found = doubts(values_of(rule_set), form=rule_set.form, colleges=colleges)
    return [DoubtShown(one.key, str(DOUBTS[one.code]) % one.facts, one.is_fault) for one in found]


@dataclass(frozen=True)
class LineShown:
    """A line as the page of a version shows it; `former` in words when it changed."""

    line: RuleLine
    label: str
    words: str
    former: str | None
    doubts: list[str]

    @property
    def is_confirmed(self) -> bool:
        return self.line.confirmed_at is not None


@dataclass(frozen=True)
class SectionShown:
    title: Any
    lines: list[LineShown]


def college_names() -> dict[int, str]:
    return dict(College.objects.values_list("pk", "name"))


def sections_of(rule_set: RuleSet, former: RuleSet | None) -> list[SectionShown]:
    """Gives the lines of a version by section, each with what the version before said if it differs."""
    names = college_names()
    lines = {line.key: line for line in rule_set.lines.select_related("confirmed_by__person")}
    held = values_of(former)
    said: dict[str, list[str]] = {}
    for doubt in doubts_of(rule_set) if rule_set.state == RuleSetState.DRAFT else []:
        said.setdefault(doubt.key, []).append(doubt.sentence)
    return [
        SectionShown(
            title,
            [
                _shown(lines[key], names, held if former else None, said.get(key, []))
                for key in keys
                if key in lines
            ],
        )
        for title, keys in SECTIONS
    ]


def _shown(
    line: RuleLine, names: Mapping[int, str], held: Mapping[str, str] | None, said: list[str]
) -> LineShown:
    changed = held is not None and held.get(line.key, "") != line.value
    return LineShown(
        line,
        labels(line.key),
        value_words(line.key, line.value, names),
        value_words(line.key, held.get(line.key, ""), names) if held is not None and changed else None,
        said,
    )


def next_line(rule_set: RuleSet, after: RuleLine) -> RuleLine | None:
    """Gives the line to confirm after this one, in the order of the page, else the first that waits."""
    order = [key for _title, keys in SECTIONS for key in keys]
    waiting = {line.key: line for line in rule_set.lines.filter(confirmed_at__isnull=True)}
    place = order.index(after.key) + 1
    keys = [*order[place:], *order[:place]]
    return next((waiting[key] for key in keys if key in waiting and key != after.key), None)


def help_of(key: str) -> Any:
    return HELP.get(key, "")


def founding_texts() -> QuerySet[FoundingText]:
    """Gives the statutes and internal rules, those in force first."""
    return FoundingText.objects.select_related("document", "created_by__person").order_by(
        "kind", F("valid_from").desc()
    )


def statutes_in_force(today: date) -> list[FoundingText]:
    """Gives the text of each kind in force on a day."""
    rows = (
        FoundingText.objects.filter(valid_from__lte=today)
        .select_related("document")
        .order_by("kind", "-valid_from", "-pk")
        .distinct("kind")
    )
    return list(rows)
