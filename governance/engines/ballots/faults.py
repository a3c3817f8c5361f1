"""Why a text of the protocol is refused: a closed list, that the room says in words, the verifier too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Fault(StrEnum):
    # Any text
    NOT_CANONICAL = "not_canonical"  # other bytes than the one writing of this object
    TOO_BIG = "too_big"
    SHAPE_WRONG = "shape_wrong"  # a key, a type or a count is not the one expected
    POINT_INVALID = "point_invalid"
    NEUTRAL_POINT = "neutral_point"  # anybody knows its secret, 0
    SCALAR_INVALID = "scalar_invalid"
    PROOF_WRONG = "proof_wrong"
    # Elections and rolls
    VERSION_WRONG = "version_wrong"
    GROUP_WRONG = "group_wrong"
    UUID_WRONG = "uuid_wrong"
    BOUNDS_WRONG = "bounds_wrong"  # not 0 ≤ min ≤ max ≤ answers, max ≥ 1
    CODE_MALFORMED = "code_malformed"
    CREDENTIAL_TWICE = "credential_twice"
    # Ballots
    WRONG_ELECTION = "wrong_election"
    CREDENTIAL_UNKNOWN = "credential_unknown"
    HASH_WRONG = "hash_wrong"
    SIGNATURE_WRONG = "signature_wrong"
    SEEN_BEFORE = "seen_before"
    CHOICE_INVALID = "choice_invalid"  # no ballot can be made of these answers
    # Trustees and their ceremony
    THRESHOLD_WRONG = "threshold_wrong"  # not 1 ≤ k < n
    CERTIFICATE_WRONG = "certificate_wrong"
    KEY_TWICE = "key_twice"
    COMMITMENT_WRONG = "commitment_wrong"  # another polynomial than the one announced by its SHA-256
    POLYNOMIAL_WRONG = "polynomial_wrong"
    SECRET_WRONG = "secret_wrong"  # noqa: S105 - a fault, no password
    CHANNEL_WRONG = "channel_wrong"  # cannot be opened, or was sealed for another
    VERIFICATION_KEY_WRONG = "verification_key_wrong"
    ELECTION_KEY_WRONG = "election_key_wrong"  # not the sum of the trustees' keys
    # Count
    OWNER_WRONG = "owner_wrong"
    SHARE_WRONG = "share_wrong"
    SHARE_MISSING = "share_missing"
    STRICT_PROOF_MISSING = "strict_proof_missing"
    STRICT_PROOF_WRONG = "strict_proof_wrong"
    TALLY_WRONG = "tally_wrong"
    COUNT_WRONG = "count_wrong"  # not as many ballots as it says
    RESULT_NOT_FOUND = "result_not_found"  # no count up to the number of ballots opens this place
    RESULT_IMPLAUSIBLE = "result_implausible"
    RESULT_WRONG = "result_wrong"
    # Archives
    CONTAINER_WRONG = "container_wrong"
    NAME_WRONG = "name_wrong"  # an entry's name is not the SHA-256 of its content
    CHAIN_WRONG = "chain_wrong"
    ORDER_WRONG = "order_wrong"
    STRAY_DATA = "stray_data"
    EARLIER_DIFFERS = "earlier_differs"
    HEAD_WRONG = "head_wrong"
    FINGERPRINT_WRONG = "fingerprint_wrong"
    UNFINISHED = "unfinished"  # it ends before its result
    ROLL_WRONG = "roll_wrong"  # another roll than the one frozen
    VOTERS_WRONG = "voters_wrong"  # not as many ballots as signatures
    TRACKER_UNKNOWN = "tracker_unknown"
    TRACKER_REPLACED = "tracker_replaced"  # its code voted again since: it does not count


class BallotFault(Exception):
    """One fault; `trustee` is the number of the one it names, where it names one."""

    def __init__(self, code: Fault, *, trustee: int | None = None) -> None:
        super().__init__(code.value if trustee is None else f"{code.value} (trustee {trustee})")
        self.code = code
        self.trustee = trustee


@contextmanager
def naming(trustee: int) -> Iterator[None]:
    """Whatever is refused inside is refused by this trustee's name: its number among its group."""
    try:
        yield
    except BallotFault as fault:
        raise BallotFault(fault.code, trustee=trustee) from fault
