"""Takes the contribution of each month under the scales by the month, and what a late decision changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounting.services.contribution_months import run_month
from accounting.services.scales import grant_exemption
from accounting.states.contributions import Situation
from cae.core.periods import Month
from cae.demonstration.loading.activities import Shop
from people.models import User

MONTHS = 12
# Told late that this person was on sick leave: months already taken are put right by the next run.
ILL = "BOSQUET"


def take_months(shops: Iterable[Shop], *, today: date, actor: User) -> None:
    """The twelve months before this one; then the exemption, and the last month again."""
    months = [Month.of(today)]
    for _rank in range(MONTHS):
        months.insert(0, months[0].previous())
    months.pop()
    for shop in shops:
        if not shop.plan.scheme:
            continue
        first = Month.of(shop.activity.opened_on).next().first
        for month in months:
            if month.first >= first:
                run_month(shop.activity, month, today=today, actor=actor)
        if shop.plan.code == ILL:
            _excuse(shop, months[-2], today=today, actor=actor)
            run_month(shop.activity, months[-1], today=today, actor=actor)


def _excuse(shop: Shop, month: Month, *, today: date, actor: User) -> None:
    grant_exemption(
        shop.activity,
        situation=Situation.SICK_LEAVE,
        waives=("fixed",),
        starts_on=month.first,
        ends_on=month.last,
        decided_by="Hélène Marchand, accompagnatrice",
        reason="Arrêt de travail transmis avec retard",
        actor=actor,
    )
