"""The end of a secret ballot: proclaimed vote by vote, its archive published, its links destroyed once nobody
may contest it (GOV-26, GOV-31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from tempfile import TemporaryFile

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document, store_file
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.periods import after_months
from cae.core.settings import value_of
from cae.core.workflow import performs
from governance.models import BallotBox, RollEntry, SecretVote
from governance.selectors.box_archive import archive_parts, strict_proofs_of
from governance.services.minutes_files import RETENTION_YEARS
from governance.services.proclaiming import proclaim
from governance.services.pulse import beat
from governance.services.secret_journal import note
from governance.services.secret_locks import locked_boxes, locked_scrutin, locked_votes
from governance.states.secret import SECRET_FLOW, Channel, SecretState
from people.models import User

ARCHIVE_FILE = "governance.secret_archive"
MONTHS_KEPT = "governance.secret_months_kept"
# Over, without an archive that everybody reads.
_ENDED_UNRECORDED = (SecretState.PROCLAIMED, SecretState.CANCELLED)


def casting_field(vote_key: int) -> str:
    """The name of the control of the chair’s word on a vote, at which a refusal is written."""
    return f"casting-{vote_key}"


@performs(SECRET_FLOW, "proclaim")
def proclaim_secret_vote(
    vote: SecretVote, *, actor: User, at: datetime, castings: Mapping[int, str] | None = None
) -> None:
    """Does: proclaims each vote of the scrutin, by its own rule, in the order of the ballot. `castings`: what
    the chair decides of the votes whose sides are equal, by their key. Refuses: paper that a second
    scrutineer has not confirmed, equal sides without the word of the chair where the statutes give it.
    Leaves behind: the results, audit."""
    for one in locked_votes(vote):
        said = (castings or {}).get(one.pk, "")
        try:
            proclaim(one, actor=actor, at=at, casting=said, scrutin=vote)
        except Refused as refusal:
            words = _("« %(title)s » : %(why)s") % {"title": one.resolution.title, "why": refusal.message}
            raise Refused(
                refusal.code, words, field=casting_field(one.pk) if refusal.field else None
            ) from None
    vote.proclaimed_at = at
    note(vote, "proclaim", actor=actor, at=at)
    beat(vote.assembly_id)


@performs(SECRET_FLOW, "record")
def record(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: files the archive of each box with its strict proofs; board and archive are public from then on.
    Refuses: an archive that is no longer the one that was verified. Leaves behind: two documents a box, their
    hashes in the journal, audit."""
    hashes: dict[str, str] = {}
    for box in locked_boxes(vote):
        until = date(timezone.localdate(at).year + RETENTION_YEARS, 12, 31)
        archive = _filed_archive(box, actor, until)
        if archive != box.report["archive_sha256"]:
            raise Refused(
                Code.VERDICT_REFUSED,
                _("L’archive de l’urne « %(box)s » n’est plus celle qui a été vérifiée.") % {"box": box},
            )
        store_document(
            strict_proofs_of(box).encode(),
            kind=ARCHIVE_FILE,
            name=f"{box.uuid}.strict.json",
            mime="application/json",
            about=box,
            actor=actor,
            retention_until=until,
        )
        hashes[box.uuid] = archive
    note(vote, "record", actor=actor, at=at, facts={"archives": hashes})
    beat(vote.assembly_id)


def _filed_archive(box: BallotBox, actor: User, until: date) -> str:
    """Files an archive, which may be longer than what one holds in memory; gives its SHA-256."""
    with TemporaryFile() as handle:
        for part in archive_parts(box):
            handle.write(part)
        handle.seek(0)
        return store_file(
            handle,
            kind=ARCHIVE_FILE,
            name=f"{box.uuid}.bel",
            mime="application/x-tar",
            about=box,
            actor=actor,
            retention_until=until,
        ).sha256


def links_go_on(vote: SecretVote) -> date | None:
    """Gives the day from which the links of a scrutin proclaimed, or given up, may be destroyed."""
    ended = vote.state_since if vote.state == SecretState.CANCELLED else vote.proclaimed_at
    if ended is None:
        return None
    on = timezone.localdate(ended)
    return after_months(on, value_of(MONTHS_KEPT, on=on))


@performs(SECRET_FLOW, "purge")
def purge(vote: SecretVote, *, actor: User | None, at: datetime) -> None:
    """Does: destroys who voted, by whom and when; the archive says how many. Refuses: before the time to
    contest is over. Leaves behind: the figures in the journal, audit; nothing more to destroy where the
    archive was published after the links were gone."""
    if vote.purged_at is None:
        _destroy_links(vote, actor=actor, at=at)


@transaction.atomic
def purge_unrecorded(vote: SecretVote, *, at: datetime) -> SecretVote:
    """Does: as `purge`, of a scrutin that was given up, or proclaimed and its archive not published; it stays
    so, and may still be recorded. Refuses: any other one, links that are gone, before the time to contest is
    over. Leaves behind: the figures in the journal, audit."""
    row = locked_scrutin(vote)
    if row.state not in _ENDED_UNRECORDED or row.purged_at is not None:
        raise IllegalMove(_("Ce scrutin n’est ni annulé ni proclamé, ou ses liens sont déjà détruits."))
    _destroy_links(row, actor=None, at=at)
    row.save(update_fields=["purged_at"])
    audit.record(None, f"{SECRET_FLOW.model}.purge", row)
    return row


def _destroy_links(vote: SecretVote, *, actor: User | None, at: datetime) -> None:
    on = links_go_on(vote)
    if on is None or timezone.localdate(at) < on:
        raise IllegalMove(_("Le délai de recours court encore : les liens restent."))
    entries = RollEntry.objects.filter(box__secret_vote=vote)
    facts = {"voters": entries.count(), "voted": entries.exclude(channel="").count()}
    facts["paper"] = entries.filter(channel=Channel.PAPER).count()
    locked_boxes(vote)
    entries.delete()
    vote.purged_at = at
    note(vote, "purge", actor=actor, at=at, facts=facts)


def purge_due() -> int:
    """Does: destroys the links of the scrutins, given up, recorded or left proclaimed, that nobody may
    contest any more. Refuses: nothing. Leaves behind: as `purge`, by nobody; gives how many."""
    now, done = timezone.now(), 0
    due = Q(state=SecretState.RECORDED) | Q(state__in=_ENDED_UNRECORDED, purged_at=None)
    for vote in SecretVote.objects.filter(due).order_by("pk"):
        try:
            if vote.state == SecretState.RECORDED:
                purge(vote, actor=None, at=now)
            else:
                purge_unrecorded(vote, at=now)
        except IllegalMove:
            continue
        done += 1
    return done
