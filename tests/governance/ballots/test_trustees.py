"""trustees.json: those of other programs, and every part of it that may be false."""

from __future__ import annotations

import json
from typing import Any

import pytest

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.ceremony import certify
from governance.engines.ballots.channel import keys_of, sign
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import Q, add, encode_point, multiply_base
from governance.engines.ballots.sharing import single_key
from governance.engines.ballots.trustees import (
    Group,
    Single,
    check_certificates,
    check_single,
    read_certificate,
    read_trustees,
    write_trustees,
)
from tests.governance.ballots.count import SEEDS, Ceremony, group_of_nothing
from tests.governance.ballots.known import BASE_AND_ORDER_8, NEUTRAL, election_of, lines, put, refused

H: list[Any] = json.loads(lines("homomorphic/trustees.json")[0])
T: list[Any] = json.loads(lines("threshold/trustees.json")[0])
GROUP: dict[str, Any] = T[1][1]
CERTIFICATES: list[Any] = GROUP["certs"]


def certificates(size: int = 3, threshold: int = 2, seeds: tuple[str, ...] = SEEDS) -> list[Any]:
    return [
        json.loads(certify(seed, size=size, threshold=threshold, index=index))
        for index, seed in enumerate(seeds[:size], 1)
    ]


def test_two_trustees_alone() -> None:
    trustees = read_trustees(lines("homomorphic/trustees.json")[0])
    assert trustees.key == election_of("homomorphic").key
    assert [type(holder) for holder in trustees.holders] == [Single, Single]
    first = "675e18753e6c7451e54bef900a654bf1f7f747e452b1df78afd457c62bf23fb7"
    assert encode_point(trustees.public_of(1)) == first
    assert len(trustees.publics) == 2


def test_a_group_and_a_trustee_alone() -> None:
    trustees = read_trustees(lines("threshold/trustees.json")[0])
    alone, group = trustees.holders
    assert isinstance(group, Group)
    assert group.threshold == 2
    assert alone.threshold == 1
    key = "fa75af4331aa12f7eb24ccc556c2e6e58c0b4a0a409fd150b3d656ba93ff9584"
    assert encode_point(group.public) == key
    assert [encode_point(public) for public in trustees.publics] == [
        "9b4848d55c48112abb04e8a47448a6b9b1df3376a8fef1c7c0634b0f918a991f",
        "f645f5f55a39fea7d3a451c7200c770038eb7e111f55d134c4639cf57e5a714f",
        "a5b9085527e34d2d994feb345c36a0b9fc32d5af979668b3a051c1ef14782dbc",
        "b9e7d776e6ae05d181111223ffb6ae8dfa65c6ef00addf194446947a82c9b978",
    ]
    assert trustees.key == add(alone.public, group.public) == election_of("threshold").key


@pytest.mark.parametrize("vote", ["homomorphic", "threshold"])
def test_what_another_program_wrote_we_write_to_the_byte(vote: str) -> None:
    text = lines(f"{vote}/trustees.json")[0]
    assert write_trustees([holder for _, holder in json.loads(text)]) == text


def test_an_owner_is_one_of_them() -> None:
    trustees = read_trustees(dumps(T))
    for owner in (0, 5, -1):
        with refused(Fault.OWNER_WRONG):
            trustees.public_of(owner)


def test_a_key_of_ones_own() -> None:
    assert check_single(single_key(5)) == multiply_base(5)
    written = write_trustees([single_key(5), single_key(6)])
    assert read_trustees(written).key == multiply_base(11)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("public_key",), NEUTRAL, Fault.NEUTRAL_POINT),
        (("public_key",), BASE_AND_ORDER_8, Fault.POINT_INVALID),
        (("public_key",), H[1][1]["public_key"], Fault.PROOF_WRONG),
        (("pok", "challenge"), "1", Fault.PROOF_WRONG),
        (("pok", "response"), "1", Fault.PROOF_WRONG),
        (("pok", "response"), str(Q), Fault.SCALAR_INVALID),
        (("pok",), {}, Fault.SHAPE_WRONG),
        (("signature",), {}, Fault.SHAPE_WRONG),
    ],
)
def test_a_false_key_is_refused(path: tuple[str, ...], value: object, fault: Fault) -> None:
    with refused(fault):
        read_trustees(dumps(put(H, (0, 1, *path), value)))


