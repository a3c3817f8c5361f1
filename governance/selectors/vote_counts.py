"""The count of a vote from its ballots and the counts that people declared: every figure of its result
(GOV-28, GOV-30). The rule read here is the one that was frozen at the opening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils.translation import override

from governance.calculations import (
    colleges,
    consent,
    counting,
    election,
    majority,
    majority_judgment,
    schulze,
    transferable,
)
from governance.calculations.rules import DecisionRule, Rules, parse_decision
from governance.models import Vote
from governance.selectors.secret_warnings import TOLD_APART, door_warnings, opened_warnings
from governance.selectors.vote_cast import (
    Cast,
    Counts,
    added,
    by_college,
    by_door,
    duels_in,
    histograms_in,
    ordered,
    whole,
)
from governance.selectors.vote_papers import method_of, paper_of
from governance.states.votes import Method, Outcome


def facts_of(vote: Vote, cast: Cast, *, casting: str = "") -> dict[str, Any]:
    """Gives every figure of the result: counts by door and by college, base, need, verdict. Values are plain;
    fractions are written n/d."""
    paper = paper_of(vote)
    doors, spoken, roll = by_door(paper, cast), cast.spoken(paper), sum(cast.roll.values())
    return {
        "rule": vote.rule.get("words", ""),
        "roll": roll,
        "cast": spoken,
        "not_cast": roll - spoken,
        "counts": ordered(paper, added(doors.values())),
        "by_door": {door: ordered(paper, counts) for door, counts in doors.items()},
        **_COUNTS[paper.method](vote, paper, cast, casting),
        **_known_choices(paper, cast),
        "text_sha256": vote.text_sha256,
    }


def _known_choices(paper: counting.Paper, cast: Cast) -> dict[str, Any]:
    """What the minutes must warn of: figures of a secret vote that say what people chose."""
    if not cast.opened:
        return {}
    beside = {door: count for door, count in cast.voices_by_door(paper).items() if door in TOLD_APART}
    with override(settings.LANGUAGE_CODE):
        found = [*opened_warnings(cast.opened), *door_warnings(beside)]
    return {"warnings": found} if found else {}


def decision_of(vote: Vote) -> DecisionRule:
    return parse_decision(vote.rule["decision"])


def assembled(vote: Vote) -> majority.Assembled:
    """Who had the right to vote, and who was there, when the vote opened."""
    return majority.Assembled(int(vote.rule["members"]), int(vote.rule["there"]))


def weights_of(vote: Vote) -> dict[int, int]:
    """{college: weight}; empty where all are counted together."""
    return Rules(vote.rule).weights() if vote.rule.get("college_weights") else {}


def _blanks_count(vote: Vote) -> bool:
    return str(vote.rule.get("blank_ballots")) == "counted"


def _resolution(vote: Vote, paper: counting.Paper, cast: Cast, casting: str) -> dict[str, Any]:
    if weights := weights_of(vote):
        return _weighted_resolution(vote, cast, weights)
    counts = whole(paper, cast)
    found = majority.decide(
        counts, decision_of(vote), assembled(vote), blanks_count=_blanks_count(vote), casting=casting
    )
    facts: dict[str, Any] = {"base": found.base, "need": found.needed, "verdict": found.outcome}
    if found.parted and vote.rule.get("casting_vote") == "chair":
        facts["casting_vote"] = casting
    return facts


def may_be_parted(vote: Vote) -> bool:
    """Tells whether the statutes let the chair part equal sides in this vote."""
    by_sides = method_of(vote) == Method.RESOLUTION and not weights_of(vote)
    return by_sides and vote.rule.get("casting_vote") == "chair"


def is_parted(vote: Vote, cast: Cast) -> bool:
    """Tells whether the chair’s voice decides: equal sides, where the statutes give a casting vote."""
    if not may_be_parted(vote):
        return False
    paper = paper_of(vote)
    counts = whole(paper, cast)
    return majority.decide(
        counts, decision_of(vote), assembled(vote), blanks_count=_blanks_count(vote)
    ).parted


def _college_base(vote: Vote, college: int, counts: Counts, cast: Cast) -> int:
    """Of what the share of a college is a part: the base of the rule, read inside the college."""
    base = decision_of(vote).base
    if base == "all_members":
        return int(vote.rule["members_by_college"].get(str(college), 0))
    if base == "present_or_represented":
        return cast.roll.get(college, 0)
    inside = vote.rule.get("college_abstentions") == colleges.INSIDE
    said = majority.expressed(counts, blanks_count=_blanks_count(vote))
    return said + (counts[majority.ABSTENTION] if inside else 0)


def _weighted_resolution(vote: Vote, cast: Cast, weights: Mapping[int, int]) -> dict[str, Any]:
    paper, decision = paper_of(vote), decision_of(vote)
    found = by_college(paper, cast)
    bases = {
        college: _college_base(vote, college, found.get(college, Counter()), cast) for college in weights
    }
    counted = [
        colleges.CollegeCount(
            str(college),
            weight,
            found.get(college, Counter())[majority.FOR],
            found.get(college, Counter())[majority.AGAINST],
            bases[college],
        )
        for college, weight in weights.items()
    ]
    sums = colleges.weigh(
        counted, decision, report=vote.rule["college_report"], empty=vote.rule["empty_college"]
    )
    return {
        "by_college": {
            share.key: {
                "weight": weights[int(share.key)],
                "roll": cast.roll.get(int(share.key), 0),
                "counts": ordered(paper, found.get(int(share.key), Counter())),
                "base": bases[int(share.key)],
                "share": str(share.share),
                "weighted": str(share.weighted),
            }
            for share in sums.shares
        },
        "weighted": str(sums.weighted_for),
        "percent": str(sums.percent_for),
        "threshold": str(decision.threshold * colleges.WHOLE),
        "verdict": sums.outcome,
    }


def _election(vote: Vote, paper: counting.Paper, cast: Cast, casting: str) -> dict[str, Any]:
    """Two rounds: what the rule needs, then the most voices, unless the law asks it at both."""
    counts = whole(paper, cast)
    decision, seats = decision_of(vote), 1 if paper.method == Method.LIST else paper.seats
    relative = vote.rule.get("majority") == "relative"
    expressed = counts[counting.EXPRESSED]
    facts: dict[str, Any] = {"expressed": expressed, "seats": seats}
    if weights := weights_of(vote):
        scores, parts = _weighted_votes(vote, paper, cast, weights)
        limit = decision.threshold * colleges.WHOLE
        found = election.elect(
            scores,
            seats=seats,
            reaches=lambda score: relative or (score > limit if decision.strict else score >= limit),
            order=_tie_order(vote),
        )
        facts |= {"by_college": parts, "percents": {key: str(score) for key, score in scores.items()}}
        facts["threshold"] = "0" if relative else str(limit)
    else:
        blanks = counts[majority.BLANK] + counts[majority.NULL] if _blanks_count(vote) else 0
        base = majority.base_of(decision, expressed + blanks, assembled(vote))
        needed = 1 if relative else decision.votes_needed(base)
        found = election.elect(
            {key: counts[key] for key in paper.candidates},
            seats=seats,
            reaches=lambda count: count >= needed,
            order=_tie_order(vote),
        )
        facts |= {"base": base, "need": needed}
    return facts | _elected(vote, found.elected, found.seats_left, found.parted_by_rule, expressed)


def _weighted_votes(
    vote: Vote, paper: counting.Paper, cast: Cast, weights: Mapping[int, int]
) -> tuple[dict[str, Fraction], dict[str, Any]]:
    """Each candidate’s share of each college, times its weight; that of a college that named nobody is lost
    or shared out, as for a resolution."""
    found = by_college(paper, cast)
    named = {college: found.get(college, Counter())[counting.EXPRESSED] for college in weights}
    shares_out = vote.rule.get("empty_college") == colleges.SHARED
    over = sum(weight for college, weight in weights.items() if named[college] or not shares_out)
    scores = dict.fromkeys(paper.candidates, Fraction(0))
    parts: dict[str, Any] = {}
    for college, weight in weights.items():
        counts = found.get(college, Counter())
        base = _named_base(vote, college, counts, cast)
        for key in scores:
            voices = counts[key] * weight * colleges.WHOLE
            scores[key] += Fraction(voices, base * over) if named[college] else 0
        parts[str(college)] = {
            "weight": weight,
            "roll": cast.roll.get(college, 0),
            "counts": ordered(paper, counts),
            "base": base,
        }
    return scores, parts


def _named_base(vote: Vote, college: int, counts: Counts, cast: Cast) -> int:
    """Of what the share of a candidate in a college is a part: the base of the rule, read inside the
    college; the most voices are read among the ballots that name somebody."""
    base, said = decision_of(vote).base, counts[counting.EXPRESSED]
    if vote.rule.get("majority") == "relative":
        return said
    if base == "all_members":
        return int(vote.rule["members_by_college"].get(str(college), 0))
    if base == "present_or_represented":
        return cast.roll.get(college, 0)
    return said + (counts[majority.BLANK] + counts[majority.NULL] if _blanks_count(vote) else 0)


def _tie_order(vote: Vote) -> tuple[str, ...]:
    """The order that a tie follows; the public draw where the rules chose none."""
    people = [
        election.Standing(
            str(one["key"]),
            date.fromisoformat(one["born_on"]) if one.get("born_on") else None,
            date.fromisoformat(one["since"]) if one.get("since") else None,
        )
        for one in vote.choices
    ]
    return election.tie_order(people, vote.rule.get("tie", election.DRAW), vote.draw_seed)


def _elected(
    vote: Vote, chosen: tuple[str, ...], left: int, parted: tuple[str, ...], expressed: int
) -> dict[str, Any]:
    verdict = Outcome.ELECTED
    if not expressed:
        verdict = Outcome.NO_VOTE_EXPRESSED
    elif left:
        two_rounds = vote.resolution.method in (Method.LIST, Method.NAMES)
        verdict = Outcome.SECOND_ROUND if two_rounds and vote.round == 1 else Outcome.SEATS_LEFT
    facts: dict[str, Any] = {"elected": list(chosen), "seats_left": left}
    if parted:
        facts |= {"tie": list(parted), "tie_rule": vote.rule.get("tie", election.DRAW)}
    return facts | {"verdict": verdict.value}


def _judgment(vote: Vote, paper: counting.Paper, cast: Cast, casting: str) -> dict[str, Any]:
    counts = histograms_in(paper, cast)
    if not cast.spoken(paper):
        return {"verdict": Outcome.NO_VOTE_EXPRESSED.value}
    convention = vote.rule["median"]
    ranking = majority_judgment.rank(counts, convention)
    medians = {
        key: paper.grades[majority_judgment.median(grades, convention)] for key, grades in counts.items()
    }
    histograms = {key: dict(zip(paper.grades, grades, strict=True)) for key, grades in counts.items()}
    facts = {"grades": histograms, "median": convention, "medians": medians, "ranking": ranking}
    return facts | _first(vote, paper, ranking)


def _schulze(vote: Vote, paper: counting.Paper, cast: Cast, casting: str) -> dict[str, Any]:
    if not whole(paper, cast)[counting.EXPRESSED]:
        return {"verdict": Outcome.NO_VOTE_EXPRESSED.value}
    fought = duels_in(paper, cast)
    found: dict[str, dict[str, int]] = {key: {} for key in paper.candidates}
    for (one, other), count in fought.items():
        found[one][other] = count
    ranking = schulze.rank(paper.candidates, fought, vote.rule["schulze_strength"])
    return {"duels": found, "ranking": ranking} | _first(vote, paper, ranking)


def _first(vote: Vote, paper: counting.Paper, ranking: list[list[str]]) -> dict[str, Any]:
    """The first of a ranking take the seats; with a single option to choose it is the same."""
    chosen, parted = election.first_of_ranking(ranking, seats=paper.seats, order=_tie_order(vote))
    return {"seats": paper.seats} | _elected(vote, chosen, paper.seats - len(chosen), parted, 1)


def _transferable(vote: Vote, paper: counting.Paper, cast: Cast, casting: str) -> dict[str, Any]:
    ballots = [[level[0] for level in ranking] for ranking in counting.rankings(cast.choices)]
    if not ballots:
        return {"verdict": Outcome.NO_VOTE_EXPRESSED.value}
    found = transferable.count(
        ballots, seats=paper.seats, candidates=paper.candidates, order=_tie_order(vote)
    )
    turns = [
        {
            "counts": {key: str(tally) for key, tally in turn.tally},
            "elected": list(turn.elected),
            "excluded": turn.excluded,
        }
        for turn in found.turns
    ]
    facts = {"need": found.quota, "seats": paper.seats, "turns": turns}
    return facts | _elected(vote, found.elected, paper.seats - len(found.elected), (), 1)


def _consent(vote: Vote, paper: counting.Paper, cast: Cast, casting: str) -> dict[str, Any]:
    minimum = int(vote.rule["consent_minimum"])
    found = consent.decide(whole(paper, cast), minimum=minimum)
    return {
        "need": minimum,
        "participants": found.participants,
        "reservations": found.reservations_to_record,
        "verdict": found.outcome,
    }


_COUNTS: dict[str, Any] = {
    Method.RESOLUTION: _resolution,
    Method.LIST: _election,
    Method.NAMES: _election,
    Method.MAJORITY_JUDGMENT: _judgment,
    Method.SCHULZE: _schulze,
    Method.TRANSFERABLE: _transferable,
    Method.CONSENT: _consent,
}
