"""The ceremony of the keys between Chromium and the engine, both ways, and whoever cheats in it named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from governance.engines.ballots import ceremony, channel, decryption, sharing
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.group import encode_point, multiply_base, random_scalar
from governance.engines.ballots.trustees import read_trustees
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.opening import (
    SEEDS,
    SINGLE,
    UUID,
    Ceremony,
    checked,
    context,
    trustees_of,
)
from tests.browser.ballots.test_group import NEUTRAL, refused
from tests.browser.ballots.worked import line
from tests.governance.ballots.count import group_of_nothing

pytestmark = pytest.mark.browser

WRITE = "return polynomial.makePolynomial(given.seed, given)"
ANNOUNCED = "return polynomial.checkCommitments(given.commitments, given.polynomial, given.context)"
TAKE = "return verification.makeShare(given.seed, given)"
TRUSTEES = """const { owners, key } = await trustees.readTrustees(given);
    return [group.encodePoint(key), owners.map(({ text }) => text)]"""
TRIAL = "return share.giveTrial(given.seed, given)"


@pytest.fixture(scope="module")
def made() -> Ceremony:
    return Ceremony()


def given(made: Ceremony, index: int, **others: Any) -> dict[str, Any]:
    held = {
        "certificates": made.certificates,
        "commitments": made.commitments,
        "polynomials": made.polynomials,
    }
    return {"seed": SEEDS[index - 1], "context": context(index)} | held | others


def in_browser(run: Run, made: Ceremony, members: list[int]) -> Ceremony:
    """The same ceremony, where these members compute in Chromium and the others here."""
    mixed = Ceremony()
    mixed.certificates[:] = made.certificates
    for index in members:
        about = {"seed": SEEDS[index - 1], "context": context(index), "certificates": made.certificates}
        mixed.polynomials[index - 1] = run("keys/polynomial", WRITE, about)
    gathered, read = checked(mixed.certificates, mixed.polynomials, mixed.commitments)
    for index in members:
        answer = run("keys/verification", TAKE, given(mixed, index))
        mixed.outputs[index - 1] = ceremony.check_output(answer, gathered, read, index)
    return mixed


@pytest.mark.parametrize("members", [[1], [2, 3], [1, 2, 3]], ids=str)
def test_browsers_and_server_make_one_key_together(run: Run, made: Ceremony, members: list[int]) -> None:
    mixed = in_browser(run, made, members)
    text = trustees_of(mixed.certificates, mixed.polynomials, mixed.commitments, mixed.outputs, SINGLE)
    trustees = read_trustees(text)
    key, owners = run("group keys/trustees", TRUSTEES, text)
    assert key == encode_point(trustees.key)
    assert owners == [encode_point(public) for public in trustees.publics]


def test_an_announced_polynomial_is_written_again_from_the_seed_alone(run: Run, made: Ceremony) -> None:
    about = {"seed": SEEDS[0], "context": context(1), "certificates": made.certificates}
    one, again = (run("keys/polynomial", WRITE, about) for _ in range(2))
    assert one == again
    others = [ceremony.certify(seed, size=3, threshold=2, index=index) for index, seed in enumerate(SEEDS, 1)]
    other = run("keys/polynomial", WRITE, about | {"certificates": others})
    shared = {"polynomial", "coefexps", "signature"}
    assert [name for name in shared if json.loads(one)[name] == json.loads(other)[name]] == []


def test_nobody_shows_a_polynomial_before_all_are_announced(run: Run, made: Ceremony) -> None:
    about = {"context": context(1), "polynomial": made.polynomials[0]}
    first, second, third = made.commitments
    assert run("keys/polynomial", ANNOUNCED, about | {"commitments": [first, second, third]}) is None
    for commitments, code in (
        ([first, second], "shape_wrong"),
        ([first, second, None], "commitment_wrong"),
        ([first, second, ""], "commitment_wrong"),
        ([first, second, second], "commitment_wrong"),
        ([second, first, third], "commitment_wrong"),
    ):
        found = run("keys/polynomial", ANNOUNCED, about | {"commitments": commitments})
        assert found == refused(code)


@pytest.mark.parametrize("index", [2, 3])
def test_a_seed_serves_at_its_own_place_only(run: Run, made: Ceremony, index: int) -> None:
    about = given(made, 1) | {"context": context(index)}
    assert run("keys/polynomial", WRITE, about) == refused("key_other")
    assert run("keys/verification", TAKE, about) == refused("key_other")


# --- whoever cheats is named --------------------------------------------------------------------


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[Ceremony], list[str]]:
    """The polynomial of trustee 2, changed before it was announced."""

    def polynomials(made: Ceremony) -> list[str]:
        message = json.loads(made.polynomials[1])
        change(message)
        return [made.polynomials[0], dumps(message), made.polynomials[2]]

    return polynomials


def sealed(text: str) -> str:
    """From trustee 2 to trustee 1."""
    return channel.send(channel.keys_of(SEEDS[1]), channel.keys_of(SEEDS[0]).encryption, text)


def signed(text: str) -> dict[str, object]:
    return channel.sign(channel.keys_of(SEEDS[1]), text)


def other_secret(message: dict[str, Any]) -> None:
    message["secrets"][0] = sealed(dumps({"secret": str(random_scalar())}))


def no_scalar(message: dict[str, Any]) -> None:
    message["secrets"][0] = sealed(dumps({"secret": "01"}))


def secret_of_another(message: dict[str, Any]) -> None:
    message["secrets"][0] = message["secrets"][1]


def secrets_missing(message: dict[str, Any]) -> None:
    message["secrets"].pop()


def other_points(message: dict[str, Any]) -> None:
    points = [encode_point(multiply_base(random_scalar())) for _ in range(2)]
    message["coefexps"] = signed(dumps({"coefexps": points}))


def one_point(message: dict[str, Any]) -> None:
    points = json.loads(message["coefexps"]["message"])["coefexps"]
    message["coefexps"] = signed(dumps({"coefexps": points[:1]}))


def points_unsigned(message: dict[str, Any]) -> None:
    message["coefexps"]["signature"] = message["signature"]


def other_certificates(message: dict[str, Any]) -> None:
    message["signature"] = signed("certs_sig|{}")["signature"]


CHEATS = {
    other_secret: "secret_wrong",
    no_scalar: "scalar_invalid",
    secret_of_another: "channel_wrong",
    secrets_missing: "shape_wrong",
    other_points: "signature_wrong",
    one_point: "shape_wrong",
    points_unsigned: "signature_wrong",
    other_certificates: "signature_wrong",
}


@pytest.mark.parametrize("cheat", CHEATS, ids=lambda cheat: cheat.__name__)
def test_a_polynomial_that_does_not_hold_names_its_trustee(run: Run, made: Ceremony, cheat: Any) -> None:
    polynomials = rewritten(cheat)(made)
    commitments = [ceremony.commitment(text) for text in polynomials]
    about = given(made, 1, polynomials=polynomials, commitments=commitments)
    assert run("keys/verification", TAKE, about) == refused(CHEATS[cheat]) | {"trustee": 2}


def test_a_polynomial_changed_after_it_was_announced_names_its_trustee(run: Run, made: Ceremony) -> None:
    other = Ceremony((SEEDS[0], SEEDS[1], SEEDS[2]))
    other.certificates[:] = made.certificates
    polynomials = [made.polynomials[0], other.polynomials[1], made.polynomials[2]]
    found = run("keys/verification", TAKE, given(made, 1, polynomials=polynomials))
    assert found == refused("commitment_wrong") | {"trustee": 2}


def test_a_note_to_oneself_that_says_another_polynomial_is_refused(run: Run, made: Ceremony) -> None:
    keys = channel.keys_of(SEEDS[0])
    message = json.loads(made.polynomials[0])
    note = dumps({"polynomial": [str(random_scalar()) for _ in range(2)]})
    message["polynomial"] = channel.send(keys, keys.encryption, note)
    polynomials = [dumps(message), *made.polynomials[1:]]
    commitments = [ceremony.commitment(text) for text in polynomials]
    about = given(made, 1, polynomials=polynomials, commitments=commitments)
    assert run("keys/verification", TAKE, about) == refused("polynomial_wrong") | {"trustee": 1}


# --- who holds the key ----------------------------------------------------------------------------


def test_the_trustees_of_the_fixtures_hold(run: Run) -> None:
    for name in ("homomorphic", "threshold"):
        text = line(f"{name}/trustees.json")
        assert run("group keys/trustees", TRUSTEES, text)[0] == encode_point(read_trustees(text).key)


def path(*steps: str | int, to: object) -> Callable[[Any], None]:
    def change(trustees: Any) -> None:
        *before, last = steps
        for step in before:
            trustees = trustees[step]
        trustees[last] = to

    return change


GROUP = (1, 1)


@pytest.mark.parametrize(
    ("change", "code", "trustee"),
    [
        (path(0, 1, "pok", "response", to="1"), "proof_wrong", None),
        (path(0, 1, "public_key", to=NEUTRAL), "neutral_point", None),
        (path(0, 0, to="Other"), "shape_wrong", None),
        (path(*GROUP, "threshold", to=1), "certificate_wrong", 1),
        (path(*GROUP, "threshold", to=3), "threshold_wrong", None),
        (path(*GROUP, "certs", 1, "signature", "response", to="1"), "signature_wrong", 2),
        (path(*GROUP, "coefexps", 2, "signature", "response", to="1"), "signature_wrong", 3),
        (path(*GROUP, "signatures", 2, "response", to="1"), "signature_wrong", 3),
        (path(*GROUP, "signatures", to=[]), "shape_wrong", None),
        (path(*GROUP, "verification_keys", 0, "pok", "response", to="1"), "proof_wrong", 1),
        (path(*GROUP, "verification_keys", 1, "signature", "response", to="1"), "signature_wrong", 2),
    ],
)
def test_trustees_that_do_not_hold_are_refused(
    run: Run, made: Ceremony, change: Callable[[Any], None], code: str, trustee: int | None
) -> None:
    trustees = json.loads(made.trustees)
    change(trustees)
    found = run("group keys/trustees", TRUSTEES, dumps(trustees))
    assert found == refused(code) | ({"trustee": trustee} if trustee else {})


def test_a_key_that_the_polynomials_do_not_give_is_refused(run: Run, made: Ceremony) -> None:
    """Well proved and well signed, but chosen by its trustee."""
    trustees, keys = json.loads(made.trustees), channel.keys_of(SEEDS[1])
    chosen = sharing.single_key(random_scalar())
    chosen["signature"] = channel.sign(keys, str(chosen["public_key"]))["signature"]
    trustees[1][1]["verification_keys"][1] = chosen
    found = run("group keys/trustees", TRUSTEES, dumps(trustees))
    assert found == refused("verification_key_wrong") | {"trustee": 2}
    assert run("group keys/trustees", TRUSTEES, "[]") == refused("shape_wrong")


def test_a_group_whose_key_is_nothing_is_refused(run: Run) -> None:
    """By members in league: the server's key alone would then open the box."""
    trustees = [["Single", sharing.single_key(random_scalar())], ["Pedersen", group_of_nothing()]]
    assert run("group keys/trustees", TRUSTEES, dumps(trustees)) == refused("neutral_point")


