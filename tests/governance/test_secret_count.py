"""The count of a secret ballot: sums, shares, totals, verification, proclamation, archive, purge (GOV-26,
GOV-30, GOV-31)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from cae.core import secrets
from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.models import Document, Job, JobState, Notice
from governance.engines.ballots.audit import verify_archive
from governance.engines.ballots.canonical import dumps, loads_exact
from governance.engines.ballots.rehearsing import share_of
from governance.models import Ballot, BallotBox, DecryptionShare, Incident, RollEntry, SecretVote
from governance.permissions.secret import PERMISSIONS
from governance.selectors.box_archive import archive_of, election_of, strict_proofs_of, tally_of
from governance.selectors.secret_journal import journal_of
from governance.selectors.votes import last_result
from governance.services import secret_counting, secret_jobs
from governance.services.secret_counting import give_share, open_totals, tally, verify
from governance.services.secret_jobs import ask_tally, ask_verify, run_tally, run_verify
from governance.services.secret_keys import SERVER_KEY
from governance.services.secret_publishing import (
    ARCHIVE_FILE,
    links_go_on,
    proclaim_secret_vote,
    purge,
    purge_due,
    record,
)
from governance.services.secret_rehearsal import rehearse
from governance.services.secret_votes import cancel_secret_vote
from governance.states.secret import SecretState
from governance.tasks import purge_secret_votes
from tests.factories.governance import make_resolution
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import make_sitting
from tests.house.moving import let_go
from tests.refusals import refused

pytestmark = pytest.mark.django_db

POUR, CONTRE = [1, 0, 0], [0, 1, 0]


def message(scrutin: Scrutin, index: int, **changes: Any) -> str:
    owner = changes.pop("owner", index + 1)
    made = share_of(scrutin.group, index, tally_of(scrutin.box), scrutin.box.fingerprint, owner=owner)
    return dumps(loads_exact(made) | changes)


def given(scrutin: Scrutin, index: int, text: str, box: BallotBox | None = None) -> DecryptionShare:
    trustee, keeper = scrutin.vote.trustees.get(index=index), scrutin.keepers[index - 1]
    return give_share(trustee, box=box or scrutin.box, message=text, actor=keeper, at=timezone.now())


def altered(scrutin: Scrutin, **fields: Any) -> None:
    """Somebody who owns the database writes on the box."""
    let_go(BallotBox)
    BallotBox.objects.filter(secret_vote=scrutin.vote).update(**fields)


# Rehearsed.


def test_the_rehearsal_counts_what_it_cast_and_keeps_nothing_else() -> None:
    scrutin = make_scrutin(SecretState.KEYS_READY)
    scrutin.rehearse()
    kept = scrutin.vote.rehearsal
    assert (kept["voters"], kept["ballots"], kept["counts"]) == (3, 4, [[1, 1, 1]])
    assert len(kept["archive_sha256"]) == 64
    assert not Ballot.objects.exists()
    assert journal_of(scrutin.vote).last().facts == kept  # type: ignore[union-attr]


def test_a_rehearsal_that_fails_leaves_the_scrutin_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    scrutin = make_scrutin(SecretState.KEYS_READY)

    class Failed:
        succeeded = False

    with monkeypatch.context() as patched:
        patched.setattr("governance.services.secret_rehearsal.play", lambda *_asked, **_among: Failed())
        with refused(Code.VERDICT_REFUSED, said="n’ouvrez pas"):
            rehearse(scrutin.vote, **scrutin.by())
    altered(scrutin, roll="[]")
    with refused(Code.VERDICT_REFUSED, said="ne se vérifie pas"):
        rehearse(scrutin.vote, **scrutin.by())


# Sums and shares.


def test_the_sums_are_published_with_the_share_of_the_server() -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    with refused(Code.ILLEGAL_MOVE, said="sommes"):
        given(scrutin, 1, "{}")
    scrutin.tally()
    box = scrutin.box
    share = box.shares.get()
    assert (share.owner, share.trustee, box.kept_count) == (1, None, 4)
    assert list(box.events.order_by("height").values_list("kind", flat=True))[-3:] == [
        "EndBallots",
        "EncryptedTally",
        "PartialDecryption",
    ]
    asked = Notice.objects.filter(kind="governance.secret_share_asked")
    assert {notice.user for notice in asked} == set(scrutin.keepers)
    with refused(Code.ILLEGAL_MOVE):
        tally(scrutin.vote, **scrutin.by())


def test_a_box_that_moves_while_it_is_added_up_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    found = secret_counting.counted(scrutin.box)
    moved = secret_counting.Counted("0" * 64, found.tally, found.share, found.strict)
    monkeypatch.setattr(secret_counting, "counted", lambda _box: moved)
    with refused(Code.STALE_FORM, said="a changé"):
        tally(scrutin.vote, **scrutin.by())


def test_two_of_three_scrutineers_open_the_totals_and_one_does_not() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    for rank, said in enumerate((POUR, CONTRE, CONTRE)):
        scrutin.cast(scrutin.entry_of(rank), [said])
    scrutin.reach(SecretState.TALLIED)
    scrutin.give_share(3)
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.TALLIED
    with refused(Code.VALUE_MISSING):
        open_totals(scrutin.vote, **scrutin.by())
    scrutin.give_share(1)
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.DECRYPTED
    assert scrutin.box.result == '{"result":[[1,2,0]]}'
    assert [row.act for row in journal_of(scrutin.vote)][-3:] == ["share", "share", "decrypt"]
    with refused(Code.ILLEGAL_MOVE, said="sommes"):
        given(scrutin, 2, "{}")


def test_a_share_that_does_not_hold_is_refused_and_the_right_one_taken_once() -> None:
    scrutin = make_scrutin(SecretState.TALLIED)
    mine = loads_exact(message(scrutin, 1))
    theirs = loads_exact(message(scrutin, 2))
    for wrong in (
        "nothing",
        dumps(mine | {"owner": 3}),
        dumps(mine | {"partial": theirs["partial"]}),
        dumps(mine | {"strict": theirs["strict"]}),
        dumps({"owner": 2, "partial": mine["partial"]}),
        # A scrutineer’s key in the name of another.
        message(scrutin, 2, owner=2),
    ):
        with refused(Code.VALUE_INVALID, "message"):
            given(scrutin, 1, wrong)
    given(scrutin, 1, dumps(mine))
    with refused(Code.ALREADY_DONE, said="déjà donnée"):
        given(scrutin, 1, dumps(mine))


def test_a_share_is_of_a_box_of_its_scrutin() -> None:
    sitting = make_sitting(2)
    one, other = (make_scrutin(SecretState.TALLIED, sitting=sitting) for _scrutin in range(2))
    with refused(Code.NOT_ALLOWED, said="n’est pas de ce scrutin"):
        given(one, 1, message(one, 1), box=other.box)


# Verified.


def test_what_is_verified_is_written_and_the_key_of_the_server_destroyed() -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    locked = scrutin.box.server_key
    private = secrets.decrypt(locked, purpose=SERVER_KEY)
    assert private.isdecimal()
    assert private not in locked
    scrutin.verify()
    box = scrutin.box
    assert box.server_key == ""
    assert (box.report["ballots"], box.report["kept"], box.report["credentials"]) == (4, 4, 4)
    assert box.report["archive_sha256"] == hashlib.sha256(archive_of(box)).hexdigest()


def test_an_archive_that_does_not_hold_is_told_and_its_scrutin_may_be_given_up() -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    with refused(Code.ILLEGAL_MOVE, said="Les totaux sont connus"):
        cancel_secret_vote(scrutin.vote, reason="Résultat gênant", **scrutin.by())
    altered(scrutin, result='{"result":[[4,0,0]]}')
    refusal = caught(scrutin)
    assert (refusal.code, "ne se vérifie pas" in str(refusal)) == (Code.VERDICT_REFUSED, True)
    scrutin.vote.refresh_from_db()
    assert (scrutin.vote.state, scrutin.box.report) == (SecretState.DECRYPTED, {})
    assert scrutin.box.server_key != ""
    assert "Scrutin du matin" in Incident.objects.get().text
    assert journal_of(scrutin.vote).last().act == "unsound"  # type: ignore[union-attr]
    # Told once, whoever verifies again.
    caught(scrutin)
    assert Incident.objects.count() == 1
    cancelled = cancel_secret_vote(scrutin.vote, reason="Urne altérée", **scrutin.by())
    assert cancelled.state == SecretState.CANCELLED


@pytest.mark.parametrize("field", ["share", "tally"])
def test_rows_of_which_no_archive_can_be_made_are_told_too(field: str) -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    if field == "tally":
        altered(scrutin, tally="[]")
    else:
        let_go(DecryptionShare)
        scrutin.box.shares.filter(owner=1).update(text="{}")
    refusal = caught(scrutin)
    assert (refusal.code, "ne se vérifie pas" in str(refusal)) == (Code.VERDICT_REFUSED, True)
    assert "Scrutin du matin" in Incident.objects.get().text
    assert scrutin.box.server_key != ""


def test_an_archive_is_read_as_it_is_now_not_as_the_box_was() -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    held = scrutin.box
    tally(scrutin.vote, **scrutin.by())
    assert archive_of(held) == archive_of(scrutin.box)


def caught(scrutin: Scrutin) -> Refused:
    with pytest.raises(Refused) as found:
        verify(scrutin.vote, **scrutin.by())
    return found.value


def test_ballots_that_are_not_as_many_as_marks_are_not_verified() -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    entry = scrutin.box.entries.filter(channel="screen").first()
    assert entry is not None
    RollEntry.objects.filter(pk=entry.pk).update(channel="", quarter=None)
    assert caught(scrutin).code == Code.VERDICT_REFUSED
    with refused(Code.ILLEGAL_MOVE):
        proclaim_secret_vote(scrutin.vote, **scrutin.by())


def test_a_box_that_moves_while_it_is_verified_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    found = secret_counting.verified(scrutin.box)
    moved = secret_counting.Verified("0" * 64, found.sha256, found.report)
    monkeypatch.setattr(secret_counting, "verified", lambda _box: moved)
    with refused(Code.STALE_FORM, said="a changé"):
        verify(scrutin.vote, **scrutin.by())


# Proclaimed.


def test_equal_sides_wait_for_the_word_of_the_chair() -> None:
    sitting = make_sitting(2, casting_vote="chair")
    resolutions = [make_resolution(sitting.assembly), make_resolution(sitting.assembly)]
    scrutin = make_scrutin(SecretState.OPEN, sitting=sitting, resolutions=resolutions)
    scrutin.cast(scrutin.entry_of(0), [POUR, POUR])
    scrutin.cast(scrutin.entry_of(1), [POUR, CONTRE])
    scrutin.reach(SecretState.VERIFIED)
    votes = [row.vote for row in scrutin.vote.questions.order_by("position")]
    with refused(Code.VALUE_MISSING, f"casting-{votes[1].pk}", "Résolution 2"):
        proclaim_secret_vote(scrutin.vote, **scrutin.by())
    proclaim_secret_vote(scrutin.vote, castings={votes[1].pk: "contre"}, **scrutin.by())
    results = [last_result(vote) for vote in votes]
    assert [result.verdict for result in results if result] == ["adopted", "rejected"]


# Published.


def test_the_archive_is_filed_with_its_proofs() -> None:
    scrutin = make_scrutin(SecretState.RECORDED)
    box = scrutin.box
    files = {row.name: row for row in Document.objects.filter(kind=ARCHIVE_FILE)}
    archive, strict = files[f"{box.uuid}.bel"], files[f"{box.uuid}.strict.json"]
    assert read_document(archive) == archive_of(box)
    assert read_document(strict) == strict_proofs_of(box).encode()
    assert verify_archive(read_document(archive), strict=read_document(strict)).sound
    opens = PERMISSIONS["governance.open_secret_archive"]
    assert opens(scrutin.keepers[0], archive)
    assert opens(scrutin.keepers[0], None)
    stranger = make_scrutin(sitting=scrutin.sitting).keepers[0]
    assert not opens(stranger, archive)


def test_an_archive_that_changed_since_it_was_verified_is_not_published() -> None:
    scrutin = make_scrutin(SecretState.PROCLAIMED)
    altered(scrutin, result='{"result":[[0,0,4]]}')
    with refused(Code.VERDICT_REFUSED, said="n’est plus celle"):
        record(scrutin.vote, **scrutin.by())


def test_links_go_once_nobody_may_contest() -> None:
    scrutin = make_scrutin(SecretState.RECORDED)
    on = links_go_on(scrutin.vote)
    assert on is not None
    assert links_go_on(SecretVote()) is None
    with refused(Code.ILLEGAL_MOVE, said="recours"):
        purge(scrutin.vote, **scrutin.by())
    assert purge_due() == 0
    let_go(SecretVote)
    past = timezone.now() - timedelta(days=1200)
    SecretVote.objects.filter(pk=scrutin.vote.pk).update(proclaimed_at=past)
    purge_secret_votes()
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.PURGED
    assert not RollEntry.objects.exists()
    assert Ballot.objects.count() == 4
    row = journal_of(scrutin.vote).last()
    assert row is not None
    assert (row.by, row.facts) == (None, {"voters": 4, "voted": 4, "paper": 0})
    assert purge_due() == 0


# Large boxes.


def test_a_large_box_is_counted_and_verified_by_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_jobs, "AT_ONCE", 3)
    scrutin = make_scrutin(SecretState.CLOSED)
    job = ask_tally(scrutin.vote, **scrutin.by())
    assert job is not None
    with refused(Code.ILLEGAL_MOVE):
        ask_verify(scrutin.vote, **scrutin.by())
    ended(run_tally, job, scrutin, SecretState.TALLIED)
    # A worker that died after it wrote: whoever takes the job up finds it done.
    again = Job.objects.create(task=job.task, label="x", author=scrutin.actor, arguments=job.arguments)
    ended(run_tally, again, scrutin, SecretState.TALLIED)
    scrutin.decrypt()
    job = ask_verify(scrutin.vote, **scrutin.by())
    assert job is not None
    ended(run_verify, job, scrutin, SecretState.VERIFIED)


def ended(run: Any, job: Job, scrutin: Scrutin, state: str) -> None:
    run(job.pk)
    job.refresh_from_db()
    scrutin.vote.refresh_from_db()
    assert (job.state, scrutin.vote.state) == (JobState.DONE, state)


def test_a_small_box_is_counted_and_verified_at_once() -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    assert ask_tally(scrutin.vote, **scrutin.by()) is None
    scrutin.vote.refresh_from_db()
    scrutin.decrypt()
    assert ask_verify(scrutin.vote, **scrutin.by()) is None
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.VERIFIED
    assert not Job.objects.exists()


def test_the_key_of_the_server_outlives_a_change_of_the_secret_of_the_house() -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    with override_settings(SECRET_KEY="x" * 60, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        scrutin.tally()
    assert election_of(scrutin.box).uuid == scrutin.box.uuid
