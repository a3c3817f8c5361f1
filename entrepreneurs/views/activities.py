"""The activities: list, page, opening, changes."""

from datetime import date

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import facts, permissions
from cae.core.errors import Refused
from cae.core.forms import form_page, refuse
from cae.core.panels import panels_of
from cae.core.permissions import require, requires, signed_in
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from entrepreneurs.forms.activities import ActivityForm, OpenActivityForm
from entrepreneurs.models import Activity
from entrepreneurs.models.activities import ActivityQuerySet
from entrepreneurs.selectors.activities import activities_listed, people_of
from entrepreneurs.services import opening
from people.models import Territory
from people.selectors.persons import persons_visible_to


class ActivityTable(Table):
    name = tables.Column(linkify=("entrepreneurs:activity_detail", [tables.A("pk")]), order_by="sort_name")
    code = tables.Column()
    people = tables.Column(verbose_name=gettext_lazy("Personnes"), orderable=False)
    trade = tables.Column()
    territory = tables.Column(
        accessor="scope__territory__name",
        verbose_name=gettext_lazy("Territoire"),
        order_by="scope__territory__name",
        attrs={"td": {"class": "roomy"}},
    )
    opened_on = DateColumn()
    closed_on = DateColumn()

    class Meta(Table.Meta):
        model = Activity
        fields = ("name", "code", "people", "trade", "territory", "opened_on", "closed_on")

    def render_people(self, value: list[str]) -> str:
        return ", ".join(value)


class ActivityFilters(Filters):
    search = ("name", "code", "trade", "scope__members__person__last_name")
    territory = django_filters.ModelChoiceFilter(
        field_name="scope__territory",
        queryset=lambda request: Territory.objects.all(),
        label=gettext_lazy("Territoire"),
    )
    open = django_filters.ChoiceFilter(
        method="filter_open",
        label=gettext_lazy("Situation"),
        choices=[("yes", gettext_lazy("Ouvertes")), ("no", gettext_lazy("Fermées"))],
    )

    class Meta:
        model = Activity
        fields = ("trade",)

    def filter_open(self, queryset: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        today = timezone.localdate()
        return queryset.open_on(today) if value == "yes" else queryset.filter(closed_on__lt=today)


@requires("entrepreneurs.view_activities")
def activity_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=activities_listed(request.user),
        table=ActivityTable,
        filters=ActivityFilters,
        page="entrepreneurs.activities",
        title=_("Activités"),
        empty=EmptyState(
            _("Aucune activité."),
            _("Une activité s’ouvre pour une personne accueillie, avec son métier et son code."),
        ),
        main_action=Action(
            _("Ouvrir une activité"),
            reverse("entrepreneurs:activity_open"),
            right="entrepreneurs.open_activity",
            icon="plus-lg",
            tone="primary",
        ),
    )


def _seen(request: HttpRequest, pk: int) -> Activity:
    return get_object_or_404(
        Activity.objects.visible_to(request.user).select_related("scope__territory"), pk=pk
    )


@signed_in
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: who exercises it and, for who reads accounts, where its money stands."""
    activity = _seen(request, pk)
    today = timezone.localdate()
    reads_accounts = permissions.can(request.user, "accounting.view_statement")
    context = {
        "activity": activity,
        "people": people_of(activity, today),
        "figures": _figures(activity, today) if reads_accounts else [],
        "statement_url": reverse("accounting:activity_statement", args=[pk]) if reads_accounts else "",
        "may_change": permissions.can(request.user, "entrepreneurs.change_activity", activity),
        "panels": panels_of(request.user, activity, today),
    }
    return render(request, "entrepreneurs/activity.html", context)


def _figures(activity: Activity, today: date) -> list[tuple[str, object]]:
    names = (
        (_("Trésorerie disponible"), "activity.cash"),
        (_("À encaisser"), "activity.receivable"),
        (_("Ventes du mois, HT"), "activity.sales_of_month"),
    )
    return [(label, facts.facts(name, [activity], on=today).get(activity.pk)) for label, name in names]


@requires("entrepreneurs.open_activity")
def activity_open(request: HttpRequest) -> HttpResponse:
    form = OpenActivityForm(request.POST or None, persons=persons_visible_to(request.user))
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        on = content.pop("opened_on")
        try:
            activity = opening.open_activity(**content, on=on, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("L’activité « %(name)s » est ouverte.") % {"name": activity.name})
            return redirect("entrepreneurs:activity_detail", activity.pk)
    listed = reverse("entrepreneurs:activity_list")
    return form_page(
        request,
        form,
        title=_("Ouvrir une activité"),
        lead=_("Elle a aussitôt son compte dans les livres et son adresse de facturation."),
        submit=_("Ouvrir l’activité"),
        back_url=listed,
        crumbs=[(_("Activités"), listed), (_("Ouvrir une activité"), "")],
    )


@signed_in
def activity_change(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _seen(request, pk)
    require(request.user, "entrepreneurs.change_activity", activity)
    name, page = activity.name, reverse("entrepreneurs:activity_detail", args=[pk])
    form = ActivityForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        try:
            opening.change_activity(activity, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Activité enregistrée."))
            return redirect("entrepreneurs:activity_detail", pk)
    return form_page(
        request,
        form,
        title=_("Modifier l’activité"),
        lead=_("Les factures déjà émises gardent l’ancien nom."),
        submit=_("Enregistrer"),
        back_url=page,
        crumbs=[(name, page), (_("Modifier"), "")],
    )