# --- the trial of a key ---------------------------------------------------------------------------


def trial_of(made: Ceremony, index: int, numbers: list[int], **others: Any) -> dict[str, Any]:
    return {
        "seed": SEEDS[index - 1],
        "uuid": UUID,
        "trustees": made.trustees,
        "privateKey": made.outputs[index - 1].private_key,
        "numbers": dumps([str(number) for number in numbers]),
    } | others


@pytest.mark.parametrize("index", [1, 2, 3])
def test_a_kept_key_proves_itself_on_boxes_of_nothing(run: Run, made: Ceremony, index: int) -> None:
    numbers = [random_scalar(), random_scalar()]
    answer = run("keys/share", TRIAL, trial_of(made, index, numbers))
    tally, trustees = sharing.trial_tally(numbers), read_trustees(made.trustees)
    about = {"fingerprint": decryption.trial_fingerprint(UUID), "public": trustees.public_of(answer["owner"])}
    factors = decryption.check_partial(answer["partial"], tally, **about)
    decryption.check_strict(answer["strict"], tally, factors, owner=index + 1, **about)
    assert answer["owner"] == index + 1


def test_a_lost_key_or_another_share_proves_nothing(run: Run, made: Ceremony) -> None:
    stranger = trial_of(made, 1, [1], seed=channel.new_seed())
    assert run("keys/share", TRIAL, stranger) == refused("key_other")
    swapped = trial_of(made, 1, [1], privateKey=made.outputs[1].private_key)
    assert run("keys/share", TRIAL, swapped) == refused("channel_wrong")
    keys = channel.keys_of(SEEDS[0])
    false = channel.send(keys, keys.encryption, dumps({"decryption_key": "5"}))
    assert run("keys/share", TRIAL, trial_of(made, 1, [1], privateKey=false)) == refused(
        "verification_key_wrong"
    )


@pytest.mark.parametrize("numbers", ["", "{}", '["01"]', "[1]", f'["{NEUTRAL}"]', f'["e6{"66" * 30}58"]'])
def test_the_server_gives_numbers_never_points(run: Run, made: Ceremony, numbers: str) -> None:
    """A page that raised whatever point it is given would open any ballot."""
    found = run("keys/share", TRIAL, trial_of(made, 1, [1]) | {"numbers": numbers})
    assert found["fault"] in {"not_canonical", "shape_wrong", "scalar_invalid"}
