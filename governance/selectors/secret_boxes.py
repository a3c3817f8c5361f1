"""The figures of the boxes of secret ballots, as every page and the minutes tell them (GOV-26)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.models import Ballot, BallotBox, BoxEvent, PublicCredential, RollEntry
from governance.states.secret import Channel


def figures_of(rows: QuerySet[BallotBox]) -> QuerySet[BallotBox]:
    """Gives these boxes in the order of their colleges, each with `voices` on its roll, `voters` whose ballot
    it holds, `on_paper` voices that vote otherwise, the `head` of its chain, in one query."""
    entries = RollEntry.objects.filter(box=OuterRef("pk"))
    codes = PublicCredential.objects.filter(box=OuterRef("pk"))
    ballots = Ballot.objects.filter(box=OuterRef("pk"))
    latest = BoxEvent.objects.filter(box=OuterRef("pk")).order_by("-height")
    told = rows.select_related("college").annotate(
        head=Subquery(latest.values("digest")[:1]),
        # The roll is destroyed one day; the codes that it had stay.
        voices=Coalesce(_many(entries), _many(codes), 0),
        # Somebody may vote again: one code, one voice.
        voters=Coalesce(_many(ballots, of="credential"), 0),
        on_paper=Coalesce(_many(entries.filter(channel=Channel.PAPER)), 0),
    )
    return told.order_by("college__rank", "pk")


def _many(rows: QuerySet[Any], of: str = "pk") -> Subquery:
    """How many there are; nothing where there is none."""
    counted = rows.order_by().values("box").annotate(many=Count(of, distinct=True))
    return Subquery(counted.values("many"))
