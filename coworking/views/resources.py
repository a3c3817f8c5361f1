"""What is booked in a place: its list, one resource, units, prices, who is trained (COW-03)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import require, requires
from coworking.forms.resources import (
    ClearanceForm,
    NewResourceForm,
    ResourceForm,
    TariffForm,
    UnitsForm,
    resource_initial,
)
from coworking.models import Clearance, Resource, Unit
from coworking.selectors.premises import persons_of_place
from coworking.selectors.publics import publics_words
from coworking.selectors.resources import offers_of, prices_of, resource_shown, resources_of
from coworking.services import faults as training
from coworking.services import resources as verbs
from coworking.services.resources import PRICES
from coworking.states.places import Equipment, FaultState
from coworking.views.place_frame import place_form, place_found, place_page, version_in
from people.requests import SignedIn


def _found(request: SignedIn, pk: int, right: str = "coworking.keep_place") -> Resource:
    row = get_object_or_404(resource_shown(pk))
    require(request.user, right, row.place)
    return row


def _back(resource: Resource) -> tuple[str, str]:
    return str(resource), resource.get_absolute_url()


@requires("coworking.read_places")
def resource_list(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, "coworking.read_places")
    return place_page(
        request,
        place,
        "coworking/places/resources.html",
        "coworking:resources",
        offers=offers_of(resources_of(place), timezone.localdate()),
        withdrawn=place.resources.filter(archived_at__isnull=False),
    )


@requires("coworking.read_places")
def resource(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _found(request, pk, "coworking.read_places"), timezone.localdate()
    tariffs = [(one, prices_of(one)) for one in row.tariffs.all()]
    return place_page(
        request,
        row.place,
        "coworking/places/resource.html",
        "coworking:resources",
        resource=row,
        publics=publics_words(row),
        equipment=[one.label for one in Equipment if one in row.equipment],
        tariffs=tariffs,
        clearances=[(one, one.is_in_force(today)) for one in row.clearances.all()],
        faults=row.faults.exclude(state=FaultState.REPAIRED).select_related("told_by__person"),
        repaired=row.faults.filter(state=FaultState.REPAIRED)[:5],
        fault_url=request.build_absolute_uri(reverse("coworking:fault_tell", args=[row.fault_key])),
    )


@requires("coworking.keep_place")
def resource_add(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, "coworking.keep_place")
    form = NewResourceForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            typed = form.cleaned_data
            row = verbs.add_resource(
                place, kind=typed["kind"], data=form.typed(), units=typed["units"], actor=request.user
            )
            messages.success(request, _("Ressource ajoutée : il reste à fixer son tarif."))
            return redirect(row)
    back = (_("Ressources"), reverse("coworking:resources", args=[place.pk]))
    return place_form(request, form, place, title=_("Ajouter une ressource"), submit=_("Ajouter"), back=back)


@requires("coworking.keep_place")
def resource_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = ResourceForm(request.POST or None, initial=resource_initial(row))
    if form.is_valid():
        with refused_at(form):
            verbs.change_resource(row, data=form.typed(), version=version_in(request), actor=request.user)
            messages.success(request, _("Ressource enregistrée."))
            return redirect(row)
    return place_form(request, form, row.place, title=_("Modifier"), back=_back(row), row=row)


@require_POST
@requires("coworking.keep_place")
def resource_act(request: SignedIn, pk: int) -> HttpResponse:
    """Out of what is booked, or back in: the resource, or one of its units."""
    row, do = _found(request, pk), request.POST.get("do", "")
    with refused_above(request):
        if do == "withdraw":
            verbs.withdraw_resource(row, actor=request.user)
            messages.success(request, _("Ressource retirée ; son passé reste lisible."))
        elif do == "bring_back":
            verbs.bring_back_resource(row, actor=request.user)
            messages.success(request, _("Ressource remise en service."))
        elif do == "withdraw_unit":
            verbs.withdraw_unit(_unit(request, row), actor=request.user)
            messages.success(request, _("Unité retirée."))
        elif do == "bring_back_unit":
            verbs.bring_back_unit(_unit(request, row), actor=request.user)
            messages.success(request, _("Unité remise en service."))
    return redirect(row)


def _unit(request: SignedIn, row: Resource) -> Unit:
    unit = row.units.filter(pk=key_in(request.POST.get("unit", ""))).first()
    if unit is None:
        raise Http404
    return unit


@requires("coworking.keep_place")
def unit_add(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = UnitsForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            made = verbs.add_units(row, units=form.typed(), actor=request.user)
            messages.success(request, _("Unités ajoutées : %(count)d.") % {"count": len(made)})
            return redirect(row)
    return place_form(
        request, form, row.place, title=_("Ajouter des unités"), submit=_("Ajouter"), back=_back(row)
    )


@requires("coworking.keep_place")
def tariff_set(request: SignedIn, pk: int) -> HttpResponse:
    """From a day on; opened on the prices in force."""
    row = _found(request, pk)
    last = next(iter(row.tariffs.all()), None)
    held = {name: getattr(last, name) for name in (*PRICES, "vat_code")} if last else {}
    form = TariffForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.set_tariff(row, data=form.typed(), actor=request.user)
            messages.success(request, _("Tarif enregistré."))
            return redirect(row)
    return place_form(request, form, row.place, title=_("Fixer le tarif"), back=_back(row))


@requires("coworking.keep_place")
def clearance_give(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = ClearanceForm(request.POST or None, persons=persons_of_place(request.user, row.place))
    if form.is_valid():
        with refused_at(form):
            training.give_clearance(row, data=form.typed(), actor=request.user)
            messages.success(request, _("Habilitation notée."))
            return redirect(row)
    return place_form(request, form, row.place, title=_("Noter une habilitation"), back=_back(row))


@require_POST
@requires("coworking.keep_place")
def clearance_end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Clearance.objects.select_related("resource__place"), pk=pk)
    require(request.user, "coworking.keep_place", row)
    with refused_above(request):
        training.end_clearance(row, last_day=timezone.localdate(), actor=request.user)
        messages.success(request, _("Habilitation finie aujourd’hui."))
    return redirect(row.resource)
