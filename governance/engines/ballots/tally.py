"""The count (§9): the last ballot of each credential, added without being opened; then the sums, once
opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.engines.ballots.ballots import Ballot
from governance.engines.ballots.canonical import dumps, fields, integer, items, loads_exact
from governance.engines.ballots.elections import Election, Question
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import BASE, NEUTRAL, add, decode_point, sha256_hex, sub
from governance.engines.ballots.proofs import Ciphertext, add_boxes

Points = tuple[tuple[bytes, ...], ...]  # one for each place of each question
Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    text: str
    boxes: tuple[tuple[Ciphertext, ...], ...]
    kept: int  # how many ballots it adds: one for each credential that voted

    @property
    def digest(self) -> str:
        return sha256_hex(self.text)


def add_ballots(election: Election, ballots: Iterable[Ballot]) -> Tally:
    """The tally of these ballots, all checked, in the order of the box: of each credential, the last
    counts."""
    kept: dict[str, list[tuple[Ciphertext, ...]]] = {}
    for ballot in ballots:
        kept[ballot.credential] = [answer.choices for answer in ballot.answers]
    boxes = tuple(
        tuple(add_boxes([choices[number][place] for choices in kept.values()]) for place in range(places))
        for number, places in enumerate(election.shape)
    )
    return write_tally(boxes, len(kept))


def write_tally(boxes: Sequence[Sequence[Ciphertext]], kept: int) -> Tally:
    text = dumps([[box.plain() for box in places] for places in boxes])
    return Tally(text, tuple(map(tuple, boxes)), kept)


def read_tally(text: str, shape: Sequence[int], kept: int) -> Tally:
    """The tally that this text writes, of so many places for each question (`Election.shape`). Refuses
    another shape and any point that is not of the group; whether it is a box's, only its ballots say."""
    boxes = tuple(
        tuple(map(_read_sum, items(places, count)))
        for places, count in zip(items(loads_exact(text), len(shape)), shape, strict=True)
    )
    return Tally(text, boxes, kept)


def sized_object(tally: Tally) -> str:
    """What the archive says of a tally: how many ballots it adds, and its digest."""
    return dumps({"num_tallied": tally.kept, "total_weight": tally.kept, "encrypted_tally": tally.digest})


def open_tally(election: Election, tally: Tally, factors: Points) -> str:
    """The result, as text: each sum less its factor is count·G. Refuses a place that no count from 0 to the
    number of ballots opens, and counts that no such ballots can make."""
    opened = [
        [sub(box.beta, factor) for box, factor in zip(boxes, raised, strict=True)]
        for boxes, raised in zip(tally.boxes, factors, strict=True)
    ]
    found = _logarithms({point for points in opened for point in points}, tally.kept)
    counts = tuple(tuple(found[point] for point in points) for points in opened)
    check_plausible(election, counts, tally.kept)
    return dumps({"result": counts})


def read_result(text: str, election: Election) -> Counts:
    """The counts of a result, the blank votes first where they are allowed."""
    (result,) = fields(loads_exact(text), "result")
    questions = zip(items(result, len(election.questions)), election.questions, strict=True)
    return tuple(tuple(map(integer, items(counts, question.places))) for counts, question in questions)


def check_plausible(election: Election, counts: Counts, kept: int) -> None:
    """Refuses counts that so many legal ballots cannot make."""
    for question, row in zip(election.questions, counts, strict=True):
        if not _possible(question, row, kept):
            raise BallotFault(Fault.RESULT_IMPLAUSIBLE)


def _possible(question: Question, counts: Sequence[int], kept: int) -> bool:
    voting = kept - (counts[0] if question.blank else 0)
    chosen = counts[question.blank :]
    within = voting <= kept and all(0 <= count <= voting for count in chosen)
    return within and voting * question.minimum <= sum(chosen) <= voting * question.maximum


def _read_sum(value: object) -> Ciphertext:
    alpha, beta = fields(value, "alpha", "beta")
    return Ciphertext(decode_point(alpha), decode_point(beta))


def _logarithms(points: set[bytes], largest: int) -> dict[bytes, int]:
    """The count of each of these points, by adding G from 0 on: all places are looked for in one walk."""
    found: dict[bytes, int] = {}
    point = NEUTRAL
    for count in range(largest + 1):
        if point in points:
            found[point] = count
            if len(found) == len(points):
                return found
        point = add(point, BASE)
    raise BallotFault(Fault.RESULT_NOT_FOUND)
