"""How a group makes its key: the whole way, and each message that may be false, by its sender's name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.ceremony import (
    certify,
    check_certificate,
    check_output,
    check_polynomial,
    commitment,
    gather_certificates,
    private_share,
    share_out,
    take_share,
)
from governance.engines.ballots.channel import keys_of, send
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import Q, add, encode_point, multiply_base, sha256_hex
from governance.engines.ballots.trustees import Trustees, read_trustees, write_trustees
from tests.governance.ballots.count import SEEDS, Ceremony
from tests.governance.ballots.known import put, refused


@pytest.fixture(scope="module")
def ceremony() -> Ceremony:
    return Ceremony()


def sent_by(sender: int, reader: int, text: str) -> str:
    """What this member may seal for that one."""
    return send(keys_of(SEEDS[sender - 1]), keys_of(SEEDS[reader - 1]).encryption, text)


def changed_input(ceremony: Ceremony, path: tuple[str | int, ...], value: object) -> str:
    """What the server would hand to member 1, with something else in it."""
    return dumps(put(json.loads(ceremony.inputs[0]), path, value))


def test_the_group_has_the_key_that_its_members_made(ceremony: Ceremony) -> None:
    trustees = read_trustees(write_trustees([ceremony.group]))
    first, second, third = (polynomial.points[0] for polynomial in ceremony.polynomials)
    assert trustees.key == add(add(first, second), third)


def test_each_member_finds_its_share_again_with_its_seed(ceremony: Ceremony) -> None:
    trustees: Trustees = read_trustees(write_trustees([ceremony.group]))
    for number, (seed, member) in enumerate(zip(SEEDS, ceremony.certificates.members, strict=False)):
        share = private_share(seed, member, ceremony.outputs[number].private_key)
        assert multiply_base(share) == trustees.publics[number]
    with refused(Fault.CHANNEL_WRONG):
        private_share(SEEDS[1], ceremony.certificates.members[0], ceremony.outputs[0].private_key)


def test_no_secret_is_readable_on_the_way(ceremony: Ceremony) -> None:
    share = private_share(SEEDS[0], ceremony.certificates.members[0], ceremony.outputs[0].private_key)
    passed = "".join([*ceremony.messages, *ceremony.inputs, *ceremony.returned])
    for secret in (*SEEDS[:3], str(share), "decryption_key", '"secret"', '\\"secret\\"'):
        assert secret not in passed


def test_a_certificate_comes_in_at_its_place() -> None:
    text = certify(SEEDS[0], size=3, threshold=2, index=1)
    member = check_certificate(text, size=3, threshold=2, index=1)
    assert member.verification == keys_of(SEEDS[0]).verification
    for size, threshold, index in ((4, 2, 1), (3, 1, 1), (3, 2, 2)):
        with refused(Fault.CERTIFICATE_WRONG):
            check_certificate(text, size=size, threshold=threshold, index=index)
    with refused(Fault.NOT_CANONICAL):
        check_certificate(text + "\n", size=3, threshold=2, index=1)


def test_a_member_writes_only_where_its_certificate_stands(ceremony: Ceremony) -> None:
    for seed, index in ((SEEDS[3], 1), (SEEDS[0], 2)):
        with refused(Fault.CERTIFICATE_WRONG):
            share_out(seed, index, ceremony.certificates)
        with refused(Fault.CERTIFICATE_WRONG):
            take_share(seed, index, ceremony.certificates, ceremony.inputs[0])


def test_a_polynomial_is_the_one_that_was_announced(ceremony: Ceremony) -> None:
    """Who sends its own last, after the others', cannot choose it by theirs (§14)."""
    assert commitment("x") == sha256_hex("x")
    other = share_out(SEEDS[2], 3, ceremony.certificates)
    with refused(Fault.COMMITMENT_WRONG):
        check_polynomial(other, ceremony.certificates, 3, commitment(ceremony.messages[2]))


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("secrets",), ["x", "x"], Fault.SHAPE_WRONG),
        (("secrets",), ["x", "x", 1], Fault.SHAPE_WRONG),
        (("polynomial",), {}, Fault.SHAPE_WRONG),
        (("more",), 1, Fault.SHAPE_WRONG),
        (("signature", "response"), "1", Fault.SIGNATURE_WRONG),
        (("coefexps", "signature", "response"), "1", Fault.SIGNATURE_WRONG),
    ],
)
def test_the_server_refuses_a_false_polynomial(
    ceremony: Ceremony, path: tuple[str, ...], value: object, fault: Fault
) -> None:
    text = dumps(put(json.loads(ceremony.messages[0]), path, value))
    with refused(fault):
        check_polynomial(text, ceremony.certificates, 1, commitment(text))


