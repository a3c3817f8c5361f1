"""What follows an approval: the refund planned, given up by a signed sentence, the approval taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.errors import Refused
from cae.core.forms import form_page
from cae.core.permissions import requires
from invoicing.forms.advances import WaiverForm
from invoicing.forms.claims import ReverseForm
from invoicing.models import ExpenseClaim
from invoicing.services.claim_approving import reverse_claim
from invoicing.services.claim_refunding import order_refund, waive_refund, waiver_sentence
from invoicing.views.own_claims import find_claim
from people.devices import origin_of


@require_POST
@requires("invoicing.check_claim")
def claim_order(request: HttpRequest, pk: int) -> HttpResponse:
    """The refund of a claim approved before its author had bank details."""
    claim = find_claim(request, pk, right="invoicing.check_claim")
    return act_now(
        request,
        lambda: order_refund(claim, actor=request.user, on=timezone.localdate()),
        done=_("Remboursement prévu à la fin du mois."),
        back_url=claim.get_absolute_url(),
    )


@requires("invoicing.reverse_claim")
def claim_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    claim = find_claim(request, pk, right="invoicing.reverse_claim")
    title = _("Annuler l’approbation")
    return act_page(
        request,
        ReverseForm(request.POST or None),
        lambda typed: reverse_claim(claim, actor=request.user, on=timezone.localdate(), **typed),
        done=_("Approbation annulée : l’écriture est contre-passée, la note est de nouveau à vérifier."),
        back_url=claim.get_absolute_url(),
        goes_to=reverse("invoicing:claim_check", args=[claim.pk]),
        title=title,
        lead=_("Possible tant que la banque n’a pas le virement. Le motif reste dans les messages."),
        submit=title,
        tone="danger",
        crumbs=_crumbs(claim, title),
    )


@requires("invoicing.waive_refund")
def claim_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """The person gives up the refund, by their signature under one sentence."""
    claim = find_claim(request, pk, right="invoicing.waive_refund")
    form, title = WaiverForm(request.POST or None), _("Abandonner le remboursement")
    if request.method == "POST" and form.is_valid():
        try:
            hand = form.hand_of(str(claim.person), "")
            waive_refund(claim, hand=hand, origin=origin_of(request), at=timezone.now(), actor=request.user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Remboursement abandonné : merci pour votre activité."))
            return redirect(claim)
    return form_page(
        request,
        form,
        title=title,
        lead=waiver_sentence(claim),
        submit=_("Signer l’abandon"),
        tone="danger",
        back_url=claim.get_absolute_url(),
        crumbs=_crumbs(claim, title),
        template="invoicing/claims/waive.html",
        signer=str(claim.person),
    )


def _crumbs(claim: ExpenseClaim, word: str) -> list[tuple[Any, str]]:
    return [
        (_("Mes dépenses"), reverse("invoicing:claim_list")),
        (claim.month_said.capitalize(), claim.get_absolute_url()),
        (word, ""),
    ]
