"""A whole secret vote played with throw-away keys: what rehearsals, demonstrations and tests share. In a true
vote no program holds all these keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from governance.engines.ballots.archive import (
    Addition,
    add_ballot,
    add_end,
    add_partial,
    add_result,
    add_setup,
    add_tally,
    start,
)
from governance.engines.ballots.audit import Expected, verify_archive, write_strict
from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.ceremony import (
    Output,
    Polynomial,
    certify,
    check_output,
    check_polynomial,
    commitment,
    gather_certificates,
    group_object,
    input_of,
    private_share,
    share_out,
    take_share,
)
from governance.engines.ballots.channel import new_seed
from governance.engines.ballots.credentials import (
    new_code,
    new_uuid,
    public_credential,
    read_roll,
    write_roll,
)
from governance.engines.ballots.decryption import check_partial, combine, owner_object
from governance.engines.ballots.elections import Election, Question, read_election, write_election
from governance.engines.ballots.group import encode_point, random_scalar
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.sharing import decrypt, single_key, strict_decrypt
from governance.engines.ballots.tally import Counts, Tally, add_ballots, open_tally, read_result, sized_object
from governance.engines.ballots.trustees import Certificates, Trustees, read_trustees, write_trustees

# Enough voters for each answer of a usual question to be chosen once; more answers bring more voters.
FEWEST, MOST = 3, 12


@dataclass(frozen=True)
class Group:
    """Scrutineers who hide nothing: their seeds, and each message of their ceremony."""

    seeds: tuple[str, ...]
    certificate_texts: tuple[str, ...]
    polynomial_texts: tuple[str, ...]
    output_texts: tuple[str, ...]
    certificates: Certificates
    polynomials: tuple[Polynomial, ...]
    outputs: tuple[Output, ...]

    @property
    def plain(self) -> dict[str, object]:
        """What trustees.json says of them."""
        return group_object(self.certificates, self.polynomials, self.outputs)

    def private(self, index: int) -> int:
        """The share of the key that this scrutineer holds."""
        member, output = self.certificates.members[index - 1], self.outputs[index - 1]
        return private_share(self.seeds[index - 1], member, output.private_key)


def make_group(size: int, threshold: int) -> Group:
    """Plays the ceremony of so many scrutineers, any `threshold` of whom open."""
    places = range(1, size + 1)
    seeds = tuple(new_seed() for _place in places)
    certificate_texts = tuple(
        certify(seed, size=size, threshold=threshold, index=index) for index, seed in enumerate(seeds, 1)
    )
    certificates = gather_certificates(certificate_texts)
    polynomial_texts = tuple(share_out(seed, index, certificates) for index, seed in enumerate(seeds, 1))
    polynomials = tuple(
        check_polynomial(text, certificates, index, commitment(text))
        for index, text in enumerate(polynomial_texts, 1)
    )
    output_texts = tuple(
        take_share(seed, index, certificates, input_of(polynomials, index))
        for index, seed in enumerate(seeds, 1)
    )
    outputs = tuple(
        check_output(text, certificates, polynomials, index) for index, text in enumerate(output_texts, 1)
    )
    return Group(seeds, certificate_texts, polynomial_texts, output_texts, certificates, polynomials, outputs)


def share_of(group: Group, index: int, sums: Tally, fingerprint: str, *, owner: int) -> str:
    """What the browser of a scrutineer sends to open sums."""
    private = group.private(index)
    return dumps(
        {
            "owner": owner,
            "partial": decrypt(sums, private, fingerprint=fingerprint),
            "strict": strict_decrypt(sums, private, fingerprint=fingerprint, owner=owner),
        }
    )


@dataclass(frozen=True)
class Rehearsal:
    """What was cast, what was counted, and the archive that anybody could verify."""

    voters: int
    ballots: int
    cast: Counts
    counted: Counts
    archive: bytes
    sound: bool

    @property
    def succeeded(self) -> bool:
        return self.sound and self.cast == self.counted


def rehearse(questions: Sequence[Question], *, size: int, threshold: int) -> Rehearsal:
    """Plays a vote on these questions, with as many scrutineers, of whom as few as may be open it; one voter
    votes twice."""
    group, own, uuid = make_group(size, threshold), random_scalar(), new_uuid()
    trustees = read_trustees(write_trustees([single_key(own), group.plain]))
    election = read_election(
        write_election(
            uuid=uuid,
            name="",
            description="",
            public_key=encode_point(trustees.key),
            questions=questions,
        )
    )
    voters = max(FEWEST, min(MOST, max(election.shape)))
    codes = [new_code() for _voter in range(voters)]
    said = [[mock_vote(question, rank) for question in questions] for rank in range(voters)]
    texts = [
        make_ballot(election, codes[0], said[-1]),
        *(make_ballot(election, code, votes) for code, votes in zip(codes, said, strict=True)),
    ]
    roll = write_roll(public_credential(uuid, code) for code in codes)
    keys = {1: own} | {1 + index: group.private(index) for index in range(1, threshold + 1)}
    archive, counted, sound = _played(election, trustees, roll, texts, keys)
    cast = tuple(
        tuple(map(sum, zip(*(votes[number] for votes in said), strict=True)))
        for number in range(len(questions))
    )
    return Rehearsal(voters, len(texts), cast, counted, archive, sound)


def mock_vote(question: Question, rank: int) -> list[int]:
    """The vote of the voter of this rank: answers in turn, the blank vote among them."""
    first = rank % question.places
    if question.blank and first == 0:
        return [1] + [0] * len(question.answers)
    chosen = {
        (first - question.blank + step) % len(question.answers) for step in range(question.minimum or 1)
    }
    return [0] * question.blank + [int(place in chosen) for place in range(len(question.answers))]


def _played(
    election: Election, trustees: Trustees, roll: str, texts: Sequence[str], keys: dict[int, int]
) -> tuple[bytes, Counts, bool]:
    """The archive of these ballots, opened by these keys, by owner; its counts; whether it is sound."""
    credentials = frozenset(read_roll(roll))
    ballots = [check_ballot(text, election, credentials) for text in texts]
    tally = add_ballots(election, ballots)
    shares = {owner: decrypt(tally, key, fingerprint=election.fingerprint) for owner, key in keys.items()}
    strict = write_strict(
        strict_decrypt(tally, key, fingerprint=election.fingerprint, owner=owner)
        for owner, key in keys.items()
    )
    factors = {
        owner: check_partial(text, tally, fingerprint=election.fingerprint, public=trustees.public_of(owner))
        for owner, text in shares.items()
    }
    result = open_tally(election, tally, combine(trustees, factors))
    done: list[Addition] = [add_setup(0, election=election.text, trustees=trustees.text, roll=roll)]
    for ballot in ballots:
        done.append(add_ballot(0, done[-1].event, ballot.text))
    done.append(add_end(0, done[-1].event))
    done.append(add_tally(0, done[-1].event, tally.text, sized_object(tally)))
    for owner, text in shares.items():
        done.append(add_partial(0, done[-1].event, text, owner_object(owner, text)))
    done.append(add_result(0, done[-1].event, result))
    archive = start(0) + b"".join(one.data for one in done)
    expected = Expected(uuid=election.uuid, voters=tally.kept, head=done[-1].event.hash)
    report = verify_archive(archive, expected=expected, strict=strict.encode())
    return archive, read_result(result, election), report.sound