def test_a_polynomial_made_for_other_certificates_is_refused(ceremony: Ceremony) -> None:
    """The server shows each member another list: who signed one is not bound to the other."""
    others = gather_certificates(
        [
            certify(seed, size=3, threshold=2, index=index)
            for index, seed in enumerate((SEEDS[0], SEEDS[1], SEEDS[3]), 1)
        ]
    )
    text = share_out(SEEDS[0], 1, others)
    with refused(Fault.SIGNATURE_WRONG):
        check_polynomial(text, ceremony.certificates, 1, commitment(text))


@pytest.mark.parametrize("sender", [2, 3])
def test_a_false_secret_is_found_out_and_its_sender_named(ceremony: Ceremony, sender: int) -> None:
    place = ("secrets", sender - 1)
    false = sent_by(sender, 1, dumps({"secret": "7"}))
    with refused(Fault.SECRET_WRONG, trustee=sender):
        take_share(SEEDS[0], 1, ceremony.certificates, changed_input(ceremony, place, false))
    for text, fault in (
        (dumps({"secret": str(Q)}), Fault.SCALAR_INVALID),
        (dumps({"secrets": "7"}), Fault.SHAPE_WRONG),
        ("7 ", Fault.NOT_CANONICAL),
    ):
        with refused(fault, trustee=sender):
            handed = changed_input(ceremony, place, sent_by(sender, 1, text))
            take_share(SEEDS[0], 1, ceremony.certificates, handed)


@pytest.mark.parametrize(
    ("path", "value", "fault", "trustee"),
    [
        (("secrets", 1), "{}", Fault.SHAPE_WRONG, 2),
        (("secrets", 1), 1, Fault.SHAPE_WRONG, 2),
        (("coefexps", 2, "signature", "response"), "1", Fault.SIGNATURE_WRONG, 3),
        (("signatures", 1, "response"), "1", Fault.SIGNATURE_WRONG, 2),
        (("coefexps",), [], Fault.SHAPE_WRONG, None),
        (("more",), 1, Fault.SHAPE_WRONG, None),
    ],
)
def test_a_member_refuses_what_does_not_hold(
    ceremony: Ceremony, path: tuple[str | int, ...], value: object, fault: Fault, trustee: int | None
) -> None:
    with refused(fault, trustee=trustee):
        take_share(SEEDS[0], 1, ceremony.certificates, changed_input(ceremony, path, value))


def test_what_was_written_to_another_is_refused(ceremony: Ceremony) -> None:
    sealed = json.loads(ceremony.inputs[1])["secrets"][1]
    with refused(Fault.CHANNEL_WRONG, trustee=2):
        take_share(SEEDS[0], 1, ceremony.certificates, changed_input(ceremony, ("secrets", 1), sealed))
    with refused(Fault.SIGNATURE_WRONG, trustee=2):
        false = sent_by(3, 1, dumps({"secret": "7"}))
        take_share(SEEDS[0], 1, ceremony.certificates, changed_input(ceremony, ("secrets", 1), false))


@pytest.mark.parametrize("coefficients", [["1", "2"], ["1"], []])
def test_a_member_knows_its_own_polynomial_again(ceremony: Ceremony, coefficients: list[str]) -> None:
    note = sent_by(1, 1, dumps({"polynomial": coefficients}))
    with refused(Fault.POLYNOMIAL_WRONG, trustee=1):
        take_share(SEEDS[0], 1, ceremony.certificates, changed_input(ceremony, ("polynomial",), note))


def test_the_server_refuses_a_false_share_key(ceremony: Ceremony) -> None:
    certificates, polynomials = ceremony.certificates, ceremony.polynomials
    returned: dict[str, Any] = json.loads(ceremony.returned[0])
    assert (
        check_output(ceremony.returned[0], certificates, polynomials, 1).private_key
        == returned["private_key"]
    )
    with refused(Fault.SIGNATURE_WRONG):
        check_output(ceremony.returned[0], certificates, polynomials, 2)
    key = encode_point(multiply_base(3))
    with refused(Fault.PROOF_WRONG):
        check_output(dumps(put(returned, ("public_key", "public_key"), key)), certificates, polynomials, 1)
    with refused(Fault.SHAPE_WRONG):
        check_output(dumps(put(returned, ("private_key",), 1)), certificates, polynomials, 1)