def test_other_holders_are_refused() -> None:
    for value in (
        [["Other", H[0][1]]],
        [["Single"]],
        [H[0][1]],
        {},
        [["Pedersen", H[0][1]]],
        [["Single", GROUP]],
    ):
        with refused(Fault.SHAPE_WRONG):
            read_trustees(dumps(value))


def test_keys_whose_sum_anybody_knows_are_refused() -> None:
    with refused(Fault.NEUTRAL_POINT):
        read_trustees("[]")
    with refused(Fault.NEUTRAL_POINT):
        write_trustees([single_key(5), single_key(Q - 5)])


# Certificates.


def test_the_worked_certificate() -> None:
    member = read_certificate(CERTIFICATES[0])
    assert (member.size, member.threshold, member.index) == (3, 2, 1)
    keys = keys_of("hC2dVtaxqZpXPMhF169gSR")
    assert (member.verification, member.encryption) == (keys.verification, keys.encryption)
    with refused(Fault.SIGNATURE_WRONG):
        read_certificate(put(CERTIFICATES[0], ("signature", "response"), "1"))


def test_the_members_of_a_group() -> None:
    gathered = check_certificates(CERTIFICATES)
    assert gathered.threshold == 2
    assert [member.index for member in gathered.members] == [1, 2, 3]
    assert gathered.digest == check_certificates(CERTIFICATES).digest
    assert gathered.digest != check_certificates(certificates()).digest


def test_a_certificate_out_of_place_is_refused_by_its_name() -> None:
    with refused(Fault.CERTIFICATE_WRONG, trustee=1):
        check_certificates([CERTIFICATES[1], CERTIFICATES[0], CERTIFICATES[2]])
    with refused(Fault.CERTIFICATE_WRONG, trustee=1):
        check_certificates(CERTIFICATES[:2])
    with refused(Fault.CERTIFICATE_WRONG, trustee=3):
        check_certificates([*certificates()[:2], certificates(threshold=1)[2]])
    with refused(Fault.SIGNATURE_WRONG, trustee=2):
        check_certificates(put(CERTIFICATES, (1, "signature"), CERTIFICATES[0]["signature"]))


def test_the_keys_of_one_member_do_not_serve_twice() -> None:
    with refused(Fault.KEY_TWICE):
        check_certificates(certificates(seeds=("A" * 22, "B" * 22, "A" * 22)))


@pytest.mark.parametrize(("size", "threshold"), [(3, 0), (3, 3), (3, 4), (1, 1), (3, -1)])
def test_a_threshold_that_is_none_is_refused(size: int, threshold: int) -> None:
    with refused(Fault.THRESHOLD_WRONG, trustee=1):
        check_certificates(certificates(size=size, threshold=threshold))


def test_a_group_of_nobody_is_refused() -> None:
    with refused(Fault.THRESHOLD_WRONG):
        check_certificates([])


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("context", "group"), "BELENIOS-2048", Fault.GROUP_WRONG),
        (("context", "group"), 1, Fault.SHAPE_WRONG),
        (("context", "index"), True, Fault.SHAPE_WRONG),
        (("context", "size"), "3", Fault.SHAPE_WRONG),
        (("context",), {}, Fault.SHAPE_WRONG),
        (("verification",), NEUTRAL, Fault.NEUTRAL_POINT),
        (("encryption",), NEUTRAL, Fault.NEUTRAL_POINT),
        (("encryption",), BASE_AND_ORDER_8, Fault.POINT_INVALID),
        (("verification",), encode_point(multiply_base(3)), Fault.SIGNATURE_WRONG),
        (("more",), 1, Fault.SHAPE_WRONG),
    ],
)
def test_a_certificate_that_says_something_else_is_refused(
    path: tuple[str, ...], value: object, fault: Fault
) -> None:
    """Even signed by its author."""
    message = json.loads(certificates()[0]["message"])
    with refused(fault):
        read_certificate(sign(keys_of(SEEDS[0]), dumps(put(message, path, value))))


