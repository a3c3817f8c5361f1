"""Trips of a person: the list with its export, a trip written with its amount beside, favourites (INV-52)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import require, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import money, quantity
from invoicing.forms.mileage import TripForm, favourite_typed, new_key, trip_typed
from invoicing.models import FavouriteTrip, MileageTrip
from invoicing.selectors.expenses import activities_of_person
from invoicing.selectors.mileage import favourites_of, trips_seen, vehicles_of
from invoicing.services.mileage import drop_favourite, keep_favourite, record_trip, remove_trip, save_trip
from invoicing.views.expense_shown import expense_tabs, for_whom, person_named
from invoicing.views.mileage_shown import allowance_facts, own_person
from invoicing.views.tables import cells
from people.models import Person


class TripTable(Table):
    """The yearly log asks for date, kilometres, purpose and places; the export has them all."""

    on = DateColumn(verbose_name=gettext_lazy("Date"), attrs=cells("one-line"))
    said = LinkColumn(verbose_name=gettext_lazy("Trajet"), order_by="start", attrs=cells("clip"))
    purpose = tables.Column(verbose_name=gettext_lazy("Motif"), attrs=cells("clip"))
    vehicle = tables.Column(
        verbose_name=gettext_lazy("Véhicule"), order_by="vehicle__label", attrs=cells("wide")
    )
    person = tables.Column(
        accessor="line__claim__person",
        verbose_name=gettext_lazy("Personne"),
        order_by="line__claim__person__sort_name",
        attrs=cells("wide"),
    )
    total_km = tables.Column(verbose_name=gettext_lazy("km"), attrs=cells("num"))
    amount = MoneyColumn(
        accessor="line__amount", verbose_name=gettext_lazy("Montant"), order_by="line__amount", total=True
    )

    class Meta(Table.Meta):
        model = MileageTrip
        fields = ("on", "said", "purpose", "vehicle", "person", "total_km", "amount")

    def render_total_km(self, value: Any) -> str:
        return quantity(value)


class TripFilters(Filters):
    """By year, as the log; the words look into places, purposes and vehicles."""

    search = ("start", "arrival", "purpose", "vehicle__label", "vehicle__plate")
    on = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Date"), widget=django_filters.widgets.DateRangeWidget
    )

    class Meta:
        model = MileageTrip
        fields: list[str] = []


@requires("invoicing.view_trips")
def trip_list(request: HttpRequest) -> HttpResponse:
    """The trips of everybody in sight; the export is the log of what is shown."""
    new = Action(
        _("Ajouter un trajet"),
        reverse("invoicing:trip_new"),
        right="invoicing.record_trip",
        icon="car-front",
        tone="primary",
    )
    return list_page(
        request,
        queryset=trips_seen(request.user),
        table=TripTable,
        filters=TripFilters,
        page="invoicing.trips",
        title=_("Trajets"),
        tabs=expense_tabs("trip_list"),
        main_action=new,
        template="invoicing/claims/trip_list.html",
        empty=EmptyState(
            _("Aucun trajet pour l’instant."),
            _("Chaque trajet va dans la note du mois, au barème de l’année."),
            new,
        ),
    )


@requires("invoicing.record_trip")
def trip_new(request: HttpRequest) -> HttpResponse:
    """A trip of oneself, or of somebody who agreed; begun from a favourite or not."""
    person = person_named(request)
    favourite = favourites_of(person).filter(pk=key_in(request.GET.get("favori", ""))).first()
    initial = new_key() | {"on": timezone.localdate()}
    vehicles = list(vehicles_of(person)[:2])
    if len(vehicles) == 1:
        initial["vehicle"] = vehicles[0].pk
    if favourite is not None:
        initial |= favourite_typed(favourite)
    form = TripForm(request.POST or None, initial=initial, **_offered(person, request))
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            trip = record_trip(
                person,
                form.chosen_activity,
                content=form.content(),
                form_key=form.cleaned_data["form_key"] or new_key()["form_key"],
                today=timezone.localdate(),
                actor=request.user,
            )
            return _kept(request, form, trip)
    return _form(request, form, person, title=_("Nouveau trajet"), back_url=reverse("invoicing:trip_list"))


@requires("invoicing.edit_trip")
def trip_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A trip of a draft claim."""
    trip = find_trip(request, pk, right="invoicing.edit_trip")
    claim = trip.line.claim
    form = TripForm(
        request.POST or None,
        initial=trip_typed(trip),
        activities=[claim.activity],
        vehicles=vehicles_of(claim.person),
        fixed=True,
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            saved = save_trip(
                trip,
                content=form.content(),
                version=form.cleaned_data["version"] or 0,
                today=timezone.localdate(),
                actor=request.user,
            )
            return _kept(request, form, saved)
    return _form(request, form, claim.person, title=trip.said, back_url=trip.get_absolute_url(), trip=trip)


@requires("invoicing.view_trip")
def trip_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One trip, and how its amount was found."""
    trip = find_trip(request, pk)
    context = {"trip": trip, "claim": trip.line.claim, "working": trip.working}
    return render(request, "invoicing/claims/trip.html", context)


@require_POST
@requires("invoicing.edit_trip")
def trip_remove(request: HttpRequest, pk: int) -> HttpResponse:
    trip = find_trip(request, pk, right="invoicing.edit_trip")
    return act_now(
        request,
        lambda: remove_trip(trip, today=timezone.localdate(), actor=request.user),
        done=_("Trajet retiré : les autres trajets de l’année sont recalculés."),
        back_url=reverse("invoicing:trip_list"),
    )


@require_POST
@requires("invoicing.record_trip")
def trip_live(request: HttpRequest) -> HttpResponse:
    """What a trip would be worth, while it is typed."""
    person = person_named(request)
    form = TripForm(request.POST, **_offered(person, request))
    form.is_valid()
    said = form.cleaned_data
    known = MileageTrip.objects.filter(
        pk=key_in(request.POST.get("trip", "")), line__claim__person=person
    ).first()
    facts = allowance_facts(
        said.get("vehicle"), said.get("on"), said.get("km"), returns=bool(said.get("returns")), but=known
    )
    return render(request, "invoicing/claims/_live.html", {"facts": facts})


@require_POST
@requires("invoicing.keep_favourite_trip")
def favourite_trip_drop(request: HttpRequest, pk: int) -> HttpResponse:
    favourite = get_object_or_404(FavouriteTrip, pk=pk, person=own_person(request))
    return act_now(
        request,
        lambda: drop_favourite(favourite, actor=request.user),
        done=_("Trajet favori retiré."),
        back_url=reverse("invoicing:trip_new"),
    )


def find_trip(request: HttpRequest, pk: int, *, right: str = "invoicing.view_trip") -> MileageTrip:
    """A trip in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: MileageTrip = get_object_or_404(trips_seen(request.user), pk=pk)
    require(request.user, right, found)
    return found


def _offered(person: Person, request: HttpRequest) -> dict[str, Any]:
    return {
        "activities": activities_of_person(person, request.user, timezone.localdate()),
        "vehicles": vehicles_of(person),
    }


def _kept(request: HttpRequest, form: TripForm, trip: MileageTrip) -> HttpResponse:
    if form.cleaned_data["favourite"]:
        keep_favourite(trip, actor=request.user)
    messages.success(
        request,
        _("Trajet de %(km)s km : %(amount)s, dans la note de %(month)s.")
        % {
            "km": quantity(trip.total_km),
            "amount": money(trip.line.amount),
            "month": trip.line.claim.month_said,
        },
    )
    return redirect(trip.line.claim)


def _form(
    request: HttpRequest,
    form: TripForm,
    person: Person,
    *,
    title: str,
    back_url: str,
    trip: MileageTrip | None = None,
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=for_whom(request, person),
        submit=_("Enregistrer") if trip else _("Ajouter le trajet"),
        back_url=back_url,
        crumbs=[(_("Trajets"), reverse("invoicing:trip_list")), (title, "")],
        template="invoicing/claims/trip_form.html",
        favourites=favourites_of(person) if trip is None else [],
        has_vehicle=vehicles_of(person).exists(),
        has_activity=bool(form.activities),
        trip=trip,
        person=person,
        other=for_whom(request, person),
    )
