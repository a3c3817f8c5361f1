"""Resolutions: one with its text, versions, amendments, candidates; those that members add (GOV-21)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.keys import key_in
from cae.core.permissions import requires, signed_in
from governance.forms.assemblies import ReasonForm
from governance.forms.resolutions import AcceptForm, ProposalForm, ResolutionForm, VersionForm
from governance.models import Resolution
from governance.selectors.assemblies import last_version
from governance.selectors.assembly_people import acted_in
from governance.selectors.decisions import bodies_offered
from governance.services import additions, resolutions
from governance.views.assembly_parts import (
    ORGANISE,
    Crumbs,
    crumbs_of,
    find_assembly,
    find_resolution,
    mailed,
)
from governance.views.resolution_facts import facts_of
from people.requests import SignedIn

PROPOSE = "governance.propose_resolution"


def _crumbs(resolution: Resolution, last: Any = "") -> Crumbs:
    trail = [(resolution.title, resolution.get_absolute_url()), *([(last, "")] if last else [])]
    return crumbs_of(resolution.assembly, *trail)


@signed_in
def resolution_detail(request: SignedIn, pk: int) -> HttpResponse:
    """Its text paragraph by paragraph, its amendments in the order of their votes, its candidates."""
    resolution = find_resolution(request, pk)
    context = facts_of(request.user, resolution) | {"crumbs": _crumbs(resolution)}
    return render(request, "governance/assemblies/resolution.html", context)


@keeps_typing
@requires(ORGANISE)
def resolution_new(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    initial = {
        "item": key_in(request.GET.get("point", "")),
        "supported": True,
        "seats": 1,
        "decision_kind": "extraordinary" if assembly.kind == "extraordinary" else "ordinary",
    }
    form = ResolutionForm(
        typed_in(request),
        initial=initial,
        items=assembly.items.order_by("position"),
        bodies=bodies_offered(),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = resolutions.put_resolution(
                assembly, data=form.data_of(), text=form.cleaned_data["text"], actor=request.user
            )
            messages.success(request, _("La résolution est à l’ordre du jour."))
            return redirect(made)
    return form_page(
        request,
        form,
        title=_("Ajouter une résolution"),
        submit=_("Ajouter"),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Résolution"), "")),
    )


@requires(ORGANISE)
def resolution_change(request: SignedIn, pk: int) -> HttpResponse:
    resolution = find_resolution(request, pk, ORGANISE)
    form = ResolutionForm(
        request.POST or None,
        initial={name: getattr(resolution, name, None) for name in ResolutionForm.base_fields},
        items=resolution.assembly.items.order_by("position"),
        bodies=bodies_offered(),
        with_text=False,
    )
    return act_page(
        request,
        form,
        lambda content: resolutions.change_resolution(resolution, data=form.data_of(), actor=request.user),
        title=_("Modifier la résolution"),
        submit=_("Enregistrer"),
        done=_("La résolution est enregistrée."),
        back_url=resolution.get_absolute_url(),
        crumbs=_crumbs(resolution, _("Modifier")),
    )


@keeps_typing
@requires(ORGANISE)
def resolution_write(request: SignedIn, pk: int) -> HttpResponse:
    """The next version of the text."""
    resolution = find_resolution(request, pk, ORGANISE)
    last = last_version(resolution)
    initial = {"text": last.text if last else "", "version": last.number if last else 0}
    return act_page(
        request,
        VersionForm(typed_in(request), initial=initial),
        lambda content: resolutions.write_version(resolution, **content, actor=request.user),
        title=_("Écrire le texte"),
        submit=_("Garder cette version"),
        done=_("La version est gardée."),
        back_url=resolution.get_absolute_url(),
        crumbs=_crumbs(resolution, _("Texte")),
        lead=_("Chaque version reste lisible. Après la convocation, le texte ne change que par amendement."),
    )


@signed_in
def resolution_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    resolution = find_resolution(request, pk, "governance.withdraw_resolution")
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: resolutions.withdraw_resolution(resolution, **content, actor=request.user),
        title=_("Retirer la résolution"),
        submit=_("Retirer"),
        done=_("La résolution est retirée."),
        back_url=resolution.get_absolute_url(),
        crumbs=_crumbs(resolution, _("Retirer")),
        tone="danger",
    )


@keeps_typing
@signed_in
def resolution_propose(request: SignedIn, pk: int) -> HttpResponse:
    """An associate asks that a resolution be added, within the days that the rules give."""
    assembly = find_assembly(request, pk, PROPOSE)
    form = ProposalForm(typed_in(request))
    associate = acted_in(assembly, request.user.person_id).first()
    if request.method == "POST" and form.is_valid() and associate is not None:
        with refused_at(form):
            made = additions.propose_resolution(
                assembly,
                associate=associate,
                **form.cleaned_data,
                actor=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Votre résolution est déposée : d’autres peuvent la soutenir."))
            return redirect(made)
    return form_page(
        request,
        form,
        title=_("Proposer une résolution"),
        submit=_("Déposer"),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Proposer une résolution"), "")),
    )


@require_POST
@signed_in
def resolution_support(request: SignedIn, pk: int) -> HttpResponse:
    """One supports a resolution of members, or takes one’s support back, for each associate one acts for."""
    resolution = find_resolution(request, pk, PROPOSE)
    gives = request.POST.get("do") != "take_back"

    def run() -> None:
        for associate in acted_in(resolution.assembly, request.user.person_id):
            act = additions.support_resolution if gives else additions.unsupport_resolution
            act(resolution, associate=associate, actor=request.user, at=timezone.now())

    return act_now(
        request,
        run,
        done=_("Votre soutien est noté.") if gives else _("Votre soutien est retiré."),
        back_url=resolution.get_absolute_url(),
    )


@requires(ORGANISE)
def resolution_accept(request: SignedIn, pk: int) -> HttpResponse:
    resolution = find_resolution(request, pk, ORGANISE)
    return act_page(
        request,
        AcceptForm(request.POST or None, items=resolution.assembly.items.order_by("position")),
        lambda content: additions.accept_addition(resolution, **content, actor=request.user),
        title=_("Inscrire à l’ordre du jour"),
        submit=_("Inscrire et prévenir"),
        done=_("La résolution est à l’ordre du jour, les associé·es sont prévenu·es."),
        back_url=resolution.get_absolute_url(),
        crumbs=_crumbs(resolution, _("Inscrire")),
        lead=mailed(
            _("Elle prend le numéro suivant ; un e-mail part à chaque associé·e convoqué·e."),
            resolution.assembly,
        ),
    )


@requires(ORGANISE)
def resolution_refuse(request: SignedIn, pk: int) -> HttpResponse:
    resolution = find_resolution(request, pk, ORGANISE)
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: additions.refuse_addition(resolution, **content, actor=request.user),
        title=_("Ne pas inscrire"),
        submit=_("Ne pas inscrire"),
        done=_("La réponse est gardée avec la résolution."),
        back_url=resolution.get_absolute_url(),
        crumbs=_crumbs(resolution, _("Ne pas inscrire")),
        lead=_("Le motif se lit sur la page de la résolution."),
        tone="danger",
    )
