"""Points, scalars, hashes, texts and codes in Chromium: the protocol's own values, and what it refuses."""

from __future__ import annotations

import json

import pytest

from governance.engines.ballots import credentials
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.group import Q
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.worked import BASE, H_CODES, NEUTRAL, TWICE, refused

pytestmark = pytest.mark.browser

DECODE = "return group.encodePoint(group.decodePoint(given))"
SCALAR = "return group.encodeScalar(group.decodeScalar(given))"


def test_points_are_written_as_the_protocol_writes_them(run: Run) -> None:
    script = """const points = [0, 1, 2, 3, -1].map((k) => group.times(group.mod(BigInt(k)), group.BASE));
        return points.map(group.encodePoint)"""
    assert run("group", script) == [
        NEUTRAL,
        BASE,
        TWICE,
        "1267b1d177ee69aba126a18e60269ef79f16ec176724030402c3684878f5b4d4",
        "e6" + BASE[2:],
    ]


@pytest.mark.parametrize("text", [BASE, TWICE, NEUTRAL])
def test_points_of_the_group_are_read_back(run: Run, text: str) -> None:
    assert run("group", DECODE, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
        "e20308f05df6a41a9b5b75999f23eeca8ee75990ba5fa235decd29a58be299da",
        "7" + "f" * 61 + "ee",
        "8" + "0" * 62 + "1",
        "0" * 63 + "2",
        TWICE.upper(),
        TWICE[:-2],
        f"{TWICE}00",
        f"{TWICE}\n",
        "",
        None,
        3,
    ],
)
def test_what_is_no_point_of_the_group_is_refused(run: Run, text: object) -> None:
    assert run("group", DECODE, text) == refused("point_invalid")


def test_the_neutral_point_is_nobody_s_key(run: Run) -> None:
    assert run("group", "group.decodeOwned(given)", NEUTRAL) == refused("neutral_point")


@pytest.mark.parametrize("text", ["0", "1", str(Q - 1)])
def test_scalars_are_read_back(run: Run, text: str) -> None:
    assert run("group", SCALAR, text) == text


@pytest.mark.parametrize("text", [str(Q), "01", "-1", "+1", "1_0", "0x1", "1 ", "", "\u0661", 1, None])
def test_what_is_no_scalar_is_refused(run: Run, text: object) -> None:
    assert run("group", SCALAR, text) == refused("scalar_invalid")


def test_hashes_are_those_of_the_protocol(run: Run) -> None:
    empty = run("group", 'return [group.base64Hash(""), group.hexHash(""), String(group.hashToScalar(""))]')
    hexadecimal = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert empty == [
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        hexadecimal,
        str(int(hexadecimal, 16) % Q),
    ]


def test_random_scalars_differ_and_stay_in_their_range(run: Run) -> None:
    drawn = run("group", "return Array.from({ length: 200 }, () => String(group.randomScalar()))")
    assert len(set(drawn)) == 200
    assert all(0 < int(scalar) < Q for scalar in drawn)


def test_an_object_has_one_writing(run: Run) -> None:
    value = {"b": 'é"\\\b\f\n\r\t\x01\x7f/\u2028', "a": [1, True, "𝄞"]}
    assert run("canonical", "return canonical.dumps(given)", value) == dumps(value)
    assert run("canonical", "return canonical.loadsExact(given)", dumps(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1, "b":2}',
        '{"a":1,"a":1}',
        '{"a":1.0}',
        "[1e1]",
        "[-0]",
        "[NaN]",
        '["\\/"]',
        '["\\u00e9"]',
        '["\x7f"]',
        '["\\ud800"]',
        '{"\\udc00":1}',
        "[1]\n",
        "\ufeff[1]",
        "[1",
        "",
    ],
)
def test_any_other_writing_is_refused(run: Run, text: str) -> None:
    assert run("canonical", "return canonical.loadsExact(given)", text) == refused("not_canonical")


@pytest.mark.parametrize(("data", "told"), [([0xEF, 0xBB, 0xBF, 0x31], "\ufeff1"), ([0x31, 0xFF], None)])
def test_bytes_are_read_without_mending_them(run: Run, data: list[int], told: str | None) -> None:
    found = run("canonical", "return canonical.textOf(Uint8Array.from(given))", data)
    assert found == (told or refused("not_canonical"))


def test_a_code_gives_the_key_of_the_protocol(run: Run) -> None:
    script = """const key = credentials.privateKey("8yKip69wPe2yLi", credentials.tidyCode(given));
        return [String(key), credentials.publicCredential(key)]"""
    wanted = [
        "6106154893249017280013586911988398506753395653211040842125830716920827711887",
        "30f3a1a941fc25b9336f5b219f13ed8a1ab2e8301e846a361fbd87fc8190728b",
    ]
    typed = (H_CODES["10"], "NCRrC1SgftgJtmabwnmi77", " NCRrC 1Sgftg\u2011Jtmab\u2013wnmi77\n")
    assert [run("credentials", script, code) for code in typed] == [wanted] * 3


@pytest.mark.parametrize(
    "typed", ["", "NCRrC-1Sgftg-Jtmab-wnmi7", "0CRrC-1Sgftg-Jtmab-wnmi77", "NCRrC_1SgftgJtmabwnmi77"]
)
def test_what_no_code_can_be_is_refused(run: Run, typed: str) -> None:
    assert run("credentials", "return credentials.tidyCode(given)", typed) == refused("code_malformed")


def test_codes_are_drawn_among_the_58_letters(run: Run) -> None:
    drawn = run("credentials", "return Array.from({ length: 300 }, credentials.newCode)")
    assert len(set(drawn)) == 300
    assert [credentials.tidy_code(code) for code in drawn] == drawn
    assert set("".join(drawn)) - {"-"} == set(credentials.ALPHABET)


def test_texts_of_ours_say_the_same_to_both_sides(run: Run) -> None:
    """A code drawn by the server opens the same credential in the browser."""
    codes = [credentials.new_code() for _ in range(5)]
    uuid = credentials.new_uuid()
    script = """const { privateKey, publicCredential } = credentials;
        return given.codes.map((code) => publicCredential(privateKey(given.uuid, code)))"""
    found = run("credentials", script, {"uuid": uuid, "codes": codes})
    assert found == [credentials.public_credential(uuid, code) for code in codes]
    assert json.loads(credentials.write_roll(found))
