"""A secret ballot opened, paused, extended, closed by the chair or by the clock (GOV-26)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.templatetags.formats import moment
from cae.core.workflow import performs
from governance.engines.ballots.archive import Kind
from governance.models import BallotBox, SecretVote
from governance.selectors.box_archive import counters_of, election_of, head_of
from governance.selectors.secret_papers import description_of
from governance.selectors.secret_questions import questions_of
from governance.selectors.voting_programs import programs
from governance.services.ballot_notices import tell_voters
from governance.services.box_chain import append_event
from governance.services.code_mails import forget_codes
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.roll_rewriting import note_who_took_part, rewrite_roll
from governance.services.secret_journal import note
from governance.services.secret_locks import locked_boxes, locked_scrutin, locked_votes
from governance.services.voting import close_vote, open_vote
from governance.states.secret import EXTENSIBLE, SECRET_FLOW, SecretState
from people.models import User
from people.services.changes import one_line


@performs(SECRET_FLOW, "open")
def open_secret_vote(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: opens the scrutin with all its votes, in one go; forms of correspondence and blank proxies speak.
    Refuses: a closing time past, a text or a candidate that changed since the boxes were sealed, and for each
    vote what `open_vote` refuses. Leaves behind: texts, rules and quorum frozen, the hashes of the boxes and
    of the programs in the journal, audit."""
    _refuse_past(vote, at)
    votes = locked_votes(vote)
    boxes = locked_boxes(vote)
    # Who withdraws a candidate waits from here on: what is compared is what `open_vote` freezes.
    locked_assembly(vote.assembly_id)
    _refuse_changed(vote, boxes)
    for one in votes:
        open_vote(one, actor=actor, at=at, scrutin=vote)
    vote.opened_at, vote.opened_by, vote.programs = at, actor, programs()
    facts = {
        "boxes": {
            box.uuid: {
                "fingerprint": box.fingerprint,
                "roll": box.roll_fingerprint,
                "head": head_of(box),
                "voters": box.entries.count(),
            }
            for box in boxes
        },
        "programs": vote.programs,
    }
    note(vote, "open", actor=actor, at=at, facts=facts)
    beat(vote.assembly_id)


def _refuse_past(vote: SecretVote, at: datetime) -> None:
    if vote.closes_at is not None and vote.closes_at <= at:
        raise Refused(
            Code.DATE_INVALID,
            _("L’heure de clôture, %(moment)s, est passée : reportez-la d’abord.")
            % {"moment": moment(vote.closes_at)},
        )


def _refuse_changed(vote: SecretVote, boxes: list[BallotBox]) -> None:
    """What a ballot says is bound to what was sealed."""
    questions = questions_of(vote)
    for box in boxes:
        election = election_of(box)
        if (election.questions, election.description) != (questions, description_of(box)):
            raise Refused(
                Code.STALE_FORM,
                _(
                    "Un texte ou une candidature a changé depuis que les urnes sont scellées : annulez ce"
                    " scrutin, puis préparez-en un autre."
                ),
            )


@performs(SECRET_FLOW, "pause")
def pause_secret_vote(vote: SecretVote, *, reason: str, actor: User, at: datetime) -> None:
    """Does: stops ballots from entering for a while. Refuses: no reason, too long a one. Leaves behind: the
    reason in the journal; the clock does not close what is paused; audit."""
    why = one_line(reason, "reason", _("Dites pourquoi le scrutin est suspendu."), most=300)
    locked_boxes(vote)
    note(vote, "pause", actor=actor, at=at, reason=why)
    beat(vote.assembly_id)


@performs(SECRET_FLOW, "resume")
def resume_secret_vote(vote: SecretVote, *, reason: str, actor: User, at: datetime) -> None:
    """Does: lets ballots enter again. Refuses: a closing time that passed meanwhile, no reason, too long a
    one. Leaves behind: the reason in the journal, audit."""
    why = one_line(reason, "reason", _("Dites pourquoi le scrutin reprend."), most=300)
    _refuse_past(vote, at)
    note(vote, "resume", actor=actor, at=at, reason=why)
    beat(vote.assembly_id)


@transaction.atomic
def extend_secret_vote(
    vote: SecretVote, *, until: datetime, reason: str, actor: User, at: datetime
) -> SecretVote:
    """Does: puts the closing time later. Refuses: a scrutin that is closed, a time that is past or not later
    than before, no reason. Leaves behind: the time, the reason in the journal, audit."""
    row = locked_scrutin(vote)
    if row.state not in EXTENSIBLE:
        raise IllegalMove(_("L’heure de clôture de ce scrutin ne se reporte plus, ou pas encore."))
    why = one_line(reason, "reason", _("Dites pourquoi la clôture est reportée."), most=300)
    if until <= max(at, row.closes_at or at):
        raise Refused(
            Code.DATE_INVALID, _("Donnez une heure à venir, après celle qui était prévue."), field="until"
        )
    before = row.closes_at
    row.closes_at = until
    row.save(update_fields=["closes_at"])
    facts = {"before": before.isoformat() if before else "", "until": until.isoformat()}
    note(row, "extend", actor=actor, at=at, reason=why, facts=facts)
    audit.record(actor, "governance.secret.extend", row, detail={"reason": why})
    beat(row.assembly_id)
    return row


@performs(SECRET_FLOW, "close")
def close_secret_vote(vote: SecretVote, *, actor: User | None, at: datetime) -> None:
    """Does: closes the scrutin with its votes: no ballot enters any more; the roll is written anew in
    alphabetical order, and each voter told that a ballot was received. `actor`: nobody for the clock.
    Refuses: the clock before its time, or while the bureau paused. Leaves behind: the last event of ballots
    of each box, figures and heads in the journal, audit."""
    if actor is None and (vote.state == SecretState.PAUSED or vote.closes_at is None or vote.closes_at > at):
        raise IllegalMove(_("Le bureau a suspendu le scrutin, ou reporté sa clôture."))
    votes, boxes = locked_votes(vote), locked_boxes(vote)
    facts: dict[str, Any] = {}
    for box in boxes:
        append_event(box, Kind.END)
        counted = counters_of(box)
        facts[box.uuid] = {
            "ballots": counted.ballots,
            "voted": counted.credentials,
            "marked": counted.marked,
            "head": head_of(box),
        }
        note_who_took_part(box, rewrite_roll(box))
    tell_voters(vote)
    forget_codes(vote)
    for one in votes:
        close_vote(one, actor=actor, at=at, scrutin=vote)
    vote.closed_at = at
    note(vote, "close", actor=actor, at=at, facts={"boxes": facts})
    beat(vote.assembly_id)


def close_due() -> int:
    """Does: closes the open scrutins whose time has come. Refuses: nothing; one that is paused waits for the
    bureau. Leaves behind: as `close_secret_vote`, by nobody; gives how many were closed."""
    now = timezone.now()
    due = SecretVote.objects.filter(state=SecretState.OPEN, closes_at__lte=now).order_by("pk")
    closed = 0
    for vote in due:
        try:
            close_secret_vote(vote, actor=None, at=now)
        except IllegalMove:
            # The chair closed it a moment ago, or the bureau paused or extended it.
            continue
        closed += 1
    return closed
