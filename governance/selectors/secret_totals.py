"""What was opened of the boxes of a secret ballot for each of its votes, and who voted in them (GOV-30)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from governance.calculations import counting
from governance.calculations.secret_questions import Totals, questions
from governance.models import BallotBox, RollEntry, SecretVote, Vote
from governance.selectors.vote_papers import method_of, paper_of
from governance.states.secret import Channel


def votes_asked(secret_vote: SecretVote) -> list[Vote]:
    """Gives the votes of a scrutin in the order of its ballot."""
    rows = Vote.objects.filter(secret_question__secret_vote=secret_vote)
    rows = rows.select_related("assembly__rule_set", "resolution", "amendment")
    return list(rows.order_by("secret_question__position"))


def takes_paper(secret_vote: SecretVote) -> bool:
    """Tells whether people can count by hand all that a ballot of this scrutin answers."""
    return all(method_of(vote) in counting.COUNTED_BY_HAND for vote in votes_asked(secret_vote))


def scrutin_of(vote: Vote) -> SecretVote | None:
    """Gives the scrutin that asks this vote; nothing for a vote by name."""
    return SecretVote.objects.filter(questions__vote=vote).first()


def boxes_of(vote: Vote) -> list[BallotBox]:
    """Gives the boxes in which a vote is answered, with their scrutin; none for a vote by name."""
    rows = BallotBox.objects.filter(secret_vote__questions__vote=vote)
    return list(rows.select_related("secret_vote", "college").order_by("college__rank", "pk"))


def totals_of(vote: Vote, boxes: Iterable[BallotBox]) -> dict[int | None, Totals]:
    """Gives {college: what was opened of this vote}, of the boxes whose totals are open."""
    opened = [box for box in boxes if box.result]
    if not opened:
        return {}
    start, size = 0, len(questions(paper_of(vote)))
    for before in votes_asked(opened[0].secret_vote):
        if before.pk == vote.pk:
            break
        start += len(questions(paper_of(before)))
    return {box.college_id: _totals(box, start, start + size) for box in opened}


def _totals(box: BallotBox, start: int, end: int) -> Totals:
    """Its place among the questions of the result (voting-protocol.md §9), verified before it was kept."""
    sums: list[list[int]] = json.loads(box.result)["result"][start:end]
    return Totals(box.kept_count or 0, tuple(map(tuple, sums)))


def entries_by_college(boxes: Iterable[BallotBox], channel: str | None = None) -> Counter[int | None]:
    """Gives {college: voices of the roll}, or those that voted by this door."""
    rows = RollEntry.objects.filter(box__in=[box.pk for box in boxes]).order_by()
    rows = rows if channel is None else rows.filter(channel=channel)
    return Counter(rows.values_list("box__college", flat=True))


def on_paper(vote: Vote) -> Counter[int | None]:
    """Gives {college: voices that vote on paper}, among which the paper of a secret ballot is counted."""
    return entries_by_college(boxes_of(vote), Channel.PAPER)
