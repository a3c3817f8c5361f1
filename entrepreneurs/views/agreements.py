"""The agreement of a collective: versions, key, signatures; the sharings of its result (ENT-44)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import facts
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, signed_in
from entrepreneurs.forms.members import AgreementForm, EndAgreementForm
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.selectors.agreements import agreement_on, agreements_of, key_told
from entrepreneurs.selectors.members import workers_of
from entrepreneurs.services import agreements as services
from entrepreneurs.states.agreements import AGREEMENT_FLOW, AgreementState
from entrepreneurs.views.activity_tabs import activity_tabs, crumbs_of, seen_activity
from people.models import Person
from people.requests import SignedIn

_MOVES: dict[str, tuple[str, type[forms.Form], Any]] = {
    "proposer": ("propose", forms.Form, services.propose_agreement),
    "reprendre": ("take_back", forms.Form, services.take_back_agreement),
    "abandonner": ("cancel", forms.Form, services.cancel_agreement),
    "arreter": ("end", EndAgreementForm, services.end_agreement),
}
_SLUGS = {name: slug for slug, (name, _form, _service) in _MOVES.items()}
_TONES = {
    AgreementState.DRAFT: ("neutral", "◇"),
    AgreementState.TO_SIGN: ("warning", "▲"),
    AgreementState.SIGNED: ("success", "✔"),
    AgreementState.CANCELLED: ("neutral", "✕"),
}


def _status(one: Agreement) -> tuple[str, str, str]:
    return (*_TONES[AgreementState(one.state)], one.get_state_display())


@signed_in
def agreement_list(request: SignedIn, pk: int) -> HttpResponse:
    activity = seen_activity(request, pk)
    if not activity.is_collective:
        raise Http404
    versions = list(agreements_of(activity))
    in_hand = any(one.state in (AgreementState.DRAFT, AgreementState.TO_SIGN) for one in versions)
    in_force = agreement_on(activity, timezone.localdate())
    context = {
        "activity": activity,
        "tabs": activity_tabs(activity, "agreement_list"),
        "crumbs": crumbs_of(request.user, activity, (_("Convention et partage"), "")),
        "versions": [(one, _status(one)) for one in versions],
        "in_force": in_force,
        "key": key_told(in_force) if in_force else [],
        "sharings": facts.facts("activity.sharings", [activity], on=timezone.localdate())[activity.pk],
        "may_share": can(request.user, "accounting.share_result"),
        "may_draft": not in_hand and can(request.user, "entrepreneurs.draft_agreement", activity),
    }
    return render(request, "entrepreneurs/activity_agreements.html", context)


@signed_in
def agreement_new(request: SignedIn, pk: int) -> HttpResponse:
    activity = seen_activity(request, pk)
    require(request.user, "entrepreneurs.draft_agreement", activity)
    return _write(request, activity, None)


@signed_in
def agreement_edit(request: SignedIn, pk: int) -> HttpResponse:
    agreement = _seen(request, pk)
    require(request.user, "entrepreneurs.draft_agreement", agreement.activity)
    return _write(request, agreement.activity, agreement)


def _write(request: SignedIn, activity: Activity, agreement: Agreement | None) -> HttpResponse:
    today = timezone.localdate()
    latest = agreement or agreement_on(activity, today)
    members = workers_of(activity, max(today, activity.opened_on))
    form = AgreementForm(
        request.POST or None,
        members=members,
        credited=_own_activities(members, activity),
        agreement=latest,
        initial={"starts_on": today},
    )
    if agreement is None:
        form.initial["starts_on"] = today
    if form.is_valid():
        content = {
            "functioning": form.cleaned_data["functioning"],
            "starts_on": form.cleaned_data["starts_on"],
            "shares": form.shares(),
            "actor": request.user,
        }
        try:
            saved = (
                services.change_agreement(agreement, **content)
                if agreement
                else services.draft_agreement(activity, **content)
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(saved)
    listed = reverse("entrepreneurs:agreement_list", args=[activity.pk])
    title = _("Modifier la convention") if agreement else _("Nouvelle version de la convention")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Chaque clé fait 100 % exactement : « 1/3 » s’écrit tel quel."),
        submit=_("Enregistrer le brouillon"),
        back_url=agreement.get_absolute_url() if agreement else listed,
        crumbs=crumbs_of(request.user, activity, (_("Convention et partage"), listed), (title, "")),
        template="entrepreneurs/activity_agreement_form.html",
    )


def _own_activities(members: list[Person], activity: Activity) -> dict[int, list[Activity]]:
    """Where the part of each member may go: the activities they are of, this one apart."""
    today = timezone.localdate()
    found: dict[int, list[Activity]] = {}
    rows = (
        Activity.objects.open_on(today)
        .filter(scope__members__person__in=members)
        .exclude(pk=activity.pk)
        .values_list("pk", "scope__members__person")
    )
    pairs = list(rows)
    named = Activity.objects.in_bulk({pk for pk, _person in pairs})
    for pk, person in pairs:
        found.setdefault(person, []).append(named[pk])
    return found


@signed_in
def agreement_detail(request: SignedIn, pk: int) -> HttpResponse:
    agreement, user = _seen(request, pk), request.user
    key = key_told(agreement)
    moves = [
        (move.label, reverse("entrepreneurs:agreement_move", args=[pk, _SLUGS[move.name]]), move.name)
        for move in AGREEMENT_FLOW.moves_open_to(user, agreement)
        if move.name in _SLUGS
    ]
    unsigned = [row for row in key if row.share.signature is None]
    waits, named = agreement.is_to_sign, [row.share.person_id for row in key]
    own = any(row.share.person_id == user.person_id for row in unsigned)
    may_draft = can(user, "entrepreneurs.draft_agreement", agreement.activity)
    listed = reverse("entrepreneurs:agreement_list", args=[agreement.activity_id])
    context = {
        "agreement": agreement,
        "activity": agreement.activity,
        "status": _status(agreement),
        "key": key,
        "unsigned": len(unsigned),
        "moves": moves,
        "may_edit": agreement.is_draft and may_draft,
        "may_sign": waits and own,
        "may_countersign": waits
        and not unsigned
        and user.person_id not in named
        and can(user, "entrepreneurs.countersign_agreement", agreement),
        "may_remind": waits and may_draft,
        "may_end": agreement.is_signed and agreement.ends_on is None and may_draft,
        "crumbs": crumbs_of(
            user,
            agreement.activity,
            (_("Convention et partage"), listed),
            (_("Version %(number)d") % {"number": agreement.number}, ""),
        ),
    }
    return render(request, "entrepreneurs/activity_agreement.html", context)


@signed_in
def agreement_move(request: SignedIn, pk: int, move: str) -> HttpResponse:
    agreement = _seen(request, pk)
    if move not in _MOVES:
        raise Http404
    name, kind, service = _MOVES[move]
    ends = name == "end"
    right = "entrepreneurs.draft_agreement" if ends else AGREEMENT_FLOW.move(name).right
    require(request.user, right, agreement)
    form = kind(
        request.POST if request.method == "POST" else None, initial={"last_day": timezone.localdate()}
    )
    if form.is_valid():
        with refused_at(form):
            service(agreement, actor=request.user, **form.cleaned_data)
            return redirect(agreement)
    label = _("Arrêter la convention") if ends else str(AGREEMENT_FLOW.move(name).label)
    return _page(request, agreement, form, label)


def _seen(request: SignedIn, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.user).select_related("activity__scope")
    return get_object_or_404(rows, pk=pk)


def _page(request: SignedIn, agreement: Agreement, form: forms.Form, title: str) -> HttpResponse:
    page = agreement.get_absolute_url()
    return form_page(
        request,
        form,
        title=title,
        lead=str(agreement),
        submit=title,
        back_url=page,
        crumbs=crumbs_of(request.user, agreement.activity, (_("Convention"), page), (title, "")),
    )
