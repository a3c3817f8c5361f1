"""A proclaimed result put right after a wrong count, or voices wrongly noted: another one that names its
reason (GOV-30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from governance.calculations import counting
from governance.models import (
    Admission,
    Amendment,
    College,
    DeclaredCount,
    NamedBallot,
    Voice,
    Vote,
    VoteResult,
)
from governance.selectors.representation import users_of
from governance.selectors.roll_calls import is_noted, takes_corrections, with_ballots
from governance.selectors.vote_cast import cast_in
from governance.selectors.vote_papers import paper_of
from governance.selectors.votes import last_result, title_of
from governance.services.casting import choice_checked
from governance.services.locks import locked_assembly
from governance.services.proclaiming import (
    check_counts,
    established,
    follow,
    locked,
    refuse_college,
    refuse_too_many,
)
from governance.services.pulse import beat
from governance.services.vote_rolls import new_receipt
from governance.states.votes import STRUCK, BallotWay, VoteState, VoteWay
from people.models import User
from people.services.changes import refuse_long, require_text

VOICE_CORRECTED = "governance.voice_corrected"


@dataclass(frozen=True)
class Recount:
    """A count that was wrong, put right: of hands or of paper, of a college where there are some."""

    kind: str
    college: College | None
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Renoted:
    """Voices that the bureau noted wrongly: what each said, or STRUCK for one that said nothing."""

    choices: Mapping[int, Any]


@transaction.atomic
def correct_result(
    vote: Vote,
    *,
    change: Recount | Renoted,
    reason: str,
    actor: User,
    at: datetime,
    casting: str = "",
) -> VoteResult:
    """Does: establishes a new result that names its reason, after a wrong count or voices wrongly noted; the
    one before stays, and so do the ballots. Refuses: no reason, a vote not proclaimed, minutes given to be
    signed, a result on which something rests already (the vote of the amended text, a second round,
    mandates, an admission), a voice that spoke for itself, a change that changes nothing. Leaves behind: what
    was put right, the new result, what follows from it, those whose voice it is told, audit."""
    row = locked(vote)
    if row.state != VoteState.PROCLAIMED:
        raise Refused(Code.ILLEGAL_MOVE, _("Seul un résultat proclamé se rectifie."))
    require_text(reason, "reason", _("Dites ce qui était faux : le procès-verbal le reprend."))
    words = reason.strip()
    refuse_long(words, "reason", 300)
    # The last signature of the minutes holds the assembly: it comes before this correction, or reads it.
    row.assembly = locked_assembly(row.assembly_id)
    _refuse_rested_on(row)
    before = last_result(row)
    more: dict[str, Any] = {}
    if isinstance(change, Recount):
        _recounted(row, change, actor, at)
    else:
        more["renoted"] = _renoted(row, change, words, actor, at)
    number = before.number + 1 if before else 1
    result = established(row, number=number, reason=words, casting=casting, by=(actor, at), more=more)
    if before is not None and before.facts == result.facts:
        raise Refused(Code.ALREADY_DONE, _("Ces chiffres sont déjà ceux du résultat : rien ne change."))
    beat(row.assembly_id)
    follow(row, result, actor=actor)
    audit.record(actor, "governance.vote.correct", row, detail={"reason": words, "number": number})
    return result


def _refuse_rested_on(vote: Vote) -> None:
    if not takes_corrections(vote):
        raise Refused(
            Code.NOT_ALLOWED, _("Le procès-verbal est donné à signer ou signé : reprenez-le d’abord.")
        )
    later = Vote.objects.filter(resolution=vote.resolution_id).exclude(state=VoteState.CANCELLED)
    if vote.amendment_id is not None and later.exclude(opened_at=None).filter(amendment=None).exists():
        raise Refused(Code.NOT_ALLOWED, _("Le texte amendé est déjà mis aux voix."))
    if vote.amendment is not None:
        _refuse_paragraph_voted_since(vote, vote.amendment)
    if later.filter(amendment=None, round__gt=vote.round).exists():
        raise Refused(Code.NOT_ALLOWED, _("Un second tour repose sur ce résultat."))
    if vote.amendment_id is None and vote.resolution.mandates.exists():
        raise Refused(Code.NOT_ALLOWED, _("Des mandats sont ouverts d’après ce résultat."))
    decided = Admission.objects.filter(resolution=vote.resolution_id, decided_on__isnull=False)
    if vote.amendment_id is None and decided.exists():
        raise Refused(Code.NOT_ALLOWED, _("Une demande de sociétariat est décidée d’après ce résultat."))


def _refuse_paragraph_voted_since(vote: Vote, amendment: Amendment) -> None:
    """Who voted on another amendment of the paragraph knew this result: both cannot be adopted."""
    same = Vote.objects.filter(
        resolution=vote.resolution_id,
        amendment__paragraph=amendment.paragraph,
        opened_at__gt=vote.proclaimed_at,
    )
    if same.exclude(amendment=amendment).exclude(state=VoteState.CANCELLED).exists():
        raise Refused(Code.NOT_ALLOWED, _("Un autre amendement de ce paragraphe est mis aux voix depuis."))


def _recounted(vote: Vote, recount: Recount, actor: User, at: datetime) -> None:
    refuse_college(vote, recount.college)
    check_counts(vote, recount.counts)
    rows = list(vote.declared.filter(kind=recount.kind, college=recount.college).order_by("pk"))
    if not rows:
        raise Refused(Code.VALUE_INVALID, _("Aucun décompte de cette nature n’a été entré."))
    refuse_too_many(vote, recount.kind, recount.college, recount.counts)
    for row in rows:
        row.count, row.entered_by, row.entered_at = recount.counts.get(row.choice, 0), actor, at
        # The second scrutineer vouched for the figures before, not for these.
        row.confirmed_by = row.confirmed_at = None
    DeclaredCount.objects.bulk_update(
        rows, ["count", "entered_by", "entered_at", "confirmed_by", "confirmed_at"]
    )


def _renoted(vote: Vote, change: Renoted, reason: str, actor: User, at: datetime) -> int:
    """Writes another ballot for each voice that changes; gives how many."""
    locked_voices = Voice.objects.filter(vote=vote, pk__in=change.choices).select_for_update(of=("self",))
    voices = list(with_ballots(locked_voices))
    if vote.way == VoteWay.HANDS or len(voices) != len(change.choices):
        raise Refused(Code.VALUE_INVALID, _("Une de ces voix n’est pas sur la liste de ce vote."))
    ballots = [
        ballot
        for voice in voices
        if (ballot := _renoted_ballot(vote, voice, change.choices[voice.pk], actor, at)) is not None
    ]
    if not ballots:
        raise Refused(Code.ALREADY_DONE, _("Ces voix sont déjà notées ainsi : choisissez ce qui change."))
    NamedBallot.objects.bulk_create(ballots)
    _refuse_beyond_roll(vote)
    _tell_voices(vote, [ballot.voice for ballot in ballots], reason, actor)
    return len(ballots)


def _renoted_ballot(vote: Vote, voice: Voice, choice: Any, actor: User, at: datetime) -> NamedBallot | None:
    last: NamedBallot | None = next(iter(voice.cast_before), None)  # type: ignore[attr-defined]
    before = last if last is not None and not last.is_struck else None
    if not is_noted(vote, voice, before):
        raise Refused(
            Code.NOT_ALLOWED,
            _("La voix de %(name)s s’est donnée elle-même : seules celles que le bureau a notées changent.")
            % {"name": voice},
        )
    said = STRUCK if choice == STRUCK else choice_checked(vote, voice, choice)
    if said == (before.choice if before else STRUCK):
        return None
    return NamedBallot(
        voice=voice,
        rank=last.rank + 1 if last else 1,
        choice=said,
        way=BallotWay.ROLL_CALL,
        at=at,
        receipt=new_receipt(),
        cast_by=actor,
    )


def _refuse_beyond_roll(vote: Vote) -> None:
    cast, paper = cast_in(vote), paper_of(vote)
    spoke = len(cast.ballots) + sum(counting.voices_of(paper, one) for one in cast.declared.values())
    roll = sum(cast.roll.values())
    if spoke > roll:
        raise Refused(
            Code.VALUE_INVALID,
            _("Avec les bulletins de papier, cela ferait %(said)d voix pour %(roll)d inscrites.")
            % {"said": spoke, "roll": roll},
        )


def _tell_voices(vote: Vote, voices: list[Voice], reason: str, actor: User) -> None:
    """Whoever’s voice it is, and whoever cast it, hear that the bureau put it right."""
    keys = {key for voice in voices for key in (voice.associate_id, voice.holder_id) if key}
    told = {user.pk: user for users in users_of(keys, timezone.localdate()).values() for user in users}
    persons = [voice.person_id for voice in voices if voice.person_id]
    told |= {user.pk: user for user in User.objects.filter(person__in=persons, is_active=True)}
    notify(
        [told[pk] for pk in sorted(told)],
        VOICE_CORRECTED,
        subject=lambda: _("Voix rectifiée : %(title)s") % {"title": title_of(vote)},
        text=lambda: _("Le bureau l’avait mal notée. Motif : %(reason)s") % {"reason": reason},
        url=vote.get_absolute_url(),
        about=vote,
        actor=actor,
    )
