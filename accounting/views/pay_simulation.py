"""« Simuler une paie »: one figure of a month is known, the others follow; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounting.calculations.pay.situations import PaidMonth
from accounting.forms.simulation import SimulationForm
from accounting.selectors.pay_history import salaried_people, year_so_far
from accounting.selectors.pay_rules import months_to_simulate, rules_of, simulate, situation_of, warning_of
from accounting.selectors.pay_words import charges_of, owed_words, why_words, year_words
from cae.core import permissions
from cae.core.errors import Refused
from cae.core.forms import refuse
from cae.core.periods import Month
from cae.core.permissions import requires


@requires("accounting.simulate_pay")
def simulate_pay(request: HttpRequest) -> HttpResponse:
    """The form and, once it is sent, the month; alone for htmx, which asks as one types."""
    form = _form(request)
    result: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            result = _simulated(request, form)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "result": result}
    if getattr(request, "htmx", False):
        return render(request, "accounting/simulation/result.html", context)
    wrong = form.is_bound and not result
    return render(request, "accounting/simulation/simulate.html", context, status=422 if wrong else 200)


def _form(request: HttpRequest) -> SimulationForm:
    today = timezone.localdate()
    months = months_to_simulate(today)
    sent = request.GET if "amount" in request.GET else None
    reads = permissions.can(request.user, "accounting.read_pay_year")
    people = salaried_people(Month.of(today)) if reads else None
    return SimulationForm(
        sent, initial={"month": str(Month.of(today))}, months=months, people=people, hours=reads
    )


def _simulated(request: HttpRequest, form: SimulationForm) -> dict[str, Any]:
    said, month = form.cleaned_data, form.chosen_month
    situation = situation_of(
        month.first,
        cadre=said["cadre"],
        exempt=said["exempt"],
        weekly_hours=said.get("hours"),
        withholding_rate=form.withholding_rate,
    )
    found = simulate(situation, form.target, month, _paid(request, form, month))
    rules = rules_of(month)
    return {
        "found": found,
        "rules": rules,
        "charges": charges_of(found),
        "why": why_words(found),
        "owed": owed_words(found),
        "year": year_words(found),
        "warning": warning_of(rules, timezone.localdate()),
    }


def _paid(request: HttpRequest, form: SimulationForm, month: Month) -> tuple[PaidMonth, ...]:
    """The year so far of the person named, else one's own."""
    named = form.cleaned_data.get("person")
    person = named.pk if named else getattr(request.user, "person_id", None)
    if person is None or form.cleaned_data["alone"] or form.cleaned_data.get("hours"):
        return ()
    return year_so_far(person, month)
