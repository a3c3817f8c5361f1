"""The votes of an assembly, and one of them: for the bureau while it runs, for every associate once it is
proclaimed (GOV-25, GOV-30)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cae.core.permissions import can, requires
from governance.calculations.counting import COUNTED_BY_HAND
from governance.forms.votes import CastingForm
from governance.models import Assembly, Vote
from governance.selectors.roll_calls import is_noted, takes_corrections
from governance.selectors.rules import decision_words
from governance.selectors.secret_totals import on_paper, scrutin_of
from governance.selectors.vote_cast import cast_in
from governance.selectors.vote_counts import decision_of, is_parted, weights_of
from governance.selectors.vote_lists import needs_second_round, own_lines, vote_lines
from governance.selectors.vote_papers import method_of
from governance.selectors.vote_progress import progress
from governance.selectors.vote_words import result_words
from governance.selectors.votes import (
    board_of,
    chair_said,
    colleges_of,
    declared_of,
    results_of_vote,
    title_of,
)
from governance.states.votes import VOTE_FLOW, CountKind, VoteState, VoteWay
from people.requests import SignedIn

VIEW, RUN = "governance.view_vote", "governance.run_vote"
ATTEND = "governance.attend_assembly"


@requires(VIEW)
@require_safe
def vote_list(request: SignedIn, pk: int) -> HttpResponse:
    """What is put to the vote in an assembly, in order, with what is to prepare for its bureau."""
    assembly = get_object_or_404(Assembly, pk=pk)
    if not can(request.user, VIEW, assembly):
        raise Http404
    sees = can(request.user, ATTEND, assembly)
    context = {
        "assembly": assembly,
        "sees_assembly": sees,
        "lines": vote_lines(assembly) if sees else own_lines(request.user, assembly),
        "may_run": can(request.user, RUN, assembly) and assembly.state in ("convened", "open"),
        "leads": can(request.user, "governance.run_assembly", assembly),
    }
    return render(request, "governance/votes/list.html", context)


def vote_seen(request: SignedIn, pk: int, right: str = VIEW) -> Vote:
    """A vote of an assembly that one sees, or in which one has a voice (404)."""
    rows = Vote.objects.select_related("assembly", "resolution", "amendment", "opened_by", "closed_by")
    vote = get_object_or_404(rows, pk=pk)
    if not can(request.user, right, vote):
        raise Http404
    return vote


@requires(VIEW)
@require_safe
def vote_detail(request: SignedIn, pk: int) -> HttpResponse:
    """The text, the rule and the quorum as frozen; then, once proclaimed, the figures and who said what."""
    return vote_page(request, vote_seen(request, pk))


def vote_page(
    request: SignedIn, vote: Vote, *, casting: CastingForm | None = None, status: int = 200
) -> HttpResponse:
    may_run, secret = can(request.user, RUN, vote), vote.way == VoteWay.SECRET
    proclaimed = vote.state == VoteState.PROCLAIMED
    # Forms and blank proxies that spoke of a secret vote are counted, and shown to nobody.
    board = board_of(vote) if proclaimed and vote.way not in (VoteWay.HANDS, VoteWay.SECRET) else []
    results = [(result, result_words(result)) for result in results_of_vote(vote)]
    context: dict[str, Any] = {
        "vote": vote,
        "assembly": vote.assembly,
        "sees_assembly": can(request.user, ATTEND, vote.assembly),
        "title": title_of(vote),
        "rule": _rule(vote),
        "progress": progress(vote),
        "results": results,
        "board": board,
        "may_run": may_run,
        "moves": _moves(request, vote) if may_run and not secret else set(),
        "scrutin": scrutin_of(vote) if secret else None,
    }
    if may_run:
        context |= _to_run(vote, casting)
        open_to_it = takes_corrections(vote)
        context["may_correct"] = open_to_it and vote.declared.exists()
        context["may_renote"] = open_to_it and any(is_noted(vote, row.voice, row.ballot) for row in board)
    return render(request, "governance/votes/detail.html", context, status=status)


def _moves(request: SignedIn, vote: Vote) -> set[str]:
    return {move.name for move in VOTE_FLOW.moves_open_to(request.user, vote)}


def _rule(vote: Vote) -> str:
    if not vote.rule:
        return ""
    if vote.rule.get("majority") == "relative":
        return _("Second tour : le plus grand nombre de voix.")
    if method_of(vote) in COUNTED_BY_HAND and method_of(vote) != "consent":
        return decision_words(decision_of(vote))
    return str(vote.rule["words"])


def _to_run(vote: Vote, casting: CastingForm | None) -> dict[str, Any]:
    """What the bureau sees besides: the counts entered, by whom; the equal sides that the chair parts."""
    by_hand = method_of(vote) in COUNTED_BY_HAND
    hands, secret = vote.way == VoteWay.HANDS, vote.way == VoteWay.SECRET
    # The chair parts the sides of a secret vote on the page of its scrutin, where it is proclaimed.
    is_counted = vote.state == VoteState.CLOSED and not secret
    asks_chair = is_counted and is_parted(vote, cast_in(vote)) and not chair_said(vote)
    counts = {VoteState.OPEN, VoteState.CLOSED} if hands else {VoteState.CLOSED}
    return {
        "declared": declared_of(vote),
        "kind": CountKind.HANDS if hands else CountKind.PAPER,
        "may_count": by_hand and vote.state in counts and (not secret or bool(on_paper(vote))),
        "may_call": vote.state == VoteState.OPEN and vote.way in (VoteWay.SCREEN, VoteWay.ROLL_CALL),
        "casting": casting or (CastingForm() if asks_chair else None),
        "second_round": needs_second_round(vote),
        "weighted": bool(weights_of(vote)),
        "colleges": colleges_of(vote),
    }
