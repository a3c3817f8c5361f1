"""A secret ballot as its voter meets it: the boxes, the voices in hand, what is asked (GOV-26)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from cae.core.mail import mails_about, opened
from cae.core.models import EmailState
from governance.engines.ballots.elections import Election, read_election
from governance.models import Assembly, BallotBox, RollEntry, SecretVote, Vote
from governance.selectors.secret_people import entries_castable
from governance.selectors.secret_voices import alphabetical
from governance.states.secret import RUNNING, Channel, SecretState
from people.models import User

# The cause of the mails that bring the codes.
CODES = "governance.secret_codes"


@dataclass(frozen=True)
class VoiceInHand:
    """One voice that somebody casts: whose, and whether it voted, never for what."""

    entry: RollEntry
    name: str
    is_own: bool

    @property
    def may_vote(self) -> bool:
        """The bureau noted those of paper."""
        return self.entry.channel != Channel.PAPER


@dataclass(frozen=True)
class BoxInHand:
    """A box in which somebody casts voices, with its election as published."""

    box: BallotBox
    election: Election
    voices: list[VoiceInHand]


@dataclass(frozen=True)
class BallotPage:
    """What the page of a voter shows. `is_final`: the first ballot of a voice is the only one."""

    vote: SecretVote
    questions: list[Vote]
    boxes: list[BoxInHand]
    is_final: bool


def ballot_page(vote: SecretVote, user: User) -> BallotPage:
    """Gives what somebody votes on in a scrutin whose boxes are sealed, their own voice first; in a number of
    queries that does not grow with voices."""
    questions = list(
        Vote.objects.filter(secret_question__secret_vote=vote)
        .select_related("resolution", "assembly")
        .order_by("secret_question__position")
    )
    in_hand: dict[BallotBox, list[VoiceInHand]] = {}
    for entry in alphabetical(entries_castable(user).filter(box__secret_vote=vote)):
        voice = VoiceInHand(entry, str(entry), is_own=entry.holder_id is None)
        in_hand.setdefault(entry.box, []).append(voice)
    boxes = [
        BoxInHand(box, read_election(box.election), sorted(voices, key=lambda one: not one.is_own))
        for box, voices in in_hand.items()
    ]
    return BallotPage(vote, questions, boxes, any(_is_final(one) for one in questions))


def _is_final(vote: Vote) -> bool:
    return bool(vote.rule.get("ballot_final") == "first")


@dataclass(frozen=True)
class ScrutinInHand:
    """A scrutin under way in which somebody casts voices: how many, how many of them have not voted."""

    scrutin: SecretVote
    voices: int
    waiting: int

    @property
    def is_paused(self) -> bool:
        return self.scrutin.state == SecretState.PAUSED


def scrutins_in_hand(assembly: Assembly, user: User) -> list[ScrutinInHand]:
    """Gives the scrutins of an assembly that take ballots, or will again, where somebody casts voices."""
    entries = entries_castable(user).filter(
        box__secret_vote__assembly=assembly,
        box__secret_vote__state__in=sorted(RUNNING),
    )
    counted = (
        entries.order_by()
        .values("box__secret_vote")
        .annotate(voices=Count("pk"), waiting=Count("pk", filter=Q(channel="")))
    )
    told = {one["box__secret_vote"]: (one["voices"], one["waiting"]) for one in counted}
    rows = SecretVote.objects.filter(pk__in=told).order_by("opened_at", "pk") if told else ()
    return [ScrutinInHand(row, *told[row.pk]) for row in rows]


def kept_code_mails(vote: SecretVote, user: User) -> list[str]:
    """Gives the mails that the demonstration kept instead of sending them, with their codes: its visitors
    have no letter box. Nothing elsewhere, where a mail is its reader’s alone."""
    if not settings.DEMONSTRATION:
        return []
    kept = mails_about(vote).filter(cause=CODES, to=user.email, state=EmailState.KEPT).exclude(secret="")
    return [opened(one, "text") for one in kept]
