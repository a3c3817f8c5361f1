"""A scrutin as its page shows it: its questions, its boxes with their voices, ballots and fingerprints."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.models import (
    Ballot,
    BallotBox,
    BoxEvent,
    PublicCredential,
    RollEntry,
    SecretQuestion,
    SecretVote,
    Vote,
)
from governance.selectors.vote_counts import cast_in, is_parted
from governance.states.secret import Channel, SecretState


def questions_of(vote: SecretVote) -> QuerySet[SecretQuestion]:
    """Gives what the ballot asks, in its order."""
    return vote.questions.select_related("vote__resolution", "vote__amendment").order_by("position")


def parted_votes(vote: SecretVote) -> list[Vote]:
    """Gives the questions whose sides are equal where the statutes give the chair a casting vote: known once
    the totals are verified."""
    if vote.state != SecretState.VERIFIED:
        return []
    asked = [question.vote for question in questions_of(vote)]
    return [one for one in asked if is_parted(one, cast_in(one))]


def boxes_of(vote: SecretVote) -> QuerySet[BallotBox]:
    """Gives the boxes in the order of their colleges, each with `voices` on its roll, `voters` whose ballot it
    holds, `on_paper` voices that vote otherwise, the `head` of its chain, in one query."""
    entries = RollEntry.objects.filter(box=OuterRef("pk"))
    codes = PublicCredential.objects.filter(box=OuterRef("pk"))
    ballots = Ballot.objects.filter(box=OuterRef("pk"))
    latest = BoxEvent.objects.filter(box=OuterRef("pk")).order_by("-height")
    rows = vote.boxes.select_related("college").annotate(
        head=Subquery(latest.values("digest")[:1]),
        # The roll is destroyed one day; the codes that it had stay.
        voices=Coalesce(_many(entries), _many(codes), 0),
        # Somebody may vote again: one code, one voice.
        voters=Coalesce(_many(ballots, of="credential"), 0),
        on_paper=Coalesce(_many(entries.filter(channel=Channel.PAPER)), 0),
    )
    return rows.order_by(F("college__name").asc(nulls_first=True), "pk")


def _many(rows: QuerySet[Any], of: str = "pk") -> Subquery:
    """How many there are; nothing where there is none."""
    counted = rows.order_by().values("box").annotate(many=Count(of, distinct=True))
    return Subquery(counted.values("many"))
