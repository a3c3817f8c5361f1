"""From ballots to counts: what a choice may be, what a blank proxy says, sums by answer and candidate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance.calculations.majority import AGAINST, BLANK, FOR, NULL

RESOLUTION, LIST, NAMES = "resolution", "list", "names"
MAJORITY_JUDGMENT, SCHULZE, TRANSFERABLE, CONSENT = "majority_judgment", "schulze", "transferable", "consent"
# What people count by hand: answers or candidates. Rankings and grades are cast one by one.
COUNTED_BY_HAND = frozenset({RESOLUTION, LIST, NAMES, CONSENT})
# Beside the candidates, what a count of an election by hand says: the ballots that name somebody.
EXPRESSED = "expressed"


class Unfit(ValueError):
    """A choice that its ballot does not offer; `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Paper:
    """What a ballot offers: its method, the answers of a resolution or of consent, or the candidates and
    the seats, and the grades."""

    method: str
    answers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    seats: int = 1
    grades: tuple[str, ...] = ()


def checked(paper: Paper, choice: Any) -> dict[str, Any]:
    """Gives the choice in its one writing. Raises Unfit."""
    if not isinstance(choice, Mapping):
        raise Unfit("empty")
    return _CHECKS[paper.method](paper, choice)


def _answer(paper: Paper, choice: Mapping[str, Any]) -> dict[str, Any]:
    answer = choice.get("answer")
    if not answer:
        raise Unfit("empty")
    if answer not in paper.answers:
        raise Unfit("unknown")
    return {"answer": answer}


def _names(paper: Paper, choice: Mapping[str, Any]) -> dict[str, Any]:
    """Nobody named is a blank ballot, which says so."""
    names = choice.get("names")
    if not isinstance(names, list) or not (names or choice.get("blank")):
        raise Unfit("empty")
    if names and choice.get("blank"):
        raise Unfit("blank_named")
    if not set(map(str, names)) <= set(paper.candidates):
        raise Unfit("unknown")
    if len(names) > (1 if paper.method == LIST else paper.seats):
        raise Unfit("too_many")
    if len(set(names)) < len(names):
        raise Unfit("twice")
    return {"names": [key for key in paper.candidates if key in names], "blank": not names}


def _grades(paper: Paper, choice: Mapping[str, Any]) -> dict[str, Any]:
    grades = choice.get("grades")
    if not isinstance(grades, Mapping) or not grades:
        raise Unfit("empty")
    if not set(grades) <= set(paper.candidates) or not set(grades.values()) <= set(paper.grades):
        raise Unfit("unknown")
    if len(grades) < len(paper.candidates):
        raise Unfit("incomplete")
    return {"grades": {key: grades[key] for key in paper.candidates}}


def _ranking(paper: Paper, choice: Mapping[str, Any]) -> dict[str, Any]:
    """Levels from the best; a transferable vote has one candidate a level. Nobody ranked is a
    blank ballot."""
    ranking = choice.get("ranking")
    if not isinstance(ranking, list) or not (ranking or choice.get("blank")):
        raise Unfit("empty")
    if not all(isinstance(level, list) and level for level in ranking):
        raise Unfit("unknown")
    ranked = [key for level in ranking for key in level]
    if not set(map(str, ranked)) <= set(paper.candidates):
        raise Unfit("unknown")
    if len(set(ranked)) < len(ranked):
        raise Unfit("twice")
    if paper.method == TRANSFERABLE and len(ranked) > len(ranking):
        raise Unfit("tied")
    return {
        "ranking": [[key for key in paper.candidates if key in level] for level in ranking],
        "blank": not ranking,
    }


_CHECKS = {
    RESOLUTION: _answer,
    CONSENT: _answer,
    LIST: _names,
    NAMES: _names,
    MAJORITY_JUDGMENT: _grades,
    SCHULZE: _ranking,
    TRANSFERABLE: _ranking,
}


def of_blank_proxy(method: str, *, supported: bool) -> dict[str, Any] | None:
    """What a proxy left blank says: pour what the management supports, contre anything else; nothing in an
    election nor by consent, where silence is no answer."""
    if method != RESOLUTION:
        return None
    return {"answer": FOR if supported else AGAINST}


def tally(choices: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Gives the voices by answer, or by candidate with the ballots expressed and those left blank."""
    found: Counter[str] = Counter()
    for choice in choices:
        if "answer" in choice:
            found[choice["answer"]] += 1
        elif choice.get("blank"):
            found[BLANK] += 1
        else:
            found[EXPRESSED] += 1
            found.update(choice.get("names", ()))
    return found


def histograms(paper: Paper, choices: Iterable[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Gives, for each candidate, how many voters gave each grade, the best first."""
    found = {key: [0] * len(paper.grades) for key in paper.candidates}
    place = {grade: rank for rank, grade in enumerate(paper.grades)}
    for choice in choices:
        for key, grade in choice["grades"].items():
            found[key][place[grade]] += 1
    return found


def rankings(choices: Iterable[Mapping[str, Any]]) -> list[Sequence[Sequence[str]]]:
    """Gives the rankings of the ballots that are not blank."""
    return [choice["ranking"] for choice in choices if not choice.get("blank")]


def voices_of(paper: Paper, counts: Mapping[str, int]) -> int:
    """Gives how many voices a count by hand speaks for."""
    if paper.method in (RESOLUTION, CONSENT):
        return sum(counts.values())
    return sum(counts.get(key, 0) for key in (EXPRESSED, BLANK, NULL))


def count_fault(paper: Paper, counts: Mapping[str, int]) -> str:
    """Tells what cannot be in a count of an election by hand: a candidate with more voices than ballots, or
    more names than the ballots may bear; nothing for answers."""
    if paper.method in (RESOLUTION, CONSENT):
        return ""
    ballots, named = counts.get(EXPRESSED, 0), [counts.get(key, 0) for key in paper.candidates]
    most = 1 if paper.method == LIST else paper.seats
    if any(count > ballots for count in named):
        return "above_ballots"
    return "names" if not ballots <= sum(named) <= ballots * most else ""
