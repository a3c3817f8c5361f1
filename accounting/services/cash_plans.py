"""Keeps what somebody plans by hand of the next months, and what they suppose of them (ACC-31, ACC-32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.treasury.forecast import Changes
from accounting.models import AnalyticAccount, CashPlan, ForecastScenario
from accounting.states.treasury import MOST_LATER_DAYS, PlanKind, PlanRhythm
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import CENT
from cae.core.turns import take_turn
from people.services.changes import one_line

MOST_LABEL, MOST_NAME = 120, 80
# A page that lists more is no help to decide.
MOST_SCENARIOS = 20


@dataclass(frozen=True)
class PlanContent:
    """A flow as typed: what comes in is positive, what leaves negative."""

    section: AnalyticAccount
    kind: str
    label: str
    amount: Decimal
    rhythm: str
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def plan_cash(content: PlanContent, *, form_key: UUID, actor: Any) -> CashPlan:
    """Does: plans a flow that no document tells, once or at a rhythm. Refuses: a page sent twice, nothing for
    a name, an amount of nothing or finer than the cent, dates crossed. Leaves behind: the row, audit."""
    # The same page sent twice at once: the second finds what the first left.
    take_turn(f"accounting.cash_plan.{form_key}")
    if CashPlan.objects.filter(form_key=form_key).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce flux est déjà prévu."))
    label = one_line(content.label, "label", _("Dites ce que c’est."), most=MOST_LABEL)
    if not content.amount or content.amount % CENT:
        raise Refused(
            Code.AMOUNT_INVALID, _("Le montant n’est pas nul et s’arrête au centime."), field="amount"
        )
    # What comes once ends the day it begins.
    ends_on = content.starts_on if content.rhythm == PlanRhythm.ONCE else content.ends_on
    if ends_on is not None and ends_on < content.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    row = CashPlan.objects.create(
        section=content.section,
        kind=PlanKind(content.kind),
        label=label,
        amount=content.amount,
        rhythm=PlanRhythm(content.rhythm),
        starts_on=content.starts_on,
        ends_on=ends_on,
        created_by=actor,
        form_key=form_key,
    )
    audit.record(
        actor,
        "accounting.plan_cash",
        row,
        detail={"amount": str(row.amount), "from": row.starts_on.isoformat()},
    )
    return row


@transaction.atomic
def end_plan(plan: CashPlan, *, ends_on: date, actor: Any) -> CashPlan:
    """Does: gives a plan its last day; the eve of its first takes it back. Refuses: an earlier day, a later
    one than it had. Leaves behind: the row, audit."""
    row = CashPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if (row.starts_on - ends_on).days > 1 or (row.ends_on is not None and ends_on > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("La fin ne peut ni précéder le début, ni reculer."), field="ends_on"
        )
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    audit.record(actor, "accounting.end_cash_plan", row, detail={"on": ends_on.isoformat()})
    return row


@transaction.atomic
def keep_scenario(
    section: AnalyticAccount | None, *, name: str, changes: Changes, actor: Any
) -> ForecastScenario:
    """Does: keeps what is supposed of a section, or of the cooperative, under a name; a scenario of that name
    becomes this one. Refuses: no name, nothing changed, more days than a year, a pay below zero, too many
    scenarios. Leaves behind: the row, audit."""
    named = one_line(name, "name", _("Donnez-lui un nom."), most=MOST_NAME)
    if not changes.later_days and changes.pay is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce scénario ne change rien : donnez un retard ou un coût de paie."),
            field="later_days",
        )
    if not 0 <= changes.later_days <= MOST_LATER_DAYS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Comptez de 0 à %(most)d jours de retard.") % {"most": MOST_LATER_DAYS},
            field="later_days",
        )
    if changes.pay is not None and (changes.pay < 0 or changes.pay % CENT):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Le coût de la paie est nul ou positif et s’arrête au centime."),
            field="pay",
        )
    kept = ForecastScenario.objects.filter(section=section)
    if kept.count() >= MOST_SCENARIOS and not kept.filter(name=named).exists():
        raise Refused(
            Code.VALUE_INVALID,
            _("%(most)d scénarios sont gardés déjà : supprimez-en un.") % {"most": MOST_SCENARIOS},
            field="name",
        )
    values = {"later_days": changes.later_days, "pay": changes.pay, "created_by": actor}
    row, _made = ForecastScenario.objects.update_or_create(section=section, name=named, defaults=values)
    audit.record(actor, "accounting.keep_scenario", row, detail={"name": named})
    return row


@transaction.atomic
def drop_scenario(scenario: ForecastScenario, *, actor: Any) -> None:
    """Does: forgets a scenario. Refuses: nothing. Leaves behind: audit."""
    audit.record(actor, "accounting.drop_scenario", scenario, detail={"name": scenario.name})
    scenario.delete()
