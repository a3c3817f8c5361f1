"""The votes of an assembly for its bureau: what is put to the vote, what is still to prepare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from governance.calculations.amendments import order
from governance.models import Amendment, Assembly, Resolution, Vote, VoteResult
from governance.selectors.vote_progress import Progress, progress_of
from governance.selectors.votes import (
    first_round,
    last_result,
    results_of,
    votes_of,
    votes_with_voice,
)
from governance.states.assemblies import AmendmentState, ResolutionState
from governance.states.votes import Method, Outcome, VoteState


@dataclass(frozen=True)
class Line:
    """A resolution with its votes in order, and what may still be prepared of it."""

    resolution: Resolution
    # With the result that stands, once it is proclaimed.
    votes: list[tuple[Vote, Progress, VoteResult | None]] = field(default_factory=list)
    # Amendments without vote, in the order in which they are voted.
    amendments: list[Amendment] = field(default_factory=list)
    needs_vote: bool = True


def own_lines(user: Any, assembly: Assembly) -> list[Line]:
    """Gives what one votes on, to somebody who does not see the assembly: nothing else of it."""
    votes = list(votes_with_voice(user, assembly))
    counted, results = progress_of(votes), _results(assembly)
    found: dict[int, Line] = {}
    for vote in votes:
        line = found.setdefault(vote.resolution_id, Line(vote.resolution, needs_vote=False))
        line.votes.append((vote, counted[vote.pk], results.get(vote.pk)))
    return list(found.values())


def vote_lines(assembly: Assembly) -> list[Line]:
    """Gives the resolutions on the agenda in order, in a number of queries that does not grow."""
    votes = list(votes_of(assembly))
    counted, results = progress_of(votes), _results(assembly)
    by_resolution: dict[int, list[Vote]] = {}
    for vote in votes:
        by_resolution.setdefault(vote.resolution_id, []).append(vote)
    waiting: dict[int, list[Amendment]] = {}
    proposed = Amendment.objects.filter(resolution__assembly=assembly, state=AmendmentState.PROPOSED)
    for amendment in order(proposed):
        waiting.setdefault(amendment.resolution_id, []).append(amendment)
    lines = []
    rows = assembly.resolutions.filter(state=ResolutionState.ON_AGENDA).order_by("number", "pk")
    for resolution in rows:
        held = [vote for vote in by_resolution.get(resolution.pk, []) if vote.state != VoteState.CANCELLED]
        known = {vote.amendment_id for vote in held}
        lines.append(
            Line(
                resolution,
                [
                    (vote, counted[vote.pk], results.get(vote.pk))
                    for vote in by_resolution.get(resolution.pk, [])
                ],
                [one for one in waiting.get(resolution.pk, []) if one.pk not in known],
                None not in known,
            )
        )
    return lines


def _results(assembly: Assembly) -> dict[int, VoteResult]:
    return {result.vote_id: result for result in results_of(assembly)}


def needs_second_round(vote: Vote) -> bool:
    """Tells whether this proclaimed first round leaves seats to a second one that nobody prepared."""
    if vote.amendment_id is not None or vote.round != 1 or vote.state != VoteState.PROCLAIMED:
        return False
    if vote.resolution.method not in (Method.LIST, Method.NAMES):
        return False
    result = last_result(vote)
    later = Vote.objects.filter(resolution=vote.resolution_id, amendment=None, round=2)
    return (
        result is not None
        and result.verdict == Outcome.SECOND_ROUND
        and first_round(vote.resolution) == vote
        and not later.exclude(state=VoteState.CANCELLED).exists()
    )


def waits_for_second_round(resolution: Resolution) -> bool:
    """Tells whether the first round left seats and the second one is not opened: who stands may withdraw."""
    first = first_round(resolution)
    result = last_result(first) if first else None
    if result is None or result.verdict != Outcome.SECOND_ROUND:
        return False
    later = Vote.objects.filter(resolution=resolution, amendment=None, round=2)
    return not later.exclude(state__in=(VoteState.DRAFT, VoteState.CANCELLED)).exists()


def elected_keys(resolution: Resolution) -> frozenset[str]:
    """Gives the candidates whom the first round elected."""
    first = first_round(resolution)
    result = last_result(first) if first else None
    return frozenset(result.facts.get("elected", ())) if result else frozenset()
