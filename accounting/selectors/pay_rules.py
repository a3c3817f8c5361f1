"""Simulated pay, under the rules that a month is attached to and the parameters in force (ACC-24)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.pay.reduction import Terms
from accounting.calculations.pay.simulating import Asked, Player, play, read_terms
from accounting.calculations.pay.situations import (
    HoursFrom,
    PaidMonth,
    PaySimulation,
    PaySituation,
    Target,
    TargetKind,
    Values,
)
from accounting.calculations.pay.vocabulary import (
    CEILING,
    GROSS,
    LINES,
    POWER,
    SMIC,
    SMIC_PER_HOUR,
    TDELTA,
    TMIN,
    USED,
    per_month,
    told,
)
from accounting.calculations.payroll.proposing import PayFigures
from accounting.engines.pay_rules import VENDOR, Change, Source, compute
from accounting.models import PayrollOverride, PayrollRuleset
from accounting.selectors.pay_history import year_so_far
from accounting.selectors.pay_words import LINE_LABELS
from accounting.simulation_parameters import (
    ACCIDENT_RATE,
    HEADCOUNT,
    HEALTH_AMOUNT,
    HEALTH_EMPLOYER_SHARE,
    HOURS_FROM,
    PROVIDENT_EMPLOYEE,
    PROVIDENT_EMPLOYER,
    SIMULATION_PARAMETERS,
    TRANSPORT_RATE,
)
from accounting.states.simulation import RulesetState
from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from cae.core.periods import Month, after_months
from cae.core.settings import values_of

_PROBE = Decimal(1000)
_NAMED: tuple[tuple[str, Any], ...] = (
    (SMIC_PER_HOUR, gettext_lazy("SMIC horaire (€)")),
    (SMIC, gettext_lazy("SMIC mensuel (€)")),
    (CEILING, gettext_lazy("Plafond de la sécurité sociale (€)")),
    (TMIN, gettext_lazy("Réduction générale : taux minimal")),
    (TDELTA, gettext_lazy("Réduction générale : part variable")),
    (POWER, gettext_lazy("Réduction générale : puissance")),
)
_AFTER_SMIC = 2
_RATE = Decimal("0.000001")
# Amounts, or bases that are not the pay.
_NO_RATE = ("mutual", "csg_deductible", "csg_not_deductible", "social_levy")
# After so many months, or in another year, the rules may no longer be those of the day.
_OLD_AFTER_MONTHS = 8


@dataclass(frozen=True)
class MonthRules:
    """The version that a month is attached to, with the overrides of that month."""

    month: Month
    version: str
    dated_on: date
    overrides: tuple[str, ...]
    source: Source

    @property
    def label(self) -> str:
        """« 11.1.0 (frozen-smic-2026) »: what a stored simulation keeps."""
        return f"{self.version} ({', '.join(self.overrides)})" if self.overrides else self.version

    def compute(self, situation: Mapping[str, str], names: Sequence[str]) -> Values:
        return compute(self.source, situation, names)


def rules_of(month: Month) -> MonthRules:
    """Gives the rules of a month. Raises Refused(period_invalid) when no version covers it."""
    return rules_of_months([month])[month]


def rules_of_months(months: Collection[Month]) -> dict[Month, MonthRules]:
    """Gives the rules of each of these months, in two questions however many there are. Raises as
    `rules_of`."""
    versions = list(PayrollRuleset.objects.of_month(max(months).first))
    changes = list(PayrollOverride.objects.order_by("code"))
    return {month: _rules_of(month, versions, changes) for month in months}


def _rules_of(
    month: Month, versions: Iterable[PayrollRuleset], changes: Iterable[PayrollOverride]
) -> MonthRules:
    row = next((one for one in versions if one.month and one.month <= month), None)
    if row is None:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Aucune règle de paie n’est en vigueur pour %(month)s.")
            % {"month": date_format(month.first, "F Y")},
            field="month",
        )
    overrides = [one for one in changes if one.is_in_force(month.first)]
    return MonthRules(
        month=month,
        version=row.version,
        dated_on=row.dated_on,
        overrides=tuple(one.code for one in overrides),
        source=Source(VENDOR / row.version, tuple(change_of(one) for one in overrides)),
    )


def months_to_simulate(today: date) -> list[Month]:
    """The months of the year and the two to come, those that some rules cover."""
    first = PayrollRuleset.objects.filter(state=RulesetState.IN_FORCE).aggregate(first=Min("first_month"))[
        "first"
    ]
    if first is None:
        return []
    start = max(Month.of(first), Month(today.year, 1))
    return list(start.until(Month.of(today).next().next()))


def change_of(row: PayrollOverride) -> Change:
    added = json.dumps(row.added, ensure_ascii=False, sort_keys=True)
    return Change(row.rule, row.replaced, row.replacement, added)


def warning_of(rules: MonthRules, on: date) -> str:
    """What to know of these rules before trusting a simulation: nothing is known of a year before the release
    that contains it."""
    words = {"version": rules.version, "day": f"{rules.dated_on:%d/%m/%Y}"}
    if rules.month.year > rules.dated_on.year:
        return (
            _("L’année a changé depuis les règles %(version)s du %(day)s : les montants seront revus.")
            % words
        )
    if after_months(rules.dated_on, _OLD_AFTER_MONTHS) < on:
        return (
            _("Les règles %(version)s du %(day)s ont plus de huit mois : vérifiez leur mise à jour.") % words
        )
    return ""


def situation_of(
    on: date,
    *,
    cadre: bool = False,
    exempt: bool = False,
    weekly_hours: Decimal | None = None,
    withholding_rate: Decimal | None = None,
) -> PaySituation:
    """Gives the situation that the parameters of a day make; `exempt`: of the mutuelle."""
    values = values_of(*SIMULATION_PARAMETERS, on=on)
    return PaySituation(
        headcount=values[HEADCOUNT],
        accident_rate=values[ACCIDENT_RATE],
        transport_rate=values[TRANSPORT_RATE],
        health_amount=ZERO if exempt else values[HEALTH_AMOUNT],
        health_employer_share=values[HEALTH_EMPLOYER_SHARE],
        provident_employee_rate=values[PROVIDENT_EMPLOYEE],
        provident_employer_rate=values[PROVIDENT_EMPLOYER],
        hours_from=HoursFrom(values[HOURS_FROM]),
        cadre=cadre,
        weekly_hours=weekly_hours,
        withholding_rate=withholding_rate,
    )


@lru_cache(maxsize=256)
def _terms(source: Source, month: Month, headcount: int) -> Terms:
    """Read from the rules once a process: they never change for a version."""
    probe = PaySituation(headcount, Decimal("0.01"))
    return read_terms(lambda situation, names: compute(source, situation, names), month, probe)


def _asked(month: Month, situation: PaySituation, paid: Iterable[PaidMonth]) -> tuple[MonthRules, Asked]:
    """The rules of the month, and what is asked of them: each month of the year with the terms of its own."""
    before = tuple(one for one in paid if one.month.year == month.year and one.month < month)
    rules = rules_of_months([month, *(one.month for one in before)])
    # Nothing is proper to each month but the two minimum wages: those before are read under their own rules.
    terms = {key: _terms(one.source, key, situation.headcount) for key, one in rules.items()}
    return rules[month], Asked(situation, month, before, terms)


def simulate(
    situation: PaySituation, target: Target, month: Month, paid: Iterable[PaidMonth] = ()
) -> PaySimulation:
    """Gives the month of pay that reaches the target, after the months already paid in the year."""
    rules, asked = _asked(month, situation, paid)
    found = play(rules.compute, asked, target)
    return replace(found, ruleset=rules.label)


class PersonPay:
    """The simulator of one person for one month, who keeps what was asked (payroll's `PayEngine`)."""

    def __init__(self, situation: PaySituation, month: Month, paid: Iterable[PaidMonth] = ()) -> None:
        self.month_rules, self._asked = _asked(month, situation, paid)
        self._player = Player(self.month_rules.compute, self._asked)
        self._label = self.month_rules.label

    @property
    def rules(self) -> str:
        return self._label

    def simulate(self, kind: TargetKind, amount: Decimal) -> PaySimulation:
        return replace(self._player.play(Target(kind, amount)), ruleset=self._label)

    def figures(self, gross: Decimal) -> PayFigures:
        """What this gross costs and leaves."""
        found = self.simulate(TargetKind.GROSS, gross)
        return PayFigures(found.gross, found.employer_cost, found.net_before_withholding, found.rgdu)

    def gross_for(self, cost: Decimal) -> Decimal:
        """The highest gross whose cost fits; nothing when even nobody's pay does not."""
        return self.simulate(TargetKind.COST, cost).gross


def pay_of(person_id: int, month: Month, *, exempt: bool = False, cadre: bool = False) -> PersonPay:
    """Gives the simulator of a person, with the parameters of the month and their own year so far."""
    situation = situation_of(month.first, exempt=exempt, cadre=cadre)
    return PersonPay(situation, month, year_so_far(person_id, month))


@dataclass(frozen=True)
class OfficialValue:
    """A parameter as the rules give it, to compare with official pages."""

    label: Any
    value: Decimal | None
    is_rate: bool = False


def official_values(rules: MonthRules, situation: PaySituation) -> list[OfficialValue]:
    """The parameters of a month read from its rules: wages, ceiling, reduction, rates of a pay of 1 000 €."""
    words = told(situation, rules.month) | {GROSS: per_month(_PROBE)}
    found = rules.compute(words, USED)
    values = [OfficialValue(label, found[name], name in (TMIN, TDELTA)) for name, label in _NAMED]
    reference = _terms(rules.source, rules.month, situation.headcount).reference_smic
    values.insert(_AFTER_SMIC, OfficialValue(_("SMIC mensuel de la réduction générale (€)"), reference))
    for code, (employer, employee) in LINES.items():
        for name, sentence in ((employer, _("%(name)s, coopérative")), (employee, _("%(name)s, personne"))):
            if name is None or code in _NO_RATE or not found[name]:
                continue
            rate = ((found[name] or ZERO) / _PROBE).quantize(_RATE)
            values.append(OfficialValue(sentence % {"name": LINE_LABELS[code]}, rate, is_rate=True))
    return values
