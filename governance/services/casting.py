"""Ballots by name: cast on one's screen for every voice in hand, or entered at the call of names (GOV-25).

The roll is that of the opening: who arrives, leaves or is suspended meanwhile changes nothing to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from governance.calculations import counting
from governance.models import NamedBallot, Voice, Vote
from governance.selectors.roll_calls import with_ballots
from governance.selectors.vote_papers import paper_of
from governance.selectors.votes import castable
from governance.services.pulse import beat
from governance.services.vote_rolls import new_receipt
from governance.states.votes import STRUCK, BallotWay, VoteState, VoteWay
from people.models import User

_UNFIT: dict[str, Any] = {
    "empty": gettext_lazy("Choisissez une réponse."),
    "unknown": gettext_lazy("Ce choix n’est pas proposé."),
    "blank_named": gettext_lazy("Un vote blanc ne nomme personne : choisissez l’un ou l’autre."),
    "too_many": gettext_lazy("Vous avez choisi plus de noms que de sièges."),
    "twice": gettext_lazy("Le même nom ne peut pas être choisi deux fois."),
    "incomplete": gettext_lazy("Donnez une mention à chaque candidature."),
    "tied": gettext_lazy("Chaque rang ne porte qu’un nom : départagez-les."),
}
# {voice: its choice}.
Choices = Mapping[int, Any]


def unfit_words(code: str) -> Any:
    """Gives the sentence for a choice that its ballot does not offer."""
    return _UNFIT[code]


def voice_field(voice_id: int) -> str:
    """The name of the control of a voice, at which a refusal is written."""
    return f"voix-{voice_id}"


def cast(vote: Vote, *, choices: Choices, actor: User, at: datetime) -> list[NamedBallot]:
    """Does: what `cast_many` does, for one vote."""
    return cast_many({vote.pk: choices}, actor=actor, at=at)


@transaction.atomic
def cast_many(choices: Mapping[int, Choices], *, actor: User, at: datetime) -> list[NamedBallot]:
    """Does: casts, in one gesture, what somebody chose for each voice in hand in several votes; a choice sent
    twice gives its first receipt again. Refuses, and then writes nothing at all: a vote that is closed or not
    done on screens, a voice that is not in these hands, a choice that is not offered, a second ballot where
    the rules keep the first. Leaves behind: ballots with their receipts, audit without the choices."""
    votes = _locked_open(choices)
    voices = _locked_voices(castable(actor, timezone.localdate(at)), choices)
    asked = {voice for said in choices.values() for voice in said}
    if not asked:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une réponse."))
    if asked != {voice.pk for voice in voices}:
        raise Refused(Code.NOT_ALLOWED, _("Une de ces voix n’est pas entre vos mains pour ce vote."))
    gesture = _Gesture(BallotWay.SCREEN, actor, at)
    ballots = [
        _ballot(votes[voice.vote_id], voice, choices[voice.vote_id][voice.pk], gesture) for voice in voices
    ]
    return _written(votes, ballots, gesture)


@transaction.atomic
def enter_roll_call(voice: Voice, *, choice: Any, actor: User, at: datetime) -> NamedBallot:
    """Does: enters what a voice said at the call of its name, or to the bureau for want of a screen; STRUCK
    takes back what was noted of another name. Refuses: a vote that is not open or is counted by hands, a
    voice that a form or a blank proxy already gave or that was cast on a screen, a choice that is not
    offered, a second ballot where the rules keep the first, nothing to take back. Leaves behind: the ballot,
    audit without the choice."""
    vote = _locked_open([voice.vote_id], ways=(VoteWay.ROLL_CALL, VoteWay.SCREEN))[voice.vote_id]
    row = with_ballots(Voice.objects.filter(pk=voice.pk).select_for_update(of=("self",))).get()
    if row.is_blank_proxy or row.is_by_correspondence:
        raise Refused(Code.NOT_ALLOWED, _("Cette voix s’est exprimée par écrit : elle n’est pas appelée."))
    last: NamedBallot | None = next(iter(row.cast_before), None)  # type: ignore[attr-defined]
    if last is not None and last.way == BallotWay.SCREEN:
        raise Refused(
            Code.ALREADY_DONE,
            _("Cette voix est donnée sur un écran : qui l’a donnée l’y change, jusqu’à la clôture."),
        )
    gesture = _Gesture(BallotWay.ROLL_CALL, actor, at)
    return _written({vote.pk: vote}, [_ballot(vote, row, choice, gesture)], gesture)[0]


@dataclass(frozen=True)
class _Gesture:
    """By which door, by whom, when."""

    way: str
    actor: User
    at: datetime


def _locked_open(keys: Any, *, ways: tuple[str, ...] = (VoteWay.SCREEN,)) -> dict[int, Vote]:
    """Locks the votes in the order of their keys: who closes one waits, or is waited for."""
    rows = (
        Vote.objects.select_for_update(of=("self",))
        .select_related("assembly", "resolution")
        .filter(pk__in=list(keys))
        .order_by("pk")
    )
    votes = {vote.pk: vote for vote in rows}
    for vote in votes.values():
        if vote.state != VoteState.OPEN:
            raise IllegalMove(
                _("Le vote « %(title)s » est clos : aucune de ces réponses n’est enregistrée.")
                % {"title": vote.resolution.title}
            )
        if vote.way not in ways:
            raise Refused(
                Code.NOT_ALLOWED,
                _("Le vote « %(title)s » ne se fait pas sur écran : suivez la séance.")
                % {"title": vote.resolution.title},
            )
    return votes


def _locked_voices(condition: Any, choices: Mapping[int, Choices]) -> list[Voice]:
    asked = [voice for said in choices.values() for voice in said]
    rows = Voice.objects.filter(condition, pk__in=asked, vote__in=list(choices))
    held = with_ballots(rows.select_for_update(of=("self",)))
    return [voice for voice in held if voice.pk in choices[voice.vote_id]]


def choice_checked(vote: Vote, voice: Voice, choice: Any) -> dict[str, Any]:
    """Gives a choice in its one writing. Raises Refused at the control of its voice."""
    try:
        return counting.checked(paper_of(vote), choice)
    except counting.Unfit as unfit:
        code = Code.VALUE_MISSING if unfit.code == "empty" else Code.VALUE_INVALID
        raise Refused(code, unfit_words(unfit.code), field=voice_field(voice.pk)) from None


def _ballot(vote: Vote, voice: Voice, choice: Any, gesture: _Gesture) -> NamedBallot:
    """The ballot to write, or the one that already says the same."""
    is_taken_back = gesture.way == BallotWay.ROLL_CALL and choice == STRUCK
    said = STRUCK if is_taken_back else choice_checked(vote, voice, choice)
    before: NamedBallot | None = next(iter(voice.cast_before), None)  # type: ignore[attr-defined]
    stands = before is not None and not before.is_struck
    if is_taken_back and not stands:
        raise Refused(Code.ALREADY_DONE, _("Rien n’est noté de cette voix."))
    if before is not None and before.choice == said:
        return before
    if before is not None and stands and vote.rule.get("ballot_final") == "first":
        raise Refused(
            Code.ALREADY_DONE,
            _("Cette voix est déjà donnée (reçu %(receipt)s) : le premier bulletin est définitif.")
            % {"receipt": before.receipt},
            field=voice_field(voice.pk),
        )
    return NamedBallot(
        voice=voice,
        rank=before.rank + 1 if before else 1,
        choice=said,
        way=gesture.way,
        at=gesture.at,
        receipt=new_receipt(),
        cast_by=gesture.actor,
    )


def _written(votes: Mapping[int, Vote], ballots: list[NamedBallot], gesture: _Gesture) -> list[NamedBallot]:
    new = [ballot for ballot in ballots if ballot.pk is None]
    if not new:
        return ballots
    NamedBallot.objects.bulk_create(new)
    assembly = next(iter(votes.values())).assembly
    audit.record(gesture.actor, "governance.vote.cast", assembly, detail={"value": len(new)})
    beat(assembly.pk)
    return ballots
