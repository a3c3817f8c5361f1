"""Voices that the bureau notes: at the call of names, for who has no screen, put right once proclaimed
(GOV-25)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from governance.models import Minutes, NamedBallot, Voice, Vote
from governance.selectors.votes import Card, Said, board_of, card_of
from governance.states.assemblies import AssemblyState, MinutesState
from governance.states.votes import BallotWay, VoteState, VoteWay


def roll_to_call(vote: Vote) -> list[Said]:
    """Gives the voices that are called, in alphabetical order, with what each said; those that a form or a
    blank proxy gave are left out."""
    return [
        row for row in board_of(vote) if not row.voice.is_blank_proxy and not row.voice.is_by_correspondence
    ]


def roll_card(vote: Vote, voices: Iterable[Voice], *, ends: bool = True) -> Card:
    """Gives the card of these voices for who notes them, each by its name; `ends`: where the rules keep the
    first ballot, it is not offered again."""
    keys = [voice.pk for voice in voices]
    rows = with_ballots(Voice.objects.filter(pk__in=keys)).select_related(
        "associate__person", "associate__organisation", "person"
    )
    found = sorted(rows, key=lambda voice: keys.index(voice.pk))
    card = card_of(vote, found, {})
    named = [dataclasses.replace(one, is_own=False) for one in card.voices]
    return dataclasses.replace(card, voices=named, is_final=card.is_final and ends)


def with_ballots(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    """Reads with each voice its ballots, the latest first, as `.cast_before`."""
    last = NamedBallot.objects.order_by("-rank")
    return voices.order_by("pk").prefetch_related(Prefetch("ballots", last, to_attr="cast_before"))


def is_noted(vote: Vote, voice: Voice, ballot: NamedBallot | None) -> bool:
    """Tells whether what this voice said is of the bureau’s hand: noted by it, or said by nobody where names
    were called."""
    if voice.is_blank_proxy or voice.is_by_correspondence:
        return False
    return vote.way == VoteWay.ROLL_CALL if ballot is None else ballot.way == BallotWay.ROLL_CALL


def takes_corrections(vote: Vote) -> bool:
    """Tells whether a result may still be put right: nobody was given the minutes that tell it to sign."""
    if vote.state != VoteState.PROCLAIMED or vote.assembly.state not in (
        AssemblyState.OPEN,
        AssemblyState.CLOSED,
    ):
        return False
    handed = Minutes.objects.filter(assembly=vote.assembly_id).exclude(state=MinutesState.DRAFT)
    return not handed.exists()


def noted_voices(vote: Vote) -> list[Said]:
    """Gives the voices of a proclaimed vote that the bureau may put right, in alphabetical order."""
    if vote.state != VoteState.PROCLAIMED or vote.way == VoteWay.HANDS:
        return []
    return [row for row in board_of(vote) if is_noted(vote, row.voice, row.ballot)]
