"""The cash of the next months: of an activity, of the cooperative; every amount opens its flows (ACC-30 to
32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounting.calculations.treasury.forecast import Changes, ForecastMonth
from accounting.forms.treasury import ChangesForm
from accounting.models import AnalyticAccount, ForecastScenario
from accounting.selectors.forecast_words import RISKS, flow_rows, risk_label
from accounting.selectors.forecasts import NO_CHANGE, Prospect, prospect_of
from accounting.selectors.house_forecast import HouseForecast, house_forecast
from accounting.selectors.statement import section_in_sight
from accounting.selectors.treasury import cash_of_house, cash_states
from accounting.selectors.treasury_desk import scenarios_of
from accounting.views.forecast_chart import ForecastChart, forecast_chart
from accounting.views.layout_places import Place
from accounting.views.treasury_tables import treasury_tabs
from cae.core.keys import key_in
from cae.core.periods import Month
from cae.core.permissions import can, requires

# The addresses of the cooperative, by those of an activity.
_OF_HOUSE = {
    "forecast": "house_forecast",
    "forecast_month": "house_month",
    "scenario_keep": "house_scenario_keep",
    "scenario_drop": "house_scenario_drop",
}
# A page lists so many invoices; the aged balance lists all.
_SHOWN = 12


@dataclass(frozen=True)
class Here:
    """Whose forecast a page shows: an activity in sight, or the whole cooperative."""

    section: AnalyticAccount | None
    place: Place

    def url(self, name: str = "forecast", *args: Any, query: str = "") -> str:
        if self.place.activity is None:
            path = reverse(f"accounting:{_OF_HOUSE[name]}", args=args)
        else:
            path = reverse(f"accounting:{name}", args=[self.place.activity.pk, *args])
        return f"{path}?{query}" if query else path

    def crumbs(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        if self.place.activity is None:
            first = (_("Trésorerie"), self.url())
            return [first, *more] if more else [(_("Trésorerie"), "")]
        own = reverse("accounting:activity_statement", args=[self.place.activity.pk])
        last = (_("Prévisions"), self.url() if more else "")
        return [(self.place.activity.name, own), last, *more]

    @property
    def known(self) -> AnalyticAccount:
        """Its section; the cooperative has none."""
        if self.section is None:
            raise LookupError("the cooperative is no section")
        return self.section

    @property
    def keeps(self) -> str:
        """The right to keep a scenario here."""
        return "accounting.keep_scenario" if self.section else "accounting.keep_house_scenario"


HOUSE = Here(None, Place())


def here_of(request: HttpRequest, activity_id: int) -> Here:
    """The activity that the address names, if this person sees its accounts."""
    section = section_in_sight(request.user, activity_id)
    if section is None or section.activity is None:
        raise Http404
    return Here(section, Place(section.activity, section))


@dataclass(frozen=True)
class Side:
    """One of the two forecasts that a page compares."""

    label: str
    changes: Changes
    chart: ForecastChart
    months: tuple[ForecastMonth, ...]
    below: ForecastMonth | None
    lowest: ForecastMonth
    query: str

    @property
    def last(self) -> ForecastMonth:
        return self.months[-1]


def _side(prospect: Prospect, label: str, changes: Changes) -> Side:
    found = prospect.forecast(changes)
    chart = forecast_chart(found, prospect.floor, label)
    below = prospect.below(changes)
    span = len(prospect.months)
    return Side(label, changes, chart, found.months, below, found.lowest, query_of(span, changes))


def query_of(span: int, changes: Changes) -> str:
    """What an address keeps of the suppositions."""
    told = [f"mois={span}"]
    if changes.later_days:
        told.append(f"retard={changes.later_days}")
    if changes.pay is not None:
        told.append(f"paie={changes.pay}")
    return "&".join(told)


@requires("accounting.view_forecast")
def forecast(request: HttpRequest, activity_id: int) -> HttpResponse:
    """An activity, month by month, as it is and as one supposes; its unpaid invoices."""
    return _page(request, here_of(request, activity_id))


@requires("accounting.view_house_forecast")
def house(request: HttpRequest) -> HttpResponse:
    """The cooperative, month by month; what threatens its cash most."""
    return _page(request, HOUSE)


def _page(request: HttpRequest, here: Here) -> HttpResponse:
    today = timezone.localdate()
    form = ChangesForm(request.GET or None, initial={"mois": 6})
    wrong = form.is_bound and not form.is_valid()
    asked = form.is_bound and not wrong
    span, changes = (form.span, form.changes) if asked else (6, NO_CHANGE)
    whole = house_forecast(today, span) if here.section is None else None
    prospect = whole.whole if whole else prospect_of(here.known, today, span)
    scenarios = list(scenarios_of(here.section))
    left = _chosen(request, scenarios)
    sides = [_side(prospect, left.name if left else _("Comme prévu"), changes_of(left))]
    if changes != sides[0].changes and changes != NO_CHANGE:
        named = next((one.name for one in scenarios if changes_of(one) == changes), _("Si…"))
        sides.append(_side(prospect, named, changes))
    context = {
        "here": here,
        "form": form,
        "prospect": prospect,
        "sides": sides,
        "months": _months(here, sides, prospect.floor),
        "against": left,
        "scenarios": [_shown(here, one, span, left) for one in scenarios],
        "may_keep": can(request.user, here.keeps, here.section),
        "keep_url": here.url("scenario_keep"),
        "page_url": here.url(),
        "aged_url": _aged_url(here),
    }
    context |= _of_house(whole) if whole else _of_activity(prospect, request, today, here)
    context["is_part"] = is_part = bool(getattr(request, "htmx", False))
    template = "forecast_parts" if is_part else "forecast"
    return render(request, f"accounting/treasury/{template}.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, scenarios: list[ForecastScenario]) -> ForecastScenario | None:
    asked = key_in(request.GET.get("contre", ""))
    return next((one for one in scenarios if one.pk == asked), None)


def changes_of(scenario: ForecastScenario | None) -> Changes:
    return Changes(scenario.later_days, scenario.pay) if scenario else NO_CHANGE


@dataclass(frozen=True)
class MonthRow:
    """A month of the table: the first forecast whole, the end of the other."""

    month: ForecastMonth
    url: str
    is_below: bool
    is_lowest: bool
    other: Decimal | None
    other_below: bool


def _months(here: Here, sides: list[Side], floor: Decimal) -> list[MonthRow]:
    least = max(floor, Decimal(0))
    other = sides[1].months if len(sides) > 1 else None
    return [
        MonthRow(
            one,
            here.url("forecast_month", str(one.month), query=sides[0].query),
            one.closing < least,
            one.month == sides[0].lowest.month,
            other[rank].closing if other else None,
            other is not None and other[rank].closing < least,
        )
        for rank, one in enumerate(sides[0].months)
    ]


def _shown(here: Here, one: ForecastScenario, span: int, left: ForecastScenario | None) -> dict[str, Any]:
    base = here.url()
    own = query_of(span, changes_of(one))
    return {
        "row": one,
        "url": f"{base}?{own}" + (f"&contre={left.pk}" if left and left != one else ""),
        "against_url": f"{base}?mois={span}&contre={one.pk}",
        "drop_url": here.url("scenario_drop", one.pk),
        "is_left": one == left,
    }


def _aged_url(here: Here) -> str:
    if here.place.activity is None:
        return reverse("accounting:aged_balance")
    return reverse("accounting:own_aged", args=[here.place.activity.pk])


def _of_activity(prospect: Prospect, request: HttpRequest, today: date, here: Here) -> dict[str, Any]:
    section = here.known
    return {
        "state": cash_states([section], today)[section.pk],
        "unpaid": flow_rows(prospect.unpaid[:_SHOWN], request.user),
        "unpaid_more": max(len(prospect.unpaid) - _SHOWN, 0),
        "cash_url": here.place.url("statement", "tresorerie"),
        "today": today,
    }


def _of_house(house: HouseForecast) -> dict[str, Any]:
    return {
        "state": cash_of_house(house.whole.today),
        "cash_url": Place().url("statement", "tresorerie"),
        "books_tabs": treasury_tabs("house_forecast"),
        "risks": [
            {"risk": one, "kind": RISKS[one.kind], "label": risk_label(one), "section": section, "url": url}
            for one, section, url in house.risks
        ],
        "today": house.whole.today,
    }


@requires("accounting.view_forecast")
def forecast_month(request: HttpRequest, activity_id: int, month: str) -> HttpResponse:
    """« D’où vient ce chiffre ? »: the flows of a month, each with its document."""
    return _month_page(request, here_of(request, activity_id), month)


@requires("accounting.view_house_forecast")
def house_month(request: HttpRequest, month: str) -> HttpResponse:
    """The same for the cooperative."""
    return _month_page(request, HOUSE, month)


def _month_page(request: HttpRequest, here: Here, month: str) -> HttpResponse:
    today = timezone.localdate()
    form = ChangesForm(request.GET or None)
    if not form.is_bound or not form.is_valid():
        form = ChangesForm({"mois": "12"})
        form.is_valid()
    if here.section is None:
        prospect = house_forecast(today, form.span).whole
    else:
        prospect = prospect_of(here.section, today, form.span)
    try:
        asked = Month.parse(month)
    except ValueError:
        raise Http404 from None
    found = next((one for one in prospect.forecast(form.changes).months if one.month == asked), None)
    if found is None:
        raise Http404
    rows = flow_rows(found.flows, request.user)
    title = date_format(found.month.first, "F Y")
    context = {
        "here": here,
        "found": found,
        "title": title,
        "incoming": [row for row in rows if row.flow.amount > 0],
        "outgoing": [row for row in rows if row.flow.amount < 0],
        "crumbs": here.crumbs((title, "")),
        "cash_url": here.place.url("statement", "tresorerie"),
    }
    return render(request, "accounting/treasury/month.html", context)
