"""Requests to become an associate: the list, one with its opinion and decision, those written for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires, signed_in
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
from cae.core.templatetags.formats import day as shown
from cae.core.workflow import Move
from governance.forms.admissions import (
    AdmitForm,
    AskForm,
    ForSomebodyForm,
    OpinionForm,
    RefuseForm,
    ToVoteForm,
)
from governance.models import Admission
from governance.selectors.admissions import admission_route, admissions_listed, asking_facts, verdict_of
from governance.services import admissions as services
from governance.states.register import ADMISSION_FLOW, AdmissionState
from governance.states.votes import Outcome
from governance.views.cells import under
from governance.views.register_bars import register_tabs, warn_of_limits
from people.requests import SignedIn
from people.selectors.persons import persons_offered


class Step(NamedTuple):
    """A move as an address gives it: its name, its form, its service, whether the day is told to it."""

    name: str
    form: type[forms.Form]
    service: Callable[..., Any]
    tone: str = "primary"
    told_day: bool = True


_STEPS: dict[str, Step] = {
    "envoyer": Step("submit", forms.Form, services.submit_admission),
    "mettre-au-vote": Step("put_to_vote", ToVoteForm, services.put_to_vote, told_day=False),
    "admettre": Step("admit", AdmitForm, services.admit),
    "refuser": Step("refuse", RefuseForm, services.refuse_admission, "danger"),
    "retirer": Step("withdraw", forms.Form, services.withdraw_admission, "danger", told_day=False),
}
_SLUGS = {step.name: slug for slug, step in _STEPS.items()}
_MAIN_MOVES = ("submit", "admit", "put_to_vote")


_NUM = {"td": {"class": "num"}, "th": {"class": "num"}}


class AdmissionTable(Table):
    name = LinkColumn(
        verbose_name=gettext_lazy("Candidat·e"),
        order_by=("person__sort_name", "organisation__sort_name"),
    )
    category = tables.Column()
    share_count = tables.Column(verbose_name=gettext_lazy("Parts demandées"), attrs=_NUM)
    submitted_on = DateColumn()
    decided_on = DateColumn(visible=False)
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Admission
        fields = ("name", "category", "share_count", "submitted_on", "decided_on", "state")

    def render_state(self, value: Any, record: Admission) -> Any:
        decided = _("décidée le %(day)s") % {"day": shown(record.decided_on)} if record.decided_on else ""
        return under(ui.status(*value), decided)


class AdmissionFilters(Filters):
    search = (
        *("person__first_name", "person__last_name", "person__usual_name", "organisation__name"),
        "decision",
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=AdmissionState.choices)

    class Meta:
        model = Admission
        fields = ("state",)


@requires("governance.view_admissions")
def admission_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=admissions_listed(request.user),
        table=AdmissionTable,
        filters=AdmissionFilters,
        page="governance.admissions",
        title=_("Demandes de sociétariat"),
        tabs=register_tabs(request.user, "governance:admission_list"),
        empty=EmptyState(
            _("Aucune demande."), _("Qui travaille ici demande depuis sa page « Ma situation ».")
        ),
        main_action=Action(
            _("Écrire une demande"),
            reverse("governance:admission_new"),
            right="governance.write_register",
            icon="plus-lg",
        ),
    )


@requires("governance.write_register")
def admission_new(request: SignedIn) -> HttpResponse:
    """A request written for somebody, or for a legal person."""
    today = timezone.localdate()
    form = ForSomebodyForm(request.POST or None, on=today, persons=persons_offered(request.user))
    if form.is_valid():
        with refused_at(form):
            data = form.cleaned_data
            admission = services.open_admission(
                data["person"] or data["organisation"],
                asked=form.typed(),
                representative=data["representative"],
                actor=request.user,
                on=today,
            )
            messages.success(request, _("La demande est prête : relisez-la, puis envoyez-la."))
            return redirect(admission)
    listed, title = reverse("governance:admission_list"), _("Écrire une demande")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Préparer la demande"),
        back_url=listed,
        crumbs=[(_("Demandes de sociétariat"), listed), (title, "")],
    )


@signed_in
def admission_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One request: what is asked, what the law says of it, the opinion, the decision."""
    admission, user, today = _seen(request, pk), request.user, timezone.localdate()
    moves = [
        (
            _label(move, admission),
            reverse("governance:admission_move", args=[pk, _SLUGS[move.name]]),
            move.name,
        )
        for move in ADMISSION_FLOW.moves_open_to(user, admission)
        if _is_offered(move.name, admission)
    ]
    verdict = verdict_of(admission.resolution)
    context = {
        "admission": admission,
        "facts": asking_facts(admission.person, today) if admission.person else None,
        "verdict": Outcome(verdict).label if verdict in Outcome.values else verdict,
        "moves": moves,
        # One main action: a request put to the vote is decided, no longer put to another one.
        "main_move": next((name for name in _MAIN_MOVES if name in [one[2] for one in moves]), ""),
        "may_edit": admission.state == AdmissionState.DRAFT
        and can(user, "governance.ask_admission", admission),
        "may_opine": admission.state in (AdmissionState.SUBMITTED, AdmissionState.TO_VOTE)
        and can(user, "governance.decide_admission", admission),
        "crumbs": _crumbs(request, (str(admission), "")),
    }
    return render(request, "governance/register/admission_detail.html", context)


