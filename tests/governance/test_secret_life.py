"""The life of a secret ballot: prepared, its roll frozen, opened, closed by the chair or the clock, given up
(GOV-26, GOV-33)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry, Notice
from governance.engines.ballots.audit import verify_archive
from governance.engines.ballots.elections import read_election
from governance.models import (
    Amendment,
    BallotBox,
    Candidate,
    College,
    CorrespondenceForm,
    Proxy,
    RollEntry,
    SecretVote,
    Vote,
    VotingRightEvent,
)
from governance.selectors.box_archive import archive_of, board_of, head_of, strict_proofs_of
from governance.selectors.secret_journal import is_sealed, journal_of
from governance.selectors.secret_steps import life_of
from governance.selectors.votes import last_result
from governance.services.assemblies import cancel_assembly
from governance.services.ballot_casting import cast_ballot
from governance.services.proclaiming import proclaim
from governance.services.resolutions import withdraw_resolution
from governance.services.secret_opening import (
    close_due,
    close_secret_vote,
    extend_secret_vote,
    open_secret_vote,
    pause_secret_vote,
    resume_secret_vote,
)
from governance.services.secret_rolls import freeze_roll
from governance.services.secret_votes import cancel_secret_vote, prepare_secret_vote
from governance.services.sitting import close_sitting
from governance.services.voting import cancel_vote, close_vote, open_vote, prepare_vote
from governance.states.assemblies import AssemblyState, BureauRole, ProxyOrigin
from governance.states.bodies import Electorate
from governance.states.register import RightsEventKind
from governance.states.secret import CodeMode, SecretState
from governance.states.votes import Method, VoteState, VoteWay
from governance.tasks import close_due_secret_votes
from tests.factories.governance import make_assembly, make_organiser, make_resolution
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import Sitting, make_election, make_sitting
from tests.factories.people import make_person, make_user
from tests.house.moving import let_go
from tests.refusals import refused

pytestmark = pytest.mark.django_db

POUR, CONTRE, ABSTENTION = [1, 0, 0], [0, 1, 0], [0, 0, 1]


def moved(scrutin: Scrutin, **fields: Any) -> None:
    """Writes on the scrutin what time alone brings."""
    SecretVote.objects.filter(pk=scrutin.vote.pk).update(**fields)
    scrutin.vote.refresh_from_db()


def soon(**delay: int) -> datetime:
    return timezone.now() + timedelta(**delay)


# From the question to the archive.


def test_a_scrutin_goes_from_its_question_to_an_archive_that_anybody_verifies() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    for rank, said in enumerate((POUR, POUR, CONTRE)):
        scrutin.cast(scrutin.entry_of(rank), [said])
    scrutin.cast(scrutin.entry_of(2), [ABSTENTION])
    scrutin.reach(SecretState.RECORDED)
    vote, box = scrutin.vote, scrutin.box
    report = verify_archive(archive_of(box), strict=strict_proofs_of(box).encode())
    assert report.sound
    assert (report.counts, report.kept, len(report.trackers)) == (((2, 0, 1),), 3, 4)
    assert [one.tracker for one in board_of(box)] == sorted(report.trackers)
    assert [one.is_replaced for one in board_of(box)].count(True) == 1
    assert box.report["archive_sha256"] == hashlib.sha256(archive_of(box)).hexdigest()
    assert set(box.report["steps"].values()) == {"holds"}
    asked = Vote.objects.get(secret_question__secret_vote=vote)
    result = last_result(asked)
    assert result is not None
    assert (asked.state, result.verdict) == (VoteState.PROCLAIMED, "adopted")
    assert (result.facts["counts"]["pour"], result.facts["not_cast"]) == (2, 1)
    acts = [row.act for row in journal_of(vote)]
    steps = ["step"] * 15
    assert acts == [
        "prepare", "freeze_roll", "receive_cards", *steps, "ready_keys", "rehearse", "open", "close", "tally",
        "share", "share", "decrypt", "verify", "proclaim", "record",
    ]  # fmt: skip
    assert is_sealed(vote)
    assert box.server_key == ""
    assert AuditEntry.objects.filter(verb="governance.SecretVote.record").count() == 1


def test_the_second_round_of_an_election_is_asked_by_a_later_scrutin() -> None:
    sitting = make_sitting(5)
    election = make_election(sitting, method=Method.NAMES, seats=1)
    first = make_scrutin(SecretState.OPEN, sitting=sitting, resolutions=[election])
    for rank, said in enumerate(([0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1])):
        first.cast(first.entry_of(rank), [said])
    first.reach(SecretState.PROCLAIMED)
    second = make_scrutin(SecretState.OPEN, sitting=sitting, resolutions=[election])
    assert second.vote.questions.get().vote.round == 2
    for rank in range(3):
        second.cast(second.entry_of(rank), [[0, 0, 1, 0]])
    second.reach(SecretState.PROCLAIMED)
    result = last_result(second.vote.questions.get().vote)
    assert result is not None
    assert result.facts["elected"] == [str(election.candidates.order_by("position")[1].pk)]


# Preparing.


def prepared(sitting: Sitting, **fields: Any) -> SecretVote:
    values: dict[str, Any] = {
        "title": "Scrutin",
        "resolutions": [],
        "mode": CodeMode.CARDS,
        "trustees": [],
        "threshold": 2,
        "closes_at": None,
        "actor": sitting.actor,
        "at": timezone.now(),
    }
    return prepare_secret_vote(sitting.assembly, **values | fields)


def test_preparing_asks_for_keys_and_writes_the_votes() -> None:
    sitting = make_sitting(2)
    one, other = make_resolution(sitting.assembly), make_resolution(sitting.assembly)
    scrutin = make_scrutin(sitting=sitting, resolutions=[other, one])
    assert [row.vote.resolution for row in scrutin.vote.questions.all()] == [other, one]
    assert {row.vote.way for row in scrutin.vote.questions.all()} == {VoteWay.SECRET}
    assert [one.person for one in scrutin.trustees] == [user.person for user in scrutin.keepers]
    asked = Notice.objects.filter(kind="governance.secret_key_asked")
    assert {notice.user for notice in asked} == set(scrutin.keepers)
    assert journal_of(scrutin.vote).get().facts == {"questions": 2, "trustees": 3, "threshold": 2}


def test_preparing_refuses_what_cannot_be_asked() -> None:
    sitting = make_sitting(3)
    resolution = make_resolution(sitting.assembly)
    people = [make_user().person for _keeper in range(3)]
    good = {"resolutions": [resolution], "trustees": people}
    ranked = make_election(sitting, method=Method.TRANSFERABLE)
    voted = make_resolution(sitting.assembly)
    prepare_vote(voted, way=VoteWay.SCREEN, actor=sitting.actor)
    others = make_resolution(sitting.assembly, electorate=Electorate.ENTREPRENEURS)
    elsewhere = make_resolution(make_assembly(rule_set=sitting.assembly.rule_set))
    for field, code, said, wrong in (
        ("title", Code.VALUE_MISSING, "intitulé", {"title": "  "}),
        ("mode", Code.VALUE_INVALID, "n’existent pas", {"mode": "sms"}),
        ("closes_at", Code.DATE_INVALID, "passée", {"closes_at": timezone.now()}),
        ("resolutions", Code.VALUE_MISSING, "Choisissez", {"resolutions": []}),
        ("resolutions", Code.VALUE_MISSING, "cette assemblée", {"resolutions": [resolution, elsewhere]}),
        ("resolutions", Code.VALUE_INVALID, "transférable", {"resolutions": [ranked]}),
        ("resolutions", Code.DUPLICATE, "a déjà son vote", {"resolutions": [resolution, voted]}),
        ("resolutions", Code.VALUE_INVALID, "électorat", {"resolutions": [resolution, others]}),
        ("trustees", Code.VALUE_MISSING, "deux", {"trustees": people[:1]}),
        ("trustees", Code.VALUE_MISSING, "une fois", {"trustees": [*people, people[0]]}),
        ("trustees", Code.VALUE_INVALID, "compte", {"trustees": [*people, make_person()]}),
        ("threshold", Code.VALUE_INVALID, "moins de parts", {"threshold": 3}),
        ("threshold", Code.VALUE_INVALID, "une part", {"threshold": 0}),
    ):
        with refused(code, field, said):
            prepared(sitting, **good | wrong)
    assert prepared(sitting, **good).state == SecretState.DRAFT


@pytest.mark.parametrize("state", [AssemblyState.DRAFT, AssemblyState.CLOSED])
def test_nothing_is_prepared_outside_the_time_of_an_assembly(state: str) -> None:
    sitting = make_sitting(2)
    resolution, keepers = make_resolution(sitting.assembly), [make_user().person for _keeper in range(3)]
    dates = {"closed_at": timezone.now()} if state == AssemblyState.CLOSED else {"opened_at": None}
    type(sitting.assembly).objects.filter(pk=sitting.assembly.pk).update(state=state, **dates)
    with refused(Code.ILLEGAL_MOVE, said="convoquée"):
        prepared(sitting, resolutions=[resolution], trustees=keepers)


# The roll.


def test_the_roll_has_an_entry_for_each_voice_that_somebody_casts() -> None:
    sitting = make_sitting(2, absent=3, proxy_cap="3")
    resolution = make_resolution(sitting.assembly, supported=False)
    long_ago = timezone.now() - timedelta(days=4)
    given = {"assembly": sitting.assembly, "given_at": long_ago, "origin": ProxyOrigin.ACCOUNT}
    Proxy.objects.create(principal=sitting.members[2], holder=sitting.members[0], **given)
    Proxy.objects.create(principal=sitting.members[3], **given)
    CorrespondenceForm.objects.create(
        assembly=sitting.assembly,
        associate=sitting.members[4],
        answers={str(resolution.pk): {"answer": "pour"}},
        origin=ProxyOrigin.ACCOUNT,
        received_at=long_ago,
    )
    scrutin = make_scrutin(SecretState.ROLL_FROZEN, sitting=sitting, resolutions=[resolution])
    entries = RollEntry.objects.filter(box__secret_vote=scrutin.vote)
    assert {one.associate: one.holder for one in entries} == {
        sitting.members[0]: None,
        sitting.members[1]: None,
        sitting.members[2]: sitting.members[0],
    }
    vote = scrutin.vote.questions.get().vote
    assert {voice.associate for voice in vote.voices.all()} == {sitting.members[3], sitting.members[4]}
    assert (vote.rule["there"], vote.rule["members"]) == (5, 5)
    facts = journal_of(scrutin.vote).last().facts  # type: ignore[union-attr]
    assert (facts["voters"], facts["boxes"], len(facts["sha256"])) == (3, {"Urne unique": 3}, 64)
    # Forms and blank proxies speak by name once the scrutin opens; who arrives meanwhile has no voice.
    scrutin.reach(SecretState.OPEN)
    said = {
        ballot.way: ballot.choice["answer"] for voice in vote.voices.all() for ballot in voice.ballots.all()
    }
    assert said == {"correspondence": "pour", "blank_proxy": "contre"}
    scrutin.reach(SecretState.PROCLAIMED)
    result = last_result(vote)
    assert result is not None
    assert (result.facts["roll"], result.facts["cast"]) == (5, 5)


def test_a_box_a_college_where_colleges_are_weighed() -> None:
    one, two = (College.objects.create(name=name, rank=rank) for rank, name in enumerate("AB"))
    sitting = make_sitting(
        4,
        colleges=(one, two),
        college_weights=f"{one.pk}:60 {two.pk}:40",
        college_report="proportional",
        empty_college="lost",
        college_abstentions="outside",
    )
    scrutin = make_scrutin(SecretState.OPEN, sitting=sitting)
    boxes = list(scrutin.vote.boxes.order_by("pk"))
    assert [(box.college, box.entries.count()) for box in boxes] == [(one, 2), (two, 2)]
    assert len({box.uuid for box in boxes} | {box.fingerprint for box in boxes}) == 4
    assert read_election(boxes[0].election).name == "Scrutin du matin · A"
    scrutin.cast(scrutin.entry_of(0), [POUR])
    scrutin.cast(scrutin.entry_of(1), [CONTRE])
    scrutin.reach(SecretState.TALLIED)
    first, second = scrutin.vote.boxes.order_by("pk")
    scrutin.give_share(1, first)
    # A share is given box by box: this scrutineer is still waited for.
    assert life_of(scrutin.vote, []).shares_missing == 2
    scrutin.give_share(1, second)
    assert life_of(scrutin.vote, []).shares_missing == 1
    scrutin.give_share(2, first)
    scrutin.give_share(2, second)
    scrutin.vote.refresh_from_db()
    scrutin.reach(SecretState.PROCLAIMED)
    result = last_result(scrutin.vote.questions.get().vote)
    assert result is not None
    assert result.facts["percent"] == "60"


def test_the_roll_is_not_frozen_below_the_quorum() -> None:
    scrutin = make_scrutin(
        sitting=make_sitting(1, absent=3, decision__ordinary__1="1/2 expressed 1/2 strict")
    )
    with refused(Code.NOT_ALLOWED, said="quorum"):
        scrutin.freeze_roll()


def test_the_roll_is_not_frozen_while_a_rule_is_missing() -> None:
    scrutin = make_scrutin(without=("ballot_final",))
    with refused(Code.VALUE_MISSING, said="ne disent rien"):
        scrutin.freeze_roll()


def test_the_roll_is_not_frozen_where_nobody_has_a_screen() -> None:
    sitting = make_sitting(0, absent=1)
    Proxy.objects.create(
        assembly=sitting.assembly,
        principal=sitting.members[0],
        given_at=timezone.now() - timedelta(days=1),
        origin=ProxyOrigin.ACCOUNT,
    )
    scrutin = make_scrutin(sitting=sitting)
    with refused(Code.EMPTY_DOCUMENT, said="écran"):
        scrutin.freeze_roll()


def test_the_roll_is_frozen_once_during_the_sitting() -> None:
    scrutin = make_scrutin()
    assemblies = type(scrutin.vote.assembly).objects.filter(pk=scrutin.vote.assembly_id)
    opened = assemblies.values_list("opened_at", flat=True).get()
    assemblies.update(state=AssemblyState.CONVENED, opened_at=None)
    with refused(Code.ILLEGAL_MOVE, said="séance"):
        scrutin.freeze_roll()
    assemblies.update(state=AssemblyState.OPEN, opened_at=opened)
    scrutin.freeze_roll()
    with refused(Code.ILLEGAL_MOVE, said="déjà"):
        freeze_roll(scrutin.vote, **scrutin.by())


# Opening.


def test_the_opening_freezes_all_and_writes_the_hashes() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    vote, box = scrutin.vote, scrutin.box
    asked = vote.questions.get().vote
    assert (asked.state, asked.opened_at, asked.opened_by) == (VoteState.OPEN, vote.opened_at, scrutin.actor)
    facts = journal_of(vote).last().facts  # type: ignore[union-attr]
    assert facts["boxes"][box.uuid] == {
        "fingerprint": box.fingerprint,
        "roll": box.roll_fingerprint,
        "head": head_of(box),
        "voters": 4,
    }
    assert facts["programs"] == vote.programs
    election = read_election(box.election)
    assert election.questions[0].answers == ("Pour", "Contre", "Abstention")
    assert asked.text_sha256 in election.description
    assert json.loads(box.roll) == sorted(json.loads(box.roll), key=lambda text: bytes.fromhex(text)[::-1])


def test_what_changed_since_the_sealing_is_not_opened() -> None:
    sitting = make_sitting(3)
    election = make_election(sitting, method=Method.NAMES)
    scrutin = make_scrutin(SecretState.TESTED, sitting=sitting, resolutions=[election])
    Candidate.objects.filter(resolution=election, position=1).update(withdrawn_at=timezone.now())
    with refused(Code.STALE_FORM, said="candidature"):
        scrutin.open()
    Candidate.objects.filter(resolution=election).update(withdrawn_at=None)
    version = election.versions.get()
    election.versions.create(number=2, text="Un autre texte.", sha256=version.sha256)
    with refused(Code.STALE_FORM, said="texte"):
        scrutin.open()


def test_no_opening_below_the_quorum_after_its_hour_or_before_an_amendment() -> None:
    scrutin = make_scrutin(SecretState.TESTED, decision__ordinary__1="3/4 expressed 1/2 strict")
    moved(scrutin, closes_at=timezone.now())
    with refused(Code.DATE_INVALID, said="reportez-la"):
        scrutin.open()
    later = extend_secret_vote(scrutin.vote, until=soon(hours=2), reason="Retard", **scrutin.by())
    assert later.closes_at is not None
    resolution = scrutin.vote.questions.get().vote.resolution
    amendment = Amendment.objects.create(
        resolution=resolution,
        version=resolution.versions.get(),
        kind="replace",
        paragraph=1,
        text="Autre.",
        created_by=scrutin.actor,
    )
    with refused(Code.ILLEGAL_MOVE, said="amendement"):
        scrutin.open()
    Amendment.objects.filter(pk=amendment.pk).update(state="withdrawn")
    for member in scrutin.sitting.members[:2]:
        VotingRightEvent.objects.create(
            associate=member, kind=RightsEventKind.SUSPENSION, at=timezone.now(), reason="retard"
        )
    # Two voters of two are there: suspended ones count in no quorum, their voices stay on the roll.
    scrutin.open()
    assert scrutin.box.entries.count() == 4
    assert scrutin.vote.questions.get().vote.rule["there"] == 4


def test_a_secret_vote_moves_with_its_scrutin_alone() -> None:
    scrutin = make_scrutin(SecretState.TESTED)
    vote, by = scrutin.vote.questions.get().vote, scrutin.by()
    resolution = make_resolution(vote.assembly)
    with refused(Code.NOT_ALLOWED, said="son scrutin"):
        prepare_vote(resolution, way=VoteWay.SECRET, actor=scrutin.actor)
    with refused(Code.NOT_ALLOWED, said="son scrutin"):
        open_vote(vote, **by)
    with refused(Code.NOT_ALLOWED, said="son scrutin"):
        cancel_vote(vote, reason="Erreur", actor=scrutin.actor)
    scrutin.open()
    with refused(Code.NOT_ALLOWED, said="son scrutin"):
        close_vote(vote, **by)
    scrutin.close()
    with refused(Code.NOT_ALLOWED, said="son scrutin"):
        proclaim(vote, **by)
    with refused(Code.DUPLICATE):
        prepare_vote(vote.resolution, way=VoteWay.SCREEN, actor=scrutin.actor)


# Open.


def test_a_pause_says_why_and_the_clock_leaves_it_alone() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    with refused(Code.VALUE_MISSING, "reason"):
        pause_secret_vote(scrutin.vote, reason=" ", **scrutin.by())
    scrutin.vote = pause_secret_vote(scrutin.vote, reason="Panne du réseau", **scrutin.by())
    text = scrutin.ballot(scrutin.entry_of(0), [POUR])
    with refused(Code.ILLEGAL_MOVE, said="suspendu"):
        cast_ballot(scrutin.entry_of(0), text=text, actor=scrutin.sitting.users[0], at=timezone.now())
    later = soon(hours=3)
    with refused(Code.DATE_INVALID, said="passée"):
        resume_secret_vote(scrutin.vote, reason="Réseau revenu", actor=scrutin.actor, at=later)
    with refused(Code.VALUE_MISSING, "reason"):
        resume_secret_vote(scrutin.vote, reason="", **scrutin.by())
    scrutin.vote = resume_secret_vote(scrutin.vote, reason="Réseau revenu", **scrutin.by())
    assert scrutin.vote.state == SecretState.OPEN
    assert [row.reason for row in journal_of(scrutin.vote)][-2:] == ["Panne du réseau", "Réseau revenu"]


def test_the_closing_time_is_put_later_never_sooner() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    planned = scrutin.vote.closes_at
    assert planned is not None
    by = scrutin.by()
    with refused(Code.DATE_INVALID, "until"):
        extend_secret_vote(scrutin.vote, until=planned, reason="Affluence", **by)
    with refused(Code.VALUE_MISSING, "reason"):
        extend_secret_vote(scrutin.vote, until=planned + timedelta(hours=1), reason="", **by)
    extended = extend_secret_vote(scrutin.vote, until=planned + timedelta(hours=1), reason="Affluence", **by)
    assert extended.closes_at == planned + timedelta(hours=1)
    assert journal_of(scrutin.vote).last().facts["before"] == planned.isoformat()  # type: ignore[union-attr]
    scrutin.close()
    with refused(Code.ILLEGAL_MOVE, said="reporte"):
        extend_secret_vote(scrutin.vote, until=soon(days=1), reason="Affluence", **by)


def test_the_clock_closes_what_is_open_and_due() -> None:
    sitting = make_sitting(2)
    due, waiting, paused = (make_scrutin(SecretState.OPEN, sitting=sitting) for _scrutin in range(3))
    pause_secret_vote(paused.vote, reason="Panne", **paused.by())
    for scrutin in (due, paused):
        moved_back(scrutin)
    close_due_secret_votes()
    for scrutin in (due, waiting, paused):
        scrutin.vote.refresh_from_db()
    assert [one.vote.state for one in (due, waiting, paused)] == ["closed", "open", "paused"]
    row = journal_of(due.vote).last()
    assert row is not None
    assert (row.act, row.by) == ("close", None)
    assert due.vote.questions.get().vote.closed_by is None
    assert close_due() == 0
    with refused(Code.ILLEGAL_MOVE, said="reporté"):
        close_secret_vote(waiting.vote, actor=None, at=timezone.now())


def moved_back(scrutin: Scrutin) -> None:
    """Its closing time has come: written under the trigger that forbids it to all."""
    let_go(SecretVote)
    moved(scrutin, closes_at=timezone.now() - timedelta(minutes=1))


def test_the_close_ends_each_box_and_writes_the_roll_anew() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    scrutin.cast(scrutin.entry_of(3), [POUR])
    scrutin.cast(scrutin.entry_of(1), [CONTRE])
    before = set(scrutin.box.entries.values_list("pk", flat=True))
    scrutin.close()
    box = scrutin.box
    assert box.events.latest("height").kind == "EndBallots"
    assert before.isdisjoint(box.entries.values_list("pk", flat=True))
    facts = journal_of(scrutin.vote).last().facts["boxes"][box.uuid]  # type: ignore[union-attr]
    assert facts == {"ballots": 2, "voted": 2, "marked": 2, "head": head_of(box)}
    assert scrutin.vote.questions.get().vote.state == VoteState.CLOSED


# Given up.


@pytest.mark.parametrize("state", [SecretState.DRAFT, SecretState.KEYS_READY, SecretState.TALLIED])
def test_a_scrutin_is_given_up_before_its_totals_are_known(state: str) -> None:
    scrutin = make_scrutin(state)
    with refused(Code.VALUE_MISSING, "reason"):
        cancel_secret_vote(scrutin.vote, reason="", **scrutin.by())
    cancelled = cancel_secret_vote(scrutin.vote, reason="Deux clés perdues", **scrutin.by())
    asked = cancelled.questions.get().vote
    assert (cancelled.state, asked.state) == (SecretState.CANCELLED, VoteState.CANCELLED)
    assert not BallotBox.objects.exclude(server_key="").exists()
    again = make_scrutin(sitting=scrutin.sitting, resolutions=[asked.resolution])
    assert again.vote.state == SecretState.DRAFT


def test_a_verified_result_is_not_given_up() -> None:
    scrutin = make_scrutin(SecretState.VERIFIED)
    with refused(Code.ILLEGAL_MOVE):
        cancel_secret_vote(scrutin.vote, reason="Résultat gênant", **scrutin.by())


# What waits for it.


def test_a_sitting_waits_for_its_scrutin() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    assembly = scrutin.sitting.assembly
    with refused(Code.ILLEGAL_MOVE, said="scrutin secret n’est pas proclamé"):
        close_sitting(assembly, confirmed=True, **scrutin.by())
    scrutin.reach(SecretState.VERIFIED)
    with refused(Code.ILLEGAL_MOVE, said="scrutin secret n’est pas proclamé"):
        close_sitting(assembly, confirmed=True, **scrutin.by())
    scrutin.reach(SecretState.PROCLAIMED)
    assert close_sitting(assembly, **scrutin.by()).state == AssemblyState.CLOSED
    # Its archive is published afterwards.
    scrutin.reach(SecretState.RECORDED)


def test_an_assembly_and_a_resolution_wait_for_their_scrutin() -> None:
    sitting = make_sitting(2)
    resolution = make_resolution(sitting.assembly)
    scrutin = make_scrutin(sitting=sitting, resolutions=[resolution])
    with refused(Code.ILLEGAL_MOVE, said="annulez-le, puis retirez-la"):
        withdraw_resolution(resolution, reason="Retirée", actor=sitting.actor)
    type(sitting.assembly).objects.filter(pk=sitting.assembly.pk).update(
        state=AssemblyState.CONVENED, opened_at=None
    )
    with refused(Code.ILLEGAL_MOVE, said="annulez-le d’abord"):
        cancel_assembly(sitting.assembly, reason="Salle fermée", actor=sitting.actor)
    cancel_secret_vote(scrutin.vote, reason="Reporté", **scrutin.by())
    withdraw_resolution(resolution, reason="Retirée", actor=sitting.actor)
    assert (
        cancel_assembly(sitting.assembly, reason="Salle fermée", actor=make_organiser()).state == "cancelled"
    )


def test_the_clock_and_the_chair_do_not_close_twice() -> None:
    scrutin = make_scrutin(SecretState.OPEN)
    scrutin.sitting.seat(scrutin.sitting.users[0], BureauRole.CHAIR)
    scrutin.close()
    with refused(Code.ILLEGAL_MOVE):
        close_secret_vote(scrutin.vote, actor=scrutin.sitting.users[0], at=timezone.now())
    with refused(Code.ILLEGAL_MOVE):
        open_secret_vote(scrutin.vote, **scrutin.by())
