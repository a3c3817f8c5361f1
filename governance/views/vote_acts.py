"""What the bureau does to a vote: prepare, open, close, count, proclaim, cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_page
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import in_person, require, requires
from governance.forms.votes import (
    CancelVoteForm,
    CastingForm,
    CountsForm,
    PrepareForm,
)
from governance.models import Amendment, College, Resolution, Vote
from governance.selectors.vote_counts import weights_of
from governance.selectors.votes import counts_entered, title_of
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.voting import cancel_vote, close_vote, open_vote, prepare_vote
from governance.states.votes import CountKind, VoteWay
from governance.views.votes import vote_page, vote_seen
from people.requests import SignedIn

RUN, COUNT = "governance.run_vote", "governance.count_votes"


def crumbs_to(vote: Vote, last: Any) -> list[tuple[Any, str]]:
    """One step back, to the vote: on a phone the whole way would stand in two lines."""
    return [(title_of(vote), vote.get_absolute_url()), (last, "")]


def act_on_vote(
    request: SignedIn, vote: Vote, form: forms.BaseForm, run: Callable[[], Any], **page: Any
) -> HttpResponse:
    """An act of the bureau, on a page that goes back to the vote."""
    page = {"lead": title_of(vote)} | page
    back_url = vote.get_absolute_url()
    return act_page(
        request, form, lambda _typed: run(), back_url=back_url, crumbs=crumbs_to(vote, page["title"]), **page
    )


@requires(RUN)
def vote_prepare(request: SignedIn, pk: int) -> HttpResponse:
    """The vote on a resolution, or the second round of its election (`?tour=2`)."""
    resolution = get_object_or_404(Resolution.objects.visible_to(request.user), pk=pk)
    rounds = 2 if request.GET.get("tour") == "2" else 1
    return _prepare(request, resolution, None, rounds)


@requires(RUN)
def vote_prepare_amendment(request: SignedIn, pk: int) -> HttpResponse:
    rows = Amendment.objects.filter(resolution__in=Resolution.objects.visible_to(request.user))
    amendment = get_object_or_404(rows.select_related("resolution__assembly"), pk=pk)
    return _prepare(request, amendment.resolution, amendment, 1)


def _prepare(
    request: SignedIn, resolution: Resolution, amendment: Amendment | None, rounds: int
) -> HttpResponse:
    require(request.user, RUN, resolution)
    form = PrepareForm(request.POST or None)
    title = _("Préparer le vote") if rounds == 1 else _("Préparer le second tour")
    listed = reverse("governance:vote_list", args=[resolution.assembly_id])
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            vote = prepare_vote(
                resolution,
                way=form.cleaned_data["way"],
                amendment=amendment,
                round_number=rounds,
                actor=request.user,
            )
            messages.success(request, _("Le vote est prêt : ouvrez-le quand la séance y est."))
            return redirect(vote)
    return form_page(
        request,
        form,
        title=title,
        submit=_("Préparer"),
        lead=f"{resolution.title} · {amendment}" if amendment else resolution.title,
        back_url=listed,
        crumbs=[
            (resolution.assembly.title, resolution.assembly.get_absolute_url()),
            (_("Votes"), listed),
            (title, ""),
        ],
    )


@require_POST
@requires(RUN)
def vote_act(request: SignedIn, pk: int) -> HttpResponse:
    """Opens, closes or proclaims; what is refused is said on the page of the vote."""
    vote = vote_seen(request, pk, RUN)
    do, by = request.POST.get("do"), {"actor": request.user, "at": timezone.now()}
    if do == "proclaim":
        return _proclaim(request, vote, by)
    acts: dict[str | None, tuple[Any, Any]] = {
        "open": (open_vote, _("Le vote est ouvert.")),
        "close": (close_vote, _("Le vote est clos : plus aucun bulletin n’entre.")),
    }
    if do not in acts:
        raise Http404
    act, done = acts[do]
    with refused_above(request):
        act(vote, **by)
        messages.success(request, done)
    return redirect(vote)


def _proclaim(request: SignedIn, vote: Vote, by: dict[str, Any]) -> HttpResponse:
    """With the word of the chair, where the sides are equal and the statutes let the chair part them."""
    form = CastingForm(request.POST) if "casting_asked" in request.POST else None
    if form is None:
        with refused_above(request):
            proclaim(vote, **by)
            messages.success(request, _("Le résultat est proclamé."))
        return redirect(vote)
    if form.is_valid():
        with refused_at(form):
            proclaim(vote, casting=form.cleaned_data["casting"], **by)
            messages.success(request, _("Le résultat est proclamé."))
            return redirect(vote)
    return vote_page(request, vote, casting=form, status=422)


@requires(RUN)
def vote_cancel(request: SignedIn, pk: int) -> HttpResponse:
    vote = vote_seen(request, pk, RUN)
    form = CancelVoteForm(request.POST or None, is_told=vote.opened_at is not None)
    return act_on_vote(
        request,
        vote,
        form,
        lambda: cancel_vote(vote, reason=form.cleaned_data["reason"], actor=request.user),
        title=_("Annuler le vote"),
        submit=_("Annuler le vote"),
        tone="danger",
        done=_("Vote annulé : un autre peut être préparé."),
    )


def college_asked(request: SignedIn, vote: Vote) -> College | None:
    """The college of the address (`?college=3`), where colleges are counted apart (404)."""
    if not weights_of(vote):
        return None
    return get_object_or_404(College, pk=key_in(request.GET.get("college", "")) or 0)


def kind_of(vote: Vote) -> str:
    return CountKind.HANDS.value if vote.way == VoteWay.HANDS else CountKind.PAPER.value


def _count_lead(vote: Vote, college: College | None) -> str:
    if kind_of(vote) == CountKind.HANDS:
        said = _("Voix par choix, pouvoirs compris ; une case vide compte pour zéro.")
    else:
        said = _(
            "Deux scrutateurs entrent chacun leur décompte, sans voir l’autre ; une case vide vaut zéro."
        )
    return f"{college.name} · {said}" if college else said


@in_person
@requires(COUNT)
def vote_counts(request: SignedIn, pk: int) -> HttpResponse:
    """What people counted: hands by the bureau, paper by two scrutineers."""
    vote = vote_seen(request, pk, COUNT)
    college, kind = college_asked(request, vote), kind_of(vote)
    mine = counts_entered(vote, kind, college, by=request.user)
    form = CountsForm(request.POST or None, vote=vote, before=mine)
    return act_on_vote(
        request,
        vote,
        form,
        lambda: declare_counts(
            vote, kind=kind, college=college, counts=form.counts(), actor=request.user, at=timezone.now()
        ),
        title=_("Décompte"),
        lead=_count_lead(vote, college),
        submit=_("Enregistrer le décompte"),
        done=_("Décompte enregistré."),
    )