# Groups.


def test_the_group_of_a_ceremony_is_read() -> None:
    ceremony = Ceremony(4, 3)
    (group,) = read_trustees(write_trustees([ceremony.group])).holders
    assert group.threshold == 3
    assert len(group.publics) == 4


@pytest.mark.parametrize(
    ("path", "value", "fault", "trustee"),
    [
        (("threshold",), 1, Fault.THRESHOLD_WRONG, None),
        (("threshold",), True, Fault.SHAPE_WRONG, None),
        (("certs",), CERTIFICATES[:2], Fault.CERTIFICATE_WRONG, 1),
        (("certs",), {}, Fault.SHAPE_WRONG, None),
        (("coefexps", 0), GROUP["coefexps"][1], Fault.SIGNATURE_WRONG, 1),
        (("coefexps", 2, "signature"), GROUP["signatures"][2], Fault.SIGNATURE_WRONG, 3),
        (("coefexps",), GROUP["coefexps"][:2], Fault.SHAPE_WRONG, None),
        (("signatures", 1), GROUP["signatures"][0], Fault.SIGNATURE_WRONG, 2),
        (("signatures",), [], Fault.SHAPE_WRONG, None),
        (("verification_keys",), GROUP["verification_keys"][:2], Fault.SHAPE_WRONG, None),
        (("verification_keys", 1), GROUP["verification_keys"][0], Fault.SIGNATURE_WRONG, 2),
        (("verification_keys", 1, "pok"), GROUP["verification_keys"][0]["pok"], Fault.PROOF_WRONG, 2),
        (("verification_keys", 2, "public_key"), NEUTRAL, Fault.NEUTRAL_POINT, 3),
        (("verification_keys", 0, "signature"), GROUP["signatures"][0], Fault.SIGNATURE_WRONG, 1),
        (("verification_keys", 0), H[0][1], Fault.SHAPE_WRONG, 1),
    ],
)
def test_a_false_part_of_a_group_is_refused(
    path: tuple[str | int, ...], value: object, fault: Fault, trustee: int | None
) -> None:
    with refused(fault, trustee=trustee):
        read_trustees(dumps(put(T, (1, 1, *path), value)))


def test_a_share_key_that_the_polynomials_do_not_give_is_refused() -> None:
    """Proven and signed by its member, and yet another."""
    ceremony = Ceremony()
    key = single_key(7)
    key["signature"] = sign(keys_of(SEEDS[1]), str(key["public_key"]))["signature"]
    with refused(Fault.VERIFICATION_KEY_WRONG, trustee=2):
        write_trustees([put(ceremony.group, ("verification_keys", 1), key)])


def test_polynomials_that_sum_to_nothing_are_refused() -> None:
    with refused(Fault.NEUTRAL_POINT):
        write_trustees([group_of_nothing()])


@pytest.mark.parametrize("texts", [[], [BASE_AND_ORDER_8, NEUTRAL], ["x", "y"], [NEUTRAL]])
def test_points_of_no_polynomial_are_refused(texts: list[str]) -> None:
    gathered = check_certificates(CERTIFICATES)
    signed = sign(keys_of("hC2dVtaxqZpXPMhF169gSR"), dumps({"coefexps": texts}))
    fault = Fault.POINT_INVALID if len(texts) == gathered.threshold else Fault.SHAPE_WRONG
    with refused(fault, trustee=1):
        read_trustees(dumps(put(T, (1, 1, "coefexps", 0), signed)))
