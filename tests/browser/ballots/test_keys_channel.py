"""Keys of scrutineers in Chromium: what a seed gives, sealed messages, certificates, as the protocol and the
server's engine have them (GOV-27)."""

from __future__ import annotations

import json
from typing import Any

import pytest
import qrcode

from governance.engines.ballots import ceremony, channel
from governance.engines.ballots.group import decode_point, encode_point, sha256_hex
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.opening import SEEDS, Ceremony, context
from tests.browser.ballots.test_group import NEUTRAL, refused
from tests.browser.ballots.worked import line

pytestmark = pytest.mark.browser

SEED = SEEDS[0]
TORSION = "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"
VK = "7f0234c05e541287958bfb50d0a42b1326c43c5c250a454d37fee94b81797823"
EK = "a6264d3d33046ca247ff33ebc45545f15a5589ad2a0c69e3aea848717b42f512"
BETA = "52fc9fd5a0798079b9be3268c5636b0613857ab7fed9e39c6d7cc3061e04ca02"
SEALED = (
    '{"algorithm":"AES-GCM",'
    '"alpha":"2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9",'
    f'"beta":"{BETA}",'
    '"data":"95a78c9436e127659648ba4011adb27b5931a5802d0b9a"}'
)
GROUP = json.loads(line("threshold/trustees.json"))[1][1]
CERTIFICATES = [json.dumps(one, separators=(",", ":")) for one in GROUP["certs"]]
READ = "return certificate.readCertificates(given.texts, given)"
OPEN = "return channel.decrypt(channel.keysOf(given.seed).dk, given.text)"
RECEIVE = "return channel.receive(channel.keysOf(given.seed), given.sender, given.text)"


def test_a_seed_gives_the_keys_of_the_protocol(run: Run) -> None:
    keys = run(
        "keys/channel",
        "const keys = channel.keysOf(given); return [...[keys.sk, keys.dk].map(String), keys.vk, keys.ek]",
        SEED,
    )
    assert keys == [
        "6365274125204872908854916438724228226867413557712268843846377096065079551790",
        "7120881161547649093432503683399851235005584872077139112240993993261264500704",
        VK,
        EK,
    ]


@pytest.mark.parametrize("seed", ["", SEED[1:], f"{SEED}1", f"0{SEED[1:]}", f"{SEED}\n"])
def test_what_is_no_seed_gives_no_key(run: Run, seed: str) -> None:
    assert run("keys/channel", "return channel.keysOf(given).vk", seed) == refused("seed_malformed")


def test_new_seeds_differ_and_are_seeds(run: Run) -> None:
    made = run("keys/channel", "return Array.from({ length: 50 }, () => channel.newSeed())")
    assert len(set(made)) == 50
    assert run("keys/channel", "return given.map((seed) => channel.keysOf(seed).vk).length", made) == 50


def test_a_sealed_text_has_the_bytes_of_the_protocol(run: Run) -> None:
    script = 'let drawn = 1n; return channel.encrypt(given, "bonjour", () => ++drawn)'
    assert run("keys/channel", script, EK) == SEALED
    assert run("keys/channel", OPEN, {"seed": SEED, "text": SEALED}) == "bonjour"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SEALED.replace("AES-GCM", "AES-CCM"), "channel_wrong"),
        (SEALED.replace('"algorithm":"AES-GCM",', ""), "shape_wrong"),
        (SEALED.replace("0b9a", "0b9b"), "channel_wrong"),
        (SEALED.replace("0b9a", "0B9A"), "channel_wrong"),
        (SEALED.replace("95a7", "95a"), "channel_wrong"),
        (SEALED.replace("95a78c9436e127659648ba4011adb27b5931a5802d0b9a", ""), "channel_wrong"),
        (SEALED.replace("2260cdf3", "1260cdf3"), "point_invalid"),
        (SEALED.replace(BETA, TORSION), "point_invalid"),
        (f"{SEALED} ", "not_canonical"),
        ("null", "shape_wrong"),
    ],
)  # fmt: skip
def test_what_was_not_sealed_so_is_not_opened(run: Run, text: str, code: str) -> None:
    assert run("keys/channel", OPEN, {"seed": SEED, "text": text}) == refused(code)


def test_both_sides_write_to_each_other(run: Run) -> None:
    mine, theirs = SEEDS[:2]
    keys, other = channel.keys_of(theirs), channel.keys_of(mine)
    members = ceremony.gather_certificates(Ceremony().certificates).members
    sent = run(
        "keys/channel",
        "return channel.send(channel.keysOf(given.seed), given.to, given.text)",
        {"seed": mine, "to": encode_point(keys.encryption), "text": 'é "à" \u007f'},
    )
    assert channel.receive(keys, members[0], sent) == 'é "à" \u007f'
    given = {"seed": mine, "sender": encode_point(keys.verification)}
    answer = channel.send(keys, other.encryption, 'ç "ù" \u007f')
    assert run("keys/channel", RECEIVE, given | {"text": answer}) == 'ç "ù" \u007f'


