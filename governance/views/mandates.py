"""Mandates: their list, their calendar, one opened by hand or by an election, changed, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import require, requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags import ui
from governance.forms.bodies import EndForm, MandateChangeForm, MandateForm, SeatingForm
from governance.models import Body, Mandate, Resolution
from governance.selectors.decisions import persons_in_charge
from governance.selectors.elections import elected_of, warnings_of
from governance.selectors.mandates import alerts, handover_calendar, mandate_end, mandates_listed
from governance.services import mandates as verbs
from governance.states.bodies import GOVERNANCE_BAR
from people.requests import SignedIn

WHEN = [
    ("now", gettext_lazy("En cours")),
    ("coming", gettext_lazy("À venir")),
    ("past", gettext_lazy("Finis")),
]


def standing_of(mandate: Any, today: date) -> tuple[str, str, str]:
    """Tone, shape and word of a mandate today."""
    if mandate.starts_on > today:
        return "info", "◇", _("À venir")
    if mandate.last_day < today:
        return "neutral", "✕", _("Fini")
    return "success", "✔", _("En cours")


class MandateTable(Table):
    person = LinkColumn(url="body.get_absolute_url", order_by=("person__sort_name",))
    body = tables.Column()
    role = tables.Column()
    standing = StatusColumn(accessor="pk")
    starts_on = DateColumn()
    until = DateColumn(verbose_name=gettext_lazy("Dernier jour"))
    term = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    rotation = tables.Column(default="—")
    decision = tables.Column()

    class Meta(Table.Meta):
        model = Mandate
        fields = ("person", "body", "role", "standing", "starts_on", "until", "term", "rotation", "decision")

    def render_standing(self, record: Any) -> Any:
        return ui.status(*standing_of(record, timezone.localdate()))

    def value_standing(self, record: Any) -> str:
        return standing_of(record, timezone.localdate())[2]


class MandateFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name", "role", "decision")
    body = django_filters.ModelChoiceFilter(label=gettext_lazy("Organe"), queryset=Body.objects.all())
    when = django_filters.ChoiceFilter(label=gettext_lazy("Quand"), choices=WHEN, method="filter_when")

    class Meta:
        model = Mandate
        fields = ("body",)

    def filter_when(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        if value == "coming":
            return queryset.filter(starts_on__gt=today)
        if value == "past":
            return queryset.filter(until__lt=today)
        return queryset.filter(starts_on__lte=today, until__gte=today)


@requires("governance.read_governance")
def mandate_list(request: SignedIn) -> HttpResponse:
    calendar = Action(
        _("Calendrier des passations"), reverse("governance:mandate_calendar"), icon="calendar3"
    )
    return list_page(
        request,
        queryset=mandates_listed(),
        table=MandateTable,
        filters=MandateFilters,
        page="governance.mandates",
        title=_("Mandats"),
        tabs=tabs_of(request.user, GOVERNANCE_BAR, "governance:mandate_list"),
        empty=EmptyState(
            _("Aucun mandat."),
            _("Un mandat s’ouvre depuis la page de son organe, ou du vote qui élit."),
            Action(_("Voir les organes"), reverse("governance:body_list")),
        ),
        main_action=calendar,
    )


@requires("governance.read_governance")
def mandate_calendar(request: SignedIn) -> HttpResponse:
    """What comes: handovers, ends, empty seats and overlaps."""
    today = timezone.localdate()
    context = {"calendar": handover_calendar(today), "alerts": alerts(today)}
    return render(request, "governance/bodies/calendar.html", context)


@requires("governance.write_mandates")
def mandate_open(request: SignedIn, pk: int) -> HttpResponse:
    body = get_object_or_404(Body, pk=pk)
    form = MandateForm(
        request.POST or None,
        persons=persons_in_charge(request.user),
        initial=_initial(body, timezone.localdate()),
    )
    if form.is_valid():
        with refused_at(form):
            despite = form.cleaned_data["despite"]
            verbs.open_mandate(body, data=form.data_typed(), despite=despite, actor=request.user)
            messages.success(request, _("Mandat ouvert."))
            return redirect(body.get_absolute_url())
    return _form(request, form, _("Ouvrir un mandat"), body)


def _initial(body: Body, starts_on: date) -> dict[str, Any]:
    if body.term_months is None:
        return {"starts_on": starts_on}
    return {"starts_on": starts_on, "ends_on": mandate_end(starts_on, body.term_months)}


def _form(request: SignedIn, form: Any, title: str, body: Body, **context: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=context.pop("submit", _("Enregistrer")),
        back_url=body.get_absolute_url(),
        crumbs=[
            (_("Organes"), reverse("governance:body_list")),
            (body.name, body.get_absolute_url()),
            (title, ""),
        ],
        template="governance/bodies/versioned_form.html",
        **({"version": ""} | context),
    )


def _found(request: SignedIn, pk: int) -> Mandate:
    row = get_object_or_404(Mandate.objects.select_related("body", "person"), pk=pk)
    require(request.user, "governance.write_mandates", row)
    return row


@requires("governance.write_mandates")
def mandate_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk)
    held = {name: getattr(row, name) for name in verbs.MandateChange.__dataclass_fields__}
    form = MandateChangeForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            version = key_in(request.POST.get("version", ""))
            verbs.change_mandate(row, data=form.typed(), version=version, actor=request.user)
            messages.success(request, _("Mandat enregistré."))
            return redirect(row.body.get_absolute_url())
    title = _("Mandat de %(name)s") % {"name": row.person}
    return _form(request, form, title, row.body, version=request.POST.get("version", row.version))


@requires("governance.write_mandates")
def mandate_end_page(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk)
    today = timezone.localdate()
    form = EndForm(request.POST or None, initial={"on": min(max(today, row.starts_on), row.ends_on)})
    if form.is_valid():
        with refused_at(form):
            version = key_in(request.POST.get("version", ""))
            verbs.end_mandate(row, version=version, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Mandat fini."))
            return redirect(row.body.get_absolute_url())
    title = _("Fin du mandat de %(name)s") % {"name": row.person}
    return _form(
        request,
        form,
        title,
        row.body,
        submit=_("Mettre fin au mandat"),
        version=request.POST.get("version", row.version),
    )


@require_POST
@requires("governance.write_mandates")
def mandate_resume(request: SignedIn, pk: int) -> HttpResponse:
    """An end written by mistake is taken back."""
    row = _found(request, pk)
    with refused_above(request):
        verbs.take_back_end(row, version=key_in(request.POST.get("version", "")), actor=request.user)
        messages.success(request, _("Ce mandat court de nouveau."))
    return redirect(row.body.get_absolute_url())


@requires("governance.write_mandates")
def election_seat(request: SignedIn, pk: int) -> HttpResponse:
    """The mandates of a proclaimed election, opened in one go."""
    rows = Resolution.objects.visible_to(request.user).select_related("assembly", "body")
    resolution = get_object_or_404(rows, pk=pk, body__isnull=False)
    body: Any = resolution.body
    form = SeatingForm(request.POST or None, resolution=resolution, initial=_of_election(resolution))
    if form.is_valid():
        with refused_at(form):
            verbs.seat_elected(
                resolution,
                seats=form.seats_typed(),
                term=form.term_typed(),
                despite=form.cleaned_data["despite"],
                actor=request.user,
            )
            messages.success(request, _("Mandats ouverts."))
            return redirect(body.get_absolute_url())
    return form_page(
        request,
        form,
        title=_("Ouvrir les mandats de « %(title)s »") % {"title": resolution.title},
        lead=str(body),
        submit=_("Ouvrir les mandats"),
        back_url=body.get_absolute_url(),
        crumbs=[(body.name, body.get_absolute_url()), (resolution.title, "")],
        template="governance/bodies/seating.html",
        resolution=resolution,
        elected=elected_of(resolution),
        warnings=warnings_of(resolution),
    )


def _of_election(resolution: Resolution) -> dict[str, Any]:
    body: Any = resolution.body
    starts_on = timezone.localdate(resolution.assembly.starts_at)
    months = resolution.term_months or body.term_months
    last = body.mandates.order_by("-starts_on", "-pk").first()
    held = {"starts_on": starts_on, "powers": resolution.powers, "role": last.role if last else ""}
    return held | ({"ends_on": mandate_end(starts_on, months)} if months else {})
