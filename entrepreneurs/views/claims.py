"""Claims: declared by those who work, followed by the team to their end (ENT-42)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import require, signed_in
from entrepreneurs.forms.trades import ClaimForm, CloseClaimForm, SendClaimForm
from entrepreneurs.models import Claim
from entrepreneurs.services.claims import close_claim, declare_claim, reopen_claim, send_claim
from entrepreneurs.states.covers import CLAIM_FLOW, ClaimState
from entrepreneurs.views.activity_tabs import crumbs_of, seen_activity

# The word of an address, the move, its form and its service.
_MOVES: dict[str, tuple[str, type[forms.Form], Any]] = {
    "transmettre": ("send", SendClaimForm, send_claim),
    "clore": ("close", CloseClaimForm, close_claim),
    "rouvrir": ("reopen", forms.Form, reopen_claim),
}
_SLUGS = {name: slug for slug, (name, _form, _service) in _MOVES.items()}
_TONES = {
    ClaimState.DECLARED: ("warning", "▲"),
    ClaimState.SENT: ("info", "◇"),
    ClaimState.CLOSED: ("neutral", "✕"),
}


@signed_in
def claim_declare(request: HttpRequest, pk: int) -> HttpResponse:
    activity, today = seen_activity(request, pk), timezone.localdate()
    require(request.user, "entrepreneurs.declare_claim", activity)
    form = ClaimForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            claim = declare_claim(activity, on=today, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Sinistre déclaré : l’équipe le transmet à l’assureur."))
            return redirect(claim)
    title = _("Déclarer un sinistre")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Le plus tôt possible : un assureur demande souvent cinq jours ouvrés."),
        submit=_("Déclarer"),
        back_url=reverse("entrepreneurs:activity_covers", args=[pk]),
        crumbs=crumbs_of(request.user, activity, (title, "")),
    )


@signed_in
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _seen(request, pk)
    moves = [
        (move.label, reverse("entrepreneurs:claim_move", args=[pk, _SLUGS[move.name]]), move.name == "send")
        for move in CLAIM_FLOW.moves_open_to(request.user, claim)
    ]
    context = {
        "claim": claim,
        "status": (*_TONES[ClaimState(claim.state)], claim.get_state_display()),
        "moves": moves,
        "crumbs": crumbs_of(request.user, claim.activity, (_("Sinistre"), "")),
    }
    return render(request, "entrepreneurs/activity_claim.html", context)


@signed_in
def claim_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    claim = _seen(request, pk)
    if move not in _MOVES:
        raise Http404
    name, kind, service = _MOVES[move]
    legal = CLAIM_FLOW.move(name)
    require(request.user, legal.right, claim)
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refused_at(form):
            service(claim, actor=request.user, **form.cleaned_data)
            return redirect(claim)
    return form_page(
        request,
        form,
        title=legal.label,
        lead=str(claim),
        submit=legal.label,
        back_url=claim.get_absolute_url(),
        crumbs=crumbs_of(request.user, claim.activity, (_("Sinistre"), claim.get_absolute_url())),
    )


def _seen(request: HttpRequest, pk: int) -> Claim:
    rows = Claim.objects.visible_to(request.user).select_related("activity", "cover", "declared_by__person")
    return get_object_or_404(rows, pk=pk)
