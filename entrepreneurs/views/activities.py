"""The activities: list, page, opening, changes."""

from datetime import date

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import facts, permissions
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.identity import cooperative_on
from cae.core.keys import key_in
from cae.core.models import Cooperative
from cae.core.panels import panels_of
from cae.core.permissions import require, requires, signed_in
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from entrepreneurs.forms.activities import ActivityForm, OpenActivityForm
from entrepreneurs.forms.members import CloseActivityForm
from entrepreneurs.models import Activity
from entrepreneurs.models.activities import ActivityQuerySet
from entrepreneurs.selectors.activities import activities_listed
from entrepreneurs.selectors.agreements import agreement_on
from entrepreneurs.selectors.covers import cover_of, demands_cover
from entrepreneurs.selectors.members import members_of
from entrepreneurs.services import opening
from entrepreneurs.services.closing import close_activity, open_matters
from entrepreneurs.views.activity_tabs import activity_tabs, crumbs_of, seen_activity
from entrepreneurs.views.bars import activity_bar
from people.models import Territory
from people.selectors.persons import persons_offered


class ActivityTable(Table):
    name = tables.Column(linkify=("entrepreneurs:activity_detail", [tables.A("pk")]), order_by="sort_name")
    code = tables.Column()
    people = tables.Column(verbose_name=gettext_lazy("Personnes"), orderable=False)
    kind = tables.Column()
    trade_label = tables.Column(verbose_name=gettext_lazy("Métier"))
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
        fields = ("name", "code", "people", "kind", "trade_label", "territory", "opened_on", "closed_on")

    def render_people(self, value: list[str]) -> str:
        return ", ".join(value)


class ActivityFilters(Filters):
    search = ("name", "code", "trade_label", "trade__name", "scope__members__person__last_name")
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
        fields = ("trade", "kind")

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
        tabs=activity_bar(request.user, "entrepreneurs:activity_list"),
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


@signed_in
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what it is, who exercises it, its insurance; its money, for who reads accounts."""
    activity, user = seen_activity(request, pk), request.user
    today = timezone.localdate()
    reads_accounts = permissions.can(user, "accounting.view_statement")
    context = {
        "activity": activity,
        "tabs": activity_tabs(activity, "activity_detail"),
        "members": members_of(activity, today),
        "figures": _figures(activity, today) if reads_accounts else [],
        "statement_url": reverse("accounting:activity_statement", args=[pk]) if reads_accounts else "",
        "scale": facts.facts("activity.scale", [activity], on=today).get(pk) if reads_accounts else None,
        "cover": cover_of(activity, today),
        "demanded": demands_cover(activity, today),
        "agreement": agreement_on(activity, today) if activity.is_collective else None,
        "panels": panels_of(user, activity, today),
        "may_change": permissions.can(user, "entrepreneurs.change_activity", activity),
        "may_close": activity.closed_on is None
        and permissions.can(user, "entrepreneurs.close_activity", activity),
        "house": _house(today),
        "may_look": permissions.can(user, "invoicing.edit_look", activity),
    }
    return render(request, "entrepreneurs/activity.html", context)


def _house(on: date) -> Cooperative | None:
    """Whose bank account customers pay into; nothing before the identity is written."""
    try:
        return cooperative_on(on)
    except Refused:
        return None


def _figures(activity: Activity, today: date) -> list[tuple[str, object]]:
    names = (
        (_("Trésorerie disponible"), "activity.cash"),
        (_("À encaisser"), "activity.receivable"),
        (_("Ventes du mois, HT"), "activity.sales_of_month"),
    )
    return [(label, facts.facts(name, [activity], on=today).get(activity.pk)) for label, name in names]


@requires("entrepreneurs.open_activity")
def activity_open(request: HttpRequest) -> HttpResponse:
    persons = persons_offered(request.user)
    key = key_in(request.GET.get("personne", ""))
    known = persons.filter(pk=key).first() if key else None
    first = {"people": [known], "email": known.email, "territory": known.territory} if known else {}
    form = OpenActivityForm(request.POST or None, initial=first, persons=persons)
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        on = content.pop("opened_on")
        with refused_at(form):
            activity = opening.open_activity(**content, on=on, actor=request.user)
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
    activity = seen_activity(request, pk)
    require(request.user, "entrepreneurs.change_activity", activity)
    name, page = activity.name, reverse("entrepreneurs:activity_detail", args=[pk])
    form = ActivityForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            opening.change_activity(activity, **form.cleaned_data, actor=request.user)
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


@signed_in
def activity_close(request: HttpRequest, pk: int) -> HttpResponse:
    activity = seen_activity(request, pk)
    require(request.user, "entrepreneurs.close_activity", activity)
    today = timezone.localdate()
    form = CloseActivityForm(request.POST or None, initial={"on": today})
    matters = open_matters(activity, on=today)
    if not matters:
        del form.fields["confirmed"]
    if form.is_valid():
        with refused_at(form):
            close_activity(activity, actor=request.user, **form.cleaned_data)
            messages.success(request, _("L’activité est fermée ; ses livres et documents restent lisibles."))
            return redirect("entrepreneurs:activity_detail", pk)
    lead = _("Rien n’est resté ouvert.")
    if matters:
        lead = _("Restent ouverts : %(matters)s.") % {"matters": " ; ".join(matters)}
    title = _("Fermer l’activité")
    return form_page(
        request,
        form,
        title=title,
        lead=lead,
        submit=title,
        tone="danger",
        back_url=reverse("entrepreneurs:activity_detail", args=[pk]),
        crumbs=crumbs_of(request.user, activity, (title, "")),
    )
