"""The rule of passage read live for a person: each condition, its figure, where it comes from (ENT-30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from cae.core import facts
from cae.core.canonical import sha256_of
from cae.core.money import ZERO
from cae.core.periods import Span
from cae.core.settings import values_of
from cae.core.templatetags.formats import money
from entrepreneurs.calculations.passage import (
    Condition,
    Finding,
    findings,
    is_met,
    mean_of,
    months_counted,
    months_tested,
)
from entrepreneurs.models import Activity, Contract, PassageDecision
from entrepreneurs.states.contracts import ContractKind
from people.models import Person, PersonScope

OVER = "entrepreneurs.passage_over"
SETTINGS: dict[Condition, str] = {
    Condition.MONTHS: "entrepreneurs.passage_months",
    Condition.SALES: "entrepreneurs.passage_sales",
    Condition.MARGIN: "entrepreneurs.passage_margin",
    Condition.CASH: "entrepreneurs.passage_cash",
}
LABELS: dict[Condition, Any] = {
    Condition.MONTHS: gettext_lazy("Mois de test"),
    Condition.SALES: gettext_lazy("Ventes HT, moyenne par mois"),
    Condition.MARGIN: gettext_lazy("Marge, moyenne par mois"),
    Condition.CASH: gettext_lazy("Trésorerie de l’activité"),
}

# What the books say of a month, by the name under which they answer.
OF_MONTHS: dict[Condition, str] = {
    Condition.SALES: "activity.sales_of_month",
    Condition.MARGIN: "activity.margin_of_month",
}


@dataclass(frozen=True)
class Rule:
    """The rule on a day for a person."""

    on: date
    over: int
    findings: list[Finding]
    activity: Activity | None

    @property
    def is_met(self) -> bool:
        return is_met(self.findings)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What a page draws: label, asked, found, met, and the page that the figure comes from."""
        statement = ""
        if self.activity is not None:
            statement = reverse("accounting:activity_statement", args=[self.activity.pk])
        return [
            {
                "label": LABELS[one.condition],
                "wanted": _shown(one.condition, one.wanted),
                "found": _shown(one.condition, one.found),
                "met": one.met,
                "url": "" if one.condition == Condition.MONTHS else statement,
            }
            for one in self.findings
        ]

    def as_json(self) -> list[dict[str, Any]]:
        """What the decision keeps for ever."""
        return [
            {
                "code": str(one.condition),
                "label": str(LABELS[one.condition]),
                "wanted": _shown(one.condition, one.wanted),
                "found": _shown(one.condition, one.found),
                "met": one.met,
                "over": self.over,
            }
            for one in self.findings
        ]

    @property
    def seal(self) -> str:
        """What tells these figures of this day from any others: a decision keeps those that were read."""
        return sha256_of([self.on.isoformat(), self.as_json()])


def rule_of(person: Person, on: date) -> Rule:
    """Gives the rule in force on a day, with the figures of the person's own activity."""
    decided = values_of(OVER, *SETTINGS.values(), on=on)
    activity = own_activity(person, on)
    wanted = {condition: Decimal(decided[code]) for condition, code in SETTINGS.items()}
    over = int(decided[OVER])
    found = {Condition.MONTHS: Decimal(months_tested(test_periods_of(person), on))}
    if activity is not None:
        found |= _figures(activity, on, over, wanted)
    return Rule(on, over, findings(wanted, found), activity)


def own_activity(person: Person, on: date) -> Activity | None:
    """Gives the activity that a person exercises on a day, the oldest if several."""
    scopes = PersonScope.objects.in_force(on).filter(person=person).values("scope")
    return Activity.objects.open_on(on).filter(scope__in=scopes).order_by("kind", "opened_on", "pk").first()


def test_periods_of(person: Person) -> list[Span]:
    """Gives the periods of the test: those of the CAPEs that both parties signed."""
    rows = Contract.objects.binding().filter(person=person, kind=ContractKind.CAPE)
    return [row.span for row in rows if row.span is not None]


def passages_of(person: Person) -> QuerySet[PassageDecision]:
    """Gives what was decided of a person's passage, the latest first."""
    return PassageDecision.objects.filter(person=person).select_related("decided_by__person")


def _figures(
    activity: Activity, on: date, over: int, wanted: dict[Condition, Decimal]
) -> dict[Condition, Decimal]:
    """Asks the books, a room above, by name; only for what the rule asks."""
    found = {}
    months = [month.last for month in months_counted(on, over)]
    for condition, name in OF_MONTHS.items():
        if wanted[condition] > 0:
            found[condition] = mean_of(
                facts.facts(name, [activity], on=day).get(activity.pk) or ZERO for day in months
            )
    if wanted[Condition.CASH] > 0:
        found[Condition.CASH] = facts.facts("activity.cash", [activity], on=on).get(activity.pk) or ZERO
    return found


def _shown(condition: Condition, value: Decimal) -> str:
    if condition != Condition.MONTHS:
        return money(value)
    return ngettext("%(count)s mois", "%(count)s mois", int(value)) % {"count": int(value)}
