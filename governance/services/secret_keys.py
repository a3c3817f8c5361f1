"""The keys of a secret ballot: what scrutineers’ browsers send, step by step, then the boxes sealed with them
(GOV-26, voting-protocol.md §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit, secrets
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.workflow import performs
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.canonical import fields, loads_exact, string
from governance.engines.ballots.ceremony import check_certificate, check_output, check_polynomial
from governance.engines.ballots.decryption import check_partial, check_strict, trial_fingerprint
from governance.engines.ballots.elections import Question, write_election
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import b64_of, encode_point, random_scalar, sha256_hex
from governance.engines.ballots.sharing import single_key
from governance.engines.ballots.trustees import read_trustees, write_trustees
from governance.models import BallotBox, SecretVote, Trustee
from governance.selectors.box_archive import head_of
from governance.selectors.secret_ceremony import (
    KEPT_IN,
    MAKES_KEYS,
    certificates_of,
    group_of,
    has_done,
    is_whole,
    next_step,
    polynomials_of,
    trial_of,
    trustees_of,
    waited_for,
)
from governance.selectors.secret_papers import description_of, name_of
from governance.selectors.secret_questions import questions_of
from governance.services.box_chain import begin_chain
from governance.services.pulse import beat
from governance.services.secret_journal import note
from governance.services.secret_locks import locked_boxes, locked_scrutin, locked_votes
from governance.states.secret import SECRET_FLOW, CodeMode, TrusteeStep
from people.models import User
from people.services.changes import one_line

# For whom the keys of the server are locked.
SERVER_KEY = "ballot box"
# No message of a ceremony of some tens of scrutineers is longer.
LARGEST = 400_000
_HASH = re.compile("[0-9a-f]{64}")


@transaction.atomic
def receive_step(trustee: Trustee, *, step: str, message: str, actor: User, at: datetime) -> Trustee:
    """Does: takes what a scrutineer’s browser made of the ceremony: certificate, hash of the polynomial,
    polynomial, verification, share of a trial; once, in this order, none before all have sent the one before.
    Refuses: keys already sealed, a step that is not the next one, one that waits for somebody, a message that
    does not hold. Leaves behind: the message byte for byte, a line of the journal, audit."""
    vote = locked_scrutin(trustee.secret_vote)
    if vote.state not in MAKES_KEYS:
        raise IllegalMove(_("Les clés de ce scrutin ne se font plus."))
    trustees = trustees_of(vote)
    row = next(one for one in trustees if one.pk == trustee.pk)
    row.secret_vote = vote
    _refuse_out_of_step(row, trustees, step)
    try:
        kept = _checked(row, trustees, step, message)
    except BallotFault as fault:
        raise Refused(Code.VALUE_INVALID, fault_sentence(fault.code), field="message") from None
    setattr(row, KEPT_IN[step], kept if step != TrusteeStep.TRIAL else at)
    row.save(update_fields=[KEPT_IN[step]])
    facts = {"trustee": row.index, "step": step, "sha256": sha256_hex(message)}
    note(vote, "step", actor=actor, at=at, facts=facts)
    audit.record(actor, "governance.secret.step", vote, detail={"step": house_words(TrusteeStep(step).label)})
    beat(vote.assembly_id)
    return row


def _refuse_out_of_step(row: Trustee, trustees: Sequence[Trustee], step: str) -> None:
    if step in KEPT_IN and has_done(row, step):
        raise Refused(Code.ALREADY_DONE, _("Cette étape est déjà faite : la suite vous attend."))
    if step not in KEPT_IN or step != next_step(row):
        raise Refused(
            Code.VALUE_INVALID, _("Ce n’est pas l’étape qui suit : rechargez la page."), field="step"
        )
    if waited := waited_for(trustees, step):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette étape attend encore : %(names)s.") % {"names": ", ".join(map(str, waited))},
        )


def _checked(row: Trustee, trustees: Sequence[Trustee], step: str, message: str) -> str:
    """Gives the message once it is found right. Raises BallotFault."""
    if len(message) > LARGEST:
        raise BallotFault(Fault.TOO_BIG)
    if step == TrusteeStep.CERTIFICATE:
        size, threshold = len(trustees), row.secret_vote.threshold
        check_certificate(message, size=size, threshold=threshold, index=row.index)
        _refuse_same_keys(row, trustees, message)
    elif step == TrusteeStep.COMMITMENT:
        if not _HASH.fullmatch(message):
            raise BallotFault(Fault.SHAPE_WRONG)
        certificates_of(trustees)
    elif step == TrusteeStep.POLYNOMIAL:
        check_polynomial(message, certificates_of(trustees), row.index, row.commitment)
    elif step == TrusteeStep.VERIFICATION:
        certificates = certificates_of(trustees)
        check_output(message, certificates, polynomials_of(trustees, certificates), row.index)
    else:
        _check_trial(row, trustees, message)
    return message


def _refuse_same_keys(row: Trustee, trustees: Sequence[Trustee], message: str) -> None:
    """Keys that another scrutineer already showed: the ceremony could not go on."""
    there = [one.certificate for one in trustees if one.certificate]
    keys = {key for text in [*there, message] for key in _keys_in(text)}
    if len(keys) < 2 * (len(there) + 1):
        raise BallotFault(Fault.KEY_TWICE, trustee=row.index)


def _keys_in(certificate: str) -> list[str]:
    signed, _signature = fields(loads_exact(certificate), "message", "signature")
    _context, *keys = fields(loads_exact(signed), "context", "verification", "encryption")
    return keys


def _check_trial(row: Trustee, trustees: Sequence[Trustee], message: str) -> None:
    owner, partial, strict = fields(loads_exact(message), "owner", "partial", "strict")
    if owner != row.index:
        raise BallotFault(Fault.OWNER_WRONG)
    public = read_trustees(write_trustees([group_of(trustees)])).public_of(row.index)
    phi, tally = trial_fingerprint(row.secret_vote.uuid), trial_of(row)
    factors = check_partial(string(partial), tally, fingerprint=phi, public=public)
    check_strict(string(strict), tally, factors, fingerprint=phi, public=public, owner=row.index)


@transaction.atomic
def restart_ceremony(vote: SecretVote, *, reason: str, actor: User, at: datetime) -> SecretVote:
    """Does: begins the ceremony anew, when a scrutineer lost a key or was deceived: what all had sent is
    forgotten. Refuses: boxes already sealed, nothing sent, no reason. Leaves behind: the reason, audit."""
    row = locked_scrutin(vote)
    if row.state not in MAKES_KEYS:
        raise IllegalMove(
            _("Les urnes sont scellées avec ces clés : annulez le scrutin pour en faire d’autres.")
        )
    why = one_line(reason, "reason", _("Dites pourquoi les clés sont recommencées."), most=300)
    if not row.trustees.exclude(certificate="").exists():
        raise Refused(Code.ALREADY_DONE, _("Aucune clé n’est commencée."))
    row.trustees.update(certificate="", commitment="", polynomial="", verification="", tried_at=None)
    note(row, "restart", actor=actor, at=at, reason=why)
    audit.record(actor, "governance.secret.restart", row, detail={"reason": why})
    beat(row.assembly_id)
    return row


@performs(SECRET_FLOW, "ready_keys")
def ready_keys(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: makes the server’s own key of each box, and seals the boxes: trustees, election, list of the
    public parts of the codes. Refuses: a key that is not made and tried, codes that are not there, no
    candidate. Leaves behind: the texts that are hashed, the first event of each chain, audit."""
    trustees = trustees_of(vote)
    if not is_whole(trustees):
        missing = ", ".join(str(one) for one in trustees if next_step(one))
        raise Refused(
            Code.VALUE_MISSING, _("Une clé n’est pas faite et essayée : %(names)s.") % {"names": missing}
        )
    locked_votes(vote)
    boxes = locked_boxes(vote)
    questions, group = questions_of(vote), group_of(trustees)
    for box in boxes:
        _refuse_codes_missing(box)
        _seal(box, questions, group, at)
    facts = {
        "boxes": {
            box.uuid: {"fingerprint": box.fingerprint, "roll": box.roll_fingerprint, "head": head_of(box)}
            for box in boxes
        }
    }
    note(vote, "ready_keys", actor=actor, at=at, facts=facts)
    beat(vote.assembly_id)


def _refuse_codes_missing(box: BallotBox) -> None:
    """A code for each voice on cards; for each that had one mailed, where the others vote on paper."""
    entries = box.entries.order_by()
    if box.secret_vote.mode == CodeMode.MAIL:
        entries = entries.exclude(code_sent_at=None)
    wanted, there = entries.count(), box.credentials.count()
    if wanted != there:
        raise Refused(
            Code.VALUE_MISSING,
            _("« %(box)s » : %(there)d codes de vote pour %(wanted)d voix. Faites les cartes de cette urne.")
            % {"box": box, "there": there, "wanted": wanted},
        )


def _seal(box: BallotBox, questions: Sequence[Question], group: dict[str, object], at: datetime) -> None:
    private = random_scalar()
    box.trustees = write_trustees([single_key(private), group])
    box.election = write_election(
        uuid=box.uuid,
        name=name_of(box),
        description=description_of(box),
        public_key=encode_point(read_trustees(box.trustees).key),
        questions=questions,
    )
    box.fingerprint = b64_of(box.election)
    box.timestamp = int(at.timestamp())
    box.server_key = secrets.encrypt(str(private), purpose=SERVER_KEY)
    box.save()
    begin_chain(box)
