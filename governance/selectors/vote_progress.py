"""How a vote goes, without what anybody said: voices of its roll, ballots received, voices counted by
hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from governance.calculations import counting
from governance.models import SecretQuestion, Voice, Vote, VoteResult
from governance.selectors.vote_cast import standing_ballots
from governance.selectors.vote_papers import paper_of
from governance.states.secret import Channel
from governance.states.votes import CountKind, VoteState, VoteWay

# (voices of the roll, ballots received)
Figures = tuple[int, int]


@dataclass(frozen=True)
class Progress:
    """Voices of the roll, ballots received, voices that people counted."""

    voices: int
    ballots: int
    declared: int


def progress(vote: Vote) -> Progress:
    return progress_of([vote])[vote.pk]


def progress_of(votes: Iterable[Vote]) -> dict[int, Progress]:
    """Gives {vote: how it goes}, in two queries whatever their number, and two more where some are secret."""
    rows = {vote.pk: vote for vote in votes}
    if not rows:
        return {}
    named, secret, declared = _by_name(rows), _in_boxes(rows), _declared_voices(rows)
    told = {pk: _together(named.get(pk, (0, 0)), secret.get(pk, (0, 0)), declared[pk]) for pk in rows}
    return told | _proclaimed_secret(rows, declared)


def _together(named: Figures, secret: Figures, declared: int) -> Progress:
    return Progress(named[0] + secret[0], named[1] + secret[1], declared)


def _by_name(rows: Mapping[int, Vote]) -> dict[int, Figures]:
    spoke = Exists(standing_ballots().filter(voice=OuterRef("pk")))
    counted = (
        Voice.objects.filter(vote__in=rows)
        .order_by()
        .values("vote_id")
        .annotate(voices=Count("pk"), cast=Count("pk", filter=Q(spoke)))
        .values_list("vote_id", "voices", "cast")
    )
    return {pk: (voices, ballots) for pk, voices, ballots in counted}


def _in_boxes(rows: Mapping[int, Vote]) -> dict[int, Figures]:
    """{secret vote: (voices of its boxes, those that voted on a screen)}, while the roll is kept."""
    secret = [pk for pk, vote in rows.items() if _is_counted_in_boxes(vote)]
    if not secret:
        return {}
    entries = "secret_vote__boxes__entries"
    on_screen = Q(**{f"{entries}__channel": Channel.SCREEN})
    counted = (
        SecretQuestion.objects.filter(vote__in=secret)
        .order_by()
        .values("vote_id")
        .annotate(voices=Count(entries), cast=Count(entries, filter=on_screen))
        .values_list("vote_id", "voices", "cast")
    )
    return {pk: (voices, ballots) for pk, voices, ballots in counted}


def _is_counted_in_boxes(vote: Vote) -> bool:
    return vote.way == VoteWay.SECRET and vote.state != VoteState.PROCLAIMED


def _proclaimed_secret(rows: Mapping[int, Vote], declared: Mapping[int, int]) -> dict[int, Progress]:
    """What the results of secret votes say: their roll is destroyed after the time for appeal."""
    secret = [pk for pk, vote in rows.items() if vote.way == VoteWay.SECRET]
    over = [pk for pk in secret if rows[pk].state == VoteState.PROCLAIMED]
    results = VoteResult.objects.filter(vote__in=over).order_by("number") if over else []
    by_hand = {pk: declared.get(pk, 0) for pk in over}
    return {
        one.vote_id: Progress(
            one.facts["roll"], one.facts["cast"] - by_hand[one.vote_id], by_hand[one.vote_id]
        )
        for one in results
    }


def _declared_voices(rows: Mapping[int, Vote]) -> Counter[int]:
    """{vote: voices that people counted}, those of one scrutineer alone left out until the proclamation,
    which accepts none; later they are of a correction."""
    found: dict[int, Counter[str]] = {}
    declared = Vote.objects.filter(pk__in=rows, declared__isnull=False).values_list(
        "pk", "declared__kind", "declared__choice", "declared__count", "declared__confirmed_by"
    )
    for pk, kind, choice, count, confirmed in declared:
        is_over = rows[pk].state == VoteState.PROCLAIMED
        if kind == CountKind.HANDS or is_over or confirmed is not None:
            found.setdefault(pk, Counter())[choice] += count
    return Counter({pk: counting.voices_of(paper_of(rows[pk]), counts) for pk, counts in found.items()})
