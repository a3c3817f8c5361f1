"""Amendments to a resolution and candidates to an election (GOV-15, GOV-21)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires, signed_in
from governance.calculations.amendments import paragraphs_of
from governance.forms.resolutions import AmendmentForm, CandidateForm
from governance.models import Amendment, Candidate, Resolution
from governance.selectors.assemblies import last_version
from governance.selectors.assembly_people import acted_in, called_associates, people_of
from governance.services import amendments, candidates
from governance.services.amendments import AmendmentData
from governance.views.assembly_parts import ORGANISE, crumbs_of, find_resolution
from people.requests import SignedIn

AMEND = "governance.propose_amendment"


@signed_in
def amendment_new(request: SignedIn, pk: int) -> HttpResponse:
    """An associate amends in their name; an organiser or the bureau for who speaks in the room."""
    resolution = find_resolution(request, pk, AMEND)
    version = last_version(resolution)
    own = acted_in(resolution.assembly, request.user.person_id)
    for_others = can(request.user, "governance.answer_question", resolution)
    authors = called_associates(resolution.assembly) if for_others else own
    form = AmendmentForm(
        request.POST or None,
        initial={
            "kind": "replace",
            "paragraph": key_in(request.GET.get("paragraphe", "")) or 1,
            "author": own.first(),
        },
        paragraphs=paragraphs_of(version.text) if version else [],
        authors=authors,
        must_name=not for_others,
    )
    return act_page(
        request,
        form,
        lambda content: amendments.propose_amendment(
            resolution,
            data=AmendmentData(content["kind"], content["paragraph"], content["text"], content["reason"]),
            author=content["author"],
            actor=request.user,
            at=timezone.now(),
        ),
        title=_("Déposer un amendement"),
        submit=_("Déposer"),
        done=_("L’amendement est déposé."),
        back_url=resolution.get_absolute_url(),
        crumbs=crumbs_of(
            resolution.assembly, (resolution.title, resolution.get_absolute_url()), (_("Amendement"), "")
        ),
        lead=_("Il porte sur un paragraphe ; celui qui s’éloigne le plus du texte est voté d’abord."),
    )


@require_POST
@signed_in
def amendment_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    seen = Resolution.objects.visible_to(request.user).order_by().values("pk")
    rows = Amendment.objects.select_related("resolution__assembly")
    amendment = get_object_or_404(rows, pk=pk, resolution__in=seen)
    require(request.user, "governance.withdraw_amendment", amendment)
    return act_now(
        request,
        lambda: amendments.withdraw_amendment(amendment, actor=request.user),
        done=_("L’amendement est retiré."),
        back_url=amendment.resolution.get_absolute_url(),
    )


def _candidate(request: SignedIn, pk: int) -> Candidate:
    seen = Resolution.objects.visible_to(request.user).order_by().values("pk")
    rows = Candidate.objects.select_related("resolution__assembly", "person")
    candidate = get_object_or_404(rows, pk=pk, resolution__in=seen)
    require(request.user, ORGANISE, candidate.resolution)
    return candidate


@requires(ORGANISE)
def candidate_new(request: SignedIn, pk: int) -> HttpResponse:
    resolution = find_resolution(request, pk, ORGANISE)
    form = CandidateForm(request.POST or None, people=people_of(resolution.assembly))
    return act_page(
        request,
        form,
        lambda content: candidates.add_candidate(resolution, data=form.data_of(), actor=request.user),
        title=_("Ajouter une candidature"),
        submit=_("Ajouter"),
        done=_("La candidature est reçue."),
        back_url=resolution.get_absolute_url(),
        crumbs=crumbs_of(
            resolution.assembly, (resolution.title, resolution.get_absolute_url()), (_("Candidature"), "")
        ),
    )


@requires(ORGANISE)
def candidate_change(request: SignedIn, pk: int) -> HttpResponse:
    candidate = _candidate(request, pk)
    resolution = candidate.resolution
    form = CandidateForm(
        request.POST or None,
        initial={name: getattr(candidate, name) for name in CandidateForm.base_fields},
        people=people_of(resolution.assembly),
    )
    return act_page(
        request,
        form,
        lambda content: candidates.change_candidate(candidate, data=form.data_of(), actor=request.user),
        title=_("Modifier la candidature"),
        submit=_("Enregistrer"),
        done=_("La candidature est enregistrée."),
        back_url=resolution.get_absolute_url(),
        crumbs=crumbs_of(
            resolution.assembly, (resolution.title, resolution.get_absolute_url()), (candidate.label, "")
        ),
    )


@require_POST
@requires(ORGANISE)
def candidate_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    candidate = _candidate(request, pk)
    return act_now(
        request,
        lambda: candidates.withdraw_candidate(candidate, actor=request.user, at=timezone.now()),
        done=_("La candidature est retirée."),
        back_url=candidate.resolution.get_absolute_url(),
    )


@require_POST
@requires(ORGANISE)
def candidates_draw(request: SignedIn, pk: int) -> HttpResponse:
    resolution = find_resolution(request, pk, ORGANISE)
    return act_now(
        request,
        lambda: candidates.draw_order(resolution, actor=request.user),
        done=_("L’ordre est tiré ; la graine est publiée avec lui."),
        back_url=resolution.get_absolute_url(),
    )
