"""The roll of a scrutin in alphabetical order: whose voice, who casts it, who has voted (GOV-26)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from governance.calculations.quarters import QUARTER
from governance.models import RollEntry, SecretVote
from governance.states.secret import RUNNING

NAMES = ("associate__person__sort_name", "associate__organisation__sort_name", "person__sort_name")
HOLDERS = ("holder__person__sort_name", "holder__organisation__sort_name")
# What a box holds by thousands of characters, and no line of its roll shows.
_TEXTS = tuple(f"box__{text}" for text in ("roll", "trustees", "election", "server_key", "tally", "result"))


def roll_of(vote: SecretVote, at: datetime) -> QuerySet[RollEntry]:
    """Gives the entries by name, each with `told`: the door by which it is known to have voted. While ballots
    enter, those of the current quarter of an hour are not told yet: whoever reads the roll again and again
    beside the board must not see one mark come with one ballot."""
    hidden = Q(quarter__gt=at - QUARTER) if vote.state in RUNNING else Q(pk__isnull=True)
    named = (f"{who}__{kind}" for who in ("associate", "holder") for kind in ("person", "organisation"))
    return (
        RollEntry.objects.filter(box__secret_vote=vote)
        .select_related("box__college", "person", *named)
        .defer(*_TEXTS)
        .annotate(
            name=Coalesce(*NAMES),
            told=Case(When(hidden, then=Value("")), default=F("channel"), output_field=CharField()),
        )
        .order_by("name", "pk")
    )
