"""The locks of a secret ballot, in the one order: the scrutin, its votes, its boxes; then the assembly."""

from __future__ import annotations

from governance.models import BallotBox, SecretVote, Vote


def locked_scrutin(vote: SecretVote) -> SecretVote:
    return SecretVote.objects.select_for_update(of=("self",)).get(pk=vote.pk)


def held_vote(vote_id: int) -> SecretVote:
    """Gives the scrutin as it is now, which nobody moves before the end of the transaction. Who moves it
    waits; who only holds it, to cast a ballot, waits for nobody who does the same."""
    sql = "SELECT * FROM governance_secretvote WHERE id = %s FOR SHARE"
    return SecretVote.objects.raw(sql, [vote_id])[0]


def locked_votes(vote: SecretVote) -> list[Vote]:
    """Gives the votes that the scrutin asks, under lock, in the order of its ballot."""
    keys = vote.questions.order_by().values("vote")
    rows = Vote.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    # Locked in the order of their keys, given in that of the ballot.
    return sorted(
        rows.select_related("assembly__rule_set", "resolution", "amendment", "secret_question"),
        key=lambda one: one.secret_question.position,
    )


def locked_boxes(vote: SecretVote) -> list[BallotBox]:
    """Gives the boxes under lock: a ballot that is being cast is in, or will not enter."""
    rows = BallotBox.objects.select_for_update(of=("self",)).filter(secret_vote=vote)
    return list(rows.select_related("college").order_by("pk"))
