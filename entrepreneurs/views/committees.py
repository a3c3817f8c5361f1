"""Admission committees: their list, one with its agenda, a frozen file with its voices, the decision."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core import permissions
from cae.core.acting import act_now, act_page
from cae.core.permissions import require, requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, StatusColumn, Table, list_page
from entrepreneurs.forms.committees import AddFileForm, CommitteeForm, DecisionForm, VoiceForm
from entrepreneurs.forms.welcome import ReasonForm
from entrepreneurs.models import Committee, CommitteeFile
from entrepreneurs.selectors.committees import (
    applications_offered,
    committees_listed,
    committees_visible_to,
    files_of,
    members_of,
    tally_of,
)
from entrepreneurs.services.committees import (
    CommitteeData,
    add_file,
    cancel_committee,
    change_committee,
    close_committee,
    convene_committee,
    decide_file,
    give_voice,
    plan_committee,
    remove_file,
)
from entrepreneurs.services.welcome import Grounds
from entrepreneurs.states.committees import COMMITTEE_FLOW, CommitteeState, DecisionMode
from entrepreneurs.views.bars import WELCOME
from entrepreneurs.views.welcome_parts import look_of

SHAPES: dict[str, tuple[str, str]] = {
    CommitteeState.PLANNED: ("neutral", "◇"),
    CommitteeState.CONVENED: ("info", "●"),
    CommitteeState.HELD: ("success", "✔"),
    CommitteeState.CANCELLED: ("neutral", "✕"),
}


# A column of figures: its head stands above them.
FIGURES = {"td": {"class": "num"}, "th": {"class": "num"}}


class CommitteeTable(Table):
    held_on = DateColumn(linkify=True)
    status = StatusColumn(accessor="state")
    mode = tables.Column()
    territory = tables.Column(default=gettext_lazy("Toute la coopérative"))
    file_count = tables.Column(verbose_name=gettext_lazy("Dossiers"), attrs=FIGURES)
    member_count = tables.Column(verbose_name=gettext_lazy("Membres"), attrs=FIGURES)

    class Meta(Table.Meta):
        model = Committee
        fields = ("held_on", "status", "mode", "territory", "file_count", "member_count")

    def render_status(self, record: Committee) -> Any:
        return StatusColumn().render((*SHAPES[record.state], record.get_state_display()))

    def value_status(self, record: Committee) -> str:
        return str(record.get_state_display())


class CommitteeFilters(Filters):
    search = ("place", "agenda")

    class Meta:
        model = Committee
        fields = ("state", "mode")


@requires("entrepreneurs.view_committees")
def committee_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Préparer un comité"),
        reverse("entrepreneurs:committee_plan"),
        right="entrepreneurs.hold_committee",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=committees_listed(request.user),
        table=CommitteeTable,
        filters=CommitteeFilters,
        page="entrepreneurs.committees",
        title=_("Comités d’admission"),
        empty=EmptyState(
            _("Aucun comité."), _("Un comité lit des dossiers figés et décide de chaque candidature."), new
        ),
        main_action=new,
        tabs=tabs_open_to(request.user, WELCOME, "entrepreneurs:committee_list"),
    )


def _found(request: HttpRequest, pk: int, right: str = "entrepreneurs.view_committee") -> Committee:
    committee = get_object_or_404(committees_visible_to(request.user).select_related("territory"), pk=pk)
    require(request.user, right, committee)
    return committee


def _crumbs(committee: Committee | None, last: Any = "") -> list[tuple[Any, str]]:
    trail: list[tuple[Any, str]] = [(_("Comités d’admission"), reverse("entrepreneurs:committee_list"))]
    if committee is not None:
        trail.append((str(committee), committee.get_absolute_url() if last else ""))
    return [*trail, (last, "")] if last else trail


def _data(content: dict[str, Any]) -> dict[str, Any]:
    seats = {name: content.pop(name) for name in ("members", "chair")}
    return {"data": CommitteeData(**content), "members": list(seats["members"]), "chair": seats["chair"]}


@requires("entrepreneurs.hold_committee")
def committee_plan(request: HttpRequest) -> HttpResponse:
    initial = {"mode": DecisionMode.CONSENT, "chair": request.user.pk}
    return act_page(
        request,
        CommitteeForm(request.POST or None, initial=initial),
        lambda content: plan_committee(
            **_data(dict(content)),
            today=timezone.localdate(),
            actor=request.user,
        ),
        title=_("Préparer un comité"),
        submit=_("Préparer"),
        done=_("Le comité est prévu : inscrivez les candidatures, puis convoquez."),
        back_url=reverse("entrepreneurs:committee_list"),
        crumbs=_crumbs(None, _("Préparer")),
    )


@requires("entrepreneurs.hold_committee")
def committee_change(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _found(request, pk, "entrepreneurs.hold_committee")
    seats = list(members_of(committee))
    initial = {
        name: getattr(committee, name) for name in ("held_on", "place", "mode", "territory", "agenda")
    } | {
        "members": [seat.user_id for seat in seats],
        "chair": next((seat.user_id for seat in seats if seat.chairs), None),
    }

    def change(content: dict[str, Any]) -> None:
        change_committee(committee, **_data(dict(content)), today=timezone.localdate(), actor=request.user)

    return act_page(
        request,
        CommitteeForm(request.POST or None, initial=initial),
        change,
        title=_("Modifier le comité"),
        submit=_("Enregistrer"),
        done=_("Comité enregistré."),
        back_url=committee.get_absolute_url(),
        crumbs=_crumbs(committee, _("Modifier")),
    )


@requires("entrepreneurs.view_committees")
def committee_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Its day, those who sit, its files in order with what the voices say."""
    committee = _found(request, pk)
    holds = permissions.can(request.user, "entrepreneurs.hold_committee", committee)
    files = [
        (file, tally_of(file, committee.mode), look_of(getattr(file, "decision", None)))
        for file in files_of(committee)
    ]
    context = {
        "committee": committee,
        "shape": (*SHAPES[committee.state], committee.get_state_display()),
        "members": list(members_of(committee)),
        "files": files,
        "undecided": any(look is None for _file, _tally, look in files),
        "moves": {move.name for move in COMMITTEE_FLOW.moves_open_to(request.user, committee)},
        "may_hold": holds,
        "sits": committee.members.filter(user=request.user).exists(),
        "form": AddFileForm(offered=applications_offered(request.user))
        if holds and committee.state == CommitteeState.PLANNED
        else None,
    }
    return render(request, "entrepreneurs/welcome/committee.html", context)


