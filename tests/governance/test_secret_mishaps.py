"""A secret ballot when something goes wrong: rows that nobody can read any more, paper that waits, a method
that hands cannot count, links of what was given up (GOV-26, GOV-31, GOV-33)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Job, JobState
from governance.engines.ballots.group import sha256_hex
from governance.models import BallotBox, DecryptionShare, Incident, RollEntry, SecretVote
from governance.selectors.box_soundness import is_sound
from governance.selectors.secret_journal import is_sealed, journal_of
from governance.selectors.votes import last_result
from governance.services import secret_jobs
from governance.services.paper_voices import note_paper
from governance.services.proclaiming import declare_counts
from governance.services.secret_jobs import ask_tally, run_tally
from governance.services.secret_opening import close_secret_vote, pause_secret_vote
from governance.services.secret_publishing import purge_due, purge_unrecorded
from governance.services.secret_votes import cancel_secret_vote
from governance.services.secret_watch import check_chains
from governance.services.sitting import close_sitting
from governance.states.assemblies import AssemblyState
from governance.states.secret import CodeMode, SecretState
from governance.states.votes import CountKind, Method
from people.models import User
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import make_election, make_sitting
from tests.factories.people import make_user
from tests.house.moving import let_go, undone
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def rewritten(rows: Any, **fields: Any) -> None:
    """What the triggers forbid to all: a disk that fails, a hand in the database."""
    let_go(rows.model)
    rows.update(**fields)


def box_of(scrutin: Scrutin) -> Any:
    return BallotBox.objects.filter(pk=scrutin.box.pk)


def share_gone(scrutin: Scrutin) -> None:
    let_go(DecryptionShare)
    scrutin.box.shares.filter(owner=4).delete()


def event_of(scrutin: Scrutin, text: str) -> None:
    rewritten(scrutin.box.events.filter(height=2), text=text, digest=sha256_hex(text))


UNREADABLE: dict[str, Callable[[Scrutin], None]] = {
    "the election": lambda scrutin: rewritten(box_of(scrutin), election="x"),
    "the sums": lambda scrutin: rewritten(box_of(scrutin), tally="x"),
    "sums of another shape": lambda scrutin: rewritten(box_of(scrutin), tally="[[]]"),
    "a share": lambda scrutin: rewritten(scrutin.box.shares.filter(owner=4), text="x"),
    "a share gone": share_gone,
}


# Rows that nobody can read.


def test_a_box_that_cannot_be_read_is_altered_and_never_verified() -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    for name, alter in UNREADABLE.items():
        with undone():
            alter(scrutin)
            assert not is_sound(scrutin.box), name
            with pytest.raises(Refused, match="ne se vérifie pas"):
                scrutin.verify()
            assert Incident.objects.count() == 1, name
    scrutin.verify()


@pytest.mark.parametrize("text", ["x", "[]", "{}"])
def test_the_watch_tells_of_an_event_that_is_none(text: str) -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    scrutin.vote_in_turn()
    event_of(scrutin, text)
    assert check_chains() == 1
    assert Incident.objects.count() == 1


def test_strict_proofs_that_cannot_be_read_are_not_verified() -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    rewritten(scrutin.box.shares.filter(owner=4), strict="x")
    with pytest.raises(Refused, match="ne se vérifie pas"):
        scrutin.verify()
    assert Incident.objects.count() == 1


def test_a_ballot_that_cannot_be_read_is_not_added_up() -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    rewritten(scrutin.box.ballots.filter(height=2), text="x")
    with pytest.raises(Refused, match="ne se vérifie pas"):
        scrutin.tally()
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.CLOSED
    assert scrutin.vote.unsound_at is not None
    assert scrutin.box.tally == ""


def test_a_job_says_why_it_did_not_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_jobs, "AT_ONCE", 3)
    scrutin = make_scrutin(SecretState.CLOSED)
    job = ask_tally(scrutin.vote, **scrutin.by())
    assert job is not None
    rewritten(scrutin.box.ballots.filter(height=2), text="x")
    run_tally(job.pk)
    found = Job.objects.get(pk=job.pk)
    assert found.state == JobState.FAILED
    assert "ne se vérifie pas" in found.message
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.CLOSED


def test_a_server_key_whose_lock_is_lost_is_said_and_alters_no_box(settings: Any) -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    settings.SECRET_KEY = "another" * 9
    with refused(Code.VALUE_MISSING, said="n’est plus celle de la maison"):
        scrutin.tally()
    scrutin.vote.refresh_from_db()
    assert (scrutin.vote.state, scrutin.vote.unsound_at) == (SecretState.CLOSED, None)


def test_a_share_that_changed_before_the_last_one_opens_nothing() -> None:
    scrutin = make_scrutin(SecretState.TALLIED)
    scrutin.give_share(3)
    rewritten(scrutin.box.shares.filter(owner=4), text="x")
    with refused(Code.VALUE_MISSING):
        scrutin.give_share(2)
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.TALLIED
    assert not scrutin.box.shares.filter(owner=3).exists()


# The clock.


def test_the_clock_does_not_close_what_was_paused_a_moment_ago() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    due = timezone.now() + timedelta(days=1)
    pause_secret_vote(scrutin.vote, reason="Panne du réseau", **scrutin.by())
    with refused(Code.ILLEGAL_MOVE, said="suspendu"):
        close_secret_vote(scrutin.vote, actor=None, at=due)
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.PAUSED


# Candidates.


def test_no_box_is_sealed_on_a_ranking_of_one_candidate() -> None:
    sitting = make_sitting(3)
    election = make_election(sitting, method=Method.SCHULZE)
    scrutin = make_scrutin(SecretState.ROLL_FROZEN, sitting=sitting, resolutions=[election])
    last = election.candidates.order_by("position")[1:]
    election.candidates.filter(pk__in=[one.pk for one in last]).update(withdrawn_at=timezone.now())
    scrutin.make_cards()
    scrutin.make_keys()
    with refused(Code.VALUE_INVALID, said="au moins deux candidatures"):
        scrutin.ready()
    assert scrutin.box.election == ""


# Paper.


def counted(scrutin: Scrutin, user: User, **counts: int) -> None:
    vote = scrutin.vote.questions.get().vote
    at = timezone.now()
    declare_counts(vote, kind=CountKind.PAPER, college=None, counts=counts, actor=user, at=at)


def test_paper_is_counted_before_any_total_is_known() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    scrutin.cast(scrutin.entry_of(0), [[0, 1, 0]])
    note_paper(scrutin.entry_of(1), **scrutin.by())
    scrutin.close()
    with refused(Code.VALUE_MISSING, said="papier"):
        scrutin.tally()
    with refused(Code.VALUE_MISSING, said="papier"):
        ask_tally(scrutin.vote, **scrutin.by())
    with refused(Code.VALUE_INVALID, said="reste 1"):
        counted(scrutin, scrutin.actor, pour=2)
    counted(scrutin, scrutin.actor, pour=1)
    with refused(Code.VALUE_MISSING, said="second scrutateur"):
        scrutin.tally()
    counted(scrutin, make_user(), pour=1)
    scrutin.reach(SecretState.DECRYPTED)
    with refused(Code.ALREADY_DONE):
        counted(scrutin, scrutin.actor, contre=1)
    scrutin.reach(SecretState.PROCLAIMED)
    result = last_result(scrutin.vote.questions.get().vote)
    assert result is not None
    assert {key: result.facts["counts"][key] for key in ("pour", "contre")} == {"pour": 1, "contre": 1}
    assert result.facts["cast"] == 2


def test_no_voice_is_noted_on_paper_where_hands_cannot_count() -> None:
    sitting = make_sitting(3)
    election = make_election(sitting, method=Method.MAJORITY_JUDGMENT)
    asked = [make_election(sitting, method=Method.NAMES), election]
    scrutin = make_scrutin(SecretState.OPEN, sitting=sitting, resolutions=asked)
    with refused(Code.NOT_ALLOWED, said="à la main"):
        note_paper(scrutin.entry_of(0), **scrutin.by())
    assert not RollEntry.objects.exclude(channel="").exists()


def test_who_has_neither_code_nor_paper_is_not_put_on_the_roll() -> None:
    sitting = make_sitting(3)
    election = make_election(sitting, method=Method.MAJORITY_JUDGMENT)
    User.objects.filter(pk=sitting.users[1].pk).update(is_active=False)
    scrutin = make_scrutin(sitting=sitting, resolutions=[election], mode=CodeMode.MAIL)
    with refused(Code.VALUE_MISSING, said=str(sitting.members[1])):
        scrutin.freeze_roll()
    assert not BallotBox.objects.exists()


# The end.


@pytest.mark.parametrize("state", [SecretState.DRAFT, SecretState.TESTED])
def test_a_sitting_does_not_leave_a_scrutin_half_prepared(state: str) -> None:
    scrutin = make_scrutin(state)
    close = {"confirmed": True} | scrutin.by()
    with refused(Code.ILLEGAL_MOVE, said="n’est pas proclamé"):
        close_sitting(scrutin.sitting.assembly, **close)
    cancel_secret_vote(scrutin.vote, reason="Quorum perdu", **scrutin.by())
    assert close_sitting(scrutin.sitting.assembly, **close).state == AssemblyState.CLOSED


def test_the_links_of_a_scrutin_given_up_go_too() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    scrutin.vote_in_turn()
    with refused(Code.ILLEGAL_MOVE, said="annulé"):
        purge_unrecorded(scrutin.vote, at=timezone.now())
    cancel_secret_vote(scrutin.vote, reason="Deux clés perdues", **scrutin.by())
    with refused(Code.ILLEGAL_MOVE, said="recours"):
        purge_unrecorded(scrutin.vote, at=timezone.now())
    assert purge_due() == 0
    SecretVote.objects.filter(pk=scrutin.vote.pk).update(state_since=timezone.now() - timedelta(days=1200))
    assert purge_due() == 1
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.CANCELLED
    assert scrutin.vote.purged_at is not None
    assert not RollEntry.objects.exists()
    row = journal_of(scrutin.vote).last()
    assert row is not None
    assert (row.act, row.by, row.facts) == ("purge", None, {"voters": 4, "voted": 4, "paper": 0})
    assert is_sealed(scrutin.vote)
    assert AuditEntry.objects.filter(verb="governance.SecretVote.purge").count() == 1
    assert purge_due() == 0


def test_the_links_of_a_scrutin_whose_archive_was_never_published_go_too() -> None:
    scrutin = make_scrutin(SecretState.PROCLAIMED)
    with refused(Code.ILLEGAL_MOVE, said="recours"):
        purge_unrecorded(scrutin.vote, at=timezone.now())
    SecretVote.objects.filter(pk=scrutin.vote.pk).update(proclaimed_at=timezone.now() - timedelta(days=1200))
    assert purge_due() == 1
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.state == SecretState.PROCLAIMED
    assert scrutin.vote.purged_at is not None
    assert not RollEntry.objects.exists()
    assert purge_due() == 0
    # Published at last, it comes to its end; what was destroyed is so once.
    scrutin.record()
    assert purge_due() == 1
    purged_at, facts = scrutin.vote.purged_at, {"voters": 4, "voted": 4, "paper": 0}
    scrutin.vote.refresh_from_db()
    assert (scrutin.vote.state, scrutin.vote.purged_at) == (SecretState.PURGED, purged_at)
    assert [one.facts for one in journal_of(scrutin.vote).filter(act="purge")] == [facts]
    assert is_sealed(scrutin.vote)
    assert purge_due() == 0


def test_nothing_changes_between_the_comparison_with_the_seal_and_the_opening() -> None:
    """A candidate withdrawn in between would shift every answer of the ballots."""
    scrutin = make_scrutin(SecretState.TESTED)
    with CaptureQueriesContext(connection) as asked:
        scrutin.open()
    queries = [one["sql"] for one in asked.captured_queries]
    locked = next(
        rank for rank, sql in enumerate(queries) if 'FROM "governance_assembly"' in sql and "UPDATE" in sql
    )
    read = next(rank for rank, sql in enumerate(queries) if 'FROM "governance_resolutionversion"' in sql)
    assert locked < read
