"""The count of a secret ballot: encrypted sums published, opened by the server and k of n scrutineers
together, verified as anybody may (GOV-26, GOV-30). What is long is computed before any row is locked, then
compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit, secrets
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.workflow import performs
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.archive import Kind, Where
from governance.engines.ballots.audit import Expected, Finding, Report, Step, verify_archive
from governance.engines.ballots.ballots import read_ballot
from governance.engines.ballots.canonical import fields, loads_exact, string
from governance.engines.ballots.decryption import check_partial, check_strict, combine, owner_object
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.sharing import decrypt, strict_decrypt
from governance.engines.ballots.tally import Points, Tally, add_ballots, open_tally, sized_object
from governance.engines.ballots.trustees import read_trustees
from governance.models import BallotBox, DecryptionShare, SecretVote, Trustee
from governance.selectors.box_archive import (
    archive_of,
    counters_of,
    election_of,
    head_of,
    strict_proofs_of,
    tally_of,
)
from governance.selectors.secret_totals import votes_asked
from governance.services.box_chain import append_event
from governance.services.proclaiming import refuse_paper_uncounted
from governance.services.pulse import beat
from governance.services.secret_journal import note
from governance.services.secret_keys import SERVER_KEY
from governance.services.secret_locks import locked_boxes, locked_scrutin, locked_votes
from governance.services.secret_notices import ask_for_shares
from governance.services.secret_watch import alert
from governance.states.secret import SECRET_FLOW, SecretState
from people.models import User

# The first trustee of every box is the server, scrutineers come after it.
SERVER = 1


@dataclass(frozen=True)
class Counted:
    """What was computed of a box, and from which head."""

    head: str
    tally: Tally
    share: str
    strict: str


@dataclass(frozen=True)
class Verified:
    """What our verifier found in an archive, whose SHA-256 and head are kept."""

    head: str
    sha256: str
    report: Report


def tally(vote: SecretVote, *, actor: User, at: datetime) -> SecretVote:
    """Does: adds up the ballots of each box while they are encrypted, the last of each code alone; gives the
    server’s own share of the sums; asks the scrutineers for theirs. Refuses: a scrutin that is not closed,
    paper that two scrutineers have not counted: whoever counts it knows no total. Leaves behind: sums, shares
    and their proofs, in the chain; audit."""
    refuse_uncounted(vote)
    found = {box.pk: counted(box) for box in vote.boxes.order_by("pk")}
    return write_tally(vote, found=found, actor=actor, at=at)


def refuse_other(vote: SecretVote, *states: str) -> None:
    """Before a long work: nobody waits for what would be refused."""
    if SecretVote.objects.values_list("state", flat=True).get(pk=vote.pk) not in states:
        raise IllegalMove(_("Ce n’est pas, ou plus, l’étape de ce scrutin."))


def refuse_uncounted(vote: SecretVote) -> None:
    """Before the sums, which tell what paper would have to say to change the result."""
    refuse_other(vote, SecretState.CLOSED)
    for one in votes_asked(vote):
        refuse_paper_uncounted(one)


def counted(box: BallotBox) -> Counted:
    """Adds up a box, and makes the share of the server. Raises Refused for a box that cannot be read: the
    bureau is alerted; and where the lock of the server’s key lost its own."""
    try:
        return _added(box)
    except BallotFault as fault:
        alert(box.secret_vote, [box], at=timezone.now())
        raise _altered(box, fault.code) from None


def _altered(box: BallotBox, code: Fault) -> Refused:
    words = _("L’urne « %(box)s » ne se vérifie pas : %(why)s") % {"box": box, "why": fault_sentence(code)}
    return Refused(Code.VERDICT_REFUSED, words)


def _added(box: BallotBox) -> Counted:
    head, election = head_of(box), election_of(box)
    texts = box.ballots.order_by("height").values_list("text", flat=True)
    found = add_ballots(election, (read_ballot(text, election) for text in texts.iterator(chunk_size=200)))
    private, phi = _server_key(box), election.fingerprint
    return Counted(
        head,
        found,
        decrypt(found, private, fingerprint=phi),
        strict_decrypt(found, private, fingerprint=phi, owner=SERVER),
    )


def _server_key(box: BallotBox) -> int:
    try:
        return int(secrets.decrypt(box.server_key, purpose=SERVER_KEY))
    except InvalidToken:
        words = _(
            "Le serveur ne peut pas donner sa part de l’urne « %(box)s » : la clé qui protégeait la sienne"
            " n’est plus celle de la maison. Demandez à qui l’héberge de remettre l’ancienne."
        )
        raise Refused(Code.VALUE_MISSING, words % {"box": box}) from None


@performs(SECRET_FLOW, "tally")
def write_tally(vote: SecretVote, *, found: Mapping[int, Counted], actor: User, at: datetime) -> None:
    """Does, refuses, leaves behind: as `tally`, of which it writes what was computed."""
    for asked in locked_votes(vote):
        refuse_paper_uncounted(asked)
    boxes = locked_boxes(vote)
    for box in boxes:
        one = found[box.pk]
        _refuse_moved(box, one.head)
        box.tally, box.kept_count = one.tally.text, one.tally.kept
        box.save(update_fields=["tally", "kept_count"])
        append_event(box, Kind.TALLY, box.tally, sized_object(one.tally))
        _write_share(box, None, one.share, one.strict, at)
    facts = {"boxes": {box.uuid: {"kept": box.kept_count, "head": head_of(box)} for box in boxes}}
    note(vote, "tally", actor=actor, at=at, facts=facts)
    ask_for_shares(vote, actor=actor)
    beat(vote.assembly_id)


def _refuse_moved(box: BallotBox, head: str) -> None:
    if head_of(box) != head:
        raise Refused(Code.STALE_FORM, _("L’urne « %(box)s » a changé pendant le calcul.") % {"box": box})


def _write_share(box: BallotBox, trustee: Trustee | None, text: str, strict: str, at: datetime) -> None:
    owner = SERVER + (trustee.index if trustee else 0)
    DecryptionShare.objects.create(
        box=box, trustee=trustee, owner=owner, text=text, strict=strict, given_at=at
    )
    append_event(box, Kind.PARTIAL, text, owner_object(owner, text))


@transaction.atomic
def give_share(
    trustee: Trustee, *, box: BallotBox, message: str, actor: User, at: datetime
) -> DecryptionShare:
    """Does: takes the share of a scrutineer, with its proofs, of one box; the one that was still missing
    opens the totals of all. Refuses: a scrutin that is not closed and added up, a share already given, a
    proof that does not hold, the key of another. Leaves behind: the share in the chain, the totals with the
    last one, audit."""
    vote = locked_scrutin(trustee.secret_vote)
    if vote.state != SecretState.TALLIED:
        raise IllegalMove(
            _("Les parts se donnent une fois les sommes publiées, jusqu’à ce qu’il y en ait assez.")
        )
    boxes = locked_boxes(vote)
    held = next((one for one in boxes if one.pk == box.pk), None)
    if held is None:
        raise Refused(Code.NOT_ALLOWED, _("Cette urne n’est pas de ce scrutin."))
    if held.shares.filter(trustee=trustee).exists():
        raise Refused(Code.ALREADY_DONE, _("Votre part de cette urne est déjà donnée."))
    try:
        partial, strict = _checked(held, SERVER + trustee.index, message)
    except BallotFault as fault:
        raise Refused(Code.VALUE_INVALID, fault_sentence(fault.code), field="message") from None
    _write_share(held, trustee, partial, strict, at)
    facts = {"trustee": trustee.index, "box": held.uuid, "head": head_of(held)}
    note(vote, "share", actor=actor, at=at, facts=facts)
    audit.record(actor, "governance.secret.share", vote)
    if all(one.shares.exclude(trustee=None).count() >= vote.threshold for one in boxes):
        open_totals(vote, actor=actor, at=at)
    else:
        beat(vote.assembly_id)
    return held.shares.get(trustee=trustee)


def _checked(box: BallotBox, owner: int, message: str) -> tuple[str, str]:
    """Gives the share and its strict proofs once they are found right. Raises BallotFault."""
    said, partial, strict = fields(loads_exact(message), "owner", "partial", "strict")
    if said != owner:
        raise BallotFault(Fault.OWNER_WRONG)
    found = tally_of(box)
    public = read_trustees(box.trustees).public_of(owner)
    factors = check_partial(string(partial), found, fingerprint=box.fingerprint, public=public)
    check_strict(string(strict), found, factors, fingerprint=box.fingerprint, public=public, owner=owner)
    return partial, strict


@performs(SECRET_FLOW, "decrypt")
def open_totals(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: opens the totals of every box, with the shares that are there. Refuses: too few shares. Leaves
    behind: the totals, the last event of each chain, audit."""
    boxes = locked_boxes(vote)
    for box in boxes:
        election, found, trustees = election_of(box), tally_of(box), read_trustees(box.trustees)
        try:
            factors: dict[int, Points] = {
                share.owner: check_partial(
                    share.text, found, fingerprint=box.fingerprint, public=trustees.public_of(share.owner)
                )
                for share in box.shares.order_by("owner")
            }
            box.result = open_tally(election, found, combine(trustees, factors))
        except BallotFault as fault:
            raise Refused(Code.VALUE_MISSING, fault_sentence(fault.code)) from None
        box.save(update_fields=["result"])
        append_event(box, Kind.RESULT, box.result)
    facts = {"boxes": {box.uuid: {"head": head_of(box)} for box in boxes}}
    note(vote, "decrypt", actor=actor, at=at, facts=facts)
    beat(vote.assembly_id)


