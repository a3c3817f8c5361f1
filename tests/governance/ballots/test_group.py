"""The group: its one writing, what is refused, and libsodium against the equation of the curve."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.engines.ballots import group
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import (
    BASE,
    NEUTRAL,
    Q,
    add,
    b64_of,
    belongs,
    decode_key,
    decode_point,
    decode_scalar,
    encode_point,
    hash_to_scalar,
    library_is_lax,
    multiply,
    multiply_base,
    parse_point,
    random_scalar,
    sha256_hex,
    sub,
)
from tests.governance.ballots import edwards
from tests.governance.ballots.known import BASE_AND_ORDER_2, BASE_AND_ORDER_8, ORDER_8, refused
from tests.governance.ballots.known import NEUTRAL as NEUTRAL_TEXT

TWO = "2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9"
THREE = "1267b1d177ee69aba126a18e60269ef79f16ec176724030402c3684878f5b4d4"
SCALARS = st.one_of(st.integers(0, Q - 1), st.sampled_from([0, 1, 2, 8, Q - 8, Q - 1]))

# Writings that are of no member of the group.
OFF_CURVE = "0" * 63 + "2"
FOREIGN = [
    ORDER_8,
    BASE_AND_ORDER_8,
    BASE_AND_ORDER_2,
    "7" + "f" * 61 + "ec",  # (0, −1), of order 2
    "0" * 64,  # of order 4
    "7" + "f" * 61 + "ee",  # y = p + 1: O written otherwise
    "8" + "0" * 62 + "1",  # O with a sign
    "7" + "f" * 61 + "ed",  # y = p
    OFF_CURVE,
    "f" * 64,
]
# What is not even the writing of a point.
MISSHAPEN = [TWO.upper(), TWO[:-1], TWO + "0", TWO + "\n", " " + TWO[1:], "", "٠" * 64, 7, None, TWO.encode()]


def test_worked_encodings() -> None:
    assert encode_point(BASE) == "66" * 31 + "58"
    assert encode_point(NEUTRAL) == NEUTRAL_TEXT
    assert encode_point(multiply_base(2)) == TWO
    assert encode_point(multiply(3, BASE)) == THREE
    assert encode_point(sub(NEUTRAL, BASE)) == "e" + "6" * 61 + "58"
    assert decode_point(TWO) == multiply_base(2)


def test_worked_hashes() -> None:
    assert b64_of("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
    assert sha256_hex("é") == hashlib.sha256("é".encode()).hexdigest()
    text = (
        "pok|Ed25519|675e18753e6c7451e54bef900a654bf1f7f747e452b1df78afd457c62bf23fb7|"
        "2b9c8fa35b536d66dc6004ee00f56b3c0a859f42cbba4fe1c8d96874ea270b56"
    )
    assert sha256_hex(text) == "3f7b75a061e4976875c594188a8064bd8ac0a90409171ac00c7fad49eb2e874d"
    challenge = 7002826745940107693172480363538408303272074565892916376221733260338765040518
    assert hash_to_scalar(text) == challenge


@pytest.mark.parametrize("text", [*FOREIGN, *MISSHAPEN])
def test_what_writes_no_member_of_the_group_is_refused(text: object) -> None:
    for decode in (decode_point, decode_key):
        with refused(Fault.POINT_INVALID):
            decode(text)


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("k", [0, 1, 8, Q - 1])
def test_no_multiplication_takes_a_point_from_outside(text: str, k: int) -> None:
    with refused(Fault.POINT_INVALID):
        multiply(k, parse_point(text))


def test_what_is_off_the_curve_is_not_added() -> None:
    for operation in (add, sub):
        with refused(Fault.POINT_INVALID):
            operation(BASE, parse_point(OFF_CURVE))


def test_o_is_a_point_but_no_key() -> None:
    assert decode_point(NEUTRAL_TEXT) == NEUTRAL
    with refused(Fault.NEUTRAL_POINT):
        decode_key(NEUTRAL_TEXT)
    assert decode_key(TWO) == multiply_base(2)


@settings(max_examples=40)
@given(SCALARS, SCALARS)
def test_sums_and_products_are_those_of_the_equation(left: int, right: int) -> None:
    base = edwards.read(BASE)
    assert base is not None
    one, other = edwards.times(left, base), edwards.times(right, base)
    assert multiply_base(left) == multiply(left, BASE) == edwards.write(one)
    assert add(multiply_base(left), multiply_base(right)) == edwards.write(edwards.plus(one, other))
    assert sub(multiply_base(left), multiply_base(right)) == multiply_base((left - right) % Q)
    assert multiply(left, multiply_base(right)) == multiply_base(left * right % Q)
    assert decode_point(encode_point(multiply_base(left))) == multiply_base(left)


@pytest.mark.parametrize("text", ["0", "1", str(Q - 1)])
def test_scalars(text: str) -> None:
    assert str(decode_scalar(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00",
        "01",
        "+1",
        "-1",
        "1_0",
        "0x1",
        "1.0",
        " 1",
        "1\n",
        "١",
        str(Q),
        "9" * 76,
        "1" * 5000,
        1,
        None,
    ],
)
def test_what_writes_no_scalar_is_refused(text: object) -> None:
    with refused(Fault.SCALAR_INVALID):
        decode_scalar(text)


def test_draws_are_scalars_and_never_the_same() -> None:
    drawn = {random_scalar() for _ in range(50)}
    assert len(drawn) == 50
    assert all(1 <= scalar < Q for scalar in drawn)


def test_this_libsodium_is_mended() -> None:
    assert not library_is_lax()
    assert not group.LAX


@pytest.fixture
def lax_libsodium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A libsodium of before CVE-2025-69277, which takes 2·q for the order of the group."""
    monkeypatch.setattr(group, "crypto_core_ed25519_is_valid_point", edwards.lax_is_valid_point)
    monkeypatch.setattr(group, "crypto_scalarmult_ed25519_noclamp", edwards.lax_scalarmult)


@pytest.mark.usefixtures("lax_libsodium")
def test_a_lax_libsodium_is_found_out() -> None:
    assert belongs(parse_point(BASE_AND_ORDER_2))  # as it stood without the test at import
    assert library_is_lax()


def test_one_that_multiplies_strictly_may_still_be_lax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "crypto_core_ed25519_is_valid_point", edwards.lax_is_valid_point)
    assert library_is_lax()


@pytest.mark.usefixtures("lax_libsodium")
def test_with_a_lax_libsodium_we_look_ourselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "LAX", library_is_lax())
    for text in FOREIGN:
        with refused(Fault.POINT_INVALID):
            decode_point(text)
        for k in (0, 2, 3):
            with refused(Fault.POINT_INVALID):
                multiply(k, parse_point(text))
    assert decode_point(TWO) == multiply_base(2)
    assert decode_point(NEUTRAL_TEXT) == NEUTRAL
    assert multiply(3, BASE) == multiply_base(3)
    assert multiply(0, BASE) == multiply(5, NEUTRAL) == NEUTRAL
