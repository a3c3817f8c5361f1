"""The keys of a secret ballot: each step of the ceremony in its turn, then the boxes sealed with them
(GOV-26)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from governance.engines.ballots.ceremony import certify, commitment
from governance.engines.ballots.channel import new_seed
from governance.engines.ballots.rehearsing import share_of
from governance.engines.ballots.trustees import read_trustees
from governance.models import PublicCredential, Trustee
from governance.selectors import secret_ceremony
from governance.selectors.secret_ceremony import next_step, state_for, trial_of
from governance.selectors.secret_journal import journal_of
from governance.services.secret_keys import LARGEST, ready_keys, receive_step, restart_ceremony
from governance.states.secret import CodeMode, SecretState, TrusteeStep
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def sent(scrutin: Scrutin, index: int, step: str, message: str) -> Trustee:
    keeper = scrutin.keepers[index - 1]
    trustee = scrutin.vote.trustees.get(index=index)
    return receive_step(trustee, step=step, message=message, actor=keeper, at=timezone.now())


def states(scrutin: Scrutin) -> list[dict[str, Any]]:
    return [state_for(trustee) for trustee in scrutin.trustees]


def test_each_step_waits_for_all_and_comes_once() -> None:
    scrutin = make_scrutin()
    with refused(Code.VALUE_INVALID, "step", "suit"):
        scrutin.send(1, TrusteeStep.COMMITMENT)
    with refused(Code.VALUE_INVALID, "step", "suit"):
        sent(scrutin, 1, "password", "x")
    scrutin.send(1, TrusteeStep.CERTIFICATE)
    with refused(Code.ALREADY_DONE, said="déjà faite"):
        scrutin.send(1, TrusteeStep.CERTIFICATE)
    scrutin.send(2, TrusteeStep.CERTIFICATE)
    with refused(Code.ILLEGAL_MOVE, said=str(scrutin.trustees[2])):
        scrutin.send(1, TrusteeStep.COMMITMENT)
    scrutin.send(3, TrusteeStep.CERTIFICATE)
    for step in TrusteeStep.values[1:]:
        for index in (2, 3):
            scrutin.send(index, step)
        assert states(scrutin)[0]["step"] == step
        assert states(scrutin)[1]["waiting_for"] == ([1] if step != TrusteeStep.TRIAL else [])
        scrutin.send(1, step)
    assert not any(next_step(trustee) for trustee in scrutin.trustees)
    with refused(Code.VALUE_INVALID, "step", "suit"):
        sent(scrutin, 1, "", scrutin.message(scrutin.trustees[0], TrusteeStep.TRIAL))
    facts = [row.facts for row in journal_of(scrutin.vote) if row.act == "step"]
    assert [(one["trustee"], one["step"]) for one in facts[:4]] == [
        (1, "certificate"),
        (2, "certificate"),
        (3, "certificate"),
        (2, "commitment"),
    ]


def test_a_message_that_does_not_hold_is_refused_in_words() -> None:
    scrutin, other = make_scrutin(), new_seed()
    step = TrusteeStep.CERTIFICATE

    def refuses(said: str, index: int, step: str, message: str) -> None:
        with refused(Code.VALUE_INVALID, "message", said):
            sent(scrutin, index, step, message)

    refuses("", 1, step, "nothing")
    refuses("", 1, step, "1" * (LARGEST + 1))
    refuses("", 1, step, scrutin.group.certificate_texts[1])
    refuses("", 1, step, certify(other, size=3, threshold=1, index=1))
    scrutin.send(1, step)
    # The keys of the first one, at the place of the second.
    refuses("", 2, step, certify(scrutin.group.seeds[0], size=3, threshold=2, index=2))
    scrutin.send(2, step)
    scrutin.send(3, step)
    step = TrusteeStep.COMMITMENT
    refuses("", 1, step, "not a hash")
    for index in (1, 2, 3):
        scrutin.send(index, step)
    step = TrusteeStep.POLYNOMIAL
    refuses("", 1, step, scrutin.group.polynomial_texts[1])
    refuses("", 1, step, "\ud800")
    for index in (1, 2, 3):
        scrutin.send(index, step)
    step = TrusteeStep.VERIFICATION
    refuses("", 1, step, scrutin.group.output_texts[1])
    for index in (1, 2, 3):
        scrutin.send(index, step)
    step = TrusteeStep.TRIAL
    trustee = scrutin.trustees[0]
    tally = trial_of(trustee)
    # Of another scrutineer, by another key, made upon another scrutin.
    refuses("", 1, step, scrutin.message(scrutin.trustees[1], step))
    refuses("", 1, step, share_of(scrutin.group, 2, tally, scrutin.vote.uuid, owner=1))
    refuses("", 1, step, share_of(scrutin.group, 1, tally, scrutin.vote.uuid, owner=1))
    scrutin.send(1, step)
    assert scrutin.trustees[0].tried_at is not None


def test_a_polynomial_that_was_not_announced_is_refused() -> None:
    scrutin = make_scrutin()
    scrutin.make_keys(TrusteeStep.COMMITMENT)
    announced = scrutin.trustees[0].commitment
    assert announced == commitment(scrutin.group.polynomial_texts[0])
    forged = scrutin.group.polynomial_texts[0].replace('"polynomial":', '"polynomial": ')
    with refused(Code.VALUE_INVALID, "message"):
        sent(scrutin, 1, TrusteeStep.POLYNOMIAL, forged)


def test_the_page_is_given_what_its_step_needs_and_no_polynomial_early() -> None:
    scrutin = make_scrutin()
    first = states(scrutin)[0]
    assert (first["step"], first["uuid"]) == ("certificate", scrutin.vote.uuid)
    assert first["context"] == {"size": 3, "threshold": 2, "index": 1}
    assert (first["certificates"], first["commitments"], first["polynomials"]) == ([], [], [])
    scrutin.make_keys(TrusteeStep.COMMITMENT)
    scrutin.send(1, TrusteeStep.POLYNOMIAL)
    found = states(scrutin)[2]
    assert found["certificates"] == list(scrutin.group.certificate_texts)
    assert found["commitments"] == [commitment(text) for text in scrutin.group.polynomial_texts]
    assert found["polynomials"] == []
    assert found["done"][1] == ["certificate", "commitment", "polynomial"]
    assert "numbers" not in found
    scrutin.send(2, TrusteeStep.POLYNOMIAL)
    scrutin.send(3, TrusteeStep.POLYNOMIAL)
    for index in (1, 2, 3):
        scrutin.send(index, TrusteeStep.VERIFICATION)
    found = states(scrutin)[2]
    assert found["polynomials"] == list(scrutin.group.polynomial_texts)
    assert found["privateKey"] == scrutin.group.outputs[2].private_key
    assert read_trustees(found["trustees"]).publics == read_trustees(states(scrutin)[0]["trustees"]).publics
    assert found["numbers"] != states(scrutin)[0]["numbers"]
    assert found["boxes"] == []


def test_the_page_of_shares_says_which_boxes_wait() -> None:
    scrutin = make_scrutin(SecretState.TALLIED)
    scrutin.give_share(1)
    box = scrutin.box
    announced = {"uuid": box.uuid, "fingerprint": box.fingerprint, "roll": box.roll_fingerprint}
    assert [state["boxes"] for state in states(scrutin)[:2]] == [
        [{"uuid": box.uuid, "name": "Urne unique", "announced": announced, "given": True}],
        [{"uuid": box.uuid, "name": "Urne unique", "announced": announced, "given": False}],
    ]
    assert states(scrutin)[0]["step"] == ""


def test_the_ceremony_begins_anew_with_its_reason() -> None:
    scrutin = make_scrutin()
    with refused(Code.ALREADY_DONE, said="commencée"):
        restart_ceremony(scrutin.vote, reason="Clé perdue", **scrutin.by())
    scrutin.make_keys()
    with refused(Code.VALUE_MISSING, "reason"):
        restart_ceremony(scrutin.vote, reason="", **scrutin.by())
    restart_ceremony(scrutin.vote, reason="Clé perdue", **scrutin.by())
    assert [next_step(trustee) for trustee in scrutin.trustees] == ["certificate"] * 3
    assert journal_of(scrutin.vote).last().reason == "Clé perdue"  # type: ignore[union-attr]
    scrutin.reach(SecretState.KEYS_READY)
    with refused(Code.ILLEGAL_MOVE, said="scellées"):
        restart_ceremony(scrutin.vote, reason="Clé perdue", **scrutin.by())
    with refused(Code.ILLEGAL_MOVE, said="ne se font plus"):
        scrutin.send(1, TrusteeStep.CERTIFICATE)


def test_boxes_are_not_sealed_without_every_key_and_every_code() -> None:
    scrutin = make_scrutin(SecretState.ROLL_FROZEN)
    scrutin.make_cards()
    scrutin.make_keys(TrusteeStep.VERIFICATION)
    scrutin.send(1, TrusteeStep.TRIAL)
    with refused(Code.VALUE_MISSING, said=str(scrutin.trustees[1])):
        ready_keys(scrutin.vote, **scrutin.by())
    for index in (2, 3):
        scrutin.send(index, TrusteeStep.TRIAL)
    last = PublicCredential.objects.order_by("value").last()
    assert last is not None
    last.delete()
    with refused(Code.VALUE_MISSING, said="3 codes de vote pour 4 voix"):
        ready_keys(scrutin.vote, **scrutin.by())


def test_codes_that_are_mailed_seal_the_boxes_without_cards() -> None:
    scrutin = make_scrutin(SecretState.KEYS_READY, mode=CodeMode.MAIL)
    box = scrutin.box
    assert box.credentials.count() == box.entries.exclude(code_sent_at=None).count() == 4
    trustees = read_trustees(box.trustees)
    assert len(trustees.publics) == 4
    assert "server" not in box.server_key
    assert box.events.get().kind == "Setup"
    assert box.timestamp is not None


def test_what_is_kept_of_each_step_is_a_column() -> None:
    names = {field.name for field in Trustee._meta.get_fields()}
    assert set(secret_ceremony.KEPT_IN.values()) <= names
    assert set(secret_ceremony.KEPT_IN) == set(TrusteeStep.values)
