"""Vehicles and their papers: one's own to keep, those of others to read (INV-52)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from invoicing.forms.mileage import PaperForm, VehicleForm, vehicle_typed
from invoicing.models import Vehicle
from invoicing.selectors.mileage import papers_missing, papers_of, year_of
from invoicing.services.vehicles import (
    add_vehicle,
    archive_vehicle,
    bring_paper,
    restore_vehicle,
    save_vehicle,
)
from invoicing.states.claims import VehicleKind
from invoicing.views.expense_shown import expense_tabs, for_whom, person_named
from invoicing.views.mileage_shown import own_person
from invoicing.views.tables import cells


class VehicleTable(Table):
    label = LinkColumn(verbose_name=gettext_lazy("Véhicule"), order_by="label")
    plate = tables.Column(verbose_name=gettext_lazy("Immatriculation"))
    facts = tables.Column(verbose_name=gettext_lazy("Genre"), orderable=False, attrs=cells("wide"))
    person = tables.Column(verbose_name=gettext_lazy("Personne"), order_by="person__sort_name")

    class Meta(Table.Meta):
        model = Vehicle
        fields = ("label", "plate", "facts", "person")


class VehicleFilters(Filters):
    search = ("label", "plate", "person__sort_name")

    class Meta:
        model = Vehicle
        fields = ("kind",)


@requires("invoicing.view_vehicles")
def vehicle_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Ajouter un véhicule"),
        reverse("invoicing:vehicle_new"),
        right="invoicing.keep_vehicle",
        icon="car-front",
        tone="primary",
    )
    return list_page(
        request,
        queryset=Vehicle.objects.visible_to(request.user).select_related("person"),
        table=VehicleTable,
        filters=VehicleFilters,
        page="invoicing.vehicles",
        title=_("Véhicules"),
        tabs=expense_tabs("vehicle_list"),
        main_action=new,
        empty=EmptyState(
            _("Aucun véhicule."),
            _("Ajoutez le vôtre avec sa carte grise et son attestation d’assurance."),
            new,
        ),
    )


@requires("invoicing.keep_vehicle")
def vehicle_new(request: HttpRequest) -> HttpResponse:
    """A vehicle of oneself; staff add that of somebody who agreed."""
    person = person_named(request)
    if person.pk != own_person(request).pk:
        require(request.user, "invoicing.keep_vehicle_for", person)
    form = VehicleForm(request.POST or None, initial={"kind": VehicleKind.CAR})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            vehicle = add_vehicle(
                person,
                content=form.content(),
                today=timezone.localdate(),
                actor=request.user,
            )
            messages.success(request, _("Véhicule ajouté : déposez maintenant ses deux papiers."))
            return redirect(vehicle)
    return form_page(
        request,
        form,
        title=_("Nouveau véhicule"),
        lead=for_whom(request, person),
        submit=_("Ajouter le véhicule"),
        back_url=reverse("invoicing:vehicle_list"),
        crumbs=[(_("Véhicules"), reverse("invoicing:vehicle_list")), (_("Nouveau véhicule"), "")],
    )


@requires("invoicing.view_vehicle")
def vehicle_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the scale asks of it, its papers, where its year stands."""
    vehicle, today = find_vehicle(request, pk), timezone.localdate()
    context = {
        "vehicle": vehicle,
        "papers": papers_of(vehicle, today),
        "missing": [kind.label for kind in papers_missing(vehicle, today)],
        "year": _year(vehicle),
        "may_keep": can(request.user, "invoicing.keep_vehicle", vehicle),
        "is_own": vehicle.person_id == own_person(request).pk,
    }
    return render(request, "invoicing/claims/vehicle.html", context)


@requires("invoicing.keep_vehicle")
def vehicle_edit(request: HttpRequest, pk: int) -> HttpResponse:
    vehicle = find_vehicle(request, pk, right="invoicing.keep_vehicle")
    return act_page(
        request,
        VehicleForm(request.POST or None, initial=vehicle_typed(vehicle)),
        lambda typed: save_vehicle(
            vehicle,
            content=VehicleForm.content_of(typed),
            today=timezone.localdate(),
            actor=request.user,
        ),
        done=_("Véhicule enregistré : les trajets qui en dépendent sont recalculés ou régularisés."),
        back_url=vehicle.get_absolute_url(),
        title=_("Modifier le véhicule"),
        lead=_("Une puissance corrigée vaut depuis le premier trajet : la différence est régularisée."),
        submit=_("Enregistrer"),
        crumbs=_crumbs(vehicle, _("Modifier le véhicule")),
    )


@requires("invoicing.keep_vehicle")
def paper_new(request: HttpRequest, pk: int) -> HttpResponse:
    vehicle = find_vehicle(request, pk, right="invoicing.keep_vehicle")
    is_post = request.method == "POST"
    form = PaperForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial={"kind": request.GET.get("papier", "")},
    )
    return act_page(
        request,
        form,
        lambda _typed: bring_paper(vehicle, paper=form.paper(), at=timezone.now(), actor=request.user),
        done=_("Papier déposé."),
        back_url=vehicle.get_absolute_url(),
        title=_("Déposer un papier"),
        lead=str(vehicle),
        submit=_("Déposer"),
        crumbs=_crumbs(vehicle, _("Déposer un papier")),
    )


@require_POST
@requires("invoicing.keep_vehicle")
def vehicle_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a vehicle away, or takes it up again."""
    vehicle = find_vehicle(request, pk, right="invoicing.keep_vehicle")
    if vehicle.archived_at is None:
        return act_now(
            request,
            lambda: archive_vehicle(vehicle, at=timezone.now(), actor=request.user),
            done=_("Véhicule rangé : il n’est plus proposé pour de nouveaux trajets."),
            back_url=vehicle.get_absolute_url(),
        )
    return act_now(
        request,
        lambda: restore_vehicle(vehicle, actor=request.user),
        done=_("Véhicule de nouveau proposé."),
        back_url=vehicle.get_absolute_url(),
    )


def find_vehicle(request: HttpRequest, pk: int, *, right: str = "invoicing.view_vehicle") -> Vehicle:
    """A vehicle in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows = Vehicle.objects.visible_to(request.user).select_related("person")
    found: Vehicle = get_object_or_404(rows, pk=pk)
    require(request.user, right, found)
    return found


def _year(vehicle: Vehicle) -> Any:
    try:
        return year_of(vehicle, timezone.localdate().year)
    except LookupError:
        return None


def _crumbs(vehicle: Vehicle, word: str) -> list[tuple[Any, str]]:
    return [
        (_("Véhicules"), reverse("invoicing:vehicle_list")),
        (str(vehicle), vehicle.get_absolute_url()),
        (word, ""),
    ]
