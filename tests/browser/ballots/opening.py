"""A vote whose key three scrutineers hold, made by the engine: what the pages of scrutineers are tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from governance.engines.ballots import archive, ceremony, credentials, making, sharing
from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.elections import Election, Question, read_election, write_election
from governance.engines.ballots.group import encode_point, random_scalar
from governance.engines.ballots.tally import Tally, add_ballots, sized_object
from governance.engines.ballots.trustees import Trustees, read_trustees, write_trustees

UUID = "8yKip69wPe2yLi"
SEEDS = ("hC2dVtaxqZpXPMhF169gSR", "1111111111111111111111", "zzzzzzzzzzzzzzzzzzzzzz")
CODES = tuple(f"1111{letter}-111111-11111-111111" for letter in "ABCD")
QUESTIONS = (
    Question("Approuvez-vous les comptes ?", ("Pour", "Contre", "Abstention"), 1, 1, False),
    Question("Qui pour le conseil ?", ("Awa", "Noé"), 1, 2, True),
)
# Three voters of four, the first of whom changes her mind.
CAST = (
    (CODES[0], [[0, 1, 0], [0, 1, 1]]),
    (CODES[1], [[1, 0, 0], [1, 0, 0]]),
    (CODES[2], [[1, 0, 0], [0, 0, 1]]),
    (CODES[0], [[1, 0, 0], [0, 1, 0]]),
)
COUNTED = ((3, 0, 0), (1, 1, 1))
INSTANT = 1_795_400_122


def context(index: int, size: int = 3, threshold: int = 2) -> dict[str, int]:
    return {"size": size, "threshold": threshold, "index": index}


@dataclass(frozen=True)
class Ceremony:
    """Two of three, all of them computed by the engine."""

    seeds: Sequence[str] = SEEDS

    @cached_property
    def certificates(self) -> list[str]:
        return [
            ceremony.certify(seed, size=3, threshold=2, index=index)
            for index, seed in enumerate(self.seeds, 1)
        ]

    @cached_property
    def polynomials(self) -> list[str]:
        gathered = ceremony.gather_certificates(self.certificates)
        return [ceremony.share_out(seed, index, gathered) for index, seed in enumerate(self.seeds, 1)]

    @property
    def commitments(self) -> list[str]:
        return list(map(ceremony.commitment, self.polynomials))

    @cached_property
    def outputs(self) -> list[ceremony.Output]:
        gathered, read = checked(self.certificates, self.polynomials, self.commitments)
        answers = [
            ceremony.take_share(seed, index, gathered, ceremony.input_of(read, index))
            for index, seed in enumerate(self.seeds, 1)
        ]
        return [
            ceremony.check_output(answer, gathered, read, index) for index, answer in enumerate(answers, 1)
        ]

    @cached_property
    def trustees(self) -> str:
        """The server's own key first, then the group's."""
        return trustees_of(self.certificates, self.polynomials, self.commitments, self.outputs, SINGLE)


SINGLE = random_scalar()


def checked(
    certificates: Sequence[str], polynomials: Sequence[str], commitments: Sequence[str]
) -> tuple[ceremony.Certificates, list[ceremony.Polynomial]]:
    """As the server reads what came in."""
    gathered = ceremony.gather_certificates(certificates)
    pairs = enumerate(zip(polynomials, commitments, strict=True), 1)
    return gathered, [ceremony.check_polynomial(text, gathered, index, said) for index, (text, said) in pairs]


def trustees_of(
    certificates: Sequence[str],
    polynomials: Sequence[str],
    commitments: Sequence[str],
    outputs: Sequence[ceremony.Output],
    single: int,
) -> str:
    gathered, read = checked(certificates, polynomials, commitments)
    return write_trustees([sharing.single_key(single), ceremony.group_object(gathered, read, outputs)])


@dataclass
class Box:
    """A box of the trustees written here, filled as told, and its archive event by event."""

    trustees_text: str
    cast: Sequence[tuple[str, Sequence[Sequence[int]]]] = CAST
    uuid: str = UUID
    data: bytes = b""
    events: list[archive.Event] = field(default_factory=list)

    @cached_property
    def trustees(self) -> Trustees:
        return read_trustees(self.trustees_text)

    @cached_property
    def election(self) -> Election:
        key = encode_point(self.trustees.key)
        return read_election(
            write_election(
                uuid=self.uuid, name="Assemblée", description="", public_key=key, questions=QUESTIONS
            )
        )

    @cached_property
    def roll(self) -> str:
        return credentials.write_roll(credentials.public_credential(self.uuid, code) for code in CODES)

    @cached_property
    def ballots(self) -> list[str]:
        return [making.make_ballot(self.election, code, choices) for code, choices in self.cast]

    @cached_property
    def tally(self) -> Tally:
        roll = set(credentials.read_roll(self.roll))
        return add_ballots(self.election, [check_ballot(text, self.election, roll) for text in self.ballots])

    def add(self, made: archive.Addition) -> None:
        self.data += made.data
        self.events.append(made.event)

    def opened(self) -> Box:
        self.data = archive.start(INSTANT)
        self.add(
            archive.add_setup(
                INSTANT, election=self.election.text, trustees=self.trustees.text, roll=self.roll
            )
        )
        for text in self.ballots:
            self.add(archive.add_ballot(INSTANT, self.events[-1], text))
        return self

    def closed(self) -> Box:
        self.opened()
        self.add(archive.add_end(INSTANT, self.events[-1]))
        return self

    def tallied(self, tally: Tally | None = None) -> Box:
        self.closed()
        told = tally or self.tally
        self.add(archive.add_tally(INSTANT, self.events[-1], told.text, sized_object(told)))
        return self

    def announced(self) -> dict[str, str]:
        return {"uuid": self.uuid, "fingerprint": self.election.fingerprint}
