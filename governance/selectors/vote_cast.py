"""What was said in a vote: choices by name, counts that people declared, totals opened of secret boxes; and
their sums by door and by college (GOV-28, GOV-30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from governance.calculations import counting, majority, schulze, secret_questions
from governance.calculations.secret_questions import Totals
from governance.models import DeclaredCount, NamedBallot, Vote
from governance.selectors.secret_totals import boxes_of, entries_by_college, totals_of
from governance.states.votes import STRUCK, Method, VoteWay

Counts = Counter[str]


@dataclass
class Cast:
    """What was said: the choices by name, with their door and college; the counts declared by people; what
    was opened of secret boxes, by college."""

    ballots: list[tuple[str, int | None, dict[str, Any]]]
    declared: dict[tuple[str, int | None], Counts]
    # Voices of the roll, by college.
    roll: dict[int | None, int] = field(default_factory=dict)
    opened: dict[int | None, Totals] = field(default_factory=dict)

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [choice for _door, _college, choice in self.ballots]

    @property
    def kept(self) -> int:
        """The secret ballots that count."""
        return sum(totals.kept for totals in self.opened.values())

    def voices_by_door(self, paper: counting.Paper) -> Counts:
        """How many voices said something by each door other than a secret box."""
        found = Counter(door for door, _college, _choice in self.ballots)
        for (kind, _college), counts in self.declared.items():
            found[kind] += counting.voices_of(paper, counts)
        return found

    def spoken(self, paper: counting.Paper) -> int:
        """How many voices said something, by whatever door."""
        return self.voices_by_door(paper).total() + self.kept


def standing_ballots() -> QuerySet[NamedBallot]:
    """The ballot that counts of each voice: its last one, unless the bureau struck what it had noted."""
    later = NamedBallot.objects.filter(voice=OuterRef("voice"), rank__gt=OuterRef("rank"))
    return NamedBallot.objects.filter(~Exists(later)).exclude(choice=STRUCK)


def counted_ballots(vote: Vote) -> QuerySet[NamedBallot]:
    """The ballots of a vote that count, one a voice at most."""
    return standing_ballots().filter(voice__vote=vote).order_by("voice_id").select_related("voice")


def cast_in(vote: Vote) -> Cast:
    """Gives all that was said in a vote, in three queries, and three more of a secret one. Of a secret vote,
    only forms of correspondence and proxies left blank have a voice by name: the others are in the roll of
    its boxes."""
    declared: dict[tuple[str, int | None], Counts] = {}
    for row in DeclaredCount.objects.filter(vote=vote).order_by("pk"):
        declared.setdefault((row.kind, row.college_id), Counter())[row.choice] = row.count
    said = [(row.way, row.voice.college_id, row.choice) for row in counted_ballots(vote)]
    roll: Counter[int | None] = Counter()
    roll.update(vote.voices.order_by().values_list("college_id", flat=True))
    if vote.way != VoteWay.SECRET:
        return Cast(said, declared, dict(roll))
    boxes = boxes_of(vote)
    return Cast(said, declared, dict(roll + entries_by_college(boxes)), totals_of(vote, boxes))


def by_door(paper: counting.Paper, cast: Cast) -> dict[str, Counts]:
    """Gives the sums of each door by which voices came."""
    doors: dict[str, Counts] = {}
    for door in dict.fromkeys(door for door, _college, _choice in cast.ballots):
        doors[door] = _sums(paper, (choice for way, _college, choice in cast.ballots if way == door))
    for (kind, _college), counts in cast.declared.items():
        doors[kind] = doors.get(kind, Counter()) + counts
    if cast.opened:
        boxes = (secret_questions.counts_of(paper, totals) for totals in cast.opened.values())
        doors[VoteWay.SECRET.value] = added(boxes)
    return doors


def by_college(paper: counting.Paper, cast: Cast) -> dict[int | None, Counts]:
    """Gives the sums of each college."""
    found: dict[int | None, Counts] = {college: Counter() for college in cast.roll}
    for _door, college, choice in cast.ballots:
        found[college] += _sums(paper, [choice])
    for (_kind, college), counts in cast.declared.items():
        found[college] = found.get(college, Counter()) + counts
    for college, totals in cast.opened.items():
        found[college] = found.get(college, Counter()) + secret_questions.counts_of(paper, totals)
    return found


def whole(paper: counting.Paper, cast: Cast) -> Counts:
    """Gives the sums of all doors."""
    return added(by_door(paper, cast).values())


def histograms_in(paper: counting.Paper, cast: Cast) -> dict[str, list[int]]:
    """Gives, for each candidate, how many voices gave each grade."""
    found = counting.histograms(paper, cast.choices)
    for totals in cast.opened.values():
        for key, grades in secret_questions.histograms_of(paper, totals).items():
            found[key] = [one + more for one, more in zip(found[key], grades, strict=True)]
    return found


def duels_in(paper: counting.Paper, cast: Cast) -> schulze.Duels:
    """Gives how many voices put the first before the second, for each ordered pair."""
    found = schulze.duels(paper.candidates, counting.rankings(cast.choices))
    for totals in cast.opened.values():
        for pair, count in secret_questions.duels_of(paper, totals).items():
            found[pair] += count
    return found


def _sums(paper: counting.Paper, choices: Iterable[Mapping[str, Any]]) -> Counts:
    """Sums by answer or candidate; grades and rankings are told apart, so only their ballots are counted."""
    if paper.method == Method.MAJORITY_JUDGMENT:
        return Counter({counting.EXPRESSED: sum(1 for _choice in choices)})
    return counting.tally(choices)


def added(parts: Iterable[Counts]) -> Counts:
    return sum(parts, Counter())


def ordered(paper: counting.Paper, counts: Counts) -> dict[str, int]:
    """In the order of the ballot, what nobody chose at 0; then blank and null ones, where there are any."""
    first = paper.answers or (
        (*paper.candidates, counting.EXPRESSED)
        if paper.method in counting.COUNTED_BY_HAND
        else (counting.EXPRESSED,)
    )
    rest = [key for key in (majority.BLANK, majority.NULL) if counts[key]]
    return {key: counts[key] for key in (*first, *rest)}
