"""The page of an associate about one assembly: what is put before them, their voices, their ballots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance.calculations.delays import Window
from governance.models import (
    Assembly,
    Associate,
    MemberQuestion,
    NamedBallot,
    Paper,
    Resolution,
    SectionMeeting,
    SpeakingTurn,
    Vote,
)
from governance.selectors.assemblies import Point, additions_of, agenda_of, papers_of, text_of
from governance.selectors.live import VoteShown, votes_in_focus
from governance.selectors.representation import (
    OwnVoice,
    correspondence_until,
    counts_remote,
    own_voices,
    takes_presence,
)
from governance.selectors.secret_voting import ScrutinInHand, scrutins_in_hand
from governance.selectors.sections import section_meetings_of
from governance.selectors.speaking import Floor, floor_of
from governance.selectors.vote_words import ResultWords, result_words
from governance.selectors.votes import Card, open_cards, receipts_of, results_of
from governance.states.assemblies import AssemblyState


@dataclass(frozen=True)
class OwnTurn:
    """One's turn to speak: it is now, or so many speak before."""

    turn: SpeakingTurn
    before: int


@dataclass(frozen=True)
class Now:
    """What one may do in the sitting at once: vote, speak."""

    assembly: Assembly
    voices: Sequence[OwnVoice]
    cards: Sequence[Card]
    # Secret ballots, which have a page of their own.
    scrutins: Sequence[ScrutinInHand]
    floor: Floor
    # What was just proclaimed of the item of the moment.
    proclaimed: Sequence[VoteShown]
    # Until when a form of correspondence may be sent; None when it may not.
    form_until: datetime | None
    may_connect: bool

    @property
    def is_before(self) -> bool:
        """Proxies and forms are given until the opening."""
        return self.assembly.state == AssemblyState.CONVENED

    @property
    def waiting(self) -> int:
        """How many of one's voices have said nothing yet in a vote that is open."""
        return sum(len(card.waiting) for card in self.cards)

    @property
    def turns(self) -> list[OwnTurn]:
        found = [self.floor.own(voice.associate) for voice in self.voices]
        return [OwnTurn(turn, self.floor.before(turn)) for turn in found if turn is not None]

    @property
    def hears(self) -> Associate | None:
        """Who has the floor, unless it is one of one's own: the queue says so already."""
        speaking = self.floor.speaking
        mine = {voice.associate.pk for voice in self.voices}
        return speaking.associate if speaking is not None and speaking.associate_id not in mine else None

    @property
    def may_ask(self) -> list[OwnVoice]:
        """Those of one's associates who are there and not yet in the queue."""
        asked = {one.turn.associate_id for one in self.turns}
        return [voice for voice in self.voices if voice.place and voice.associate.pk not in asked]


@dataclass(frozen=True)
class ResultRead:
    """What was proclaimed, and the page where one reads who said what."""

    vote: Vote
    words: ResultWords


@dataclass(frozen=True)
class TextRead:
    """A resolution, its text as it stands, what was proclaimed of it and of its amendments."""

    resolution: Resolution
    text: str
    results: list[ResultRead]


@dataclass(frozen=True)
class PointRead:
    """A point of the agenda, and each of its resolutions."""

    point: Point
    texts: list[TextRead]


@dataclass(frozen=True)
class Member:
    """All of the page but what changes during the sitting."""

    points: Sequence[PointRead]
    papers: Sequence[Paper]
    sections: Sequence[SectionMeeting]
    questions: Sequence[MemberQuestion]
    receipts: Sequence[NamedBallot]
    # When members may add resolutions; None where the rules do not say.
    additions: Window | None
    additions_open: bool


def now_of(assembly: Assembly, user: Any, at: datetime) -> Now:
    """Gives what this account may do at once, in a number of queries that does not grow."""
    cards = open_cards(user, assembly) if assembly.is_live else []
    until = correspondence_until(assembly) if assembly.state == AssemblyState.CONVENED else None
    return Now(
        assembly,
        own_voices(assembly, user, at),
        cards,
        scrutins_in_hand(assembly, user) if assembly.is_live else [],
        floor_of(assembly),
        [one for one in votes_in_focus(assembly) if one.result is not None] if assembly.is_live else [],
        form_until=until if until is not None and at < until else None,
        may_connect=counts_remote(assembly) and takes_presence(assembly, at),
    )


def member_of(assembly: Assembly, user: Any, at: datetime) -> Member:
    """Gives the agenda with its papers and texts, the questions, one's own receipts."""
    results = _results(assembly)
    points = [
        PointRead(point, [TextRead(one, text_of(one), results.get(one.pk, [])) for one in point.resolutions])
        for point in agenda_of(assembly)
    ]
    window = additions_of(assembly)
    return Member(
        points,
        list(papers_of(assembly).filter(item=None)),
        list(section_meetings_of(assembly)),
        _questions(assembly, user),
        receipts_of(user, assembly),
        window,
        window is not None
        and window.holds(timezone.localdate(at))
        and assembly.state == AssemblyState.CONVENED,
    )


def _results(assembly: Assembly) -> dict[int, list[ResultRead]]:
    found: dict[int, list[ResultRead]] = {}
    for result in results_of(assembly):
        found.setdefault(result.vote.resolution_id, []).append(ResultRead(result.vote, result_words(result)))
    return found


def _questions(assembly: Assembly, user: Any) -> list[MemberQuestion]:
    """Those that have an answer, for everybody; one's own before."""
    own = Associate.objects.acted_by(user.person_id, timezone.localdate()).order_by().values("pk")
    rows = assembly.questions.filter(Q(answered_at__isnull=False) | Q(associate__in=own))
    return list(rows.select_related("associate__person", "associate__organisation"))
