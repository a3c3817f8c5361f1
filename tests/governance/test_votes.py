"""Votes by name: the roll and the rule of the opening, ballots cast once, results that hold (GOV-25, 28 to
30)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from governance.models import (
    Amendment,
    Assembly,
    AttendanceEvent,
    College,
    CorrespondenceForm,
    Proxy,
    Vote,
    VoteResult,
    VotingRightEvent,
)
from governance.selectors.vote_data import held_in_votes
from governance.selectors.vote_progress import progress
from governance.selectors.vote_words import decimal, result_words
from governance.selectors.votes import (
    assemblies_to_vote_in,
    board_of,
    chair_said,
    last_result,
    open_cards,
    receipts_of,
    results_of,
    voices_of,
)
from governance.services.casting import cast, cast_many, enter_roll_call
from governance.services.corrections import Recount, correct_result
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.voting import cancel_vote, close_vote, open_vote, prepare_vote
from governance.states.assemblies import (
    AmendmentKind,
    AmendmentState,
    AssemblyState,
    BureauRole,
    Presence,
    PresenceWay,
    ProxyOrigin,
)
from governance.states.bodies import Electorate
from governance.states.register import RightsEventKind
from governance.states.votes import BallotWay, CountKind, Method, VoteState, VoteWay
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.governance import make_assembly, make_member, make_resolution
from tests.factories.governance_votes import (
    Sitting,
    arrive,
    make_election,
    make_sitting,
    make_vote,
    voice_of,
)
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.factories.person_files import make_status
from tests.refusals import refused

pytestmark = pytest.mark.django_db

POUR, CONTRE, ABSTENTION = ({"answer": answer} for answer in ("pour", "contre", "abstention"))


def said(sitting: Sitting, vote: Vote, *choices: Any) -> None:
    """The members of the room say this, in order; None says nothing."""
    for user, associate, choice in zip(sitting.users, sitting.members, choices, strict=False):
        if choice is not None:
            voice = voice_of(vote, associate)
            cast(vote, choices={voice.pk: choice}, actor=user, at=timezone.now())


def ended(sitting: Sitting, vote: Vote, **more: Any) -> VoteResult:
    vote = close_vote(vote, actor=sitting.actor, at=timezone.now())
    vote = proclaim(vote, actor=sitting.actor, at=timezone.now(), **more)
    result = last_result(vote)
    assert result is not None
    return result


# What the opening freezes.


def test_the_opening_freezes_text_rule_quorum_and_roll() -> None:
    sitting = make_sitting(3, absent=1)
    vote = make_vote(sitting, text="Les comptes sont approuvés.")
    assert vote.state == VoteState.OPEN
    assert (vote.text, len(vote.text_sha256)) == ("Les comptes sont approuvés.", 64)
    assert vote.rule["decision"] == "none expressed 1/2 strict"
    assert (vote.rule["members"], vote.rule["there"]) == (4, 3)
    assert vote.rule["words"] == "plus de la moitié des suffrages exprimés"
    assert vote.rule["article"] == "art. 14"
    assert vote.quorum["have"] == 3
    assert [one["key"] for one in vote.choices] == ["pour", "contre", "abstention"]
    assert vote.voices.count() == 3
    told = progress(vote)
    assert told.voices - told.ballots - told.declared == 3


def test_the_roll_of_the_opening_stands_whoever_comes_leaves_or_is_suspended() -> None:
    sitting = make_sitting(2, absent=1)
    vote = make_vote(sitting)
    late = sitting.members[2]
    arrive(sitting.assembly, late, timezone.now())
    assert voices_of(sitting.users[2], vote) == []
    VotingRightEvent.objects.create(
        associate=sitting.members[0], kind=RightsEventKind.SUSPENSION, at=timezone.now(), reason="retard"
    )
    said(sitting, vote, POUR, CONTRE)
    assert progress(vote).ballots == 2


def test_no_vote_opens_below_the_quorum_and_the_second_call_is_named() -> None:
    sitting = make_sitting(1, absent=4, decision__ordinary__1="1/2 expressed 1/2 strict")
    vote = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.NOT_ALLOWED, said="convoquez une seconde fois"):
        open_vote(vote, actor=sitting.actor, at=timezone.now())


def test_a_quorum_lost_stops_the_next_vote_not_the_one_that_is_open() -> None:
    sitting = make_sitting(2, absent=2, decision__ordinary__1="1/2 expressed 1/2 strict")
    vote = make_vote(sitting)
    gone = sitting.members[1]
    AttendanceEvent.objects.create(
        assembly=sitting.assembly,
        associate=gone,
        person=gone.person,
        kind=Presence.DEPARTURE,
        way=PresenceWay.DESK,
        at=timezone.now(),
    )
    said(sitting, vote, POUR, POUR)
    assert ended(sitting, vote).facts["cast"] == 2
    later = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.NOT_ALLOWED, said="il en faut 2"):
        open_vote(later, actor=sitting.actor, at=timezone.now())


def test_blank_ballots_weigh_in_an_election_where_the_rules_count_them() -> None:
    sitting = make_sitting(3, blank_ballots="counted")
    resolution = make_election(sitting, method=Method.NAMES, candidates=1)
    (one,) = (str(candidate.pk) for candidate in resolution.candidates.all())
    vote = make_vote(sitting, resolution)
    said(sitting, vote, {"names": [one]}, *({"names": [], "blank": True} for _blank in range(2)))
    result = ended(sitting, vote)
    assert (result.facts["base"], result.facts["need"], result.verdict) == (3, 2, "second_round")


def test_no_vote_opens_without_its_rule() -> None:
    sitting = make_sitting(2, without=("consent_minimum",))
    resolution = make_resolution(sitting.assembly, method=Method.CONSENT)
    vote = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.VALUE_MISSING, said="ne disent rien de"):
        open_vote(vote, actor=sitting.actor, at=timezone.now())


def test_no_vote_outside_a_sitting() -> None:
    sitting = make_sitting(2)
    resolution = make_resolution(sitting.assembly)
    early = make_resolution(make_assembly(state=AssemblyState.DRAFT, place="ici"))
    with refused(Code.ILLEGAL_MOVE):
        prepare_vote(early, way=VoteWay.SCREEN, actor=sitting.actor)
    convened = make_assembly(rule_set=sitting.assembly.rule_set)
    vote = prepare_vote(make_resolution(convened), way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.ILLEGAL_MOVE, said="séance"):
        open_vote(vote, actor=sitting.actor, at=timezone.now())
    prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.DUPLICATE):
        prepare_vote(resolution, way=VoteWay.HANDS, actor=sitting.actor)
    ranked = make_resolution(sitting.assembly, method=Method.SCHULZE)
    with refused(Code.VALUE_INVALID, "way"):
        prepare_vote(ranked, way=VoteWay.HANDS, actor=sitting.actor)


def test_an_amendment_is_voted_before_its_text_and_what_it_adopts_is_what_is_voted() -> None:
    sitting = make_sitting(3)
    resolution = make_resolution(sitting.assembly, text="Un.\n\nDeux.")
    version = resolution.versions.get()
    far, near = (
        Amendment.objects.create(
            resolution=resolution,
            version=version,
            kind=AmendmentKind.REPLACE,
            paragraph=2,
            text=text,
            distance=distance,
        )
        for text, distance in (("Trois.", 1000), ("Deux !", 300))
    )
    whole = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.ILLEGAL_MOVE, said="amendement attend"):
        open_vote(whole, actor=sitting.actor, at=timezone.now())
    second = prepare_vote(resolution, amendment=near, way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.ILLEGAL_MOVE, said="plus éloigné"):
        open_vote(second, actor=sitting.actor, at=timezone.now())
    first = prepare_vote(resolution, amendment=far, way=VoteWay.SCREEN, actor=sitting.actor)
    first = open_vote(first, actor=sitting.actor, at=timezone.now())
    said(sitting, first, POUR, POUR, CONTRE)
    ended(sitting, first)
    far.refresh_from_db()
    near.refresh_from_db()
    assert (far.state, near.state) == (AmendmentState.ADOPTED, AmendmentState.FALLEN)
    whole = open_vote(whole, actor=sitting.actor, at=timezone.now())
    assert whole.text == "Un.\n\nTrois."


# Casting.


def test_a_mandatary_casts_each_voice_alike_or_not_in_one_gesture() -> None:
    sitting = make_sitting(2, absent=1, proxy_cap="3")
    first = make_resolution(sitting.assembly)
    Proxy.objects.create(
        assembly=sitting.assembly,
        principal=sitting.members[2],
        holder=sitting.members[0],
        given_at=timezone.now() - timedelta(days=1),
        instructions={str(first.pk): "contre"},
        origin=ProxyOrigin.ACCOUNT,
    )
    votes = [make_vote(sitting, first), make_vote(sitting)]
    user = sitting.users[0]
    cards = open_cards(user, sitting.assembly)
    assert [len(card.voices) for card in cards] == [2, 2]
    assert [(one.is_own, one.instruction) for one in cards[0].voices] == [
        (False, "contre"),
        (True, None),
    ] or [(one.is_own, one.instruction) for one in cards[0].voices] == [(True, None), (False, "contre")]
    assert assemblies_to_vote_in(user) == [sitting.assembly]
    choices = {
        card.vote.pk: {one.voice.pk: CONTRE if not one.is_own else POUR for one in card.voices}
        for card in cards
    }
    ballots = cast_many(choices, actor=user, at=timezone.now())
    assert len({ballot.receipt for ballot in ballots}) == 4
    assert assemblies_to_vote_in(user) == []
    assert len(receipts_of(user, sitting.assembly)) == 4
    # The principal finds the ballot of their voice too.
    assert len(receipts_of(sitting.users[2], sitting.assembly)) == 2
    assert {progress(vote).ballots for vote in votes} == {2}


def test_the_same_choice_sent_twice_is_one_ballot_and_another_replaces_it() -> None:
    sitting = make_sitting(1)
    vote = make_vote(sitting)
    voice, user = voice_of(vote, sitting.members[0]), sitting.users[0]
    first = cast(vote, choices={voice.pk: POUR}, actor=user, at=timezone.now())
    again = cast(vote, choices={voice.pk: POUR}, actor=user, at=timezone.now())
    assert [one.receipt for one in first] == [one.receipt for one in again]
    cast(vote, choices={voice.pk: CONTRE}, actor=user, at=timezone.now())
    assert list(voice.ballots.order_by("rank").values_list("choice__answer", flat=True)) == ["pour", "contre"]
    assert ended(sitting, vote).facts["counts"] == {"pour": 0, "contre": 1, "abstention": 0}


def test_the_first_ballot_is_final_where_the_rules_say_so() -> None:
    sitting = make_sitting(1, ballot_final="first")
    vote = make_vote(sitting)
    voice, user = voice_of(vote, sitting.members[0]), sitting.users[0]
    cast(vote, choices={voice.pk: POUR}, actor=user, at=timezone.now())
    assert open_cards(user, sitting.assembly)[0].is_final
    with refused(Code.ALREADY_DONE, f"voix-{voice.pk}"):
        cast(vote, choices={voice.pk: CONTRE}, actor=user, at=timezone.now())


def test_ballots_that_are_refused_leave_nothing_behind() -> None:
    sitting = make_sitting(2)
    vote, other = make_vote(sitting), make_vote(sitting)
    voice, theirs = (voice_of(vote, associate) for associate in sitting.members)
    user, at = sitting.users[0], timezone.now()
    with refused(Code.NOT_ALLOWED, said="entre vos mains"):
        cast(vote, choices={voice.pk: POUR, theirs.pk: POUR}, actor=user, at=at)
    with refused(Code.NOT_ALLOWED, said="entre vos mains"):
        cast(other, choices={voice.pk: POUR}, actor=user, at=at)
    with refused(Code.VALUE_INVALID, f"voix-{voice.pk}"):
        cast(vote, choices={voice.pk: {"answer": "nul"}}, actor=user, at=at)
    with refused(Code.VALUE_MISSING, f"voix-{voice.pk}"):
        cast(vote, choices={voice.pk: {}}, actor=user, at=at)
    with refused(Code.VALUE_MISSING):
        cast_many({}, actor=user, at=at)
    close_vote(vote, actor=sitting.actor, at=at)
    mine = voice_of(other, sitting.members[0])
    with refused(Code.ILLEGAL_MOVE, said="aucune de ces réponses"):
        cast_many({vote.pk: {voice.pk: POUR}, other.pk: {mine.pk: POUR}}, actor=user, at=at)


def test_names_are_called_by_the_bureau_only() -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting, way=VoteWay.ROLL_CALL)
    voice = voice_of(vote, sitting.members[0])
    with refused(Code.NOT_ALLOWED, said="ne se fait pas sur écran"):
        cast(vote, choices={voice.pk: POUR}, actor=sitting.users[0], at=timezone.now())
    ballot = enter_roll_call(voice, choice=POUR, actor=sitting.actor, at=timezone.now())
    assert (ballot.way, ballot.cast_by) == (BallotWay.ROLL_CALL, sitting.actor)
    assert open_cards(sitting.users[0], sitting.assembly) == []


def test_forms_and_blank_proxies_speak_from_the_opening() -> None:
    sitting = make_sitting(1, absent=2)
    resolution = make_resolution(sitting.assembly, supported=False)
    CorrespondenceForm.objects.create(
        assembly=sitting.assembly,
        associate=sitting.members[1],
        answers={str(resolution.pk): POUR},
        origin=ProxyOrigin.ACCOUNT,
        received_at=timezone.now() - timedelta(days=4),
    )
    Proxy.objects.create(
        assembly=sitting.assembly,
        principal=sitting.members[2],
        given_at=timezone.now() - timedelta(days=1),
        origin=ProxyOrigin.ACCOUNT,
    )
    vote = make_vote(sitting, resolution)
    with refused(Code.NOT_ALLOWED, said="par écrit"):
        enter_roll_call(
            voice_of(vote, sitting.members[1]), choice=CONTRE, actor=sitting.actor, at=timezone.now()
        )
    said(sitting, vote, POUR)
    facts = ended(sitting, vote).facts
    assert facts["by_door"] == {
        "screen": {"pour": 1, "contre": 0, "abstention": 0},
        "correspondence": {"pour": 1, "contre": 0, "abstention": 0},
        "blank_proxy": {"pour": 0, "contre": 1, "abstention": 0},
    }
    assert (facts["roll"], facts["not_cast"], facts["verdict"]) == (3, 0, "adopted")


def test_entrepreneurs_vote_where_the_electorate_takes_them_in() -> None:
    sitting = make_sitting(2)
    make_status(sitting.members[0].person, StatusKind.ENTREPRENEUR, BEGINNING)
    outsider = make_user(RoleKind.ENTREPRENEUR)
    make_status(outsider.person, StatusKind.ENTREPRENEUR, BEGINNING)
    resolution = make_election(
        sitting, method=Method.NAMES, candidates=2, electorate=Electorate.ENTREPRENEURS
    )
    vote = make_vote(sitting, resolution)
    assert {str(voice) for voice in vote.voices.all()} == {str(sitting.members[0]), str(outsider.person)}
    voice = vote.voices.get(person=outsider.person)
    cast(vote, choices={voice.pk: {"names": [], "blank": True}}, actor=outsider, at=timezone.now())
    assert progress(vote).ballots == 1


# Counting.


def test_a_result_says_every_figure_and_writes_the_decision() -> None:
    sitting = make_sitting(4)
    resolution = make_resolution(sitting.assembly, text="Le siège est à Bègles.")
    vote = make_vote(sitting, resolution)
    said(sitting, vote, POUR, POUR, CONTRE)
    result = ended(sitting, vote)
    assert result.facts == {
        "rule": "plus de la moitié des suffrages exprimés",
        "roll": 4,
        "cast": 3,
        "not_cast": 1,
        "counts": {"pour": 2, "contre": 1, "abstention": 0},
        "by_door": {"screen": {"pour": 2, "contre": 1, "abstention": 0}},
        "base": 3,
        "need": 2,
        "verdict": "adopted",
        "text_sha256": vote.text_sha256,
    }
    assert resolution.decision.text == "Le siège est à Bègles."
    words = result_words(result)
    assert words.sentence == "Adoptée : 2 pour ; il en fallait 2 sur 3."
    assert words.rule == "plus de la moitié des suffrages exprimés (art. 14)"
    assert ("Voix sans bulletin", "1") in words.lines
    assert [row.words for row in board_of(vote)].count("Pour") == 2
    assert results_of(sitting.assembly) == [result]


def test_a_first_call_that_fails_on_all_associates_names_the_second() -> None:
    sitting = make_sitting(3, absent=4, decision__ordinary__1="none all_members 1/2 strict")
    vote = make_vote(sitting)
    said(sitting, vote, POUR, POUR, POUR)
    result = ended(sitting, vote)
    assert (result.facts["base"], result.facts["need"], result.verdict) == (7, 4, "rejected")
    assert "seconde convocation" in result_words(result).warnings[0]
    assert not hasattr(vote.resolution, "decision")


def test_nobody_votes() -> None:
    sitting = make_sitting(2)
    result = ended(sitting, make_vote(sitting))
    assert (result.verdict, result_words(result).sentence) == (
        "no_vote_expressed",
        "Aucun suffrage exprimé : rien n’est décidé.",
    )


def test_the_chair_parts_equal_sides_only_where_the_statutes_say_so() -> None:
    sitting = make_sitting(2, casting_vote="chair")
    sitting.seat(sitting.users[0], BureauRole.CHAIR)
    vote = make_vote(sitting)
    said(sitting, vote, POUR, CONTRE)
    result = ended(sitting, vote)
    assert (result.verdict, result.facts["casting_vote"]) == ("adopted", "pour")
    # A chair who abstained says it aloud.
    silent = make_vote(sitting)
    said(sitting, silent, ABSTENTION, None)
    assert chair_said(silent) == ""
    by_hands = make_vote(sitting, way=VoteWay.HANDS)
    declare_counts(
        by_hands,
        kind=CountKind.HANDS,
        college=None,
        counts={"pour": 1, "contre": 1},
        actor=sitting.actor,
        at=timezone.now(),
    )
    by_hands = close_vote(by_hands, actor=sitting.actor, at=timezone.now())
    with refused(Code.VALUE_MISSING, "casting"):
        proclaim(by_hands, actor=sitting.actor, at=timezone.now())
    proclaim(by_hands, actor=sitting.actor, at=timezone.now(), casting="contre")
    assert by_hands.results.get().verdict == "rejected"


def test_colleges_are_counted_apart_then_weighted() -> None:
    one, two = (
        College.objects.create(name=name, rank=rank) for rank, name in enumerate(("Salarié·es", "Usager·es"))
    )
    weights = {
        "college_weights": f"{one.pk}:60 {two.pk}:40",
        "college_report": "proportional",
        "empty_college": "lost",
        "college_abstentions": "outside",
    }
    sitting = make_sitting(5, colleges=(one, two), **weights)
    vote = make_vote(sitting)
    # One, two, one, two, one.
    said(sitting, vote, POUR, CONTRE, POUR, POUR, CONTRE)
    result = ended(sitting, vote)
    assert {key: part["weighted"] for key, part in result.facts["by_college"].items()} == {
        str(one.pk): "40",
        str(two.pk): "20",
    }
    assert Fraction(result.facts["weighted"]) == 60
    assert result.verdict == "adopted"
    words = result_words(result)
    assert words.sentence == "Adoptée : 60 % des voix pondérées par collège."
    assert ("Salarié·es (poids 60 %)", "Pour (2), Contre (1) ; apport : 40 %") in words.lines


def test_a_voice_without_weighted_college_is_not_lost_unseen() -> None:
    one, two = (College.objects.create(name=name) for name in "AB")
    sitting = make_sitting(
        2,
        colleges=(one, two),
        college_weights=f"{one.pk}:100",
        college_report="proportional",
        empty_college="lost",
        college_abstentions="outside",
    )
    vote = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.VALUE_MISSING, said=str(sitting.members[1])):
        open_vote(vote, actor=sitting.actor, at=timezone.now())


def test_two_rounds_of_an_election() -> None:
    sitting = make_sitting(5)
    resolution = make_election(sitting, method=Method.NAMES, candidates=3, seats=2)
    one, two, three = (str(candidate.pk) for candidate in resolution.candidates.order_by("pk"))
    vote = make_vote(sitting, resolution)
    said(
        sitting,
        vote,
        {"names": [one, two]},
        {"names": [one]},
        {"names": [one, three]},
        {"names": [two]},
        {"names": [], "blank": True},
    )
    result = ended(sitting, vote)
    facts = result.facts
    assert (facts["expressed"], facts["base"], facts["need"]) == (4, 4, 3)
    assert (facts["elected"], facts["seats_left"], result.verdict) == ([one], 1, "second_round")
    assert facts["counts"] == {one: 3, two: 2, three: 1, "expressed": 4, "blanc": 1}
    second = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor, round_number=2)
    second = open_vote(second, actor=sitting.actor, at=timezone.now())
    assert [choice["key"] for choice in second.choices] == [two, three]
    assert second.rule["words"] == "le plus grand nombre de voix"
    # A tie: the eldest, who is the second candidate.
    said(sitting, second, {"names": [two]}, {"names": [three]})
    last = ended(sitting, second)
    assert (last.facts["elected"], last.facts["tie"], last.verdict) == ([two], [two, three], "elected")
    assert ("Ex æquo départagés" in dict(result_words(last).lines)) is True
    with refused(Code.DUPLICATE):
        prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor, round_number=2)


def test_a_second_round_that_nothing_asks() -> None:
    sitting = make_sitting(2)
    election = make_election(sitting, method=Method.LIST, candidates=1)
    with refused(Code.ILLEGAL_MOVE, said="second tour"):
        prepare_vote(election, way=VoteWay.SCREEN, actor=sitting.actor, round_number=2)


def test_an_election_without_candidate_or_without_the_date_that_parts_them() -> None:
    sitting = make_sitting(2)
    empty = prepare_vote(
        make_election(sitting, method=Method.NAMES, candidates=0), way=VoteWay.SCREEN, actor=sitting.actor
    )
    with refused(Code.EMPTY_DOCUMENT):
        open_vote(empty, actor=sitting.actor, at=timezone.now())
    resolution = make_election(sitting, method=Method.NAMES, candidates=2)
    resolution.candidates.update(born_on=None)
    vote = prepare_vote(resolution, way=VoteWay.SCREEN, actor=sitting.actor)
    with refused(Code.VALUE_MISSING, said="date de naissance"):
        open_vote(vote, actor=sitting.actor, at=timezone.now())


def test_each_method_gives_its_figures() -> None:
    sitting = make_sitting(3)
    judged = make_election(sitting, method=Method.MAJORITY_JUDGMENT, candidates=2)
    one, two = (str(candidate.pk) for candidate in judged.candidates.order_by("pk"))
    vote = make_vote(sitting, judged)
    said(sitting, vote, *({"grades": {one: "good", two: grade}} for grade in ("excellent", "fair", "poor")))
    result = ended(sitting, vote)
    assert result.facts["medians"] == {one: "good", two: "fair"}
    assert (result.facts["elected"], result.verdict) == ([one], "elected")
    assert dict(result_words(result).lines)["Rang 1"] == "Candidature 1 (Bien)"

    ranked = make_election(sitting, method=Method.SCHULZE)
    keys = [str(candidate.pk) for candidate in ranked.candidates.order_by("pk")]
    vote = make_vote(sitting, ranked)
    said(sitting, vote, *({"ranking": [[keys[2]], [keys[0]]]} for _one in range(3)))
    result = ended(sitting, vote)
    assert result.facts["duels"][keys[2]] == {keys[0]: 3, keys[1]: 3}
    assert result.facts["elected"] == [keys[2]]

    moved = make_election(sitting, method=Method.TRANSFERABLE, seats=2)
    keys = [str(candidate.pk) for candidate in moved.candidates.order_by("pk")]
    vote = make_vote(sitting, moved)
    said(sitting, vote, *({"ranking": [[keys[0]], [keys[1]]]} for _one in range(3)))
    result = ended(sitting, vote)
    assert (result.facts["need"], result.facts["elected"]) == (2, [keys[0], keys[1]])
    assert "Élu·e : Candidature 1" in dict(result_words(result).lines)["Dépouillement, étape 1"]

    agreed = make_resolution(sitting.assembly, method=Method.CONSENT)
    vote = make_vote(sitting, agreed)
    said(sitting, vote, {"answer": "consent"}, {"answer": "reserve"}, {"answer": "consent"})
    result = ended(sitting, vote)
    assert (result.verdict, result.facts["reservations"]) == ("adopted", 1)
    assert result_words(result).sentence == "Adoptée par consentement, 1 réserve à consigner."


@pytest.mark.parametrize(
    "method", [Method.MAJORITY_JUDGMENT, Method.SCHULZE, Method.TRANSFERABLE, Method.LIST]
)
def test_an_election_in_which_nobody_votes(method: str) -> None:
    sitting = make_sitting(2)
    result = ended(sitting, make_vote(sitting, make_election(sitting, method=method, candidates=2)))
    assert result.verdict == "no_vote_expressed"
    assert result_words(result).sentence


# What people count.


def test_hands_are_counted_once_and_never_above_the_roll() -> None:
    sitting = make_sitting(3)
    vote = make_vote(sitting, way=VoteWay.HANDS)
    hands: dict[str, Any] = {
        "kind": CountKind.HANDS,
        "college": None,
        "actor": sitting.actor,
        "at": timezone.now(),
    }
    with refused(Code.VALUE_INVALID, said="il en reste 3"):
        declare_counts(vote, counts={"pour": 4}, **hands)
    with refused(Code.VALUE_INVALID):
        declare_counts(vote, counts={"pour": -1}, **hands)
    with refused(Code.VALUE_INVALID):
        declare_counts(vote, counts={"oui": 1}, **hands)
    vote = close_vote(vote, actor=sitting.actor, at=timezone.now())
    with refused(Code.VALUE_MISSING, said="mains levées"):
        proclaim(vote, actor=sitting.actor, at=timezone.now())
    declare_counts(vote, counts={"pour": 3}, **hands)
    declare_counts(vote, counts={"pour": 2, "contre": 1}, **hands)
    assert progress(vote).declared == 3
    result = last_result(proclaim(vote, actor=sitting.actor, at=timezone.now()))
    assert result is not None
    assert result.facts["by_door"] == {"hands": {"pour": 2, "contre": 1, "abstention": 0}}


def test_paper_needs_two_scrutineers_who_count_the_same() -> None:
    sitting = make_sitting(4)
    vote = make_vote(sitting)
    said(sitting, vote, POUR)
    one, two = sitting.users[:2]
    paper: dict[str, Any] = {"kind": CountKind.PAPER, "college": None, "at": timezone.now()}
    with refused(Code.ILLEGAL_MOVE):
        declare_counts(vote, counts={"pour": 1}, actor=one, **paper)
    vote = close_vote(vote, actor=sitting.actor, at=timezone.now())
    with refused(Code.VALUE_INVALID, said="il en reste 3"):
        declare_counts(vote, counts={"pour": 4}, actor=one, **paper)
    declare_counts(vote, counts={"pour": 2, "nul": 1}, actor=one, **paper)
    assert progress(vote).declared == 0
    with refused(Code.VALUE_MISSING, said="second scrutateur"):
        proclaim(vote, actor=sitting.actor, at=timezone.now())
    with refused(Code.VALUE_INVALID, said="diffèrent"):
        declare_counts(vote, counts={"pour": 3}, actor=two, **paper)
    declare_counts(vote, counts={"pour": 2, "nul": 1}, actor=two, **paper)
    with refused(Code.ALREADY_DONE):
        declare_counts(vote, counts={"pour": 1}, actor=one, **paper)
    result = last_result(proclaim(vote, actor=sitting.actor, at=timezone.now()))
    assert result is not None
    assert result.facts["by_door"]["paper"] == {"pour": 2, "contre": 0, "abstention": 0, "nul": 1}
    assert (result.facts["cast"], result.facts["not_cast"]) == (4, 0)


def test_rankings_are_not_counted_by_hand() -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting, make_election(sitting, method=Method.SCHULZE, candidates=2))
    with refused(Code.NOT_ALLOWED):
        declare_counts(
            vote, kind=CountKind.PAPER, college=None, counts={}, actor=sitting.actor, at=timezone.now()
        )


# What cannot be undone.


def test_whoever_closes_second_is_told_so() -> None:
    sitting = make_sitting(1)
    vote = make_vote(sitting)
    close_vote(vote, actor=sitting.actor, at=timezone.now())
    with refused(Code.ILLEGAL_MOVE, said="n’est plus possible"):
        close_vote(vote, actor=sitting.actor, at=timezone.now())


def test_a_cancelled_vote_says_why_and_leaves_room_for_another() -> None:
    sitting = make_sitting(1)
    resolution = make_resolution(sitting.assembly)
    vote = make_vote(sitting, resolution)
    with refused(Code.VALUE_MISSING, "reason"):
        cancel_vote(vote, reason=" ", actor=sitting.actor)
    cancel_vote(vote, reason="Question mal posée.", actor=sitting.actor)
    assert make_vote(sitting, resolution).state == VoteState.OPEN


def test_a_result_is_corrected_by_another_that_names_its_reason() -> None:
    sitting = make_sitting(3)
    resolution = make_resolution(sitting.assembly)
    vote = make_vote(sitting, resolution, way=VoteWay.HANDS)
    hands: dict[str, Any] = {"kind": CountKind.HANDS, "college": None}
    declare_counts(vote, counts={"pour": 2, "contre": 1}, actor=sitting.actor, at=timezone.now(), **hands)
    first = ended(sitting, vote)
    vote.refresh_from_db()
    by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
    recount = Recount(counts={"pour": 1, "contre": 2}, **hands)
    with refused(Code.VALUE_MISSING, "reason"):
        correct_result(vote, change=recount, reason="", **by)
    second = correct_result(vote, change=recount, reason="Deux mains comptées deux fois.", **by)
    assert (first.verdict, second.verdict, second.number) == ("adopted", "rejected", 2)
    assert last_result(vote) == second
    assert resolution.decision.state == "dropped"
    running = make_vote(sitting)
    with refused(Code.ILLEGAL_MOVE):
        correct_result(running, change=recount, reason="x", **by)
    Assembly.objects.filter(pk=sitting.assembly.pk).update(
        state=AssemblyState.SIGNED, closed_at=timezone.now()
    )
    vote = Vote.objects.get(pk=vote.pk)
    with refused(Code.NOT_ALLOWED, said="procès-verbal"):
        correct_result(vote, change=recount, reason="Encore.", **by)


def test_an_amendment_put_right_gives_its_object_back_to_the_other() -> None:
    sitting = make_sitting(3)
    resolution = make_resolution(sitting.assembly, text="Un.")
    version = resolution.versions.get()
    far, near = (
        Amendment.objects.create(
            resolution=resolution,
            version=version,
            kind=AmendmentKind.REPLACE,
            paragraph=1,
            text=text,
            distance=distance,
        )
        for text, distance in (("Trois.", 1000), ("Deux !", 300))
    )
    vote = prepare_vote(resolution, amendment=far, way=VoteWay.HANDS, actor=sitting.actor)
    vote = open_vote(vote, actor=sitting.actor, at=timezone.now())
    hands: dict[str, Any] = {"kind": CountKind.HANDS, "college": None}
    declare_counts(vote, counts={"pour": 2, "contre": 1}, actor=sitting.actor, at=timezone.now(), **hands)
    ended(sitting, vote)
    vote.refresh_from_db()
    correct_result(
        vote,
        change=Recount(counts={"pour": 1, "contre": 2}, **hands),
        reason="Mal compté.",
        actor=sitting.actor,
        at=timezone.now(),
    )
    far.refresh_from_db()
    near.refresh_from_db()
    assert (far.state, near.state) == (AmendmentState.REJECTED, AmendmentState.PROPOSED)


# Reading.


@pytest.mark.parametrize("votes", [1, 12])
def test_cards_are_read_in_a_number_of_queries_that_does_not_grow(
    votes: int, django_assert_max_num_queries: Any
) -> None:
    sitting = make_sitting(2)
    for _one in range(votes):
        make_vote(sitting)
    with django_assert_max_num_queries(6):
        assert len(open_cards(sitting.users[0], sitting.assembly)) == votes


def test_who_has_no_voice_has_no_card() -> None:
    sitting = make_sitting(1)
    make_vote(sitting)
    stranger, _associate = make_member()
    assert open_cards(stranger, sitting.assembly) == []
    assert open_cards(sitting.actor, sitting.assembly) == []


def test_fractions_are_shown_cut_never_rounded_up() -> None:
    assert [decimal(text) for text in ("182/3", "50", "205/4", "299999/6000")] == [
        "60,66",
        "50",
        "51,25",
        "49,99",
    ]


def test_one_s_own_data_tell_every_ballot_of_one_s_voice() -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting)
    said(sitting, vote, POUR, CONTRE)
    held, *secret = held_in_votes(sitting.members[0].person, sitting.users[0])
    assert [row[3] for row in held.rows] == ["Pour"]
    assert not any(one.rows for one in secret)


@pytest.mark.parametrize("votes", [1, 12])
def test_a_gesture_asks_no_more_of_the_database_for_many_votes(
    votes: int, django_assert_max_num_queries: Any
) -> None:
    sitting = make_sitting(1)
    choices = {}
    for _one in range(votes):
        vote = make_vote(sitting)
        choices[vote.pk] = {voice_of(vote, sitting.members[0]).pk: POUR}
    with django_assert_max_num_queries(9):
        assert len(cast_many(choices, actor=sitting.users[0], at=timezone.now())) == votes
