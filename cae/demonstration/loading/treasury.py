"""The cash to come in the demonstration: what no document tells, what two activities keep, what some suppose
(ACC-31 to 33)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from accounting.calculations.treasury.forecast import Changes
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.cash_plans import PlanContent, keep_scenario, plan_cash
from accounting.services.floors import allow_excess, set_floor
from accounting.services.forecast_alerts import tell_low_forecasts
from accounting.states.treasury import PlanKind, PlanRhythm
from cae.core.periods import Month, after_months
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population

_PHOTOGRAPHER, _BUILDER = "LENOIR", "RENOV"
# How long the builder may go below its floor: a customer pays by then.
_EXCEEDED = timedelta(days=45)


def look_ahead(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """Does: plans a loan and a tax, sets floors, lets one be exceeded, keeps scenarios, tells the activities
    whose cash is to run low. Refuses: nothing. Leaves behind: rows, notices."""
    accountant, manager = population.accounts["accountant"], population.accounts["manager"]
    sections = {shop.plan.code: section_of(shop.activity) for shop in shops}
    month = Month.of(today)
    for label, kind, amount, rhythm, first, last in (
        ("Emprunt du siège", PlanKind.LOAN, "-640.00", PlanRhythm.MONTH, month.first, 48),
        ("Taxe foncière des bureaux", PlanKind.TAX, "-1180.00", PlanRhythm.YEAR, month.next().last, 60),
    ):
        content = PlanContent(
            shared_section(), kind, label, Decimal(amount), rhythm, first, after_months(first, last)
        )
        plan_cash(content, form_key=uuid4(), actor=accountant)
    set_floor(
        sections[_PHOTOGRAPHER],
        amount=Decimal("300.00"),
        starts_on=month.first,
        ends_on=None,
        reason="Remplacer un boîtier sans attendre",
        actor=accountant,
    )
    builder = sections[_BUILDER]
    set_floor(
        builder,
        amount=Decimal("1500.00"),
        starts_on=month.first,
        ends_on=None,
        reason="Deux semaines de matériaux d’avance",
        actor=manager,
    )
    allow_excess(
        builder,
        amount=Decimal("200.00"),
        starts_on=today,
        ends_on=today + _EXCEEDED,
        reason="Solde d’un chantier attendu le mois prochain",
        actor=manager,
    )
    own = sections[_PHOTOGRAPHER]
    for section, name, changes in (
        (own, "Les clients paient un mois plus tard", Changes(later_days=30)),
        (own, "Me verser 900 € par mois, cotisations comprises", Changes(pay=Decimal("900.00"))),
        (None, "Tout le monde paie deux mois plus tard", Changes(later_days=60)),
    ):
        keep_scenario(section, name=name, changes=changes, actor=accountant)
    tell_low_forecasts(today=today)
