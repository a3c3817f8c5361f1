"""The catalogue of support, what people ask of it, and the hours that a funder pays (ENT-59)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import AmountField, DayField, form_page, refused_above, refused_at
from cae.core.keys import text_in
from cae.core.permissions import can, requires, signed_in
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from cae.core.templatetags import formats
from entrepreneurs.models import FundedAction, MeetingReport, SupportKind, SupportRequest
from entrepreneurs.selectors.support import (
    asked_by,
    catalogue_on,
    funded_listed,
    requests_listed,
    sessions_of,
)
from entrepreneurs.services import support
from entrepreneurs.states.support import SUPPORT_FLOW
from entrepreneurs.views.bars import PORTFOLIO
from entrepreneurs.views.coaching_finding import find_row, me
from people.models import Organisation
from people.states import RelationKind


class SupportKindForm(forms.ModelForm):
    starts_on = DayField(label=gettext_lazy("Proposé à partir du"))

    class Meta:
        model = SupportKind
        fields = ("name", "what", "audience", "given_by", "where")


class FundedForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Intitulé"), max_length=120)
    funder = forms.ModelChoiceField(label=gettext_lazy("Financeur"), queryset=Organisation.objects.none())
    reference = forms.CharField(
        label=gettext_lazy("Référence de la convention"), max_length=80, required=False
    )
    starts_on = DayField(label=gettext_lazy("Du"))
    ends_on = DayField(label=gettext_lazy("Au"))
    hours = AmountField(label=gettext_lazy("Heures financées"), max_digits=8)
    hours_each = AmountField(label=gettext_lazy("Heures au plus par personne"), max_digits=8, required=False)
    places = forms.IntegerField(label=gettext_lazy("Personnes au plus"), min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funders = Organisation.objects.filter(relations__contains=[RelationKind.FUNDER])
        self.fields["funder"].queryset = funders  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Réponse"), max_length=500, required=False)


@signed_in
def support_catalogue(request: HttpRequest) -> HttpResponse:
    """What is offered, what one asked for; for advisors, what the people they follow ask."""
    today = timezone.localdate()
    own = getattr(request.user, "person_id", None) or 0
    follows = can(request.user, "entrepreneurs.answer_support")
    waiting = requests_listed(request.user).filter(state__in=["asked", "planned"]) if follows else []
    context = {
        "tabs": tabs_open_to(request.user, PORTFOLIO, "entrepreneurs:support_catalogue"),
        "kinds": catalogue_on(today),
        "asked": asked_by(own),
        "waiting": [(one, SUPPORT_FLOW.moves_open_to(request.user, one)) for one in waiting],
        "follows": follows,
        "may_change": can(request.user, "entrepreneurs.change_catalogue"),
        "may_ask": not follows,
    }
    return render(request, "entrepreneurs/coaching/catalogue.html", context)


@requires("entrepreneurs.change_catalogue")
def support_offer(request: HttpRequest) -> HttpResponse:
    form = SupportKindForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            support.offer_support(**form.cleaned_data, actor=request.user)
            messages.success(request, _("C’est au catalogue."))
            return redirect("entrepreneurs:support_catalogue")
    back = reverse("entrepreneurs:support_catalogue")
    return form_page(
        request,
        form,
        title=_("Ajouter au catalogue"),
        submit=_("Ajouter"),
        back_url=back,
        crumbs=[(_("Catalogue d’accompagnement"), back), (_("Ajouter"), "")],
    )


@require_POST
@requires("entrepreneurs.change_catalogue")
def support_stop(request: HttpRequest, pk: int) -> HttpResponse:
    with refused_above(request):
        support.stop_support(
            get_object_or_404(SupportKind, pk=pk), last_day=timezone.localdate(), actor=request.user
        )
        messages.success(request, _("Proposé jusqu’à ce soir ; ce qui est demandé reste."))
    return redirect("entrepreneurs:support_catalogue")


@require_POST
@requires("entrepreneurs.ask_support")
def support_ask(request: HttpRequest, pk: int) -> HttpResponse:
    kind = get_object_or_404(SupportKind, pk=pk)
    with refused_above(request):
        support.ask_support(
            kind,
            person=me(request),
            words=text_in(request.POST.get("words", "")),
            actor=request.user,
            on=timezone.localdate(),
        )
        messages.success(request, _("Demande envoyée à votre accompagnement."))
    return redirect("entrepreneurs:support_catalogue")


SERVICES = {
    "prevoir": (support.plan_support, gettext_lazy("Prévoir")),
    "recu": (support.give_support, gettext_lazy("Marquer comme reçu")),
    "refuser": (support.decline_support, gettext_lazy("Ne pas retenir")),
}


@signed_in
def support_answer(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Plans, gives or declines what was asked, with a word."""
    asked = find_row(request, SupportRequest, pk, right="entrepreneurs.answer_support")
    if act not in SERVICES:
        raise Http404
    service, title = SERVICES[act]
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            service(asked, answer=form.cleaned_data["answer"], actor=request.user)
            messages.success(request, _("C’est noté."))
            return redirect("entrepreneurs:support_catalogue")
    back = reverse("entrepreneurs:support_catalogue")
    return form_page(
        request,
        form,
        title=title,
        lead=str(asked),
        submit=title,
        back_url=back,
        crumbs=[(_("Catalogue d’accompagnement"), back), (title, "")],
    )


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
