"""Whole small votes, to try what may go wrong in a count."""

from __future__ import annotations

from collections.abc import Sequence

from governance.engines.ballots.ballots import Ballot, check_ballot
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
    share_out,
    take_share,
)
from governance.engines.ballots.channel import keys_of, sign
from governance.engines.ballots.decryption import check_partial
from governance.engines.ballots.elections import Election
from governance.engines.ballots.group import Q, encode_point, multiply_base
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.sharing import decrypt, single_key
from governance.engines.ballots.tally import Points, Tally
from governance.engines.ballots.trustees import Certificates, Trustees, bound_text
from tests.governance.ballots.known import code, credential

SEEDS = ("A" * 22, "B" * 22, "C" * 22, "D" * 22)


def cast(election: Election, votes: Sequence[Sequence[int]], first: int = 0) -> list[Ballot]:
    """The ballots of so many voters of one question, each checked."""
    return [
        check_ballot(make_ballot(election, code(number), [vote]), election, {credential(number)})
        for number, vote in enumerate(votes, first)
    ]


def factors_of(tally: Tally, private: int, *, election: Election, trustees: Trustees, owner: int) -> Points:
    """The checked share of this owner."""
    text = decrypt(tally, private, fingerprint=election.fingerprint)
    public = trustees.public_of(owner)
    return check_partial(text, tally, fingerprint=election.fingerprint, public=public)


class Ceremony:
    """A group that made its key together, with every message on the way."""

    def __init__(self, size: int = 3, threshold: int = 2) -> None:
        self.seeds = SEEDS[:size]
        numbered = list(enumerate(self.seeds, 1))
        certified = [certify(seed, size=size, threshold=threshold, index=index) for index, seed in numbered]
        self.certificates: Certificates = gather_certificates(certified)
        self.messages = [share_out(seed, index, self.certificates) for index, seed in numbered]
        self.polynomials: list[Polynomial] = [
            check_polynomial(message, self.certificates, index, commitment(message))
            for index, message in enumerate(self.messages, 1)
        ]
        self.inputs = [input_of(self.polynomials, index) for index, _ in numbered]
        self.returned = [
            take_share(seed, index, self.certificates, self.inputs[index - 1]) for index, seed in numbered
        ]
        self.outputs: list[Output] = [
            check_output(text, self.certificates, self.polynomials, index)
            for index, text in enumerate(self.returned, 1)
        ]
        self.group = group_object(self.certificates, self.polynomials, self.outputs)


def group_of_nothing() -> dict[str, object]:
    """A group whose members, in league, gave polynomials that sum to nothing: its key is O, though no share
    of it is."""
    gathered = gather_certificates(
        [certify(seed, size=3, threshold=2, index=index) for index, seed in enumerate(SEEDS[:3], 1)]
    )
    coefexps, signatures, keys = [], [], []
    for index, secret in enumerate((5, 6, Q - 11), 1):
        own = keys_of(SEEDS[index - 1])
        texts = [encode_point(multiply_base(secret)), encode_point(multiply_base(1))]
        coefexps.append(sign(own, dumps({"coefexps": texts})))
        signatures.append(sign(own, bound_text(gathered, texts))["signature"])
        key = single_key(3 * index)
        keys.append(key | {"signature": sign(own, str(key["public_key"]))["signature"]})
    return {
        "threshold": gathered.threshold,
        "certs": gathered.plain,
        "coefexps": coefexps,
        "signatures": signatures,
        "verification_keys": keys,
    }
