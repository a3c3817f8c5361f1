"""What a place sells: plans and passes, their prices, what they include (COW-11, COW-12)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.permissions import can, require, requires
from coworking.forms.plans import AllowanceForm, OpenPlanForm, PlanForm, PriceForm
from coworking.models import Allowance, Plan
from coworking.selectors.plans import plans_of, shown_plans
from coworking.services import plans as verbs
from coworking.services.plans import PlanData
from coworking.views.place_frame import crumbs_of, place_form, place_found, place_page, version_in
from people.requests import SignedIn

_READS, _KEEPS = "coworking.read_members", "coworking.keep_plans"


def _found(request: SignedIn, pk: int, right: str) -> Plan:
    plan = get_object_or_404(Plan.objects.select_related("place__scope"), pk=pk)
    require(request.user, right, plan)
    return plan


def _plans(plan: Plan) -> tuple[Any, str]:
    return _("Formules"), reverse("coworking:plans", args=[plan.place_id])


@requires("coworking.read_members")
def plan_list(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _READS)
    return place_page(
        request,
        place,
        "coworking/members/plans.html",
        "coworking:plans",
        shown=shown_plans(place, timezone.localdate()),
        gone=plans_of(place, archived=True).filter(archived_at__isnull=False),
        may_sell=can(request.user, _KEEPS, place),
    )


@requires("coworking.keep_plans")
def plan_open(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _KEEPS)
    form = OpenPlanForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            plan = verbs.open_plan(
                place,
                kind=typed["kind"],
                unit=typed["unit"],
                data=form.typed(),
                price=form.price_typed(),
                actor=request.user,
            )
            messages.success(request, _("Formule en vente."))
            return redirect(plan)
    back = (_("Formules"), reverse("coworking:plans", args=[pk]))
    return place_form(request, form, place, title=_("Ajouter une formule"), back=back)


@requires("coworking.read_members")
def plan(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _found(request, pk, _READS), timezone.localdate()
    prices = list(row.prices.all())
    context = {
        "plan": row,
        "crumbs": crumbs_of(row.place, _plans(row)),
        "prices": prices,
        "price": next((price for price in prices if price.starts_on <= today), None),
        "allowances": row.allowances.all(),
        "held": row.subscriptions.filter(state="active").select_related("member__person"),
        "may_sell": can(request.user, _KEEPS, row),
    }
    return render(request, "coworking/members/plan.html", context)


@requires("coworking.keep_plans")
def plan_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    held = {name: getattr(row, name) for name in PlanData.__dataclass_fields__}
    form = PlanForm(request.POST or None, kind=row.kind, initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.change_plan(row, data=form.typed(), version=version_in(request), actor=request.user)
            messages.success(request, _("Formule enregistrée."))
            return redirect(row)
    title = _("Modifier « %(name)s »") % {"name": row}
    return place_form(request, form, row.place, title=title, back=(row, row.get_absolute_url()), row=row)


@requires("coworking.keep_plans")
def plan_price(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    form = PriceForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            verbs.set_price(row, data=form.price_typed(), actor=request.user)
            messages.success(request, _("Prix fixé."))
            return redirect(row)
    title = _("Prix de « %(name)s »") % {"name": row}
    lead = _("Les mois déjà facturés ne changent pas.")
    return place_form(request, form, row.place, title=title, back=(row, row.get_absolute_url()), lead=lead)


@requires("coworking.keep_plans")
def plan_include(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    form = AllowanceForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            verbs.set_allowance(row, data=form.typed(), actor=request.user)
            messages.success(request, _("Part comprise enregistrée."))
            return redirect(row)
    title = _("Ce que « %(name)s » comprend") % {"name": row}
    return place_form(request, form, row.place, title=title, back=(row, row.get_absolute_url()))


@require_POST
@requires("coworking.keep_plans")
def plan_exclude(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Allowance.objects.select_related("plan__place__scope"), pk=pk)
    require(request.user, _KEEPS, row.plan)
    with refused_above(request):
        verbs.drop_allowance(row, actor=request.user)
        messages.success(request, _("Part retirée."))
    return redirect(row.plan)


@require_POST
@requires("coworking.keep_plans")
def plan_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    with refused_above(request):
        verbs.withdraw_plan(row, actor=request.user)
        messages.success(request, _("Formule retirée de la vente ; qui l’a la garde."))
    return redirect(row)