@require_POST
@requires("entrepreneurs.hold_committee")
def committee_add(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _found(request, pk, "entrepreneurs.hold_committee")
    form = AddFileForm(request.POST, offered=applications_offered(request.user))
    if not form.is_valid():
        messages.error(request, _("Choisissez une candidature."))
        return redirect(committee)
    chosen = form.cleaned_data["application"]
    return act_now(
        request,
        lambda: add_file(committee, application=chosen, actor=request.user),
        done=_("Candidature inscrite."),
        back_url=committee.get_absolute_url(),
    )


@require_POST
@requires("entrepreneurs.hold_committee")
def committee_remove(request: HttpRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(CommitteeFile.objects.select_related("committee", "application"), pk=pk)
    committee = _found(request, file.committee_id, "entrepreneurs.hold_committee")
    return act_now(
        request,
        lambda: remove_file(file, actor=request.user),
        done=_("Candidature retirée de l’ordre du jour."),
        back_url=committee.get_absolute_url(),
    )


@require_POST
@requires("entrepreneurs.hold_committee")
def committee_convene(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _found(request, pk, "entrepreneurs.hold_committee")
    return act_now(
        request,
        lambda: convene_committee(committee, now=timezone.now(), actor=request.user),
        done=_("Comité convoqué : les dossiers sont figés, les membres sont prévenus."),
        back_url=committee.get_absolute_url(),
    )


@require_POST
@requires("entrepreneurs.hold_committee")
def committee_close(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _found(request, pk, "entrepreneurs.hold_committee")
    return act_now(
        request,
        lambda: close_committee(committee, now=timezone.now(), actor=request.user),
        done=_("Séance close ; le compte rendu est prêt."),
        back_url=committee.get_absolute_url(),
    )


@requires("entrepreneurs.hold_committee")
def committee_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _found(request, pk, "entrepreneurs.hold_committee")
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: cancel_committee(committee, **content, actor=request.user),
        title=_("Annuler le comité"),
        submit=_("Annuler le comité"),
        done=_("Comité annulé : ses dossiers peuvent passer devant un autre."),
        tone="danger",
        back_url=committee.get_absolute_url(),
        crumbs=_crumbs(committee, _("Annuler")),
    )


def _file(request: HttpRequest, pk: int) -> CommitteeFile:
    """A frozen file of a committee in sight: not before it is convened, nor ever one’s own."""
    rows = CommitteeFile.objects.select_related("committee", "application", "decision")
    seen = (
        rows.filter(committee__in=committees_visible_to(request.user))
        .exclude(application__person__user=request.user)
        .exclude(frozen_hash="")
        .exclude(frozen={})
    )
    return get_object_or_404(seen, pk=pk)


@requires("entrepreneurs.view_committees")
def committee_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was frozen, and the voice of who reads it."""
    file = _file(request, pk)
    committee = file.committee
    tally = tally_of(file, committee.mode)
    mine = next((one for one in tally.voices.values() if one.member.user_id == request.user.pk), None)
    may_speak = (
        committee.state == CommitteeState.CONVENED
        and not hasattr(file, "decision")
        and permissions.can(request.user, "entrepreneurs.give_voice", file)
    )
    form = VoiceForm(request.POST or None, mode=committee.mode, initial=_voice(mine))
    page = reverse("entrepreneurs:committee_file", args=[pk])
    if request.method == "POST":
        require(request.user, "entrepreneurs.give_voice", file)
    return act_page(
        request,
        form,
        lambda content: give_voice(file, **content, actor=request.user),  # type: ignore[arg-type]
        title=file.frozen["name"],  # type: ignore[index]
        submit=_("Donner ma voix"),
        done=_("Votre voix est notée."),
        back_url=page if request.method == "POST" else committee.get_absolute_url(),
        crumbs=_crumbs(committee, file.frozen["name"]),  # type: ignore[index]
        template="entrepreneurs/welcome/committee_file.html",
        file=file,
        content=file.frozen,
        tally=tally,
        decision=getattr(file, "decision", None),
        look=look_of(getattr(file, "decision", None)),
        may_speak=may_speak,
        spoke=mine is not None,
        may_decide=committee.state == CommitteeState.CONVENED
        and not hasattr(file, "decision")
        and permissions.can(request.user, "entrepreneurs.hold_committee", committee),
    )


def _voice(mine: Any) -> dict[str, Any]:
    return {"voice": mine.voice, "note": mine.note} if mine else {}


@requires("entrepreneurs.hold_committee")
def committee_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Records what the committee decided of a file."""
    file = _file(request, pk)
    require(request.user, "entrepreneurs.hold_committee", file.committee)
    tally = tally_of(file, file.committee.mode)

    def run(content: dict[str, Any]) -> None:
        verdict, fit = content.pop("verdict"), content.pop("fit")
        decide_file(
            file, verdict=verdict, fit=fit, grounds=Grounds(**content), now=timezone.now(), actor=request.user
        )

    form: forms.Form = DecisionForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda content: run(dict(content)),
        title=_("Décision : %(name)s") % {"name": file.application.full_name},
        submit=_("Enregistrer la décision"),
        done=_("Décision enregistrée ; la personne est prévenue."),
        lead=_("Voix données : %(voices)s. Une acceptation ouvre aussitôt la liste d’entrée.")
        % {"voices": tally.said or _("aucune")},
        back_url=file.committee.get_absolute_url(),
        crumbs=_crumbs(file.committee, _("Décision")),
    )
