"""What a trustee makes: a key of its own, and its share of a tally. Scrutineers make theirs in their
browser; the house's trustee, rehearsals and tests make them here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.decryption import Place, plain_prefix, strict_prefix
from governance.engines.ballots.group import NEUTRAL, encode_point, multiply, multiply_base, random_scalar
from governance.engines.ballots.proofs import Ciphertext
from governance.engines.ballots.proving import Draw, prove_known, prove_raised
from governance.engines.ballots.tally import Points, Tally, write_tally
from governance.engines.ballots.trustees import knowledge_prefix


def single_key(private: int, draw: Draw = random_scalar) -> dict[str, object]:
    """The public key of a trustee alone, with the proof that its author knows the private one (§3)."""
    public = encode_point(multiply_base(private))
    return {"pok": prove_known(private, knowledge_prefix(public), draw).plain(), "public_key": public}


def decrypt(tally: Tally, private: int, *, fingerprint: str, draw: Draw = random_scalar) -> str:
    """The share of this tally that this private key gives. `fingerprint` is φ, or that of a trial."""
    prefix = plain_prefix(fingerprint, multiply_base(private))
    factors = _factors(tally, private)
    return dumps(
        {
            "decryption_factors": [[encode_point(factor) for factor in row] for row in factors],
            "decryption_proofs": _proven(tally, private, lambda _: prefix, draw),
        }
    )


def strict_decrypt(
    tally: Tally, private: int, *, fingerprint: str, owner: int, draw: Draw = random_scalar
) -> str:
    """The strict proofs of the same share (§14), by the trustee of this number."""
    public, factors = multiply_base(private), _factors(tally, private)

    def prefix(at: Place) -> str:
        return strict_prefix(fingerprint, public, tally, at, factors[at[0]][at[1]])

    return dumps({"owner": owner, "strict_proofs": _proven(tally, private, prefix, draw)})


def trial_tally(numbers: Sequence[int]) -> Tally:
    """Boxes of nothing, for a trustee to show before the vote that its key works. Their α are made of numbers
    that everybody may know: who raised any α on demand would open any ballot."""
    return write_tally([[Ciphertext(multiply_base(number), NEUTRAL) for number in numbers]], 0)


def _factors(tally: Tally, private: int) -> Points:
    return tuple(tuple(multiply(private, box.alpha) for box in boxes) for boxes in tally.boxes)


def _proven(
    tally: Tally, private: int, prefix: Callable[[Place], str], draw: Draw
) -> Sequence[Sequence[dict[str, str]]]:
    return [
        [
            prove_raised(private, box.alpha, prefix((number, place)), draw).plain()
            for place, box in enumerate(boxes)
        ]
        for number, boxes in enumerate(tally.boxes)
    ]