def test_a_letter_of_another_or_for_another_is_not_read(run: Run) -> None:
    mine, theirs, third = map(channel.keys_of, SEEDS)
    letter = json.dumps({"recipient": encode_point(third.encryption), "message": "x"}, separators=(",", ":"))
    signed = json.dumps(channel.sign(theirs, letter), separators=(",", ":"))
    passed_on = channel.encrypt(mine.encryption, signed)
    given = {"seed": SEEDS[0], "sender": encode_point(theirs.verification), "text": passed_on}
    assert run("keys/channel", RECEIVE, given) == refused("channel_wrong")
    given |= {
        "sender": encode_point(third.verification),
        "text": channel.send(theirs, mine.encryption, "x"),
    }
    assert run("keys/channel", RECEIVE, given) == refused("signature_wrong")


def test_a_certificate_is_one_for_the_server_too(run: Run) -> None:
    script = "return certificate.makeCertificate(channel.keysOf(given.seed), given.context)"
    text = run("keys/channel keys/certificate", script, {"seed": SEED, "context": context(1)})
    member = ceremony.check_certificate(text, size=3, threshold=2, index=1)
    assert member.verification == decode_point(VK)
    assert member.encryption == decode_point(EK)


def test_the_certificates_of_the_protocol_hold(run: Run) -> None:
    found = run("keys/certificate", READ, {"texts": CERTIFICATES, "size": 3, "threshold": 2})
    assert found[0] == {"vk": VK, "ek": EK}
    assert len(found) == 3


def test_what_trustees_compare_by_voice_is_what_the_server_shows(run: Run) -> None:
    told = run("keys/certificate", "return certificate.hashOfCertificates(given)", CERTIFICATES)
    assert told == ceremony.gather_certificates(CERTIFICATES).digest
    assert told == sha256_hex(f"[{','.join(CERTIFICATES)}]")
    assert told != run("keys/certificate", "return certificate.hashOfCertificates(given)", CERTIFICATES[::-1])


def of(
    index: int, *, seed: str, size: int = 3, threshold: int = 2, vk: str | None = None, ek: str | None = None
) -> str:
    """A certificate well signed, whatever it says."""
    keys = channel.keys_of(seed)
    message = {
        "context": {"group": "Ed25519", **context(index, size, threshold)},
        "verification": vk or encode_point(keys.verification),
        "encryption": ek or encode_point(keys.encryption),
    }
    written = json.dumps(message, separators=(",", ":"))
    return json.dumps(channel.sign(keys, written), separators=(",", ":"))


def unsigned(text: str) -> str:
    signed = json.loads(text)
    signed["signature"]["response"] = "1"
    return json.dumps(signed, separators=(",", ":"))


TWO = CERTIFICATES[:2]
SECOND = encode_point(channel.keys_of(SEEDS[1]).verification)


@pytest.mark.parametrize(
    ("texts", "code", "trustee"),
    [
        (TWO, "shape_wrong", None),
        ([CERTIFICATES[1], CERTIFICATES[0], CERTIFICATES[2]], "certificate_wrong", 1),
        ([*TWO, of(3, seed=SEEDS[1], threshold=1)], "certificate_wrong", 3),
        ([*TWO, of(3, seed=SEEDS[1], size=4)], "certificate_wrong", 3),
        ([*TWO, of(3, seed=SEEDS[0])], "key_twice", 3),
        ([*TWO, of(3, seed=SEEDS[1], ek=VK)], "key_twice", 3),
        ([*TWO, of(3, seed=SEEDS[1], ek=SECOND)], "key_twice", 3),
        ([*TWO, of(3, seed=SEEDS[1], ek=NEUTRAL)], "neutral_point", 3),
        ([*TWO, of(3, seed=SEEDS[1], ek=TORSION)], "point_invalid", 3),
        ([*TWO, of(3, seed=SEEDS[1], vk=VK)], "signature_wrong", 3),
        ([*TWO, unsigned(of(3, seed=SEEDS[1]))], "signature_wrong", 3),
        ([*TWO, "{}"], "shape_wrong", 3),
        ([*TWO, ""], "not_canonical", 3),
    ],
)  # fmt: skip
def test_certificates_that_do_not_hold_name_their_trustee(
    run: Run, texts: list[str], code: str, trustee: int | None
) -> None:
    found = run("keys/certificate", READ, {"texts": texts, "size": 3, "threshold": 2})
    assert found == refused(code) | ({"trustee": trustee} if trustee else {})


@pytest.mark.parametrize("threshold", [0, 3, 4, 1.5])
def test_a_threshold_leaves_somebody_who_may_be_missing(run: Run, threshold: Any) -> None:
    found = run("keys/certificate", READ, {"texts": CERTIFICATES, "size": 3, "threshold": threshold})
    assert found == refused("threshold_wrong")


def test_the_key_is_drawn_as_a_code_that_another_program_draws_alike(run: Run) -> None:
    """The QR code of the sheet, module by module, as the server's library draws it with one of its masks."""
    text = "hC2dV-taxqZp-XPMhF-169gSR"
    drawn = run("keys/qr", 'return qr.qrOf(given, "Clé").querySelector("path").getAttribute("d")', text)
    dark = {tuple(map(int, one.split("h")[0].split())) for one in drawn.split("M")[1:]}

    def theirs(mask: int) -> set[tuple[int, int]]:
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, mask_pattern=mask)
        code.add_data(text)
        code.make(fit=True)
        return {(x, y) for y, row in enumerate(code.get_matrix()) for x, on in enumerate(row) if on}

    assert any(dark == theirs(mask) for mask in range(8))
