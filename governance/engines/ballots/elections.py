"""What is voted on (§7): election.json, whose fingerprint φ every ballot and every proof carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from governance.engines.ballots.canonical import dumps, fields, integer, items, loads_exact, string
from governance.engines.ballots.credentials import is_uuid
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import b64_of, decode_key

VERSION = 1
GROUP = "Ed25519"


@dataclass(frozen=True, slots=True)
class Question:
    """Between `minimum` and `maximum` of the answers, or, where `blank` is allowed, none at all."""

    question: str
    answers: tuple[str, ...]
    minimum: int
    maximum: int
    blank: bool = False

    @property
    def places(self) -> int:
        """How many numbers a ballot encrypts, the blank vote first."""
        return len(self.answers) + self.blank

    @property
    def sums(self) -> range:
        """How many answers may be chosen by a vote that is not blank."""
        return range(self.minimum, self.maximum + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    uuid: str
    name: str
    description: str
    key: bytes  # what ballots are encrypted with
    questions: tuple[Question, ...]
    administrator: str | None
    credential_authority: str | None
    text: str
    fingerprint: str  # φ

    @property
    def shape(self) -> tuple[int, ...]:
        """How many places each question has."""
        return tuple(question.places for question in self.questions)


def write_election(
    *,
    uuid: str,
    name: str,
    description: str,
    public_key: str,
    questions: Sequence[Question],
    administrator: str = "",
    credential_authority: str = "",
) -> str:
    """The text of election.json. Refuses what `read_election` would."""
    named = {"administrator": administrator, "credential_authority": credential_authority}
    text = dumps(
        {
            "version": VERSION,
            "description": description,
            "name": name,
            "group": GROUP,
            "public_key": public_key,
            "questions": [_question_written(question) for question in questions],
            "uuid": uuid,
        }
        | {key: value for key, value in named.items() if value}
    )
    return read_election(text).text


def read_election(text: str) -> Election:
    """The election that this text says. Refuses another version or group, a key that is O or of no group,
    impossible bounds, and any other shape."""
    value = loads_exact(text)
    last = [key for key in ("administrator", "credential_authority") if type(value) is dict and key in value]
    version, description, name, group, key, questions, uuid, *named = fields(
        value, "version", "description", "name", "group", "public_key", "questions", "uuid", *last
    )
    if integer(version) != VERSION:
        raise BallotFault(Fault.VERSION_WRONG)
    if string(group) != GROUP:
        raise BallotFault(Fault.GROUP_WRONG)
    if not is_uuid(string(uuid)):
        raise BallotFault(Fault.UUID_WRONG)
    signed = dict(zip(last, map(string, named), strict=True))
    read = tuple(_read_question(question) for question in items(questions))
    if not read:
        raise BallotFault(Fault.BOUNDS_WRONG)
    return Election(
        uuid=uuid,
        name=string(name),
        description=string(description),
        key=decode_key(key),
        questions=read,
        administrator=signed.get("administrator"),
        credential_authority=signed.get("credential_authority"),
        text=text,
        fingerprint=b64_of(text),
    )


def _question_written(question: Question) -> dict[str, object]:
    blank = {"blank": True} if question.blank else {}
    return {
        "answers": list(question.answers),
        **blank,
        "min": question.minimum,
        "max": question.maximum,
        "question": question.question,
    }


def _read_question(value: object) -> Question:
    """`blank` may be absent, or false."""
    optional = ("blank",) if type(value) is dict and "blank" in value else ()
    answers, *blank, minimum, maximum, asked = fields(value, "answers", *optional, "min", "max", "question")
    if blank and type(blank[0]) is not bool:
        raise BallotFault(Fault.SHAPE_WRONG)
    question = Question(
        question=string(asked),
        answers=tuple(string(answer) for answer in items(answers)),
        minimum=integer(minimum),
        maximum=integer(maximum),
        blank=blank == [True],
    )
    if not 0 <= question.minimum <= question.maximum <= len(question.answers) or question.maximum < 1:
        raise BallotFault(Fault.BOUNDS_WRONG)
    return question
