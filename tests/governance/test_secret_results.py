"""A scrutin of several questions, from its election to the results: each vote reads its own sums, by the rule
of any vote (GOV-26, GOV-30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from cae.core.errors import Refused
from governance.calculations import counting, majority_judgment
from governance.calculations.secret_questions import Totals, plaintexts
from governance.models import Candidate, College, CorrespondenceForm, Resolution, Vote
from governance.selectors.box_archive import election_of
from governance.selectors.secret_questions import ballot_questions, questions_of, why_not_secret
from governance.selectors.secret_totals import boxes_of, totals_of, votes_asked
from governance.selectors.vote_cast import Cast, cast_in
from governance.selectors.vote_counts import facts_of
from governance.selectors.vote_papers import paper_of
from governance.states.secret import SecretState
from governance.states.votes import BallotWay, Method
from tests.factories.governance import make_resolution
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import Sitting, make_election, make_sitting

pytestmark = pytest.mark.django_db

S = SecretState
METHODS = (Method.NAMES, Method.MAJORITY_JUDGMENT, Method.SCHULZE)
# What three voters chose of a resolution, of names, of grades, of a ranking; candidates by their rank.
CHOSEN: tuple[tuple[Any, ...], ...] = (
    ("pour", [0, 1], ["excellent", "good", "poor"], [[0], [1, 2]]),
    ("contre", [], ["good", "good", "reject"], [[2], [0], [1]]),
    ("pour", [1], ["fair", "excellent", "poor"], [[1], [0]]),
)


def choice_of(vote: Vote, said: Any) -> dict[str, Any]:
    """One of `CHOSEN`, with the keys of the candidates."""
    keys, method = [str(one["key"]) for one in vote.choices], vote.resolution.method
    if method == Method.NAMES:
        return {"names": [keys[rank] for rank in said], "blank": not said}
    if method == Method.MAJORITY_JUDGMENT:
        return {"grades": dict(zip(keys, said, strict=True))}
    if method == Method.SCHULZE:
        return {"ranking": [[keys[rank] for rank in level] for level in said]}
    return {"answer": said}


def make_agenda(sitting: Sitting) -> list[Resolution]:
    elections = [make_election(sitting, method=method, seats=2) for method in METHODS]
    return [make_resolution(sitting.assembly), *elections]


def cast_all(scrutin: Scrutin, chosen: Sequence[Sequence[Any]]) -> dict[int, list[dict[str, Any]]]:
    """Each member casts a ballot of all questions; gives {vote: the choices}."""
    votes = votes_asked(scrutin.vote)
    said: dict[int, list[dict[str, Any]]] = {vote.pk: [] for vote in votes}
    for rank, choices in enumerate(chosen):
        written = []
        for vote, one in zip(votes, choices, strict=True):
            choice = choice_of(vote, one)
            said[vote.pk].append(choice)
            written += plaintexts(paper_of(vote), choice)
        scrutin.cast(scrutin.entry_of(rank), written)
    return said


def by_name(vote: Vote, choices: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The facts of the same choices, by name."""
    paper, cast = paper_of(vote), cast_in(vote)
    written = [(BallotWay.SCREEN.value, None, counting.checked(paper, choice)) for choice in choices]
    return facts_of(vote, Cast(written, {}, cast.roll))


def test_each_vote_of_a_scrutin_reads_its_own_sums() -> None:
    sitting = make_sitting(3)
    scrutin = make_scrutin(S.OPEN, sitting=sitting, resolutions=make_agenda(sitting))
    said = cast_all(scrutin, CHOSEN)
    scrutin.reach(S.PROCLAIMED)
    for vote in votes_asked(scrutin.vote):
        facts, named = dict(vote.results.get().facts), by_name(vote, said[vote.pk])
        assert set(facts["by_door"]) == {"secret"}
        for told in (facts, named):
            told.pop("by_door")
        facts.pop("warnings")
        assert facts == named
        assert vote.results.get().verdict == facts["verdict"]


def test_forms_of_correspondence_add_up_with_the_box() -> None:
    """Of a vote where everything is compared: a form speaks of the resolution and of the grades."""
    sitting = make_sitting(3, absent=1)
    agenda = make_agenda(sitting)
    writer = sitting.members[3]
    keys = [str(pk) for pk in agenda[2].candidates.order_by("position").values_list("pk", flat=True)]
    grades = dict(zip(keys, ["poor", "excellent", "good"], strict=True))
    CorrespondenceForm.objects.create(
        assembly=sitting.assembly,
        associate=writer,
        answers={str(agenda[0].pk): "abstention", str(agenda[2].pk): {"grades": grades}},
        received_at=timezone.now() - timedelta(days=2),
    )
    scrutin = make_scrutin(S.OPEN, sitting=sitting, resolutions=agenda)
    said = cast_all(scrutin, CHOSEN)
    scrutin.reach(S.PROCLAIMED)
    resolution, _names, judged, ranked = votes_asked(scrutin.vote)
    facts = resolution.results.get().facts
    assert facts["counts"] == {"pour": 2, "contre": 1, "abstention": 1}
    assert facts["by_door"]["correspondence"] == {"pour": 0, "contre": 0, "abstention": 1}
    expected = counting.histograms(paper_of(judged), [*said[judged.pk], {"grades": grades}])
    facts = judged.results.get().facts
    named = paper_of(judged).grades
    assert facts["grades"] == {key: dict(zip(named, found, strict=True)) for key, found in expected.items()}
    assert facts["ranking"] == majority_judgment.rank(expected)
    # Nothing was written of the ranking: one voice of the roll is silent.
    facts = ranked.results.get().facts
    assert (facts["roll"], facts["cast"], facts["not_cast"]) == (4, 3, 1)


