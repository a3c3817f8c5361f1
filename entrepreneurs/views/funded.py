"""The actions that a funder pays: their list, one more, the meetings that prove its hours (ENT-59)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from cae.core.templatetags import formats
from entrepreneurs.forms.support import FundedForm
from entrepreneurs.models import FundedAction, MeetingReport
from entrepreneurs.selectors.support import funded_listed, sessions_of
from entrepreneurs.services import support
from entrepreneurs.views.bars import PORTFOLIO


class FundedTable(Table):
    name = tables.Column(linkify=("entrepreneurs:funded_sessions", [tables.A("pk")]))
    funder = tables.Column(accessor="funder__name", verbose_name=gettext_lazy("Financeur"))
    starts_on = DateColumn()
    ends_on = DateColumn()
    hours = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    spent = tables.Column(
        verbose_name=gettext_lazy("Heures comptées"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    people = tables.Column(
        verbose_name=gettext_lazy("Personnes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    class Meta(Table.Meta):
        model = FundedAction
        fields = ("name", "funder", "starts_on", "ends_on", "hours", "spent", "people")

    def render_hours(self, value: Any) -> str:
        return formats.quantity(value)

    def render_spent(self, value: Any) -> str:
        return formats.quantity(value)


class FundedFilters(Filters):
    search = ("name", "funder__name", "reference")

    class Meta:
        model = FundedAction
        fields: tuple[str, ...] = ()


@requires("entrepreneurs.view_funded")
def funded_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Ouvrir une action financée"),
        reverse("entrepreneurs:funded_open"),
        right="entrepreneurs.open_funded",
        icon="plus-lg",
        tone="primary",
    )
    return list_page(
        request,
        queryset=funded_listed(),
        table=FundedTable,
        filters=FundedFilters,
        page="entrepreneurs.funded",
        title=_("Actions financées"),
        intro=_("Les heures d’accompagnement qu’un financeur paie, comptées d’après les comptes rendus."),
        empty=EmptyState(
            _("Aucune action financée."), _("Les heures des comptes rendus s’y comptent, avec leur preuve.")
        ),
        main_action=new,
        tabs=tabs_open_to(request.user, PORTFOLIO, "entrepreneurs:funded_list"),
    )


@requires("entrepreneurs.open_funded")
def funded_open(request: HttpRequest) -> HttpResponse:
    form = FundedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            support.open_funded_action(**form.cleaned_data, actor=request.user)
            messages.success(request, _("L’action est ouverte : les comptes rendus peuvent y compter."))
            return redirect("entrepreneurs:funded_list")
    back = reverse("entrepreneurs:funded_list")
    return form_page(
        request,
        form,
        title=_("Ouvrir une action financée"),
        submit=_("Ouvrir"),
        back_url=back,
        crumbs=[(_("Actions financées"), back), (_("Ouvrir"), "")],
    )


class SessionTable(Table):
    met_on = DateColumn()
    person = tables.Column(
        accessor="person__full_name", verbose_name=gettext_lazy("Personne"), orderable=False
    )
    author = tables.Column(accessor="author__full_name", verbose_name=gettext_lazy("Par"), orderable=False)
    minutes = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})

    class Meta(Table.Meta):
        model = MeetingReport
        fields = ("met_on", "person", "author", "mode", "minutes")


class SessionFilters(Filters):
    search = ("person__first_name", "person__last_name")
    met_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Rencontre du"))

    class Meta:
        model = MeetingReport
        fields: tuple[str, ...] = ()


@requires("entrepreneurs.view_funded")
def funded_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """The proofs for the funder: each meeting counted, to export."""
    action = get_object_or_404(funded_listed(), pk=pk)
    facts = {
        "funder": action.funder,
        "first": formats.day(action.starts_on),
        "last": formats.day(action.ends_on),
        "spent": formats.quantity(action.spent),
        "hours": formats.quantity(action.hours),
    }
    return list_page(
        request,
        queryset=sessions_of(action),
        table=SessionTable,
        filters=SessionFilters,
        page="entrepreneurs.sessions",
        title=action.name,
        intro=_("%(funder)s · du %(first)s au %(last)s · %(spent)s heures comptées sur %(hours)s") % facts,
        template="entrepreneurs/coaching/funded.html",
        empty=EmptyState(_("Aucune heure comptée."), _("Un compte rendu partagé dit qui le finance.")),
    )
