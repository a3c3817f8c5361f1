"""What the bureau follows during the sitting: the agenda with its votes, who is there, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from cae.core.questions import Given, Question
from governance.calculations.quorum import Quorum
from governance.models import AgendaItem, Assembly, BureauSeat, Convocation, Incident, Resolution, Vote
from governance.selectors.live import Live, kind_in_focus, live_of
from governance.selectors.representation import Loss, lost_voices
from governance.selectors.standing import quorum_of, standing_of_opening
from governance.selectors.vote_progress import Progress, progress_of
from governance.selectors.votes import title_of, votes_of
from governance.states.assemblies import ResolutionState
from governance.states.votes import VoteState, VoteWay


@dataclass(frozen=True)
class VoteLine:
    """A vote of a resolution: its title, how many voices have spoken."""

    vote: Vote
    progress: Progress

    @property
    def title(self) -> str:
        return title_of(self.vote)

    @property
    def counts_ballots(self) -> bool:
        return self.vote.state in (VoteState.OPEN, VoteState.CLOSED) and self.vote.way != VoteWay.HANDS


@dataclass(frozen=True)
class ResolutionLine:
    """A resolution of an item, with its votes that were not cancelled."""

    resolution: Resolution
    votes: list[VoteLine] = field(default_factory=list)


@dataclass(frozen=True)
class ItemLine:
    """An item of the agenda as the bureau leads it."""

    item: AgendaItem
    is_current: bool
    resolutions: list[ResolutionLine] = field(default_factory=list)


@dataclass(frozen=True)
class Console:
    """The whole of it, at an instant."""

    live: Live
    items: Sequence[ItemLine]
    # Resolutions that stand under no item.
    apart: Sequence[ResolutionLine]
    bureau: Sequence[BureauSeat]
    incidents: Sequence[Incident]
    losses: Sequence[Loss]
    # How many associates were called, then the quorum of this kind of decision as the sitting opened.
    called: int = 0
    of_opening: Quorum | None = None

    @property
    def there(self) -> list[tuple[str, int]]:
        """By which door voices come, each counted once."""
        standing = self.live.standing
        if standing is None:
            return []
        return [
            (_("En salle"), len(standing.present)),
            (_("À distance"), len(standing.remote)),
            (_("Représenté·es"), len(standing.represented)),
            (_("Par correspondance"), len(standing.correspondence)),
            (_("Associé·es ayant le droit de vote"), len(standing.members)),
            (_("Associé·es convoqué·es"), self.called),
        ]

    @property
    def current(self) -> ItemLine | None:
        return next((line for line in self.items if line.is_current), None)

    @property
    def following(self) -> ItemLine | None:
        """The item after the one of the moment."""
        ranks = [rank for rank, line in enumerate(self.items) if line.is_current]
        after = ranks[0] + 1 if ranks else 0
        return self.items[after] if after < len(self.items) else None


def console_of(assembly: Assembly, at: datetime) -> Console:
    """Gives what the console shows, in a number of queries that does not grow."""
    votes = _of(assembly, _VOTES)
    lines = _resolutions(assembly, votes)
    live = live_of(assembly, at, _kind_of(assembly, votes, lines))
    items = [
        ItemLine(
            item,
            item.pk == assembly.current_item_id,
            [line for line in lines if line.resolution.item_id == item.pk],
        )
        for item in _of(assembly, _ITEMS)
    ]
    return Console(
        live,
        items,
        [line for line in lines if line.resolution.item_id is None],
        _of(assembly, _BUREAU),
        _of(assembly, _INCIDENTS),
        lost_voices(assembly, at, live.standing) if live.standing is not None else [],
        next(iter(_CALLED(assembly=assembly.pk)), 0),
        _of_opening(assembly, live),
    )


def _kind_of(assembly: Assembly, votes: Sequence[Vote], lines: Sequence[ResolutionLine]) -> str:
    opened = sorted((vote for vote in votes if vote.state == VoteState.OPEN), key=lambda vote: vote.pk)
    voting = [vote.resolution.decision_kind for vote in opened]
    to_come = [(line.resolution.item_id, line.resolution.decision_kind) for line in lines]
    return kind_in_focus(assembly, voting, to_come)


def _of_opening(assembly: Assembly, live: Live) -> Quorum | None:
    if live.standing is None or live.quorum is None:
        return None
    opening = standing_of_opening(assembly, live.standing)
    return quorum_of(assembly, opening, live.quorum.kind) if opening is not None else None


def _resolutions(assembly: Assembly, votes: Sequence[Vote]) -> list[ResolutionLine]:
    of_one: dict[int, list[Vote]] = {}
    for vote in votes:
        of_one.setdefault(vote.resolution_id, []).append(vote)
    known = progress_of(votes)
    return [
        ResolutionLine(row, [VoteLine(vote, known[vote.pk]) for vote in of_one.get(row.pk, [])])
        for row in _of(assembly, _RESOLUTIONS)
    ]


def _of(assembly: Assembly, asked: Question[Any]) -> list[Any]:
    """Asks for rows of an assembly that is known already."""
    rows = asked(assembly=assembly.pk)
    for row in rows:
        row.assembly = assembly
    return rows


_CALLED = Question(
    lambda: (
        Convocation.objects.filter(assembly=Given("assembly"))
        .order_by()
        .values("assembly")
        .annotate(called=Count("pk"))
        .values_list("called", flat=True)
    )
)
_ITEMS = Question(lambda: AgendaItem.objects.filter(assembly=Given("assembly")).order_by("position"))
_BUREAU = Question(
    lambda: (
        BureauSeat.objects.filter(assembly=Given("assembly")).select_related("person").order_by("role", "pk")
    )
)
_INCIDENTS = Question(
    lambda: (
        Incident.objects.filter(assembly=Given("assembly"))
        .select_related("created_by__person")
        .order_by("-at", "-pk")
    )
)
_VOTES = Question(lambda: votes_of(Given("assembly")).exclude(state=VoteState.CANCELLED))
_RESOLUTIONS = Question(
    lambda: Resolution.objects.filter(assembly=Given("assembly"), state=ResolutionState.ON_AGENDA).order_by(
        "number", "pk"
    )
)
