"""What a secret ballot asks: each method as questions whose answers are added up while encrypted, a choice as
ones and zeros, the totals opened as the counts that the same choices by name would have (GOV-26, GOV-30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from governance.calculations import counting, schulze
from governance.calculations.majority import BLANK

# The third answer of a duel; candidates are numbers, so that none bears this key.
EQUAL = "equal"
# Fifteen duels are asked for six candidates, twenty-eight for eight: nobody would answer more.
MOST_RANKED = 8
# In a box of fewer people, a total may say what each of them chose.
FEWEST = 5
# Why a method is not for a secret ballot.
RANKED_ONE_BY_ONE, TOO_MANY_DUELS, NO_DUEL = "ranked_one_by_one", "too_many_duels", "no_duel"


@dataclass(frozen=True)
class Question:
    """One question of the protocol: which candidates it is about where it is not about all, the keys of its
    answers, how many may be chosen, whether none may."""

    about: tuple[str, ...]
    answers: tuple[str, ...]
    maximum: int = 1
    blank: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """What each number of a ballot stands for, the blank vote first."""
        return (BLANK, *self.answers) if self.blank else self.answers


@dataclass(frozen=True)
class Totals:
    """What was opened of one box for one vote: the ballots kept, and one list of sums a question."""

    kept: int
    sums: tuple[tuple[int, ...], ...]


def why_not(method: str, candidates: int) -> str:
    """Tells why sums cannot count this method; nothing where they can."""
    if method == counting.TRANSFERABLE:
        return RANKED_ONE_BY_ONE
    if method != counting.SCHULZE or 2 <= candidates <= MOST_RANKED:
        return ""
    return TOO_MANY_DUELS if candidates > MOST_RANKED else NO_DUEL


def questions(paper: counting.Paper) -> tuple[Question, ...]:
    """Gives the questions of a vote, in the order of the ballot. Raises ValueError for what sums cannot
    count."""
    if reason := why_not(paper.method, len(paper.candidates)):
        raise ValueError(reason)
    if paper.method in (counting.LIST, counting.NAMES):
        # Nobody may choose more answers than there are, whatever the seats.
        seats = 1 if paper.method == counting.LIST else min(paper.seats, len(paper.candidates))
        return (Question((), paper.candidates, maximum=seats, blank=True),)
    if paper.method == counting.MAJORITY_JUDGMENT:
        return tuple(Question((key,), paper.grades) for key in paper.candidates)
    if paper.method == counting.SCHULZE:
        return tuple(Question(pair, (*pair, EQUAL)) for pair in combinations(paper.candidates, 2))
    return (Question((), paper.answers),)


def plaintexts(paper: counting.Paper, choice: Mapping[str, Any]) -> tuple[tuple[int, ...], ...]:
    """Gives what a ballot encrypts for this choice, one list a question. A ranking left blank puts everybody
    on a level: its duels say the same. Raises Unfit for a choice that the paper does not offer."""
    said = counting.checked(paper, choice)
    return tuple(
        tuple(int(place in _chosen(said, question)) for place in question.places)
        for question in questions(paper)
    )


def _chosen(choice: Mapping[str, Any], question: Question) -> Sequence[str]:
    if "answer" in choice:
        return [choice["answer"]]
    if "grades" in choice:
        return [choice["grades"][question.about[0]]]
    if "ranking" in choice:
        return [_winner(choice["ranking"], *question.about)]
    return choice["names"] or [BLANK]


def _winner(ranking: schulze.Ranking, one: str, other: str) -> str:
    """Whom a ranking puts first of two; those whom it leaves out come last together."""
    found = schulze.duels((one, other), [ranking])
    if found[one, other] == found[other, one]:
        return EQUAL
    return one if found[one, other] else other


def counts_of(paper: counting.Paper, totals: Totals) -> Counter[str]:
    """Gives the voices by answer, or by candidate with the ballots expressed and those left blank; of grades
    and duels, how many ballots spoke."""
    if paper.method in (counting.MAJORITY_JUDGMENT, counting.SCHULZE):
        return Counter({counting.EXPRESSED: totals.kept})
    (question,), (sums,) = questions(paper), totals.sums
    found = Counter(dict(zip(question.places, sums, strict=True)))
    if question.blank:
        found[counting.EXPRESSED] = totals.kept - found[BLANK]
    return found


def histograms_of(paper: counting.Paper, totals: Totals) -> dict[str, list[int]]:
    """Gives, for each candidate, how many ballots gave each grade, the best first."""
    return {key: list(sums) for key, sums in zip(paper.candidates, totals.sums, strict=True)}


def duels_of(paper: counting.Paper, totals: Totals) -> schulze.Duels:
    """Gives how many ballots put the first before the second, for each ordered pair."""
    found: schulze.Duels = {}
    for question, sums in zip(questions(paper), totals.sums, strict=True):
        one, other = question.about
        found[one, other], found[other, one], _equal = sums
    return found


def is_unanimous(totals: Totals) -> bool:
    """Tells whether the totals say what everybody chose: an answer that every ballot of the box gave."""
    return totals.kept > 0 and any(count == totals.kept for sums in totals.sums for count in sums)


def is_small(voices: int) -> bool:
    """Tells whether a total of so many voices may say what each one chose."""
    return 0 < voices < FEWEST