def verify(vote: SecretVote, *, actor: User, at: datetime) -> SecretVote:
    """Does: verifies the archive of each box, every ballot and every proof, as anybody may; then destroys the
    key of the server. Refuses: totals that are not open; an archive that does not hold, ballots that are not
    as many as the voices marked: the bureau is alerted, and may give the scrutin up. Leaves behind: what was
    verified and the hash of what was read, audit."""
    refuse_other(vote, SecretState.DECRYPTED)
    found = {box.pk: verified(box) for box in vote.boxes.order_by("pk")}
    return conclude(vote, found=found, actor=actor, at=at)


def conclude(vote: SecretVote, *, found: Mapping[int, Verified], actor: User, at: datetime) -> SecretVote:
    """Does, refuses, leaves behind: as `verify`, once every archive is read."""
    boxes = vote.boxes.select_related("college").order_by("pk")
    altered = [box for box in boxes if not found[box.pk].report.sound]
    if altered:
        alert(vote, altered, at=at)
        raise _altered(altered[0], found[altered[0].pk].report.faults[0].code)
    return write_report(vote, found=found, actor=actor, at=at)


def verified(box: BallotBox) -> Verified:
    """Verifies the archive of a box against all that was announced of it; rows of which none can be made are
    a fault of its container."""
    head = head_of(box)
    try:
        data, strict = archive_of(box), strict_proofs_of(box).encode()
    except BallotFault as fault:
        return Verified(head, "", Report(faults=[Finding(Step.CONTAINER, fault.code, Where())]))
    expected = Expected(
        uuid=box.uuid,
        head=head,
        fingerprint=box.fingerprint,
        roll_fingerprint=box.roll_fingerprint,
        voters=counters_of(box).marked,
    )
    report = verify_archive(data, expected=expected, strict=strict)
    return Verified(head, hashlib.sha256(data).hexdigest(), report)


@performs(SECRET_FLOW, "verify")
def write_report(vote: SecretVote, *, found: Mapping[int, Verified], actor: User, at: datetime) -> None:
    """Does, leaves behind: as `verify`, of which it writes what was found sound. Refuses: a box that moved
    meanwhile."""
    boxes = locked_boxes(vote)
    for box in boxes:
        one = found[box.pk]
        _refuse_moved(box, one.head)
        box.report = {
            "archive_sha256": one.sha256,
            "head": one.head,
            "ballots": len(one.report.trackers),
            "kept": one.report.kept,
            "credentials": one.report.credentials,
            "steps": {step.name.lower(): verdict.value for step, verdict in one.report.verdicts.items()},
        }
        box.server_key = ""
        box.save(update_fields=["report", "server_key"])
    facts = {"boxes": {box.uuid: box.report for box in boxes}}
    note(vote, "verify", actor=actor, at=at, facts=facts)
    beat(vote.assembly_id)
