"""Incidents on data with their 72 hours: their list, one, what is done about it."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import refused_at
from cae.core.permissions import can, requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import moment
from people.forms.data_desk import ConclusionForm, IncidentForm, NotifyForm
from people.models import DataIncident
from people.requests import SignedIn
from people.services.incidents import close_incident, notify_incident, open_incident, save_incident
from people.states.data_requests import INCIDENT_FLOW, IncidentState
from people.views.bars import DATA
from people.views.data_desk import TITLE, desk_form


class IncidentTable(Table):
    title = LinkColumn(verbose_name=gettext_lazy("Incident"))
    known_at = tables.Column(verbose_name=gettext_lazy("Connu le"))
    notify_before = tables.Column(verbose_name=gettext_lazy("CNIL avant le"), orderable=False)
    notified_at = tables.Column(verbose_name=gettext_lazy("CNIL prévenue le"))
    status = StatusColumn()

    def render_known_at(self, value: Any) -> str:
        return moment(value)

    def render_notify_before(self, value: Any) -> str:
        return moment(value)

    def render_notified_at(self, value: Any) -> str:
        return moment(value)


class IncidentFilters(Filters):
    search = ("title", "facts")
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=IncidentState.choices)

    class Meta:
        model = DataIncident
        fields = ("state",)


@requires("people.view_data_desk")
def incident_list(request: SignedIn) -> HttpResponse:
    create = Action(
        gettext_lazy("Ouvrir un incident"),
        reverse("people:incident_new"),
        "people.change_incident",
        "plus-lg",
    )
    return list_page(
        request,
        queryset=DataIncident.objects.all(),
        table=IncidentTable,
        filters=IncidentFilters,
        page="people.incidents",
        title=TITLE,
        tabs=tabs_open_to(request.user, DATA, "people:incident_list"),
        intro=gettext_lazy(
            "Perte, fuite, accès de trop : la CNIL est prévenue dans les 72 heures (art. 33)."
        ),
        main_action=create,
        empty=EmptyState(
            gettext_lazy("Aucun incident."), gettext_lazy("Tant mieux. Le jour venu, l’heure compte."), create
        ),
    )


@requires("people.change_incident")
def incident_new(request: SignedIn) -> HttpResponse:
    form = IncidentForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            row = open_incident(form.data_typed(), actor=request.user, now=timezone.now())
            messages.success(request, _("Incident ouvert : les 72 heures courent."))
            return redirect(row)
    return _page(request, form, title=_("Ouvrir un incident"), submit=_("Ouvrir l’incident"))


@requires("people.view_data_desk")
def incident(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(DataIncident.objects.select_related("author__person"), pk=pk)
    now = timezone.now()
    context = {
        "row": row,
        "moves": [move.name for move in INCIDENT_FLOW.moves_open_to(request.user, row)],
        "may_change": row.state != IncidentState.CLOSED and can(request.user, "people.change_incident"),
        "is_late": row.notified_at is None and row.state != IncidentState.CLOSED and now > row.notify_before,
        "title": TITLE,
    }
    return render(request, "people/incident.html", context)


@requires("people.change_incident")
def incident_edit(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(DataIncident, pk=pk)
    form = IncidentForm(request.POST or None, instance=row)
    if form.is_valid():
        with refused_at(form):
            save_incident(row, data=form.data_typed(), actor=request.user, now=timezone.now())
            messages.success(request, _("Incident complété."))
            return redirect(row)
    return _page(
        request,
        form,
        title=_("Compléter l’incident"),
        submit=_("Enregistrer"),
        back_url=row.get_absolute_url(),
    )


@requires("people.change_incident")
def incident_act(request: SignedIn, pk: int, act: str) -> HttpResponse:
    row = get_object_or_404(DataIncident, pk=pk)
    if act not in _ACTS:
        raise Http404
    title, form_class, perform = _ACTS[act]
    form = form_class(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            perform(row, actor=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("C’est noté."))
            return redirect(row)
    back_url = row.get_absolute_url()
    return _page(request, form, title=title, submit=title, lead=row.title, back_url=back_url)


_ACTS: dict[str, tuple[Any, Any, Any]] = {
    "notifier": (gettext_lazy("Noter la notification à la CNIL"), NotifyForm, notify_incident),
    "clore": (gettext_lazy("Clore l’incident"), ConclusionForm, close_incident),
}


def _page(request: SignedIn, form: Any, **page: Any) -> HttpResponse:
    return desk_form(request, form, listed=(_("Incidents"), reverse("people:incident_list")), **page)
