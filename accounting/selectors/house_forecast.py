"""The cash of the whole cooperative in the next months, and what threatens it most (ACC-32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounting.calculations.treasury.risks import Risk, going_under, largest, late_payers
from accounting.models import AnalyticAccount
from accounting.selectors.forecasts import Prospect, prospects, together
from accounting.states.books import AnalyticKind


@dataclass(frozen=True)
class HouseForecast:
    """The sum of activities and shared services; each risk with the section it comes from and its page."""

    whole: Prospect
    risks: tuple[tuple[Risk, AnalyticAccount, str], ...]


def house_forecast(today: date, count: int) -> HouseForecast:
    """Every section, whatever its nature: what goes between them cancels out."""
    sections = list(AnalyticAccount.objects.select_related("activity").order_by("pk"))
    found = prospects(sections, today, count)
    known = {section.pk: section for section in sections}
    risks: list[Risk] = []
    for key, one in found.items():
        risks += late_payers(key, one.flows, today)
        if known[key].kind == AnalyticKind.ACTIVITY:
            under = going_under(key, known[key].label, one.forecast(), one.floor)
            risks += [under] if under else []
    told = tuple((risk, known[risk.section], _page_of(known[risk.section])) for risk in largest(risks))
    return HouseForecast(together(found.values()), told)


def _page_of(section: AnalyticAccount) -> str:
    if section.activity_id:
        return reverse("accounting:forecast", args=[section.activity_id])
    return section.get_absolute_url()