def _label(move: Move, admission: Admission) -> str:
    """A request put to the vote already may only be put to another one."""
    is_again = move.name == "put_to_vote" and admission.state == AdmissionState.TO_VOTE
    return _("Changer de résolution") if is_again else str(move.label)


def _is_offered(move: str, admission: Admission) -> bool:
    """A decision at once is offered where the rules in force decide by rule; that of a vote, once proclaimed;
    another vote, until then."""
    decides = move in ("admit", "refuse")
    if decides and admission.state == AdmissionState.SUBMITTED:
        return admission_route(timezone.localdate()) == "by_rule"
    if admission.resolution_id is None or not (decides or move == "put_to_vote"):
        return True
    return bool(verdict_of(admission.resolution)) == decides


@signed_in
def admission_edit(request: SignedIn, pk: int) -> HttpResponse:
    admission, today = _seen(request, pk), timezone.localdate()
    require(request.user, "governance.ask_admission", admission)
    names = ("letter", "sponsor", "share_class", "share_count", "payment_plan")
    initial = {name: getattr(admission, name) for name in names}
    form = AskForm(request.POST or None, on=today, but=admission.person, initial=initial)
    if form.is_valid():
        with refused_at(form):
            asked = form.typed(category=admission.category, college=admission.college)
            services.change_admission(admission, asked=asked, actor=request.user, on=today)
            messages.success(request, _("Demande enregistrée."))
            return redirect(admission)
    return _page(request, admission, form, _("Modifier la demande"), _("Enregistrer"))


@requires("governance.decide_admission")
def admission_opinion(request: SignedIn, pk: int) -> HttpResponse:
    admission = _seen(request, pk)
    require(request.user, "governance.decide_admission", admission)
    initial = {name: getattr(admission, name) for name in ("opinion", "category", "college")}
    form = OpinionForm(request.POST or None, is_body=admission.person_id is None, initial=initial)
    if form.is_valid():
        with refused_at(form):
            services.give_opinion(admission, actor=request.user, on=timezone.localdate(), **form.typed())
            messages.success(request, _("Avis noté."))
            return redirect(admission)
    return _page(request, admission, form, _("Donner un avis"), _("Enregistrer l’avis"))


@signed_in
def admission_move(request: SignedIn, pk: int, move: str) -> HttpResponse:
    """One move, with what it asks."""
    admission = _seen(request, pk)
    if move not in _STEPS:
        raise Http404
    step = _STEPS[move]
    flow_move = ADMISSION_FLOW.move(step.name)
    require(request.user, flow_move.right, admission)
    form = step.form(
        request.POST if request.method == "POST" else None,
        initial={"decision": str(admission.resolution or "")},
    )
    if form.is_valid():
        with refused_at(form):
            day = {"on": timezone.localdate()} if step.told_day else {}
            step.service(admission, actor=request.user, **day, **form.cleaned_data)
            messages.success(request, _("C’est fait."))
            if step.name == "admit":
                warn_of_limits(request)
            return redirect(admission)
    title = _label(flow_move, admission)
    return _page(request, admission, form, title, title, tone=step.tone)


def _seen(request: SignedIn, pk: int) -> Admission:
    """The request if the person sees it: their own, one they wrote, or that of the register."""
    rows = Admission.objects.visible_to(request.user).select_related(
        *("person", "organisation", "representative", "college", "share_class", "resolution__assembly"),
        *("sponsor__person", "sponsor__organisation", "opinion_by__person", "associate"),
    )
    return get_object_or_404(rows, pk=pk)


def _crumbs(request: SignedIn, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    if can(request.user, "governance.view_admissions"):
        return [(_("Demandes de sociétariat"), reverse("governance:admission_list")), *last]
    return [(_("Ma situation"), reverse("governance:own_situation")), *last]


def _page(
    request: SignedIn, admission: Admission, form: forms.Form, title: str, submit: str, **told: Any
) -> HttpResponse:
    page = admission.get_absolute_url()
    return form_page(
        request,
        form,
        title=elided(_("%(title)s : %(name)s"), {"title": title, "name": admission}),
        submit=submit,
        back_url=page,
        crumbs=_crumbs(request, (str(admission), page), (title, "")),
        **told,
    )
