"""Every method of voting driven through its pages: prepared, opened, cast or counted, closed, proclaimed. Its
figures are those of the worked cases (GOV-25, GOV-28, GOV-30)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import (
    AttendanceEvent,
    Candidate,
    College,
    Representative,
    Resolution,
    Vote,
    VoteResult,
)
from governance.selectors.votes import last_result
from governance.states.assemblies import Presence, PresenceWay
from governance.states.register import Category
from governance.states.rules import DecisionKind
from governance.states.votes import GRADES, Method, VoteWay
from people.models import Organisation
from tests.factories.governance import call, make_associate, make_member, make_resolution
from tests.factories.governance_votes import Sitting, make_sitting
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person
from tests.pages import client_of, text

# The team of a demonstration comes in without a second factor.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

CASES: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "data" / "vote_cases.json").read_text(encoding="utf-8")
    )["cases"]
}
HALF = "none expressed 1/2 strict"


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def held_by_one(voices: int, **rules: Any) -> Sitting:
    """A sitting where one associate also stands for organisations that are associates: one form casts the
    voices of all."""
    sitting = make_sitting(1, **rules)
    for rank in range(1, voices):
        organisation = Organisation.objects.create(name=f"Coopérative {rank}")
        one = make_associate(organisation=organisation, category=Category.COOPERATIVE)
        Representative.objects.create(associate=one, person=sitting.users[0].person, starts_on=BEGINNING)
        call(sitting.assembly, one)
        AttendanceEvent.objects.create(
            assembly=sitting.assembly,
            associate=one,
            person=sitting.users[0].person,
            kind=Presence.ARRIVAL,
            way=PresenceWay.DESK,
            at=timezone.now() - timedelta(minutes=5),
        )
        sitting.members.append(one)
    return sitting


def an_election(sitting: Sitting, method: str, names: Any, **fields: Any) -> dict[str, str]:
    """Gives {name: key} of the candidates of an election, born on the days that `born_on` gives."""
    born: dict[str, str] = fields.pop("born_on", {})
    kind = {"method": method, "decision_kind": DecisionKind.BOARD_ELECTION}
    resolution = make_resolution(sitting.assembly, **kind | fields)
    return {
        name: str(
            Candidate.objects.create(
                resolution=resolution,
                person=make_person(),
                label=name,
                position=rank,
                born_on=born.get(name, f"19{60 + rank}-01-01"),
            ).pk
        )
        for rank, name in enumerate(names, start=1)
    }


def prepared(bureau: Client, resolution: Resolution, way: str, *, second: bool = False) -> Vote:
    """Prepares the vote of a resolution and opens it, from the page of the votes."""
    page = url("vote_prepare", resolution.pk) + ("?tour=2" if second else "")
    assert bureau.get(page).status_code == 200
    assert bureau.post(page, {"way": way}).status_code == 302
    vote = Vote.objects.latest("pk")
    act(bureau, vote, "open")
    vote.refresh_from_db()
    assert vote.state == "open"
    return vote


def act(bureau: Client, vote: Vote, do: str) -> None:
    assert bureau.post(url("vote_act", vote.pk), {"do": do}).status_code == 302


def cast(sitting: Sitting, vote: Vote, said: list[dict[str, Any]]) -> None:
    """Casts what each voice says (`{"": answer}`, `{"-key": grade or rank}`), checked then confirmed; voices
    that say nothing are left out."""
    voter, pk = client_of(sitting.users[0]), sitting.assembly.pk
    assert voter.get(url("vote_cards", pk)).status_code == 200
    voices = vote.voices.order_by("pk")
    typed = {
        f"voix-{voice.pk}{part}": value
        for voice, one in zip(voices, said, strict=False)
        for part, value in one.items()
    }
    check = voter.post(url("vote_check", pk), typed)
    assert check.status_code == 200, text(check)
    done = voter.post(url("vote_check", pk), typed | {"confirm": "1"}, follow=True)
    assert done.redirect_chain == [(url("vote_receipts", pk), 302)]
    assert "est reçu" in text(done) or "sont reçus" in text(done)


def count(counter: Client, vote: Vote, counts: dict[str, int], college: int | None = None) -> None:
    page = url("vote_counts", vote.pk) + (f"?college={college}" if college else "")
    assert counter.get(page).status_code == 200
    answer = counter.post(page, {f"n-{key}": str(value) for key, value in counts.items()})
    assert answer.status_code == 302, text(answer)


def ended(bureau: Client, vote: Vote, says: str) -> VoteResult:
    """Closes and proclaims; the page says the result in these words."""
    vote.refresh_from_db()
    for do in ("close", "proclaim"):
        if vote.state != "closed" or do == "proclaim":
            act(bureau, vote, do)
    vote.refresh_from_db()
    assert vote.state == "proclaimed"
    assert says in text(bureau.get(url("vote_detail", vote.pk)))
    result = last_result(vote)
    assert result is not None
    return result


def levels(result: VoteResult, keys: dict[str, str]) -> list[list[str]]:
    """The ranking of a result, by name."""
    names = {key: name for name, key in keys.items()}
    return [sorted(names[key] for key in level) for level in result.facts["ranking"]]


def test_a_resolution_on_screens() -> None:
    """R01."""
    given, expected = CASES["R01"]["input"], CASES["R01"]["expected"]
    sitting = held_by_one(given["present"] + given["represented"], decision__ordinary__1=HALF)
    vote = prepared(client_of(sitting.actor), make_resolution(sitting.assembly), VoteWay.SCREEN)
    said = [{"": answer} for answer, times in given["votes"].items() for _one in range(times)]
    cast(sitting, vote, said)
    facts = ended(client_of(sitting.actor), vote, "Adoptée : 10 pour ; il en fallait 10 sur 19.").facts
    assert (facts["base"], facts["need"], facts["verdict"]) == (
        expected["base"],
        expected["votes_needed"],
        expected["outcome"],
    )
    assert facts["counts"] == {"pour": 10, "contre": 9, "abstention": 3}


def test_a_resolution_by_hands_with_blank_and_null_ballots() -> None:
    """R16."""
    given, expected = CASES["R16"]["input"], CASES["R16"]["expected"]
    sitting = held_by_one(given["present"], decision__ordinary__1=HALF)
    bureau = client_of(sitting.actor)
    vote = prepared(bureau, make_resolution(sitting.assembly), VoteWay.HANDS)
    count(bureau, vote, given["votes"])
    facts = ended(bureau, vote, "Adoptée : 11 pour ; il en fallait 11 sur 21.").facts
    assert (facts["base"], facts["need"]) == (expected["base"], expected["votes_needed"])
    assert facts["by_door"] == {"hands": given["votes"]}


@pytest.mark.parametrize("case", ["R02", "R05", "R06"])
def test_a_resolution_called_by_names_counts_who_is_there(case: str) -> None:
    given, expected = CASES[case]["input"], CASES[case]["expected"]
    rule = given["rule"]
    words = f"none {rule['base']} {rule['threshold']} {'strict' if rule['strict'] else 'at_least'}"
    sitting = held_by_one(given["present"] + given["represented"], decision__ordinary__1=words)
    bureau = client_of(sitting.actor)
    vote = prepared(bureau, make_resolution(sitting.assembly), VoteWay.ROLL_CALL)
    page = url("vote_roll", vote.pk)
    for answer, times in given["votes"].items():
        for _one in range(times):
            voice = bureau.get(page).context["voice"]
            assert bureau.post(f"{page}?voix={voice.pk}", {f"voix-{voice.pk}": answer}).status_code == 302
    result = ended(bureau, vote, "Adoptée" if expected["outcome"] == "adopted" else "Non adoptée")
    assert (result.facts["base"], result.facts["need"], result.verdict) == (
        expected["base"],
        expected["votes_needed"],
        expected["outcome"],
    )


@pytest.mark.parametrize("case", ["S01", "S02", "S04", "S06", "S08"])
def test_colleges_are_counted_each_apart(case: str) -> None:
    given, expected = CASES[case]["input"], CASES[case]["expected"]
    made = [College.objects.create(name=one["name"], rank=n) for n, one in enumerate(given["colleges"])]
    sizes = [max(one["pour"] + one["contre"] + one["abstention"], 1) for one in given["colleges"]]
    of_each = tuple(college for college, size in zip(made, sizes, strict=True) for _one in range(size))
    report = "proportional" if given["rule"] == "proportional" else "winner_takes_college"
    sitting = make_sitting(
        len(of_each),
        colleges=of_each,
        decision__ordinary__1=HALF,
        college_weights=" ".join(
            f"{college.pk}:{one['weight']}" for college, one in zip(made, given["colleges"], strict=True)
        ),
        college_report=report,
        empty_college=given.get("empty_college", "lost"),
        college_abstentions="outside",
    )
    bureau = client_of(sitting.actor)
    vote = prepared(bureau, make_resolution(sitting.assembly), VoteWay.HANDS)
    for college, one in zip(made, given["colleges"], strict=True):
        count(bureau, vote, {key: one[key] for key in ("pour", "contre", "abstention")}, college.pk)
    result = ended(bureau, vote, "des voix pondérées par collège")
    facts = result.facts
    assert (facts["weighted"], facts["percent"], result.verdict) == (
        expected["weighted_for"],
        expected["percent_for"],
        expected["outcome"],
    )
    assert (facts["counts"]["pour"], facts["counts"]["contre"]) == (
        expected["heads_for"],
        expected["heads_against"],
    )


def test_names_in_two_rounds_by_hands_then_on_paper() -> None:
    """E01, then E02: the tie goes to the eldest; two scrutineers count the paper."""
    first, second = CASES["E01"], CASES["E02"]
    given = first["input"]
    sitting = held_by_one(given["ballots"], decision__board_election__1=HALF, tie="age")
    bureau = client_of(sitting.actor)
    keys = an_election(sitting, Method.NAMES, given["votes"], seats=given["seats"], born_on=given["born_on"])
    resolution = Resolution.objects.get()
    names = {key: name for name, key in keys.items()}
    vote = prepared(bureau, resolution, VoteWay.HANDS)
    voices = {keys[name]: votes for name, votes in given["votes"].items()}
    count(bureau, vote, voices | {"expressed": 38, "blanc": given["blank"], "nul": given["null"]})
    result = ended(bureau, vote, "Élu·e : A, B. 1 siège reste à pourvoir.")
    assert (result.facts["expressed"], result.facts["need"]) == (
        first["expected"]["expressed"],
        first["expected"]["absolute_majority"],
    )
    assert [names[key] for key in result.facts["elected"]] == first["expected"]["elected"]
    assert result.facts["seats_left"] == first["expected"]["seats_left"]

    assert "Préparer le second tour" in text(bureau.get(url("vote_detail", vote.pk)))
    again = prepared(bureau, resolution, VoteWay.SCREEN, second=True)
    assert [names[choice["key"]] for choice in again.choices] == ["C", "D", "E"]
    act(bureau, again, "close")
    given = second["input"]
    paper = {keys[name]: votes for name, votes in given["votes"].items()}
    paper |= {"expressed": given["ballots"] - given["blank"], "blanc": given["blank"]}
    for scrutineer in (make_member()[0], make_member()[0]):
        sitting.seat(scrutineer)
        count(client_of(scrutineer), again, paper)
    result = ended(bureau, again, "Élu·e : D.")
    assert [names[key] for key in result.facts["elected"]] == second["expected"]["elected"]
    assert sorted(names[key] for key in result.facts["tie"]) == ["C", "D"]


def test_a_list_in_two_rounds_on_screens() -> None:
    """By hand: 2, 2 and 1 voices of 5 reach no majority of 3; then 3 against 2."""
    sitting = held_by_one(5, decision__board_election__1=HALF)
    bureau = client_of(sitting.actor)
    keys = an_election(sitting, Method.LIST, ("Cap", "Élan", "Terre"))
    resolution = Resolution.objects.get()
    vote = prepared(bureau, resolution, VoteWay.SCREEN)
    cast(sitting, vote, [{"": keys[name]} for name in ("Cap", "Cap", "Élan", "Élan", "Terre")])
    first = ended(bureau, vote, "Second tour")
    assert (first.facts["need"], first.facts["elected"], first.verdict) == (3, [], "second_round")
    again = prepared(bureau, resolution, VoteWay.SCREEN, second=True)
    cast(sitting, again, [{"": keys[name]} for name in ("Cap", "Élan", "Élan", "Élan", "Cap")])
    last = ended(bureau, again, "Élu·e : Élan.")
    assert (last.facts["elected"], last.facts["counts"][keys["Élan"]]) == ([keys["Élan"]], 3)


def test_majority_judgment_on_screens() -> None:
    """J01."""
    given, expected = CASES["J01"]["input"], CASES["J01"]["expected"]
    grades = [code for code, _label in GRADES]
    sitting = held_by_one(11)
    bureau = client_of(sitting.actor)
    keys = an_election(sitting, Method.MAJORITY_JUDGMENT, given["candidates"])
    vote = prepared(bureau, Resolution.objects.get(), VoteWay.SCREEN)
    columns = {
        name: [grade for grade, times in zip(grades, counts, strict=True) for _one in range(times)]
        for name, counts in given["counts"].items()
    }
    said = [{f"-{keys[name]}": columns[name][rank] for name in columns} for rank in range(11)]
    cast(sitting, vote, said)
    result = ended(bureau, vote, "Élu·e : A.")
    assert levels(result, keys) == expected["ranking"]
    assert [grades.index(result.facts["medians"][keys[name]]) for name in given["candidates"]] == expected[
        "lower_median"
    ]


@pytest.mark.parametrize("case", ["C01", "C03"])
def test_schulze_on_screens(case: str) -> None:
    given, expected = CASES[case]["input"], CASES[case]["expected"]
    sitting = held_by_one(sum(times for times, _order in given["ballots"]))
    bureau = client_of(sitting.actor)
    keys = an_election(sitting, Method.SCHULZE, given["candidates"])
    vote = prepared(bureau, Resolution.objects.get(), VoteWay.SCREEN)
    cast(sitting, vote, _ranks(given["ballots"], keys))
    result = ended(bureau, vote, "Élu·e" if case == "C01" else "Rang 1")
    assert levels(result, keys) == expected["ranking"]


def _ranks(ballots: Any, keys: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {f"-{keys[name]}": str(rank) for rank, name in enumerate(order.split(">"), start=1)}
        for times, order in ballots
        for _one in range(times)
    ]


def test_a_transferable_vote_on_screens() -> None:
    """T01."""
    given, expected = CASES["T01"]["input"], CASES["T01"]["expected"]
    sitting = held_by_one(20)
    bureau = client_of(sitting.actor)
    keys = an_election(sitting, Method.TRANSFERABLE, given["candidates"], seats=given["seats"])
    vote = prepared(bureau, Resolution.objects.get(), VoteWay.SCREEN)
    cast(sitting, vote, _ranks(given["ballots"], keys))
    result = ended(bureau, vote, "Dépouillement, étape 1")
    names = {key: name for name, key in keys.items()}
    assert result.facts["need"] == expected["droop_quota"]
    assert sorted(names[key] for key in result.facts["elected"]) == expected["elected"]


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("N01", "Une objection est à lever"),
        ("N02", "Adoptée par consentement, 1 réserve à consigner."),
        ("N03", "Participation insuffisante : 4 personnes se sont exprimées, il en faut 10."),
    ],
)
def test_consent_on_screens(case: str, says: str) -> None:
    given, expected = CASES[case]["input"], CASES[case]["expected"]
    sitting = held_by_one(20)
    bureau = client_of(sitting.actor)
    resolution = make_resolution(
        sitting.assembly, method=Method.CONSENT, minimum_participation=given["minimum_participation"]
    )
    vote = prepared(bureau, resolution, VoteWay.SCREEN)
    cast(
        sitting,
        vote,
        [{"": answer} for answer, times in given["answers"].items() for _one in range(times)],
    )
    result = ended(bureau, vote, says)
    assert result.verdict == expected["outcome"]
    if "reservations_to_record" in expected:
        assert result.facts["reservations"] == expected["reservations_to_record"]
