"""The yearly interviews: written, proposed, signed by both, given back or set aside (ENT-54)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.audit import about
from cae.core.forms import form_page, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.keys import key_in
from cae.core.models import Signature
from cae.core.permissions import can, in_person, signed_in
from cae.core.signing import Hand, evidence_of
from entrepreneurs.documents.coaching import headings_of
from entrepreneurs.forms.interviews import InterviewForm, SigningForm, WhyForm
from entrepreneurs.models import Interview
from entrepreneurs.selectors.contracts import amendment_after
from entrepreneurs.selectors.follow_ups import interview_figures
from entrepreneurs.services import interviews
from entrepreneurs.states.interviews import InterviewState
from entrepreneurs.views.coaching_finding import find_row, me
from people.devices import origin_of


@signed_in
def interview_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said under each heading, the figures, the signatures."""
    interview = find_row(request, Interview, pk)
    user, today = request.user, timezone.localdate()
    is_open = interview.state == InterviewState.DUE
    signatures = Signature.objects.filter(content_sha256=interview.content_sha256, **about(interview))
    context = {
        "interview": interview,
        "status": interview.status_on(today),
        "headings": headings_of(interview),
        "figures": interview_figures(interview.person, today) if is_open else interview.figures,
        "signatures": [evidence_of(one) for one in signatures.order_by("signed_at")]
        if interview.content_sha256
        else [],
        "may_amend": can(user, "entrepreneurs.write_contract", interview.contract),
        "amendment": amendment_after(interview),
        "may_hold": is_open and can(user, "entrepreneurs.hold_interview", interview),
        "may_sign": interview.state == InterviewState.PROPOSED
        and can(user, "entrepreneurs.sign_interview", interview),
        "may_reopen": interview.state == InterviewState.PROPOSED
        and can(user, "entrepreneurs.reopen_interview", interview),
    }
    return render(request, "entrepreneurs/coaching/interview.html", context)


@keeps_typing
@signed_in
def interview_write(request: HttpRequest, pk: int) -> HttpResponse:
    interview = find_row(request, Interview, pk, right="entrepreneurs.hold_interview")
    names = ("held_on", "wants_amendment", "version")
    initial = {name: getattr(interview, name) for name in names} | interview.texts
    form = InterviewForm(typed_in(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        with refused_at(form):
            interviews.write_interview(
                interview,
                texts=form.texts(),
                held_on=found["held_on"],
                wants_amendment=found["wants_amendment"],
                version=found["version"],
                actor=request.user,
                on=timezone.localdate(),
            )
            messages.success(request, _("L’entretien est gardé."))
            return redirect(interview)
    return _form(request, form, interview, _("Rédiger l’entretien"), _("Enregistrer"))


@in_person
@signed_in
def interview_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The advisor signs what was written and offers it to the person."""
    interview = find_row(request, Interview, pk, right="entrepreneurs.hold_interview")
    form = SigningForm(request.POST or None, initial={"shown": _seen(request, interview.version)})
    if request.method == "POST" and form.is_valid():
        figures = interview_figures(interview.person, timezone.localdate())
        with refused_at(form):
            interviews.propose_interview(
                interview,
                advisor=me(request),
                figures=figures,
                hand=_hand(request, form, _("accompagnateur·rice")),
                origin=origin_of(request),
                at=timezone.now(),
                actor=request.user,
                version=key_in(form.cleaned_data["shown"]) or 0,
            )
            messages.success(request, _("L’entretien est signé et proposé à la personne."))
            return redirect(interview)
    lead = _("La personne le relit, puis le signe ou demande une correction.")
    return _form(request, form, interview, _("Signer et proposer"), _("Signer et proposer"), lead=lead)


@in_person
@signed_in
def interview_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The person signs."""
    interview = find_row(request, Interview, pk, right="entrepreneurs.sign_interview")
    form = SigningForm(request.POST or None, initial={"shown": _seen(request, interview.content_sha256)})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            interviews.sign_interview(
                interview,
                hand=_hand(request, form, ""),
                origin=origin_of(request),
                at=timezone.now(),
                actor=request.user,
                shown_sha256=form.cleaned_data["shown"],
            )
            messages.success(request, _("L’entretien est signé des deux côtés."))
            return redirect(interview)
    lead = _("Vous avez relu les huit rubriques ; une fois signées, elles ne changent plus.")
    return _form(request, form, interview, _("Signer l’entretien"), _("Signer"), lead=lead)


@signed_in
def interview_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    interview = find_row(request, Interview, pk, right="entrepreneurs.reopen_interview")
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            interviews.reopen_interview(interview, remark=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("L’entretien revient à l’accompagnement."))
            return redirect(interview)
    return _form(request, form, interview, _("Demander une correction"), _("Demander une correction"))


@signed_in
def interview_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    interview = find_row(request, Interview, pk, right="entrepreneurs.hold_interview")
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            interviews.cancel_interview(interview, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("L’entretien est déclaré sans objet."))
            return redirect(interview)
    return _form(request, form, interview, _("Déclarer sans objet"), _("Déclarer sans objet"), tone="danger")


def _seen(request: HttpRequest, current: Any) -> Any:
    """What the page that led here showed, or what stands now."""
    return request.GET.get("vu") or current


def _hand(request: HttpRequest, form: SigningForm, function: str) -> Hand:
    return Hand(me(request).full_name, function, typed=form.cleaned_data["typed"])


def _form(
    request: HttpRequest,
    form: forms.Form,
    interview: Interview,
    title: str,
    submit: str,
    *,
    tone: str = "primary",
    lead: str = "",
) -> HttpResponse:
    page = interview.get_absolute_url()
    return form_page(
        request,
        form,
        title=title,
        lead=lead or str(interview),
        submit=submit,
        tone=tone,
        back_url=page,
        crumbs=[(str(interview), page), (title, "")],
    )
