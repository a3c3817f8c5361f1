"""Votes as people meet them: the cards of a voter, how a vote goes, who said what, results in words
(GOV-25, GOV-29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from cae.core.questions import Given
from governance.calculations import counting
from governance.models import (
    Assembly,
    Associate,
    BureauSeat,
    College,
    DeclaredCount,
    NamedBallot,
    Proxy,
    Resolution,
    SecretQuestion,
    Voice,
    Vote,
    VoteResult,
)
from governance.selectors.secret_people import entries_castable
from governance.selectors.vote_cast import counted_ballots, standing_ballots
from governance.selectors.vote_counts import weights_of
from governance.selectors.vote_papers import choice_words, hand_answers, labels_of, paper_of
from governance.states.assemblies import BureauRole, ProxyState
from governance.states.votes import Answer, BallotWay, CountKind, VoteState, VoteWay
from people.models import User


@dataclass(frozen=True)
class InHand:
    """One voice that somebody casts in a vote: whose, with which instruction, and what was said last."""

    voice: Voice
    name: str
    is_own: bool
    instruction: Any = None
    cast: NamedBallot | None = None
    said: str = ""


@dataclass(frozen=True)
class Card:
    """An open vote as its voter meets it. `is_final`: the first ballot of a voice is the only one."""

    vote: Vote
    title: str
    text: str
    amount: Decimal | None
    paper: counting.Paper
    labels: dict[str, str]
    is_final: bool
    voices: list[InHand] = field(default_factory=list)

    @property
    def waiting(self) -> list[InHand]:
        """The voices that said nothing yet."""
        return [one for one in self.voices if one.cast is None]


def votes_of(assembly: Assembly | Given) -> QuerySet[Vote]:
    """Gives the votes of an assembly in the order of its resolutions, amendments before their text."""
    return (
        Vote.objects.filter(assembly=assembly)
        .select_related("assembly", "resolution", "amendment")
        .order_by(
            "resolution__number", "resolution_id", F("amendment_id").asc(nulls_last=True), "round", "pk"
        )
    )


def open_votes(assembly: Assembly) -> QuerySet[Vote]:
    return votes_of(assembly).filter(state=VoteState.OPEN)


def acted_keys(user: Any, day: date) -> QuerySet[Any]:
    """The associates for whom somebody acts on a day, as a subquery."""
    person = getattr(user, "person_id", None)
    return Associate.objects.acted_by(person, day).order_by().values("pk")


def castable(user: Any, day: date) -> Q:
    """The condition, on voices, that this account casts them: its own, those of which it is the mandatary."""
    mine = acted_keys(user, day)
    own = Q(associate__in=mine, holder=None, is_blank_proxy=False, is_by_correspondence=False)
    person = getattr(user, "person_id", None)
    as_person = Q(person=person) if person is not None else Q(pk__in=[])
    return own | Q(holder__in=mine) | as_person


def voices_of(user: Any, vote: Vote) -> list[Voice]:
    """Gives the voices that this account casts in a vote, its own first."""
    return list(_voices_in_hand(user, [vote]))


def _voices_in_hand(user: Any, votes: Iterable[Vote]) -> QuerySet[Voice]:
    return (
        Voice.objects.filter(castable(user, timezone.localdate()), vote__in=[vote.pk for vote in votes])
        .select_related("associate__person", "associate__organisation", "person")
        .order_by("vote_id", F("holder_id").asc(nulls_first=True), "pk")
    )


def open_cards(user: Any, assembly: Assembly) -> list[Card]:
    """Gives a card for each vote open on screens in which this account has a voice, in the order of the
    agenda; in a number of queries that does not grow."""
    votes = list(open_votes(assembly).filter(way=VoteWay.SCREEN))
    last = NamedBallot.objects.order_by("-rank")
    voices = _voices_in_hand(user, votes).prefetch_related(Prefetch("ballots", last, to_attr="cast_before"))
    in_hand: dict[int, list[Voice]] = {}
    for voice in voices:
        in_hand.setdefault(voice.vote_id, []).append(voice)
    instructions = _instructions(user, assembly) if in_hand else {}
    return [card_of(vote, in_hand[vote.pk], instructions) for vote in votes if vote.pk in in_hand]


def _instructions(user: Any, assembly: Assembly) -> dict[int, dict[str, Any]]:
    """{principal: {resolution: answer}} of the proxies that this account holds."""
    held = Proxy.objects.filter(
        assembly=assembly, holder__in=acted_keys(user, timezone.localdate()), state=ProxyState.GIVEN
    )
    return dict(held.values_list("principal_id", "instructions"))


def card_of(vote: Vote, voices: list[Voice], instructions: dict[int, dict[str, Any]]) -> Card:
    """Gives the card of these voices, whose `.cast_before` is read, the latest ballot first."""
    labels = labels_of(vote)
    key = str(vote.resolution_id)

    def in_hand(voice: Voice) -> InHand:
        last: NamedBallot | None = next(iter(voice.cast_before), None)  # type: ignore[attr-defined]
        cast = last if last is not None and not last.is_struck else None
        asked = None
        if voice.holder_id and not vote.amendment_id:
            asked = instructions.get(voice.associate_id or 0, {}).get(key)
        said = choice_words(cast.choice, labels) if cast else ""
        return InHand(voice, str(voice), _is_own(voice), asked, cast, said)

    return Card(
        vote=vote,
        title=title_of(vote),
        text=vote.text,
        amount=None if vote.amendment_id else vote.resolution.amount,
        paper=paper_of(vote),
        labels=labels,
        is_final=vote.rule.get("ballot_final") == "first",
        voices=[in_hand(voice) for voice in voices],
    )


def _is_own(voice: Voice) -> bool:
    """That of a legal person is told by its name, even to who stands for it."""
    stands_for = voice.associate is not None and voice.associate.organisation_id is not None
    return voice.holder_id is None and not stands_for


def title_of(vote: Vote) -> str:
    """What is voted on: a resolution, an amendment to it."""
    if vote.amendment is not None:
        return f"{vote.resolution.title} · {vote.amendment}"
    return vote.resolution.title


def assemblies_to_vote_in(user: Any) -> list[Assembly]:
    """Gives the assemblies in which this account has a voice, on a screen, that said nothing yet."""
    silent = (
        Voice.objects.filter(
            castable(user, timezone.localdate()), vote__state=VoteState.OPEN, vote__way=VoteWay.SCREEN
        )
        .filter(~Exists(standing_ballots().filter(voice=OuterRef("pk"))))
        .values("vote__assembly")
    )
    return list(Assembly.objects.filter(pk__in=silent))


def has_voice_in(user: Any, held: Assembly | Vote) -> bool:
    """Tells whether this account casts, or cast, a voice in a vote, or in any vote of an assembly."""
    within = {"vote": held} if isinstance(held, Vote) else {"vote__assembly": held}
    return Voice.objects.filter(castable(user, timezone.localdate()), **within).exists()


def has_entry_in(user: User, held: Assembly | Vote) -> bool:
    """Tells whether this account casts a voice of the roll of a secret vote, or of any of an assembly."""
    of_one = Q(box__secret_vote__questions__vote=held) if isinstance(held, Vote) else None
    within = of_one or Q(box__secret_vote__assembly=held)
    return entries_castable(user).filter(within).exists()


def votes_with_voice(user: User, assembly: Assembly) -> QuerySet[Vote]:
    """Gives the votes of an assembly in which this account casts, or cast, a voice, by name or in secret."""
    held = Voice.objects.filter(castable(user, timezone.localdate()), vote__assembly=assembly)
    secret = entries_castable(user).filter(box__secret_vote__assembly=assembly)
    asked = SecretQuestion.objects.filter(secret_vote__in=secret.order_by().values("box__secret_vote"))
    return votes_of(assembly).filter(
        Q(pk__in=held.order_by().values("vote")) | Q(pk__in=asked.order_by().values("vote"))
    )


@dataclass(frozen=True)
class Said:
    """A line of the board: whose voice, cast by whom and by which door, what it said."""

    voice: Voice
    ballot: NamedBallot | None
    words: str

    @property
    def is_callable(self) -> bool:
        """What was cast on a screen is neither shown to who calls the names nor replaced by them."""
        return self.ballot is None or self.ballot.way != BallotWay.SCREEN


def board_of(vote: Vote) -> list[Said]:
    """Gives who said what in a vote by name, in alphabetical order; voices that said nothing too."""
    labels = labels_of(vote)
    cast = {ballot.voice_id: ballot for ballot in counted_ballots(vote)}
    voices = vote.voices.select_related(
        "associate__person",
        "associate__organisation",
        "person",
        "holder__person",
        "holder__organisation",
        "college",
    )
    rows = [
        Said(
            voice, cast.get(voice.pk), choice_words(cast[voice.pk].choice, labels) if voice.pk in cast else ""
        )
        for voice in voices
    ]
    return sorted(rows, key=lambda row: str(row.voice).casefold())


def receipts_of(user: Any, assembly: Assembly) -> list[NamedBallot]:
    """Gives the ballots that this account cast in an assembly, or that were cast of its own voice; the
    latest first. What it wrote of others at the call of names is theirs."""
    own = Q(voice__associate__in=acted_keys(user, timezone.localdate()))
    if user.person_id is not None:
        own |= Q(voice__person=user.person_id)
    on_screen = Q(cast_by=user, way=BallotWay.SCREEN)
    return list(
        NamedBallot.objects.filter(own | on_screen, voice__vote__assembly=assembly)
        .select_related(
            "voice__vote__resolution",
            "voice__vote__amendment",
            "voice__associate__person",
            "voice__associate__organisation",
            "voice__person",
            "cast_by__person",
        )
        .order_by("-at", "-pk")
    )


def ballot_by_receipt(receipt: str) -> NamedBallot | None:
    """Gives the ballot of a code, however it was typed, with `.is_last`: whether it is the one of its voice
    that counts."""
    later = NamedBallot.objects.filter(voice=OuterRef("voice"), rank__gt=OuterRef("rank"))
    return (
        NamedBallot.objects.filter(receipt=receipt.strip().upper())
        .select_related(
            "voice__vote__assembly",
            "voice__vote__resolution",
            "voice__vote__amendment",
            "voice__associate__person",
            "voice__associate__organisation",
            "voice__person",
            "cast_by__person",
        )
        .annotate(is_last=~Exists(later))
        .first()
    )


def chair_said(vote: Vote) -> str:
    """Gives the side that the chair of the sitting took with their own voice in a vote by name; nothing by
    hands, or when they abstained."""
    chair = BureauSeat.objects.filter(assembly=vote.assembly_id, role=BureauRole.CHAIR).values("person")
    ballot = counted_ballots(vote).filter(voice__associate__person__in=chair).first()
    said = str(ballot.choice.get("answer", "")) if ballot else ""
    return said if said in (Answer.FOR, Answer.AGAINST) else ""


def first_round(resolution: Resolution) -> Vote | None:
    """Gives the proclaimed first round of an election."""
    return Vote.objects.filter(
        resolution=resolution, amendment=None, round=1, state=VoteState.PROCLAIMED
    ).first()


def results_of_vote(vote: Vote) -> list[VoteResult]:
    """Gives the results of a vote, the one that stands first."""
    return list(
        VoteResult.objects.filter(vote=vote)
        .select_related("vote__resolution", "vote__amendment", "created_by__person")
        .order_by("-number")
    )


def declared_of(vote: Vote) -> list[DeclaredCount]:
    """Gives the counts that people entered, with who did, and `.words` for their choice."""
    words = dict(hand_answers(vote))
    rows = vote.declared.select_related("college", "entered_by__person", "confirmed_by__person")
    found = list(rows.order_by("kind", "college__rank", "pk"))
    for row in found:
        row.words = words.get(row.choice, row.choice)  # type: ignore[attr-defined]
    return found


def colleges_of(vote: Vote) -> list[tuple[int, str]]:
    """Gives the colleges that are counted apart, in their order; none where all are counted together."""
    weights = weights_of(vote)
    return list(College.objects.filter(pk__in=weights).values_list("pk", "name")) if weights else []


def counts_entered(vote: Vote, kind: str, college: College | None, by: User | None = None) -> dict[str, int]:
    """Gives {choice: count} of what was entered; of one person only, who does not see the other’s."""
    rows = vote.declared.filter(kind=kind, college=college)
    if by is not None and kind == CountKind.PAPER:
        rows = rows.filter(entered_by=by)
    return dict(rows.values_list("choice", "count"))


def last_result(vote: Vote) -> VoteResult | None:
    """Gives the result that stands: the latest one."""
    return vote.results.order_by("-number").first()


def results_of(assembly: Assembly) -> list[VoteResult]:
    """Gives the result that stands of each proclaimed vote, in the order of the agenda."""
    latest = VoteResult.objects.filter(vote=OuterRef("vote")).order_by("-number").values("pk")[:1]
    return list(
        VoteResult.objects.filter(vote__assembly=assembly, pk=latest)
        .select_related("vote__resolution", "vote__amendment", "vote__assembly")
        .order_by(
            "vote__resolution__number",
            "vote__resolution_id",
            F("vote__amendment_id").asc(nulls_last=True),
            "vote__round",
            "vote_id",
        )
    )
