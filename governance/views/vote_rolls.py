"""Voices that the bureau notes, and what it puts right: the call of names, a wrong count, a voice wrongly
noted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import refused_above
from cae.core.keys import key_in
from cae.core.permissions import in_person, requires
from governance.forms.votes import BallotForm, CorrectForm, NotedVoicesForm, RenoteForm
from governance.selectors.roll_calls import noted_voices, roll_card, roll_to_call
from governance.selectors.votes import counts_entered, title_of
from governance.services.casting import enter_roll_call
from governance.services.corrections import Recount, Renoted, correct_result
from governance.states.votes import STRUCK, VoteState, VoteWay
from governance.views.vote_acts import RUN, act_on_vote, college_asked, crumbs_to, kind_of
from governance.views.votes import vote_seen
from people.requests import SignedIn


@requires(RUN)
def vote_correct(request: SignedIn, pk: int) -> HttpResponse:
    """A new result that names its reason, after a wrong count."""
    vote = vote_seen(request, pk, RUN)
    college, kind = college_asked(request, vote), kind_of(vote)
    form = CorrectForm(request.POST or None, vote=vote, before=counts_entered(vote, kind, college))
    return act_on_vote(
        request,
        vote,
        form,
        lambda: correct_result(
            vote,
            change=Recount(kind, college, form.counts()),
            reason=form.cleaned_data["reason"],
            casting=form.cleaned_data.get("casting", ""),
            actor=request.user,
            at=timezone.now(),
        ),
        title=_("Rectifier le résultat"),
        lead=_("L’ancien résultat reste lisible ; le nouveau porte le motif."),
        submit=_("Établir le nouveau résultat"),
        done=_("Nouveau résultat établi."),
    )


@in_person
@requires(RUN)
def vote_renote(request: SignedIn, pk: int) -> HttpResponse:
    """Chooses voices that the bureau noted (`?voix=12&voix=15`), then says what each said and why it was
    wrong."""
    vote = vote_seen(request, pk, RUN)
    rows = noted_voices(vote)
    if not rows:
        return redirect(vote)
    asked = {key_in(one) for one in request.GET.getlist("voix")}
    voices = [row.voice for row in rows if row.voice.pk in asked]
    title, page = _("Rectifier des voix notées"), reverse("governance:vote_renote", args=[vote.pk])
    if not voices:
        context = {"vote": vote, "title": title, "lead": title_of(vote), "page": page}
        context["form"] = NotedVoicesForm(rows=rows)
        return render(request, "governance/votes/renote.html", context | {"crumbs": crumbs_to(vote, title)})
    form = RenoteForm(request.POST or None, vote=vote, cards=[roll_card(vote, voices, ends=False)])
    return act_on_vote(
        request,
        vote,
        form,
        lambda: correct_result(
            vote,
            change=Renoted(form.choices[vote.pk]),
            reason=form.cleaned_data["reason"],
            casting=form.cleaned_data.get("casting", ""),
            actor=request.user,
            at=timezone.now(),
        ),
        title=title,
        lead=_("L’ancien résultat reste lisible ; le nouveau porte le motif. Ces personnes sont prévenues."),
        submit=_("Établir le nouveau résultat"),
        done=_("Nouveau résultat établi."),
    )


@in_person
@requires(RUN)
def vote_roll(request: SignedIn, pk: int) -> HttpResponse:
    """Calls the names: the next one who has not answered, or the one that was chosen (`?voix=12`)."""
    vote = vote_seen(request, pk, RUN)
    if vote.state != VoteState.OPEN or vote.way not in (VoteWay.SCREEN, VoteWay.ROLL_CALL):
        return redirect(vote)
    rows = roll_to_call(vote)
    asked = key_in(request.GET.get("voix", ""))
    wanted = (
        one.voice
        for one in rows
        if one.is_callable and (one.voice.pk == asked if asked else one.ballot is None)
    )
    voice = next(wanted, None)
    page = reverse("governance:vote_roll", args=[vote.pk])
    cards = [roll_card(vote, [voice])] if voice is not None else []
    if voice is not None and "rien" in request.POST:
        with refused_above(request):
            enter_roll_call(voice, choice=STRUCK, actor=request.user, at=timezone.now())
            messages.success(request, _("Effacé : %(name)s reste à appeler.") % {"name": voice})
        return redirect(page)
    form = BallotForm(request.POST or None, cards=cards)

    def enter() -> None:
        choice = form.choices[vote.pk][voice.pk]  # type: ignore[union-attr]
        enter_roll_call(voice, choice=choice, actor=request.user, at=timezone.now())  # type: ignore[arg-type]

    return act_on_vote(
        request,
        vote,
        form,
        enter,
        title=_("Appel nominal"),
        submit=_("Noter, puis appeler la suite"),
        done=_("Noté : %(name)s.") % {"name": voice} if voice else "",
        goes_to=page,
        template="governance/votes/roll.html",
        rows=rows,
        page=page,
        voice=voice,
        may_strike=any(one.cast is not None for card in cards for one in card.voices if not card.is_final),
    )