def test_weighted_colleges_have_a_box_each_and_their_weights() -> None:
    colleges = tuple(
        College.objects.create(name=name, rank=rank) for rank, name in enumerate(("Salarié·es", "Usagers"), 1)
    )
    sitting = make_sitting(
        4,
        colleges=colleges,
        college_weights=f"{colleges[0].pk}:60 {colleges[1].pk}:40",
        college_report="proportional",
        empty_college="lost",
        college_abstentions="outside",
    )
    scrutin = make_scrutin(S.OPEN, sitting=sitting)
    assert [box.college for box in boxes_of(votes_asked(scrutin.vote)[0])] == list(colleges)
    # Of the first college one pour and one contre, of the second two pour.
    for rank, answer in enumerate(([1, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0, 0])):
        scrutin.cast(scrutin.entry_of(rank), [answer])
    scrutin.reach(S.PROCLAIMED)
    result = votes_asked(scrutin.vote)[0].results.get()
    first, second = (result.facts["by_college"][str(one.pk)] for one in colleges)
    assert (first["counts"], first["share"], first["weighted"]) == (
        {"pour": 1, "contre": 1, "abstention": 0},
        "1/2",
        "30",
    )
    assert (second["counts"], second["weighted"]) == ({"pour": 2, "contre": 0, "abstention": 0}, "40")
    assert (result.facts["weighted"], result.verdict) == ("70", "adopted")
    assert (
        "Urne Usagers : tous les bulletins ont un choix en commun. Ce choix n’est plus secret."
        in (result.facts["warnings"])
    )


def test_the_election_asks_in_the_words_of_the_house() -> None:
    sitting = make_sitting(3)
    agenda = make_agenda(sitting)
    with translation.override("en"):
        scrutin = make_scrutin(S.KEYS_READY, sitting=sitting, resolutions=agenda)
        assert questions_of(scrutin.vote) == election_of(scrutin.box).questions
    asked = election_of(scrutin.box).questions
    titles = [one.title for one in agenda]
    assert [one.question for one in asked] == [
        titles[0],
        titles[1],
        *(f"{titles[2]} : Candidature {rank}" for rank in (1, 2, 3)),
        f"{titles[3]} : Candidature 1 ou Candidature 2",
        f"{titles[3]} : Candidature 1 ou Candidature 3",
        f"{titles[3]} : Candidature 2 ou Candidature 3",
    ]
    assert asked[0].answers == ("Pour", "Contre", "Abstention")
    assert asked[2].answers == ("Excellent", "Bien", "Passable", "Insuffisant", "À rejeter")
    assert asked[5].answers == ("Candidature 1", "Candidature 2", "À égalité")
    assert [(one.minimum, one.maximum, one.blank) for one in asked[:3]] == [
        (1, 1, False),
        (1, 2, True),
        (1, 1, False),
    ]


def test_a_candidate_who_withdraws_changes_what_would_be_asked() -> None:
    sitting = make_sitting(3)
    agenda = make_agenda(sitting)
    scrutin = make_scrutin(S.KEYS_READY, sitting=sitting, resolutions=agenda)
    Candidate.objects.filter(resolution=agenda[1], position=1).update(withdrawn_at=timezone.now())
    assert questions_of(scrutin.vote) != election_of(scrutin.box).questions


def test_what_was_frozen_is_asked_whatever_changes_since() -> None:
    sitting = make_sitting(3)
    agenda = make_agenda(sitting)
    scrutin = make_scrutin(S.OPEN, sitting=sitting, resolutions=agenda)
    Candidate.objects.filter(resolution=agenda[1], position=1).update(withdrawn_at=timezone.now())
    assert questions_of(scrutin.vote) == election_of(scrutin.box).questions


def test_an_election_without_candidate_is_not_asked() -> None:
    sitting = make_sitting(3)
    resolution = make_election(sitting, method=Method.NAMES, candidates=0)
    with pytest.raises(Refused, match="Aucune candidature"):
        ballot_questions(Vote(assembly=sitting.assembly, resolution=resolution))


@pytest.mark.parametrize(
    ("method", "candidates", "words"),
    [
        (Method.TRANSFERABLE, 3, "classement par classement"),
        (Method.SCHULZE, 1, "au moins deux candidatures"),
        (Method.SCHULZE, 9, "jusqu’à 8 candidatures"),
        (Method.SCHULZE, 3, ""),
        (Method.NAMES, 9, ""),
    ],
)
def test_a_method_that_sums_cannot_count_says_why(method: str, candidates: int, words: str) -> None:
    sitting = make_sitting(candidates)
    resolution = make_election(sitting, method=method, candidates=candidates)
    said = why_not_secret(resolution)
    assert words in said
    assert bool(said) is bool(words)


def test_nothing_is_counted_before_the_totals_are_open() -> None:
    scrutin = make_scrutin(S.TALLIED)
    vote = votes_asked(scrutin.vote)[0]
    assert totals_of(vote, boxes_of(vote)) == {}
    assert cast_in(vote).kept == 0
    scrutin.decrypt()
    vote = votes_asked(scrutin.vote)[0]
    # In turn: pour, contre, abstention, pour.
    assert totals_of(vote, boxes_of(vote)) == {None: Totals(4, ((2, 1, 1),))}
