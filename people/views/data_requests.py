"""Requests about data: their list, one, its answer or its file; who opened protected records."""

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
from django.views.decorators.http import require_POST

from cae.core.answers import file_saved
from cae.core.errors import Refused
from cae.core.forms import refused_at
from cae.core.permissions import can, requires
from cae.core.tab_bars import tabs_open_to
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
from cae.core.templatetags.formats import moment
from people.forms.data_desk import AnswerForm, DataRequestForm, LongerForm
from people.models import DataRequest, SensitiveReading, User
from people.requests import SignedIn
from people.selectors.data_requests import file_to_hand
from people.services.data_requests import (
    answer_data_request,
    receive_data_request,
    refuse_data_request,
    take_longer,
)
from people.services.handed_export import ask_file, hand_file
from people.states.data_requests import BY_FILE, DATA_REQUEST_FLOW, DataRequestKind, DataRequestState
from people.states.sensitive import SensitivePurpose
from people.views.bars import DATA
from people.views.data_desk import TITLE, desk_form


class DataRequestTable(Table):
    who = LinkColumn(verbose_name=gettext_lazy("Qui demande"), orderable=False)
    kind = tables.Column(accessor="get_kind_display", verbose_name=gettext_lazy("Nature"), order_by="kind")
    received_on = DateColumn(verbose_name=gettext_lazy("Reçue le"))
    due_on = DateColumn(verbose_name=gettext_lazy("Répondre au plus tard le"))
    status = StatusColumn()


class DataRequestFilters(Filters):
    search = ("person__first_name", "person__last_name", "asker", "text")
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=DataRequestState.choices)
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Nature"), choices=DataRequestKind.choices)

    class Meta:
        model = DataRequest
        fields = ("state", "kind")


@requires("people.view_data_desk")
def data_request_list(request: SignedIn) -> HttpResponse:
    create = Action(
        gettext_lazy("Noter une demande"),
        reverse("people:data_request_new"),
        "people.answer_data_request",
        "plus-lg",
    )
    return list_page(
        request,
        queryset=DataRequest.objects.select_related("person"),
        table=DataRequestTable,
        filters=DataRequestFilters,
        page="people.data_requests",
        title=TITLE,
        tabs=tabs_open_to(request.user, DATA, "people:data_request_list"),
        intro=gettext_lazy(
            "Une réponse est due dans le mois, trois si la demande est complexe (RGPD, art. 12)."
        ),
        main_action=create,
        empty=EmptyState(
            gettext_lazy("Aucune demande."),
            gettext_lazy("Celles qui partent de « Mes données » arrivent ici d’elles-mêmes."),
            create,
        ),
    )


@requires("people.answer_data_request")
def data_request_new(request: SignedIn) -> HttpResponse:
    form = DataRequestForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            row = receive_data_request(actor=request.user, on=timezone.localdate(), **form.cleaned_data)
            messages.success(request, _("Demande notée."))
            return redirect(row)
    return _page(request, form, title=_("Noter une demande"), submit=_("Noter la demande"))


@requires("people.view_data_desk")
def data_request(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(DataRequest.objects.select_related("person", "answered_by__person"), pk=pk)
    moves = [move.name for move in DATA_REQUEST_FLOW.moves_open_to(request.user, row)]
    context = {
        "row": row,
        "moves": moves,
        "may_lengthen": bool(moves) and not row.longer_because,
        "is_late": row.is_late(timezone.localdate()),
        "title": TITLE,
        "file": file_to_hand(row),
        "may_file": can(request.user, "people.hand_data", row)
        and row.state == DataRequestState.RECEIVED
        and row.kind in BY_FILE
        and row.person is not None
        and not User.objects.filter(person=row.person, is_active=True).exists(),
    }
    return render(request, "people/data_request.html", context)


@require_POST
@requires("people.hand_data")
def data_file(request: SignedIn, pk: int) -> HttpResponse:
    """Makes the file of who has no account; once made, downloads it, once."""
    row = get_object_or_404(DataRequest.objects.select_related("person"), pk=pk)
    try:
        if request.POST.get("do") != "hand":
            return redirect("core:job_detail", ask_file(row, actor=request.user).pk)
        name, content = hand_file(row, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    return file_saved(content, name=name, mime="application/zip")


@requires("people.answer_data_request")
def data_request_act(request: SignedIn, pk: int, act: str) -> HttpResponse:
    """Answers, refuses or lengthens: the same page, each with its words."""
    row = get_object_or_404(DataRequest.objects.select_related("person"), pk=pk)
    if act not in _ACTS:
        raise Http404
    title, form_class, perform, done = _ACTS[act]
    form = form_class(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            perform(row, request, form.cleaned_data)
            messages.success(request, str(done))
            return redirect(row)
    return _page(request, form, title=title, submit=title, lead=row.who, back_url=row.get_absolute_url())


def _answer(row: DataRequest, request: SignedIn, typed: dict[str, Any]) -> None:
    answer_data_request(row, actor=request.user, now=timezone.now(), **typed)


def _refuse(row: DataRequest, request: SignedIn, typed: dict[str, Any]) -> None:
    refuse_data_request(row, actor=request.user, now=timezone.now(), **typed)


def _lengthen(row: DataRequest, request: SignedIn, typed: dict[str, Any]) -> None:
    take_longer(row, actor=request.user, on=timezone.localdate(), **typed)


_ACTS: dict[str, tuple[Any, Any, Any, Any]] = {
    "repondre": (
        gettext_lazy("Noter la réponse"),
        AnswerForm,
        _answer,
        gettext_lazy("Réponse notée."),
    ),
    "refuser": (gettext_lazy("Refuser la demande"), AnswerForm, _refuse, gettext_lazy("Demande refusée.")),
    "prolonger": (
        gettext_lazy("Prolonger de deux mois"),
        LongerForm,
        _lengthen,
        gettext_lazy("Demande prolongée : dites-le à la personne."),
    ),
}


class ReadingTable(Table):
    at = tables.Column(verbose_name=gettext_lazy("Le"))
    reader = tables.Column(verbose_name=gettext_lazy("Par"), order_by="reader__person__sort_name")
    person = tables.Column(verbose_name=gettext_lazy("Fiche de"), order_by="person__sort_name")
    purpose = tables.Column(
        verbose_name=gettext_lazy("Pour"), accessor="get_purpose_display", order_by="purpose"
    )

    def render_at(self, value: Any) -> str:
        return moment(value)


class ReadingFilters(Filters):
    search = ("reader__person__last_name", "person__last_name", "person__first_name")
    purpose = django_filters.ChoiceFilter(label=gettext_lazy("Pour"), choices=SensitivePurpose.choices)

    class Meta:
        model = SensitiveReading
        fields = ("purpose",)


@requires("people.view_data_desk")
def reading_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=SensitiveReading.objects.select_related("reader__person", "person"),
        table=ReadingTable,
        filters=ReadingFilters,
        page="people.readings",
        title=TITLE,
        tabs=tabs_open_to(request.user, DATA, "people:reading_list"),
        intro=gettext_lazy(
            "Qui a ouvert une fiche protégée, quand et pour quoi ; jamais ce qu’elle contient."
        ),
        empty=EmptyState(gettext_lazy("Aucune fiche protégée n’a été ouverte.")),
    )


def _page(request: SignedIn, form: Any, **page: Any) -> HttpResponse:
    return desk_form(request, form, listed=(_("Demandes"), reverse("people:data_request_list")), **page)
