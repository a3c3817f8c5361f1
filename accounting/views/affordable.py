"""« Combien puis-je me verser ? » and « Calculer un prix »: two questions about one activity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.pay.pricing import Year, pay_for, price_for
from accounting.calculations.pay.situations import PaySimulation, Target, TargetKind
from accounting.forms.pricing import FloorForm, PriceForm
from accounting.models import AnalyticAccount
from accounting.selectors.affordable import affordable, yearly_contribution
from accounting.selectors.floors import floor_of
from accounting.selectors.pay_history import salaried_in
from accounting.selectors.pay_rules import pay_of, rules_of, simulate, situation_of, warning_of
from accounting.selectors.pay_words import charges_of, owed_words, why_words, year_words
from accounting.selectors.statement import section_in_sight
from cae.core import permissions
from cae.core.errors import Code, Refused
from cae.core.forms import refuse
from cae.core.money import ZERO, share
from cae.core.periods import Month
from cae.core.permissions import requires
from entrepreneurs.models import Activity


def _section(request: HttpRequest, activity_id: int) -> tuple[AnalyticAccount, Activity]:
    section = section_in_sight(request.user, activity_id)
    if section is None or section.activity is None:
        raise Http404
    return section, section.activity


@requires("accounting.view_affordable")
def affordable_pay(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The highest pay that keeps the cash above the floor for six months, month by month."""
    section, activity = _section(request, activity_id)
    today = timezone.localdate()
    usual = floor_of(section, today)
    sent = request.GET if "floor" in request.GET else None
    form = FloorForm(sent, usual=usual)
    floor = usual
    wrong = form.is_bound and not form.is_valid()
    if form.is_bound and not wrong:
        floor = form.cleaned_data["floor"]
    found = affordable(section, today, floor)
    context = {"activity": activity, "form": form, "found": found}
    if found.cost:
        context |= _pay(request, activity, found.cost, today)
    return render(request, "accounting/simulation/affordable.html", context, status=422 if wrong else 200)


def _pay(request: HttpRequest, activity: Activity, cost: Decimal, today: date) -> dict[str, Any]:
    """What this cost pays: to the person who asks, when several are salaried each has an equal part."""
    month = Month.of(today)
    people = list(salaried_in(activity, month))
    part = share(cost, [Decimal(1)] * len(people))[-1] if people else cost
    mine = next((one for one in people if one.pk == getattr(request.user, "person_id", None)), None)
    who = mine or (people[0] if people else None)
    # Nobody's year so far is told to another who takes part in the activity.
    if who is None or not permissions.can(request.user, "accounting.read_pay_year", who):
        pay = simulate(situation_of(month.first), Target(TargetKind.COST, part), month)
    else:
        pay = pay_of(who.pk, month).simulate(TargetKind.COST, part)
    return {"pay": pay, "who": who, "people": people, **_told(pay, month, today)}


def _told(pay: PaySimulation, month: Month, today: date) -> dict[str, Any]:
    rules = rules_of(month)
    return {
        "rules": rules,
        "charges": charges_of(pay),
        "why": why_words(pay),
        "owed": owed_words(pay),
        "year": year_words(pay),
        "warning": warning_of(rules, today),
    }


@requires("accounting.view_statement")
def price(request: HttpRequest, activity_id: int) -> HttpResponse:
    """A price from a wanted net, or the net that a price leaves."""
    _found, activity = _section(request, activity_id)
    today = timezone.localdate()
    form = PriceForm(request.GET if "days" in request.GET else None)
    result: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            result = _worked_out(activity, form.cleaned_data, today)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"activity": activity, "form": form, "result": result}
    if getattr(request, "htmx", False):
        return render(request, "accounting/simulation/price_result.html", context)
    wrong = form.is_bound and not result
    return render(request, "accounting/simulation/price.html", context, status=422 if wrong else 200)


def _worked_out(activity: Activity, said: dict[str, Any], today: date) -> dict[str, Any]:
    month, situation = Month.of(today), situation_of(today.replace(day=1))
    label, contribution = yearly_contribution(activity, today, said["deducted"] or ZERO)
    year: Year
    if said["wanted"] == "pay":
        year, monthly = pay_for(said["price"], said["costs"], said["days"], contribution)
        pay = simulate(situation, Target(TargetKind.COST, monthly), month)
    else:
        pay = simulate(situation, Target(TargetKind.NET, said["net"]), month)
        try:
            year = price_for(pay.employer_cost, said["costs"], said["days"], contribution)
        except ValueError:
            raise Refused(
                Code.VALUE_INVALID,
                _("Avec ce barème, aucun prix ne laisse ce net : la contribution prend tout."),
                field="net",
            ) from None
    return {"made": year, "pay": pay, "scale": label, **_told(pay, month, today)}
