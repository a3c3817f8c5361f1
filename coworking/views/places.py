"""Places of the team: their list, one place, what is typed of it, its opening and its closing (COW-01)."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, requires
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from coworking.forms.places import CloseForm, OpenForm, PlaceForm, place_initial
from coworking.models import Place
from coworking.selectors.opening import days_of, openings_of, today_at, week_of
from coworking.selectors.places import faults_waiting, places_listed, runners_of
from coworking.selectors.resources import resources_of
from coworking.services import places as verbs
from coworking.states.places import PLACE_FLOW
from coworking.views.place_frame import place_form, place_found, place_page, version_in
from people.models import Territory
from people.requests import SignedIn


class PlaceTable(Table):
    name = LinkColumn(order_by=("sort_name",))
    kind = tables.Column()
    zone = tables.Column()
    city = tables.Column()
    territory = tables.Column(
        verbose_name=gettext_lazy("Territoire"), accessor="scope__territory", default="—"
    )
    hold = tables.Column()
    state = StatusColumn()
    resource_count = tables.Column(
        verbose_name=gettext_lazy("Ressources"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    fault_count = tables.Column(
        verbose_name=gettext_lazy("Pannes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    class Meta(Table.Meta):
        model = Place
        fields = (
            *("name", "city", "kind", "zone", "territory", "hold", "state"),
            *("resource_count", "fault_count"),
        )


class PlaceFilters(Filters):
    search = ("name", "city", "postcode", "summary")
    territory = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Territoire"), field_name="scope__territory", queryset=Territory.objects.all()
    )

    class Meta:
        model = Place
        fields = ("state", "kind", "zone", "hold", "territory")


@requires("coworking.read_places")
def place_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Inscrire un lieu"), reverse("coworking:place_enter"), right="coworking.open_place", icon="plus-lg"
    )
    public = Action(_("Page publique"), reverse("coworking:public_places"), icon="link-45deg")
    return list_page(
        request,
        queryset=places_listed(),
        table=PlaceTable,
        filters=PlaceFilters,
        page="coworking.places",
        title=_("Lieux"),
        empty=EmptyState(
            _("Aucun lieu."), _("Coworking, fablab, bureaux partagés : ce qui s’ouvre et se réserve."), new
        ),
        main_action=new if can(request.user, "coworking.open_place") else public,
    )


@requires("coworking.read_places")
def place(request: SignedIn, pk: int) -> HttpResponse:
    """What a place is, today, and what waits there."""
    row, now = place_found(request, pk, "coworking.read_places"), timezone.now()
    today = timezone.localdate(now)
    return place_page(
        request,
        row,
        "coworking/places/place.html",
        "coworking:place",
        today=today_at(row, now),
        days=days_of(openings_of(week_of(row, today)), today),
        resources=resources_of(row),
        faults=faults_waiting(row),
        runners=runners_of(row).select_related("person"),
        photos=row.photos.all()[:4],
        moves={move.name for move in PLACE_FLOW.moves_open_to(request.user, row)},
    )


@requires("coworking.open_place")
def place_enter(request: SignedIn) -> HttpResponse:
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            territory = form.cleaned_data["territory"]
            row = verbs.enter_place(data=form.typed(), territory=territory, actor=request.user)
            messages.success(request, _("Lieu inscrit : il reste à dire ses horaires, puis à l’ouvrir."))
            return redirect(row)
    title, back = _("Inscrire un lieu"), reverse("coworking:place_list")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Inscrire"),
        back_url=back,
        crumbs=[(_("Lieux"), back), (title, "")],
    )


@requires("coworking.keep_place")
def place_change(request: SignedIn, pk: int) -> HttpResponse:
    row = place_found(request, pk, "coworking.keep_place")
    form = PlaceForm(request.POST or None, initial=place_initial(row))
    if form.is_valid():
        with refused_at(form):
            verbs.change_place(
                row,
                data=form.typed(),
                territory=form.cleaned_data["territory"],
                version=version_in(request),
                actor=request.user,
            )
            messages.success(request, _("Lieu enregistré."))
            return redirect(row)
    return place_form(request, form, row, title=_("Modifier"), back=(row, row.get_absolute_url()), row=row)


@requires("coworking.open_place")
def place_open(request: SignedIn, pk: int) -> HttpResponse:
    row = place_found(request, pk, "coworking.open_place")
    form = OpenForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            verbs.open_place(row, on=form.cleaned_data["on"], actor=request.user)
            messages.success(request, _("Lieu ouvert : sa page publique est en ligne."))
            return redirect(row)
    return place_form(
        request,
        form,
        row,
        title=_("Ouvrir ce lieu"),
        submit=_("Ouvrir"),
        back=(row, row.get_absolute_url()),
    )


@requires("coworking.open_place")
def place_close(request: SignedIn, pk: int) -> HttpResponse:
    row = place_found(request, pk, "coworking.open_place")
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            verbs.close_place(row, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Lieu fermé ; son passé reste lisible."))
            return redirect(row)
    return place_form(
        request,
        form,
        row,
        title=_("Fermer ce lieu"),
        submit=_("Fermer"),
        back=(row, row.get_absolute_url()),
        tone="danger",
        lead=_("Plus rien ne s’y réserve ; on peut le rouvrir plus tard."),
    )
