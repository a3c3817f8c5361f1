"""Casting a secret ballot: one act, whole or not at all, of which nothing joins the voter to the ballot
(GOV-26, GOV-33). No audit, no instant, no line of a log: a ballot, an event, a mark on the roll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from governance.calculations.quarters import quarter_of
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots import ballots as protocol
from governance.engines.ballots.archive import Kind
from governance.engines.ballots.elections import read_election
from governance.engines.ballots.faults import BallotFault, Fault
from governance.models import Ballot, BallotBox, PublicCredential, RollEntry, SecretVote, Vote
from governance.selectors.secret_people import entries_castable
from governance.services.box_chain import append_event
from governance.services.pulse import beat
from governance.services.secret_locks import held_vote
from governance.states.secret import HAS_BOX, Channel, SecretState
from people.models import User

# Of one code: a voter hesitates, a program that floods the archive does not stop by itself.
MOST_BALLOTS = 50


@dataclass(frozen=True)
class Cast:
    """What the voter keeps of a ballot: never what it says."""

    tracker: str
    quarter: datetime


class _Roll:
    """The credentials of a box, asked one by one: a ballot needs one of them."""

    def __init__(self, box: BallotBox) -> None:
        self.rows = PublicCredential.objects.filter(box=box)

    def __contains__(self, credential: object) -> bool:
        return self.rows.filter(value=credential).exists()


def cast_ballot(entry: RollEntry, *, text: str, actor: User, at: datetime) -> Cast:
    """Does: puts an encrypted ballot in the box of a voice and marks this voice in the roll; a later ballot
    of the same code counts in place of the former one. Refuses, and then writes nothing: a scrutin that does
    not take ballots at this instant, a ballot that the protocol refuses, a voice that is not in these hands
    or votes on paper, a code that answers for another voice, a ballot seen before, a second one where the
    first is final, more than `MOST_BALLOTS` of a code. Leaves behind: the ballot, its event, the mark; no
    audit."""
    box = BallotBox.objects.select_related("secret_vote").get(pk=entry.box_id)
    # Who is late need not wait for the proofs; asked again below, where no close can pass in between.
    _refuse_not_open(box.secret_vote, at)
    ballot = _proved(box, text)
    with transaction.atomic():
        vote = held_vote(box.secret_vote_id)
        _refuse_not_open(vote, at)
        box = BallotBox.objects.select_for_update(of=("self",)).get(pk=box.pk)
        voice = _locked_voice(entry, actor)
        credential = PublicCredential.objects.get(box=box, value=ballot.credential)
        _refuse_unfit(ballot, credential, voice, vote)
        _write(ballot, credential, box)
        if not voice.has_voted:
            voice.channel, voice.quarter = Channel.SCREEN, quarter_of(at)
            voice.save(update_fields=["channel", "quarter"])
        beat(vote.assembly_id)
    return Cast(ballot.tracker, quarter_of(at))


def _refuse_not_open(vote: SecretVote, at: datetime) -> None:
    if vote.state == SecretState.PAUSED:
        raise IllegalMove(_("Le scrutin est suspendu : votez quand le bureau l’aura repris."))
    if vote.state not in HAS_BOX:
        raise IllegalMove(_("Ce scrutin n’est pas ouvert."))
    if vote.state != SecretState.OPEN or (vote.closes_at is not None and at >= vote.closes_at):
        raise IllegalMove(_("Ce scrutin est clos : l’urne ne reçoit plus rien."))


def _proved(box: BallotBox, text: str) -> protocol.Ballot:
    """The ballot once all its proofs hold, which takes most of the time: before any lock."""
    try:
        return protocol.check_ballot(text, read_election(box.election), _Roll(box))
    except BallotFault as fault:
        raise Refused(Code.VALUE_INVALID, fault_sentence(fault.code)) from fault


def _locked_voice(entry: RollEntry, actor: User) -> RollEntry:
    voice = entries_castable(actor).select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if voice is None:
        raise Refused(Code.NOT_ALLOWED, _("Cette voix n’est pas entre vos mains pour ce scrutin."))
    if voice.channel == Channel.PAPER:
        raise Refused(Code.NOT_ALLOWED, _("Cette voix vote sur papier : elle n’est pas attendue ici."))
    return voice


def _refuse_unfit(
    ballot: protocol.Ballot, credential: PublicCredential, voice: RollEntry, vote: SecretVote
) -> None:
    """As many codes in the box as voices marked, at every instant: a code that is new there needs a voice
    that is not marked yet, one that comes back a marked one. Whose code it is, nobody here knows."""
    before = dict(Ballot.objects.filter(credential=credential).values_list("tracker", "body_hash"))
    if ballot.tracker in before or ballot.hash in before.values():
        # The page that sends again what the network lost knows it by this fault.
        fault = BallotFault(Fault.SEEN_BEFORE)
        raise Refused(Code.ALREADY_DONE, fault_sentence(fault.code)) from fault
    if before and not voice.has_voted:
        raise Refused(
            Code.NOT_ALLOWED, _("Ce code a déjà voté pour une autre voix : prenez celui de cette voix.")
        )
    if not before and voice.has_voted:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette voix a déjà voté avec un autre code : reprenez-le pour voter à nouveau."),
        )
    if before and _first_is_final(vote):
        raise Refused(Code.ALREADY_DONE, _("Cette voix est déjà donnée : le premier bulletin est définitif."))
    if len(before) >= MOST_BALLOTS:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Ce code a déjà voté %(count)d fois : son dernier bulletin compte.") % {"count": len(before)},
        )


def _first_is_final(vote: SecretVote) -> bool:
    return Vote.objects.filter(secret_question__secret_vote=vote, rule__ballot_final="first").exists()


def _write(ballot: protocol.Ballot, credential: PublicCredential, box: BallotBox) -> None:
    event = append_event(box, Kind.BALLOT, ballot.text)
    Ballot.objects.create(
        box=box,
        credential=credential,
        text=ballot.text,
        tracker=ballot.tracker,
        body_hash=ballot.hash,
        height=event.height,
    )
