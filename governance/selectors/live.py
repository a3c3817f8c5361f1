"""What goes on in the sitting now: item, floor, quorum, votes; for the projector and the console (GOV-35).

All of it is read anew; what a page showed stays true as long as the pulse of the assembly does not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core.questions import Given, Question
from governance.calculations.quorum import Quorum
from governance.calculations.rules import RuleMissing
from governance.models import AgendaItem, Assembly, College, Resolution, Vote
from governance.selectors.speaking import Floor, floor_of
from governance.selectors.standing import Standing, quorum_for, quorum_instant, standing_at
from governance.selectors.vote_progress import Progress, progress_of
from governance.selectors.vote_words import ResultWords, result_words
from governance.selectors.votes import results_of, title_of, votes_of
from governance.states.assemblies import AssemblyState, ResolutionState
from governance.states.rules import DecisionKind
from governance.states.votes import VoteState, VoteWay

# Of those who wait, the screen names the first.
NEXT_SPEAKERS = 3
# Of the votes of an item, the screen has room for so many.
MOST_VOTES = 3
_FOCUS: list[str] = [VoteState.OPEN, VoteState.CLOSED, VoteState.PROCLAIMED]
# Before the convocation leaves, or once it is cancelled, there is nothing to project.
SHOWN = (
    AssemblyState.CONVENED,
    AssemblyState.OPEN,
    AssemblyState.CLOSED,
    AssemblyState.SIGNED,
    AssemblyState.PUBLISHED,
)


@dataclass(frozen=True)
class CollegeThere:
    """A college in the room: its name, how many voices it has there out of how many."""

    name: str
    have: int
    base: int


@dataclass(frozen=True)
class QuorumShown:
    """The quorum of the decision that comes, and the kind of decision it is of."""

    quorum: Quorum
    kind: str
    # The rules check it once, at the opening: what is shown is of that moment.
    is_of_opening: bool
    colleges: Sequence[CollegeThere]

    @property
    def kind_label(self) -> str:
        return str(DecisionKind(self.kind).label)

    @property
    def share(self) -> int:
        """How far the bar goes, in thousandths of the associates."""
        return _thousandths(self.quorum.have, self.quorum.base)

    @property
    def mark(self) -> int:
        """Where the need stands on the bar."""
        return _thousandths(self.quorum.need, self.quorum.base)


@dataclass(frozen=True)
class VoteShown:
    """A vote that the room looks at: how many of its voices have spoken, never which; its result once
    proclaimed."""

    vote: Vote
    progress: Progress
    result: ResultWords | None

    @property
    def counts_ballots(self) -> bool:
        return self.result is None and self.vote.way != VoteWay.HANDS

    @property
    def title(self) -> str:
        """What is voted, with the number of the resolution and, from the second one on, the round."""
        title, number = title_of(self.vote), self.vote.resolution.number
        if number:
            title = f"{number}. {title}"
        if self.vote.round > 1:
            title = _("%(title)s (tour n° %(round)d)") % {"title": title, "round": self.vote.round}
        return title


@dataclass(frozen=True)
class Live:
    """The sitting at an instant."""

    item: AgendaItem | None
    floor: Floor
    standing: Standing | None
    quorum: QuorumShown | None

    @property
    def next_speakers(self) -> Sequence[object]:
        return self.floor.waiting[:NEXT_SPEAKERS]


def _thousandths(part: int, whole: int) -> int:
    return min(1000, part * 1000 // whole) if whole else 0


def screen_of(key: str) -> Assembly | None:
    """Gives the assembly that a screen shows, by the key of its address."""
    if not key:
        return None
    rows = Assembly.objects.filter(screen_key=key, state__in=SHOWN)
    return rows.select_related("current_item", "rule_set").first()


def pulse_of_screen(key: str) -> tuple[int, int] | None:
    """Gives the key and the pulse of the assembly that a screen shows, in one query."""
    rows = Assembly.objects.filter(screen_key=key, state__in=SHOWN) if key else Assembly.objects.none()
    return rows.values_list("pk", "pulse").first()


def pulse_of(assembly_id: int) -> int | None:
    """Gives the pulse of an assembly."""
    return Assembly.objects.filter(pk=assembly_id).values_list("pulse", flat=True).first()


def live_of(assembly: Assembly, at: datetime, kind: str = "") -> Live:
    """Gives the sitting as it stands, in a number of queries that does not grow. `kind`: of the decision that
    comes, where the page read votes and resolutions already."""
    standing = standing_at(assembly, at) if assembly.is_live else None
    quorum = _quorum(assembly, standing, kind or _kind_asked(assembly)) if standing is not None else None
    return Live(assembly.current_item, floor_of(assembly), standing, quorum)


def votes_in_focus(assembly: Assembly) -> list[VoteShown]:
    """Gives the votes that the room looks at: the open ones, then those of the item of the moment, to be
    proclaimed first, the latest proclaimed next."""
    shown = Q(state=VoteState.OPEN)
    if assembly.current_item_id:
        over = [VoteState.CLOSED, VoteState.PROCLAIMED]
        shown |= Q(state__in=over, resolution__item=assembly.current_item_id)
    # A secret ballot is shown by its scrutin, its votes once they are proclaimed.
    hidden = Q(way=VoteWay.SECRET) & ~Q(state=VoteState.PROCLAIMED)
    votes = list(votes_of(assembly).filter(shown).exclude(hidden).order_by("-opened_at", "-pk"))
    votes.sort(key=lambda vote: _FOCUS.index(vote.state))
    votes = votes[:MOST_VOTES]
    if not votes:
        return []
    known = progress_of(votes)
    results = {}
    if any(vote.state == VoteState.PROCLAIMED for vote in votes):
        keys = {vote.pk for vote in votes}
        results = {one.vote_id: result_words(one) for one in results_of(assembly) if one.vote_id in keys}
    return [VoteShown(vote, known[vote.pk], results.get(vote.pk)) for vote in votes]


def _quorum(assembly: Assembly, standing: Standing, kind: str) -> QuorumShown | None:
    """The quorum that a vote opened now must meet; nothing where the rules do not say it."""
    try:
        found = quorum_for(assembly, kind, standing)
        is_of_opening = quorum_instant(assembly, standing.at) != standing.at
    except RuleMissing:
        return None
    names = dict(College.objects.values_list("pk", "name")) if found.by_college else {}
    colleges = [CollegeThere(names[pk], one.have, one.base) for pk, one in found.by_college.items()]
    return QuorumShown(found, kind, is_of_opening, colleges)


def kind_in_focus(
    assembly: Assembly, voting: Sequence[str], to_come: Sequence[tuple[int | None, str]]
) -> str:
    """Gives the kind of the decision that comes: of the first open vote, else of the item of the moment, else
    of the next resolution. `to_come`: the item and the kind of each resolution of the agenda."""
    of_item = [kind for item, kind in to_come if item == assembly.current_item_id]
    kinds = [*voting, *of_item, *(kind for _item, kind in to_come)]
    return kinds[0] if kinds else DecisionKind.ORDINARY.value


def _kind_asked(assembly: Assembly) -> str:
    voting = _VOTING(assembly=assembly.pk)
    return kind_in_focus(assembly, voting, [] if voting else _TO_COME(assembly=assembly.pk))


_VOTING = Question(
    lambda: (
        Vote.objects.filter(assembly=Given("assembly"), state=VoteState.OPEN)
        .order_by("pk")
        .values_list("resolution__decision_kind", flat=True)
    )
)
_TO_COME = Question(
    lambda: (
        Resolution.objects.filter(assembly=Given("assembly"), state=ResolutionState.ON_AGENDA)
        .order_by("number", "pk")
        .values_list("item_id", "decision_kind")
    )
)
