"""Secret ballots as their pages show them: those of an assembly, their boxes with voices, ballots and
fingerprints, the questions that the chair parts (GOV-26)."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from governance.models import Assembly, BallotBox, SecretVote, Vote
from governance.selectors.secret_boxes import figures_of
from governance.selectors.secret_totals import votes_asked
from governance.selectors.vote_cast import cast_in
from governance.selectors.vote_counts import is_parted
from governance.states.secret import SecretState


def secret_votes_of(assembly: Assembly) -> QuerySet[SecretVote]:
    """Gives the scrutins of an assembly, the latest first, each with how many questions it asks."""
    rows = SecretVote.objects.filter(assembly=assembly)
    return rows.annotate(asks=Count("questions")).order_by("-pk")


def boxes_of(vote: SecretVote) -> QuerySet[BallotBox]:
    """Gives the boxes of a scrutin with their figures."""
    return figures_of(vote.boxes.all())


def parted_votes(vote: SecretVote) -> list[Vote]:
    """Gives the questions whose sides are equal where the statutes give the chair a casting vote: known once
    the totals are verified."""
    if vote.state != SecretState.VERIFIED:
        return []
    return [one for one in votes_asked(vote) if is_parted(one, cast_in(one))]
