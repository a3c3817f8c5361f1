"""Voices that the bureau noted wrongly: struck while the vote is open, put right once proclaimed, never those
that spoke for themselves (GOV-25, GOV-30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice
from governance.models import NamedBallot, Vote, VoteResult
from governance.selectors.minutes_facts import facts_of
from governance.selectors.roll_calls import noted_voices
from governance.selectors.vote_cast import counted_ballots
from governance.selectors.vote_progress import progress
from governance.selectors.votes import assemblies_to_vote_in, open_cards, receipts_of
from governance.services.casting import cast, enter_roll_call
from governance.services.corrections import VOICE_CORRECTED, Renoted, correct_result
from governance.services.minutes import draft_minutes
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.voting import close_vote
from governance.states.assemblies import BureauRole
from governance.states.votes import STRUCK, CountKind, VoteWay
from tests.factories.governance import make_resolution
from tests.factories.governance_votes import Sitting, make_sitting, make_vote, voice_of
from tests.factories.kernel import make_cooperative
from tests.governance.test_votes import ABSTENTION, CONTRE, POUR, ended
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

WHY = "Deux homonymes confondus."


def called(sitting: Sitting, *choices: Any, **fields: Any) -> Vote:
    """A vote by names called, noted in order; None did not answer."""
    vote = make_vote(sitting, way=VoteWay.ROLL_CALL, **fields)
    for associate, choice in zip(sitting.members, choices, strict=True):
        if choice is not None:
            note(sitting, vote, associate, choice)
    return vote


def note(sitting: Sitting, vote: Vote, associate: Any, choice: Any) -> NamedBallot:
    voice = voice_of(vote, associate)
    return enter_roll_call(voice, choice=choice, actor=sitting.actor, at=timezone.now())


def renote(sitting: Sitting, vote: Vote, said: dict[int, Any], reason: str = WHY) -> VoteResult:
    """{rank of the member: what it said}."""
    choices = {voice_of(vote, sitting.members[rank]).pk: choice for rank, choice in said.items()}
    vote = Vote.objects.get(pk=vote.pk)
    return correct_result(
        vote, change=Renoted(choices), reason=reason, actor=sitting.actor, at=timezone.now()
    )


def test_a_voice_noted_of_the_wrong_name_is_put_right_and_the_former_result_stays() -> None:
    sitting = make_sitting(3)
    vote = called(sitting, POUR, POUR, None)
    first = ended(sitting, vote)
    second = renote(sitting, vote, {1: STRUCK, 2: CONTRE})
    assert (first.facts["counts"]["pour"], first.verdict) == (2, "adopted")
    assert {key: second.facts[key] for key in ("counts", "cast", "not_cast", "renoted")} == {
        "counts": {"pour": 1, "contre": 1, "abstention": 0},
        "cast": 2,
        "not_cast": 1,
        "renoted": 2,
    }
    assert (second.number, second.verdict, second.reason) == (2, "rejected", WHY)
    assert vote.resolution.decision.state == "dropped"
    vote.refresh_from_db()
    told = progress(vote)
    assert told.voices - told.ballots - told.declared == 1
    assert NamedBallot.objects.filter(voice__vote=vote).count() == 4
    told = {notice.user for notice in Notice.objects.filter(kind=VOICE_CORRECTED)}
    assert told == set(sitting.users[1:3]) - {sitting.actor}


def test_minutes_tell_what_was_put_right() -> None:
    make_cooperative()
    sitting = make_sitting(3)
    vote = called(sitting, POUR, CONTRE, CONTRE)
    ended(sitting, vote)
    renote(sitting, vote, {1: POUR})
    sitting.assembly.bureau.create(person=sitting.users[0].person, role=BureauRole.SECRETARY)
    type(sitting.assembly).objects.filter(pk=sitting.assembly.pk).update(
        state="closed", closed_at=timezone.now()
    )
    sitting.assembly.refresh_from_db()
    facts = facts_of(draft_minutes(sitting.assembly, actor=sitting.actor))
    rows = [*facts["apart"], *(row for item in facts["items"] for row in item["resolutions"])]
    before, after = rows[0]["votes"][0]["results"]
    assert (before["reason"], after["reason"]) == ("", WHY)
    assert {"label": "Voix rectifiées par le bureau", "value": "1"} in [
        {"label": line.get("label"), "value": line.get("value")} for line in after["lines"]
    ]
    assert any(WHY in sentence for sentence in facts["warnings"])


def test_the_decision_keeps_the_day_of_the_proclamation() -> None:
    sitting = make_sitting(3)
    vote = called(sitting, POUR, CONTRE, CONTRE)
    ended(sitting, vote)
    vote = Vote.objects.get(pk=vote.pk)
    voice = voice_of(vote, sitting.members[1])
    later = timezone.now() + timedelta(days=3)
    correct_result(vote, change=Renoted({voice.pk: POUR}), reason=WHY, actor=sitting.actor, at=later)
    assert vote.resolution.decision.on == timezone.localdate(vote.proclaimed_at)


def test_a_voice_that_spoke_for_itself_is_never_put_right() -> None:
    sitting = make_sitting(3)
    vote = make_vote(sitting)
    own = voice_of(vote, sitting.members[1])
    cast(vote, choices={own.pk: POUR}, actor=sitting.users[1], at=timezone.now())
    note(sitting, vote, sitting.members[2], POUR)
    ended(sitting, vote)
    vote.refresh_from_db()
    assert [row.voice.associate for row in noted_voices(vote)] == [sitting.members[2]]
    for rank in (0, 1):
        with refused(Code.NOT_ALLOWED, said="s’est donnée elle-même"):
            renote(sitting, vote, {rank: CONTRE, 2: CONTRE})
    assert renote(sitting, vote, {2: ABSTENTION}).facts["counts"]["abstention"] == 1


def test_what_is_refused_of_a_correction() -> None:
    sitting = make_sitting(3)
    vote = called(sitting, POUR, CONTRE, None)
    other = called(sitting, POUR, CONTRE, None, resolution=make_resolution(sitting.assembly))
    with refused(Code.ILLEGAL_MOVE):
        renote(sitting, vote, {0: CONTRE})
    ended(sitting, vote)
    with refused(Code.VALUE_MISSING, "reason"):
        renote(sitting, vote, {0: CONTRE}, " ")
    with refused(Code.ALREADY_DONE):
        renote(sitting, vote, {0: POUR, 2: STRUCK})
    name = f"voix-{voice_of(vote, sitting.members[0]).pk}"
    with refused(Code.VALUE_INVALID, name):
        renote(sitting, vote, {0: {"answer": "peut-être"}})
    voice = voice_of(other, sitting.members[0])
    vote = Vote.objects.get(pk=vote.pk)
    with refused(Code.VALUE_INVALID, said="pas sur la liste"):
        correct_result(
            vote,
            change=Renoted({voice.pk: CONTRE}),
            reason=WHY,
            actor=sitting.actor,
            at=timezone.now(),
        )


def test_no_voice_is_added_beside_a_paper_that_said_it() -> None:
    sitting = make_sitting(2)
    vote = called(sitting, POUR, None)
    close_vote(vote, actor=sitting.actor, at=timezone.now())
    vote.refresh_from_db()
    for scrutineer in sitting.users[:2]:
        declare_counts(
            vote,
            kind=CountKind.PAPER,
            college=None,
            counts={"contre": 1},
            actor=scrutineer,
            at=timezone.now(),
        )
    proclaim(vote, actor=sitting.actor, at=timezone.now())
    with refused(Code.VALUE_INVALID, said="3 voix pour 2 inscrites"):
        renote(sitting, vote, {1: POUR})


def test_what_was_noted_of_another_name_is_struck_while_the_vote_is_open() -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting)
    with refused(Code.ALREADY_DONE, said="Rien n’est noté"):
        note(sitting, vote, sitting.members[1], STRUCK)
    note(sitting, vote, sitting.members[1], POUR)
    note(sitting, vote, sitting.members[1], STRUCK)
    assert progress(vote).ballots == 0
    assert not counted_ballots(vote).exists()
    user = sitting.users[1]
    assert assemblies_to_vote_in(user) == [sitting.assembly]
    assert open_cards(user, sitting.assembly)[0].waiting
    own = voice_of(vote, sitting.members[1])
    with refused(Code.VALUE_MISSING, f"voix-{own.pk}"):
        cast(vote, choices={own.pk: STRUCK}, actor=user, at=timezone.now())
    cast(vote, choices={own.pk: CONTRE}, actor=user, at=timezone.now())
    assert ended(sitting, vote).facts["counts"] == {"pour": 0, "contre": 1, "abstention": 0}
    assert [one.rank for one in receipts_of(user, sitting.assembly)] == [3, 2, 1]


def test_nothing_is_struck_where_the_first_ballot_is_final() -> None:
    sitting = make_sitting(2, ballot_final="first")
    vote = called(sitting, POUR, CONTRE)
    with refused(Code.ALREADY_DONE, f"voix-{voice_of(vote, sitting.members[0]).pk}"):
        note(sitting, vote, sitting.members[0], STRUCK)
    ended(sitting, vote)
    assert renote(sitting, vote, {0: CONTRE}).facts["counts"]["contre"] == 2


def test_the_bureau_strikes_and_puts_right_on_its_pages() -> None:
    sitting = make_sitting(3)
    vote = called(sitting, POUR, CONTRE, None)
    client = client_of(sitting.actor)
    roll = reverse("governance:vote_roll", args=[vote.pk])
    voices = [voice_of(vote, one) for one in sitting.members]
    assert "Effacer ce qui est noté" in text(client.get(f"{roll}?voix={voices[1].pk}"))
    client.post(f"{roll}?voix={voices[1].pk}", {"rien": "1"})
    assert "Effacer ce qui est noté" not in text(client.get(f"{roll}?voix={voices[1].pk}"))
    client.post(f"{roll}?voix={voices[1].pk}", {f"voix-{voices[1].pk}": "pour"})
    ended(sitting, vote)
    detail, page = vote.get_absolute_url(), reverse("governance:vote_renote", args=[vote.pk])
    assert page in client.get(detail).content.decode()
    assert f"{voices[0]} : Pour" in text(client.get(page))
    chosen = f"{page}?voix={voices[1].pk}&voix={voices[2].pk}"
    shown = text(client.get(chosen))
    assert f"Voix de {voices[1]}" in shown
    typed = {f"rien-{voices[1].pk}": "on", f"voix-{voices[2].pk}": "contre"}
    unsaid = client.post(chosen, typed)
    assert unsaid.status_code == 422
    assert VoteResult.objects.filter(vote=vote).count() == 1
    assert client.post(chosen, typed | {"reason": WHY}).status_code == 302
    told = text(client.get(detail))
    assert f"Résultat n° 2, rectifié : {WHY}" in told
    assert "rectifié par le bureau" in told
    assert VoteResult.objects.get(vote=vote, number=2).facts["counts"] == {
        "pour": 1,
        "contre": 1,
        "abstention": 0,
    }
    member = client_of(next(one for one in sitting.users if one != sitting.actor))
    assert page not in member.get(detail).content.decode()
    type(sitting.assembly).objects.filter(pk=sitting.assembly.pk).update(
        state="signed", closed_at=timezone.now()
    )
    assert page not in client.get(detail).content.decode()
    late = client.post(chosen, {f"voix-{voices[2].pk}": "pour", "reason": WHY})
    assert "donné à signer ou signé" in text(late)
