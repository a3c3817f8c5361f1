"""The portfolio, the load of the team, the advisor’s day (ENT-51)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page, selected
from cae.core.templatetags import formats, ui
from entrepreneurs.forms.coaching import ReferentForm
from entrepreneurs.selectors.portfolio import day_of, load_of_team, own_load, people_listed, portfolio
from entrepreneurs.selectors.referents import advisors_on, team_on
from entrepreneurs.services.referents import reassign
from entrepreneurs.states.signals import SignalKind
from entrepreneurs.views.bars import PORTFOLIO
from people.models import Person
from people.states.statuses import StatusKind


class PortfolioTable(Table):
    name = tables.Column(
        accessor="full_name",
        linkify=("entrepreneurs:coaching_file", [tables.A("pk")]),
        verbose_name=gettext_lazy("Personne"),
        order_by="sort_name",
    )
    stage = tables.Column(verbose_name=gettext_lazy("Étape"), orderable=False)
    coach_name = tables.Column(verbose_name=gettext_lazy("Accompagnement"), order_by="coach_name")
    last_contact = DateColumn(verbose_name=gettext_lazy("Dernier contact"))
    next_meeting = tables.Column(verbose_name=gettext_lazy("Prochain rendez-vous"))
    signs = tables.Column(verbose_name=gettext_lazy("Signes"), orderable=False)

    class Meta(Table.Meta):
        model = Person
        fields = ("name", "stage", "coach_name", "last_contact", "next_meeting", "signs")

    def render_stage(self, value: list[str]) -> str:
        return ", ".join(str(StatusKind(kind).label) for kind in value)

    def render_next_meeting(self, value: Any) -> str:
        return formats.moment(value)

    def render_signs(self, value: list[str]) -> Any:
        words = [str(SignalKind(kind).label) for kind in value]
        return format_html_join(" ", "{}", [(ui.status("danger", "▲", word),) for word in words])

    def value_signs(self, value: list[str]) -> str:
        return ", ".join(str(SignalKind(kind).label) for kind in value)


class PortfolioFilters(Filters):
    search = ("first_name", "last_name", "usual_name")
    coach = django_filters.ModelChoiceFilter(
        field_name="coach_id",
        queryset=lambda request: advisors_on(timezone.localdate()),
        label=gettext_lazy("Accompagnement"),
        method="filter_coach",
    )
    stage = django_filters.ChoiceFilter(
        label=gettext_lazy("Étape"), choices=StatusKind.choices, method="filter_array"
    )
    signs = django_filters.ChoiceFilter(
        label=gettext_lazy("Signe"), choices=SignalKind.choices, method="filter_array"
    )

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def filter_coach(self, queryset: Any, name: str, value: Person) -> Any:
        return queryset.filter(coach_id=value.pk)

    def filter_array(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(**{f"{name}__contains": [value]})


def _own_load(request: HttpRequest) -> str:
    """What one follows oneself, for who is somebody’s coach."""
    load = own_load(getattr(request.user, "person_id", None), timezone.localdate())
    if load is None:
        return ""
    words = ngettext("%(n)d personne vous est confiée", "%(n)d personnes vous sont confiées", load.people)
    return _("%(people)s : %(share)d %% d’un temps plein.") % {
        "people": words % {"n": load.people},
        "share": load.share,
    }


@requires("entrepreneurs.follow_people")
def portfolio_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=portfolio(request.user, timezone.localdate(), timezone.now()),
        counted=people_listed(request.user, timezone.localdate()),
        table=PortfolioTable,
        filters=PortfolioFilters,
        page="entrepreneurs.portfolio",
        title=_("Portefeuille"),
        intro=_own_load(request),
        empty=EmptyState(
            _("Personne à suivre pour l’instant."),
            _("Une personne entre ici quand elle a un statut ou qu’on lui désigne un contact."),
        ),
        tabs=tabs_open_to(request.user, PORTFOLIO, "entrepreneurs:portfolio"),
        actions=[
            Action(
                _("Confier à quelqu’un d’autre"),
                reverse("entrepreneurs:reassign"),
                right="entrepreneurs.reassign",
                icon="arrow-repeat",
            )
        ],
    )


@require_POST
@requires("entrepreneurs.reassign")
def reassign_people(request: HttpRequest) -> HttpResponse:
    """The people ticked change hands together, or none does."""
    today = timezone.localdate()
    rows = portfolio(request.user, today, timezone.now())
    chosen = list(selected(request, rows, PortfolioFilters))
    is_asked = "advisor" in request.POST
    form = ReferentForm(
        request.POST if is_asked else None,
        team=team_on(today),
        initial={"starts_on": today, "function": "coach"},
    )
    if is_asked and form.is_valid():
        with refused_at(form):
            changed = reassign(chosen, **form.cleaned_data, actor=request.user)
            messages.success(request, _("%(n)d personnes confiées.") % {"n": len(changed)})
            return redirect("entrepreneurs:portfolio")
    listed = reverse("entrepreneurs:portfolio")
    return form_page(
        request,
        form,
        title=_("Confier à quelqu’un d’autre"),
        lead=", ".join(one.full_name for one in chosen[:12]),
        submit=_("Confier"),
        back_url=listed,
        crumbs=[(_("Portefeuille"), listed), (_("Confier"), "")],
        template="entrepreneurs/coaching/reassign.html",
        ids=[one.pk for one in chosen],
    )


@requires("entrepreneurs.reassign")
def team_load(request: HttpRequest) -> HttpResponse:
    """How much each advisor follows, for who balances it."""
    context = {
        "loads": load_of_team(timezone.localdate()),
        "tabs": tabs_open_to(request.user, PORTFOLIO, "entrepreneurs:team_load"),
    }
    return render(request, "entrepreneurs/coaching/load.html", context)


@requires("entrepreneurs.offer_slots")
def my_day(request: HttpRequest) -> HttpResponse:
    """« Ma journée »: today’s meetings, what waits for a word, the alerts of the people one coaches."""
    today = timezone.localdate()
    return render(
        request, "entrepreneurs/coaching/day.html", {"day": day_of(request.user, today), "today": today}
    )
