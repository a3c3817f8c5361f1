"""The voter’s pages: the open cards, the check before casting, the receipts (GOV-25, GOV-29)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cae.core.forms import refused_at
from cae.core.permissions import can, in_person, requires
from governance.forms.votes import BallotForm
from governance.models import Assembly
from governance.selectors.vote_papers import choice_words, labels_of
from governance.selectors.votes import ballot_by_receipt, open_cards, receipts_of
from governance.services.casting import cast_many
from governance.states.votes import VoteState
from people.requests import SignedIn

CAST, VIEW = "governance.cast_vote", "governance.view_vote"
# The controls of the cards, which the check carries from the cards to the box.
PREFIX = "voix-"


def _found(request: SignedIn, pk: int) -> Assembly:
    """An assembly that one sees, or in which one has a voice: others do not learn that it is there."""
    assembly = get_object_or_404(Assembly, pk=pk)
    if not can(request.user, VIEW, assembly):
        raise Http404
    return assembly


@in_person
@requires(CAST)
@require_safe
def vote_cards(request: SignedIn, pk: int) -> HttpResponse:
    """One card for each open vote, a voice a group of choices."""
    assembly = _found(request, pk)
    return _cards_page(request, assembly, BallotForm(cards=open_cards(request.user, assembly)))


def _cards_page(
    request: SignedIn, assembly: Assembly, form: BallotForm, *, wrong: bool = False
) -> HttpResponse:
    context = {
        "assembly": assembly,
        "form": form,
        "sees_assembly": can(request.user, "governance.attend_assembly", assembly),
    }
    return render(request, "governance/votes/cards.html", context, status=422 if wrong else 200)


@in_person
@requires(CAST)
@require_POST
def vote_check(request: SignedIn, pk: int) -> HttpResponse:
    """What is about to be cast, read again; then cast. Nothing is written before « confirm »."""
    assembly = _found(request, pk)
    form = BallotForm(request.POST, cards=open_cards(request.user, assembly))
    valid = form.is_valid()
    unknown = [name for name, _value in _typed(request) if name not in form.fields]
    if "confirm" in request.POST and _is_sent_again(form, unknown):
        messages.info(request, _("Ces voix étaient déjà données : voici leurs reçus."))
        return redirect("governance:vote_receipts", assembly.pk)
    if unknown:
        messages.error(
            request,
            _("Un de ces votes est clos, ou son bulletin est définitif : rien n’a été enregistré."),
        )
    if unknown or not valid or "change" in request.POST:
        return _cards_page(request, assembly, form, wrong=bool(unknown) or not valid)
    if "confirm" in request.POST:
        with refused_at(form):
            return _cast(request, assembly, form)
        return _cards_page(request, assembly, form, wrong=True)
    context = {"assembly": assembly, "told": form.told(), "typed": list(_typed(request))}
    return render(request, "governance/votes/check.html", context)


def _is_sent_again(form: BallotForm, unknown: list[str]) -> bool:
    """The same ballots sent twice, by a double click or another tab: nothing is new, nothing is wrong."""
    typed_nothing_wrong = not form.choices and set(form.errors) <= {NON_FIELD_ERRORS}
    repeats = form.says_again or bool(unknown)
    return typed_nothing_wrong and repeats and all(form.is_of_given(name) for name in unknown)


def _cast(request: SignedIn, assembly: Assembly, form: BallotForm) -> HttpResponse:
    ballots = cast_many(form.choices, actor=request.user, at=timezone.now())
    sentence = ngettext(
        "%(count)d bulletin est reçu. Gardez son reçu.",
        "%(count)d bulletins sont reçus. Gardez leurs reçus.",
        len(ballots),
    )
    messages.success(request, sentence % {"count": len(ballots)})
    return redirect("governance:vote_receipts", assembly.pk)


def _typed(request: SignedIn) -> Any:
    """The controls of the cards as they were sent, to be sent again."""
    for name, values in request.POST.lists():
        if name.startswith(PREFIX):
            for value in values:
                yield name, value


@in_person
@requires(CAST)
@require_safe
def vote_receipts(request: SignedIn, pk: int) -> HttpResponse:
    """One’s ballots in an assembly, each with the code that finds it again."""
    assembly = _found(request, pk)
    ballots = [
        (ballot, choice_words(ballot.choice, labels_of(ballot.voice.vote)))
        for ballot in receipts_of(request.user, assembly)
    ]
    context = {
        "assembly": assembly,
        "ballots": ballots,
        "left": sum(len(card.waiting) for card in open_cards(request.user, assembly)),
        "sees_assembly": can(request.user, "governance.attend_assembly", assembly),
    }
    return render(request, "governance/votes/receipts.html", context)


@in_person
@requires(VIEW)
@require_safe
def vote_receipt(request: SignedIn, receipt: str) -> HttpResponse:
    """A ballot found by its code: one’s own at once; anybody’s of the assembly once the vote is proclaimed,
    for a vote by name is open."""
    ballot = ballot_by_receipt(receipt)
    if ballot is None or not can(request.user, VIEW, ballot.voice.vote):
        raise Http404
    vote = ballot.voice.vote
    mine = any(one.pk == ballot.pk for one in receipts_of(request.user, vote.assembly))
    if not mine and vote.state != VoteState.PROCLAIMED:
        raise Http404
    context = {
        "ballot": ballot,
        "vote": vote,
        "assembly": vote.assembly,
        "is_mine": mine,
        "words": choice_words(ballot.choice, labels_of(vote)),
        "counts": ballot.is_last,
    }
    return render(request, "governance/votes/receipt.html", context)
