"""Secret ballots as their pages show them: those of an assembly, their boxes with voices, ballots and
fingerprints, the questions that the chair parts (GOV-26)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.models import (
    Assembly,
    Ballot,
    BallotBox,
    BoxEvent,
    PublicCredential,
    RollEntry,
    SecretVote,
    Vote,
)
from governance.selectors.secret_totals import votes_asked
from governance.selectors.vote_cast import cast_in
from governance.selectors.vote_counts import is_parted
from governance.states.secret import Channel, SecretState


def secret_votes_of(assembly: Assembly) -> QuerySet[SecretVote]:
    """Gives the scrutins of an assembly, the latest first, each with how many questions it asks."""
    rows = SecretVote.objects.filter(assembly=assembly)
    return rows.annotate(asks=Count("questions")).order_by("-pk")


def boxes_of(vote: SecretVote) -> QuerySet[BallotBox]:
    """Gives the boxes in the order of their colleges, in one query: each with `voices` on its roll, `voters`
    whose ballot it holds, `on_paper` voices that vote otherwise, the `head` of its chain."""
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
    return rows.order_by("college__rank", "pk")


def _many(rows: QuerySet[Any], of: str = "pk") -> Subquery:
    """How many there are; nothing where there is none."""
    counted = rows.order_by().values("box").annotate(many=Count(of, distinct=True))
    return Subquery(counted.values("many"))


def parted_votes(vote: SecretVote) -> list[Vote]:
    """Gives the questions whose sides are equal where the statutes give the chair a casting vote: known once
    the totals are verified."""
    if vote.state != SecretState.VERIFIED:
        return []
    return [one for one in votes_asked(vote) if is_parted(one, cast_in(one))]
