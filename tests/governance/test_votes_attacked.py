"""What a hostile or hurried person tries with a vote by name, and what it gives (GOV-25, GOV-28 to 30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from governance.models import (
    Amendment,
    Assembly,
    College,
    NamedBallot,
    Resolution,
    Vote,
    VoteResult,
    VotingRightEvent,
)
from governance.selectors.vote_progress import progress
from governance.selectors.votes import last_result, receipts_of
from governance.services.amendments import AmendmentData, propose_amendment
from governance.services.candidates import CandidateData, add_candidate, withdraw_candidate
from governance.services.casting import cast, enter_roll_call
from governance.services.corrections import Recount, correct_result
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.resolutions import withdraw_resolution
from governance.services.sitting import close_sitting
from governance.services.voting import close_vote, open_vote, prepare_vote
from governance.states.assemblies import AmendmentKind, AmendmentState, BureauRole
from governance.states.bodies import Electorate
from governance.states.register import RightsEventKind
from governance.states.votes import CountKind, Method, VoteWay
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.governance import make_resolution
from tests.factories.governance_votes import Sitting, make_election, make_sitting, make_vote, voice_of
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.factories.person_files import make_status

# The team of a demonstration comes in without a second factor.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

POUR, CONTRE = {"answer": "pour"}, {"answer": "contre"}
HANDS: dict[str, Any] = {"kind": CountKind.HANDS, "college": None}


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def by(sitting: Sitting) -> dict[str, Any]:
    return {"actor": sitting.actor, "at": timezone.now()}


def ended(sitting: Sitting, vote: Vote, **more: Any) -> VoteResult:
    vote = close_vote(vote, **by(sitting))
    result = last_result(proclaim(vote, **by(sitting), **more))
    assert result is not None
    return result


def counted(sitting: Sitting, vote: Vote, **counts: int) -> VoteResult:
    """A vote by hands, entered, closed and proclaimed."""
    declare_counts(vote, counts=counts, **HANDS, **by(sitting))
    return ended(sitting, vote)


def said(sitting: Sitting, vote: Vote, *choices: Any) -> None:
    for user, associate, choice in zip(sitting.users, sitting.members, choices, strict=False):
        if choice is not None:
            cast(vote, choices={voice_of(vote, associate).pk: choice}, actor=user, at=timezone.now())


# The bureau and the voices that others cast.


def test_the_bureau_neither_reads_nor_replaces_what_a_screen_said(client: Client) -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting)
    voice = voice_of(vote, sitting.members[0])
    said(sitting, vote, POUR)
    with pytest.raises(Refused) as refusal:
        enter_roll_call(voice, choice=CONTRE, **by(sitting))
    assert refusal.value.code == Code.ALREADY_DONE
    client.force_login(sitting.actor)
    page = client.get(f"{url('vote_roll', vote.pk)}?voix={voice.pk}")
    assert page.context["voice"] is None
    assert "checked" not in page.content.decode()
    client.post(f"{url('vote_roll', vote.pk)}?voix={voice.pk}", {f"voix-{voice.pk}": "contre"})
    assert list(NamedBallot.objects.values_list("choice__answer", flat=True)) == ["pour"]


def test_what_the_bureau_noted_at_its_call_is_the_receipt_of_who_said_it() -> None:
    sitting = make_sitting(1)
    outsider = make_user(RoleKind.ENTREPRENEUR)
    make_status(outsider.person, StatusKind.ENTREPRENEUR, BEGINNING)
    resolution = make_election(sitting, method=Method.NAMES, candidates=1, electorate=Electorate.ALL)
    vote = make_vote(sitting, resolution, way=VoteWay.ROLL_CALL)
    blank = {"names": [], "blank": True}
    for voice in vote.voices.all():
        enter_roll_call(voice, choice=blank, **by(sitting))
    assert receipts_of(sitting.actor, sitting.assembly) == []
    assert len(receipts_of(sitting.users[0], sitting.assembly)) == 1
    assert len(receipts_of(outsider, sitting.assembly)) == 1


@pytest.mark.parametrize("final", ["last", "first"])
def test_a_double_click_leads_to_the_receipts(client: Client, final: str) -> None:
    sitting = make_sitting(1, ballot_final=final)
    vote = make_vote(sitting)
    client.force_login(sitting.users[0])
    typed = {f"voix-{voice_of(vote, sitting.members[0]).pk}": "pour", "confirm": "1"}
    for _click in range(2):
        page = client.post(url("vote_check", sitting.assembly.pk), typed, follow=True)
        assert page.redirect_chain == [(url("vote_receipts", sitting.assembly.pk), 302)]
    assert "Ces voix étaient déjà données" in page.content.decode()
    assert NamedBallot.objects.count() == 1


def test_another_voice_s_control_is_no_second_click(client: Client) -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting)
    said(sitting, vote, POUR, POUR)
    client.force_login(sitting.users[0])
    mine, theirs = (f"voix-{voice_of(vote, one).pk}" for one in sitting.members)
    typed = {mine: "pour", theirs: "contre", "confirm": "1"}
    assert client.post(url("vote_check", sitting.assembly.pk), typed).status_code == 422
    assert NamedBallot.objects.count() == 2


# Who votes.


@pytest.mark.parametrize("electorate", [Electorate.ALL, Electorate.ENTREPRENEURS])
def test_a_suspended_associate_does_not_vote_as_an_entrepreneur(electorate: str) -> None:
    sitting = make_sitting(3)
    for associate in sitting.members:
        make_status(associate.person, StatusKind.ENTREPRENEUR, BEGINNING)
    VotingRightEvent.objects.create(
        associate=sitting.members[0], kind=RightsEventKind.SUSPENSION, at=timezone.now(), reason="retard"
    )
    resolution = make_election(sitting, method=Method.NAMES, candidates=2, electorate=electorate)
    vote = make_vote(sitting, resolution)
    assert {voice.associate_id for voice in vote.voices.all()} == {one.pk for one in sitting.members[1:]}


# Amendments.


def _amended(sitting: Sitting) -> tuple[Resolution, Amendment, Amendment]:
    resolution = make_resolution(sitting.assembly, text="Un.")
    far, near = (
        Amendment.objects.create(
            resolution=resolution,
            version=resolution.versions.get(),
            kind=AmendmentKind.REPLACE,
            paragraph=1,
            text=text,
            distance=distance,
        )
        for text, distance in (("Trois.", 1000), ("Deux !", 300))
    )
    return resolution, far, near


def test_a_resolution_is_not_withdrawn_from_under_the_vote_of_its_amendment() -> None:
    sitting = make_sitting(2)
    resolution, far, _near = _amended(sitting)
    vote = open_vote(
        prepare_vote(resolution, amendment=far, way=VoteWay.SCREEN, actor=sitting.actor), **by(sitting)
    )
    for _state in ("open", "closed"):
        with pytest.raises(Refused) as refusal:
            withdraw_resolution(resolution, reason="Retirée.", actor=sitting.actor)
        assert (refusal.value.code, "amendements est mis aux voix" in str(refusal.value)) == (
            Code.ILLEGAL_MOVE,
            True,
        )
        resolution.refresh_from_db()
        assert resolution.state == "on_agenda"
        vote = close_vote(vote, **by(sitting)) if vote.state == "open" else vote
    proclaim(vote, **by(sitting))
    withdraw_resolution(resolution, reason="Retirée.", actor=sitting.actor)
    resolution.refresh_from_db()
    assert resolution.state == "withdrawn"


def test_no_amendment_once_the_vote_of_the_text_opened() -> None:
    sitting = make_sitting(2)
    resolution = make_resolution(sitting.assembly, text="Un.")
    make_vote(sitting, resolution)
    with pytest.raises(Refused) as refusal:
        propose_amendment(
            resolution,
            data=AmendmentData(AmendmentKind.REPLACE, 1, "Deux."),
            author=sitting.members[0],
            **by(sitting),
        )
    assert (refusal.value.code, Amendment.objects.count()) == (Code.ILLEGAL_MOVE, 0)


def test_an_amendment_is_not_put_right_once_another_of_its_paragraph_was_voted() -> None:
    sitting = make_sitting(3)
    resolution, far, near = _amended(sitting)
    votes = []
    for amendment, adopts in ((far, 1), (near, 2)):
        vote = prepare_vote(resolution, amendment=amendment, way=VoteWay.HANDS, actor=sitting.actor)
        vote = open_vote(vote, **by(sitting))
        counted(sitting, vote, pour=adopts, contre=3 - adopts)
        votes.append(Vote.objects.get(pk=vote.pk))
    recount = Recount(counts={"pour": 2, "contre": 1}, **HANDS)
    with pytest.raises(Refused) as refusal:
        correct_result(votes[0], change=recount, reason="Mal compté.", **by(sitting))
    assert refusal.value.code == Code.NOT_ALLOWED
    assert votes[0].results.count() == 1
    states = Amendment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [AmendmentState.REJECTED, AmendmentState.ADOPTED]


# Results put right.


def test_a_count_put_right_into_equal_sides_asks_the_chair(client: Client) -> None:
    sitting = make_sitting(2, casting_vote="chair")
    sitting.seat(sitting.users[0], BureauRole.CHAIR)
    vote = make_vote(sitting, way=VoteWay.HANDS)
    counted(sitting, vote, pour=2)
    client.force_login(sitting.actor)
    typed = {"reason": "Une main comptée deux fois.", "n-pour": "1", "n-contre": "1"}
    page = client.post(url("vote_correct", vote.pk), typed)
    assert page.status_code == 422
    assert 'name="casting"' in page.content.decode()
    assert vote.results.count() == 1
    client.post(url("vote_correct", vote.pk), typed | {"casting": "contre"})
    result = last_result(vote)
    assert result is not None
    assert (result.number, result.verdict, result.facts["casting_vote"]) == (2, "rejected", "contre")


def test_a_correction_sent_twice_is_made_once() -> None:
    sitting = make_sitting(3)
    vote = make_vote(sitting, way=VoteWay.HANDS)
    counted(sitting, vote, pour=2, contre=1)
    change: dict[str, Any] = {
        "change": Recount(counts={"pour": 1, "contre": 2}, **HANDS),
        "reason": "Mal lu.",
    }
    correct_result(vote, **change, **by(sitting))
    with pytest.raises(Refused) as refusal:
        correct_result(vote, **change, **by(sitting))
    assert refusal.value.code == Code.ALREADY_DONE
    assert VoteResult.objects.filter(vote=vote).count() == 2


def test_a_count_put_right_is_not_said_to_be_of_the_second_scrutineer() -> None:
    sitting = make_sitting(3)
    one, two = sitting.users[:2]
    vote = close_vote(make_vote(sitting), **by(sitting))
    paper: dict[str, Any] = {"kind": CountKind.PAPER, "college": None}
    for user in (one, two):
        declare_counts(vote, counts={"pour": 3}, actor=user, at=timezone.now(), **paper)
    vote = proclaim(vote, **by(sitting))
    vote.refresh_from_db()
    recount = Recount(counts={"pour": 1, "contre": 2}, **paper)
    correct_result(vote, change=recount, reason="Mal lu.", actor=one, at=timezone.now())
    assert {(row.entered_by, row.confirmed_by) for row in vote.declared.all()} == {(one, None)}
    told = progress(vote)
    assert told.voices - told.ballots - told.declared == 0


# Elections.


def test_who_is_elected_is_decided_though_seats_are_left() -> None:
    sitting = make_sitting(3)
    resolution = make_election(sitting, method=Method.NAMES, candidates=2, seats=2)
    one, _two = (str(candidate.pk) for candidate in resolution.candidates.order_by("pk"))
    vote = make_vote(sitting, resolution)
    said(sitting, vote, *({"names": [one]} for _voice in range(3)))
    assert ended(sitting, vote).verdict == "second_round"
    assert Resolution.objects.get(pk=resolution.pk).decision.state == "to_do"
    second = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor, round_number=2)
    assert ended(sitting, open_vote(second, **by(sitting))).verdict == "no_vote_expressed"
    assert Resolution.objects.get(pk=resolution.pk).decision.state == "to_do"


@pytest.mark.parametrize(
    ("rule", "percent", "verdict"), [("lost", "60", "second_round"), ("shared", "100", "elected")]
)
def test_the_weight_of_a_silent_college_follows_the_rule_in_an_election_too(
    rule: str, percent: str, verdict: str
) -> None:
    first, second = (College.objects.create(name=name, rank=rank) for rank, name in enumerate("AB"))
    sitting = make_sitting(
        4,
        colleges=(first, second),
        college_weights=f"{first.pk}:60 {second.pk}:40",
        college_report="proportional",
        empty_college=rule,
        college_abstentions="outside",
        decision__board_election__1="none expressed 2/3 at_least",
    )
    resolution = make_election(sitting, method=Method.NAMES, candidates=1)
    key = str(resolution.candidates.get().pk)
    vote = make_vote(sitting, resolution)
    said(sitting, vote, {"names": [key]}, None, {"names": [key]})
    result = ended(sitting, vote)
    assert (result.facts["percents"], result.verdict) == ({key: percent}, verdict)


def test_blank_ballots_weigh_in_a_college_where_the_rules_count_them() -> None:
    first, second = (College.objects.create(name=name, rank=rank) for rank, name in enumerate("AB"))
    sitting = make_sitting(
        4,
        colleges=(first, second),
        college_weights=f"{first.pk}:50 {second.pk}:50",
        college_report="proportional",
        empty_college="lost",
        college_abstentions="outside",
        blank_ballots="counted",
    )
    resolution = make_election(sitting, method=Method.NAMES, candidates=1)
    key = str(resolution.candidates.get().pk)
    vote = make_vote(sitting, resolution)
    said(sitting, vote, {"names": [key]}, {"names": [key]}, *({"names": [], "blank": True} for _b in "xy"))
    result = ended(sitting, vote)
    assert result.facts["percents"] == {key: "50"}
    assert result.verdict == "second_round"


def test_a_candidate_withdraws_between_the_rounds_not_once_elected() -> None:
    sitting = make_sitting(5)
    resolution = make_election(sitting, method=Method.NAMES, candidates=3, seats=2)
    one, two, three = resolution.candidates.order_by("pk")
    vote = make_vote(sitting, resolution)
    with pytest.raises(Refused, match="ne change plus"):
        withdraw_candidate(two, **by(sitting))
    said(sitting, vote, *({"names": [str(one.pk)]} for _voice in range(3)))
    ended(sitting, vote)
    with pytest.raises(Refused, match="a élu"):
        withdraw_candidate(one, **by(sitting))
    with pytest.raises(Refused, match="ne change plus"):
        add_candidate(resolution, data=CandidateData("Tardive"), actor=sitting.actor)
    withdraw_candidate(two, **by(sitting))
    second = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor, round_number=2)
    second = open_vote(second, **by(sitting))
    assert [choice["key"] for choice in second.choices] == [str(three.pk)]
    with pytest.raises(Refused, match="ne change plus"):
        withdraw_candidate(three, **by(sitting))


def test_a_sitting_is_not_closed_unseen_before_a_second_round() -> None:
    sitting = make_sitting(3)
    resolution = make_election(sitting, method=Method.NAMES, candidates=3, seats=1)
    vote = make_vote(sitting, resolution)
    said(sitting, vote, *({"names": [str(one.pk)]} for one in resolution.candidates.order_by("pk")))
    assert ended(sitting, vote).verdict == "second_round"
    with pytest.raises(Refused) as refusal:
        close_sitting(sitting.assembly, **by(sitting))
    assert refusal.value.field == "confirmed"
    second = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor, round_number=2)
    ended(sitting, open_vote(second, **by(sitting)))
    assert close_sitting(sitting.assembly, **by(sitting)).state == "closed"


def test_the_total_of_the_associates_is_that_of_the_vote_though_the_quorum_is_of_the_opening() -> None:
    sitting = make_sitting(3, quorum_moment="opening", decision__ordinary__1="none all_members 1/2 strict")
    opened_at = timezone.now() - timedelta(minutes=2)
    Assembly.objects.filter(pk=sitting.assembly.pk).update(opened_at=opened_at)
    VotingRightEvent.objects.create(
        associate=sitting.members[0], kind=RightsEventKind.SUSPENSION, at=timezone.now(), reason="retard"
    )
    vote = make_vote(sitting)
    assert (vote.quorum["base"], vote.rule["members"], vote.rule["there"]) == (3, 2, 2)


def test_a_vote_never_opened_is_not_said_to_be_in_the_minutes(client: Client) -> None:
    sitting = make_sitting(1)
    ready = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    client.force_login(sitting.actor)
    words = "Le procès-verbal reprend ce motif."
    assert words not in client.get(url("vote_cancel", ready.pk)).content.decode()
    assert words in client.get(url("vote_cancel", make_vote(sitting).pk)).content.decode()
