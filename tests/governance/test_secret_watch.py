"""Boxes looked at each minute: whatever is no longer what was received is found, and told once (GOV-33)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cae.core.controls import controls
from cae.core.models import Notice
from cae.core.permanence import ERASED
from governance.engines.ballots.group import sha256_hex
from governance.models import Ballot, BallotBox, BoxEvent, DecryptionShare, Incident, SecretJournal
from governance.selectors.box_archive import additions_of, archive_of
from governance.selectors.box_soundness import is_sound
from governance.selectors.secret_faults import journal_faults
from governance.selectors.secret_journal import instant_of, is_sealed, journal_of
from governance.selectors.voting_programs import programs
from governance.services.secret_opening import pause_secret_vote
from governance.services.secret_watch import check_chains
from governance.states.assemblies import BureauRole
from governance.states.secret import Channel, SecretState
from governance.tasks import watch_boxes
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.house.moving import let_go, undone

pytestmark = pytest.mark.django_db


def last(scrutin: Scrutin) -> Any:
    return scrutin.box.ballots.order_by("-height")[:1]


def changed(rows: Any, **fields: Any) -> None:
    let_go(rows.model)
    rows.model.objects.filter(pk__in=[row.pk for row in rows]).update(**fields)


def removed(rows: Any) -> None:
    let_go(rows.model)
    rows.model.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _text(scrutin: Scrutin) -> None:
    ballot = last(scrutin).get()
    changed(last(scrutin), text=ballot.text.replace("1", "2", 1))


def _text_and_tracker(scrutin: Scrutin) -> None:
    ballots = scrutin.box.ballots.order_by("height")
    first, second = ballots[0], ballots[1]
    let_go(Ballot)
    Ballot.objects.filter(pk=second.pk).update(tracker="x", body_hash="x")
    Ballot.objects.filter(pk=first.pk).update(text=second.text, tracker=second.tracker)
    Ballot.objects.filter(pk=second.pk).update(text=first.text, tracker=first.tracker)


def _event(scrutin: Scrutin, **fields: Any) -> None:
    changed(scrutin.box.events.filter(height=2), **fields)


ALTERATIONS: dict[str, Callable[[Scrutin], None]] = {
    "a ballot changed": _text,
    "two ballots exchanged": _text_and_tracker,
    "a tracker changed": lambda scrutin: changed(last(scrutin), tracker="x"),
    "a ballot removed": lambda scrutin: removed(last(scrutin)),
    "a vote unmarked": lambda scrutin: changed(
        scrutin.box.entries.filter(channel=Channel.SCREEN)[:1], channel="", quarter=None
    ),
    "an event rewritten": lambda scrutin: _event(scrutin, digest="0" * 64),
    "an event of another kind": lambda scrutin: _event(scrutin, kind="EndBallots"),
    "the last event removed": lambda scrutin: removed(scrutin.box.events.order_by("-height")[:1]),
    "an event in the midst removed": lambda scrutin: removed(scrutin.box.events.filter(height=2)),
    "the list of codes changed": lambda scrutin: changed(
        BallotBox.objects.filter(pk=scrutin.box.pk), roll="[]"
    ),
}
# What is no longer even written as it must be makes nobody who looks at it fall.
UNREADABLE: dict[str, Callable[[Scrutin], None]] = {
    "an event that is no JSON": lambda scrutin: _event(scrutin, text="{", digest=sha256_hex("{")),
    "an event that is no object": lambda scrutin: _event(scrutin, text="[]", digest=sha256_hex("[]")),
    "an event without a height": lambda scrutin: _event(scrutin, text="{}", digest=sha256_hex("{}")),
}
UNREADABLE_SUMS: dict[str, Callable[[Scrutin], None]] = {
    "sums that are no JSON": lambda scrutin: changed(BallotBox.objects.filter(pk=scrutin.box.pk), tally="{"),
    "sums of another shape": lambda scrutin: changed(BallotBox.objects.filter(pk=scrutin.box.pk), tally="[]"),
}
AFTERWARDS: dict[str, Callable[[Scrutin], None]] = {
    "the number of ballots changed": lambda scrutin: changed(
        BallotBox.objects.filter(pk=scrutin.box.pk), kept_count=3
    ),
    "a share changed": lambda scrutin: changed(scrutin.box.shares.filter(owner=4), text="{}"),
    "a total changed": lambda scrutin: changed(
        BallotBox.objects.filter(pk=scrutin.box.pk), result='{"result":[[4,0,0]]}'
    ),
}


@pytest.fixture
def scrutin() -> Scrutin:
    found = make_scrutin(SecretState.OPEN)
    found.vote_in_turn()
    return found


def test_each_alteration_of_an_open_box_is_found(scrutin: Scrutin) -> None:
    assert is_sound(scrutin.box)
    for name, alter in (ALTERATIONS | UNREADABLE).items():
        with undone():
            alter(scrutin)
            assert not is_sound(scrutin.box), name
    assert is_sound(scrutin.box)


def test_each_alteration_of_an_opened_box_is_found() -> None:
    scrutin = make_scrutin(SecretState.DECRYPTED)
    assert is_sound(scrutin.box)
    for name, alter in (ALTERATIONS | AFTERWARDS | UNREADABLE_SUMS).items():
        with undone():
            alter(scrutin)
            assert not is_sound(scrutin.box), name
    assert check_chains() == 0


def test_the_bureau_is_alerted_once(scrutin: Scrutin) -> None:
    chair = scrutin.sitting.users[0]
    scrutin.sitting.seat(chair, BureauRole.CHAIR)
    watch_boxes()
    assert not Incident.objects.exists()
    _text(scrutin)
    assert check_chains() == 1
    watch_boxes()
    incident = Incident.objects.get()
    assert "Scrutin du matin" in incident.text
    assert "Urne unique" in incident.text
    scrutin.vote.refresh_from_db()
    assert scrutin.vote.unsound_at == incident.at == instant_of(scrutin.vote, "unsound")
    told = Notice.objects.filter(kind="governance.secret_unsound")
    assert {notice.user for notice in told} == {chair, *scrutin.keepers}
    assert told.count() == 4


def test_the_archive_of_an_altered_box_is_another_one(scrutin: Scrutin) -> None:
    before = archive_of(scrutin.box)
    heads = [addition.event.hash for addition in additions_of(scrutin.box)]
    assert heads == list(BoxEvent.objects.order_by("height").values_list("digest", flat=True))
    _text(scrutin)
    assert archive_of(scrutin.box) != before
    assert [addition.event.hash for addition in additions_of(scrutin.box)][-1] != heads[-1]


def test_a_box_that_is_not_sealed_has_no_archive() -> None:
    scrutin = make_scrutin(SecretState.ROLL_FROZEN)
    assert archive_of(scrutin.box) == b""


def test_the_journal_of_a_scrutin_is_a_chain(scrutin: Scrutin) -> None:
    assert is_sealed(scrutin.vote)
    rows = journal_of(scrutin.vote)
    middle = rows[3]
    assert instant_of(scrutin.vote, "cancel") is None
    let_go(SecretJournal)
    for wrong in ({"act": "pause"}, {"by": None}, {"facts": {}}, {"rank": 40}, {"reason": "Autre"}):
        with undone():
            SecretJournal.objects.filter(pk=middle.pk).update(**wrong)
            assert not is_sealed(scrutin.vote)
    assert list(journal_faults()) == []
    with undone():
        middle.delete()
        assert not is_sealed(scrutin.vote)
        assert ["Scrutin du matin" in fault for fault in journal_faults()] == [True]
    assert journal_faults in [control.faults for control in controls()]


def test_the_words_of_a_reason_may_go_and_the_chain_stays(scrutin: Scrutin) -> None:
    pause_secret_vote(scrutin.vote, reason="Malaise d’Ana", **scrutin.by())
    row = journal_of(scrutin.vote).last()
    assert row is not None
    let_go(SecretJournal)
    SecretJournal.objects.filter(pk=row.pk).update(reason=ERASED)
    assert is_sealed(scrutin.vote)
    SecretJournal.objects.filter(pk=row.pk).update(reason="Malaise de Bob")
    assert not is_sealed(scrutin.vote)


def test_the_programs_of_the_voting_page_are_told_by_their_hashes() -> None:
    found = programs()
    assert list(found) == sorted(found)
    assert {"js/voting.js", "js/ballots/worker.js", "js/ballots/ballot.js"} <= found.keys()
    assert all(len(digest) == 64 for digest in found.values())


def test_the_share_of_the_server_is_no_trustee(scrutin: Scrutin) -> None:
    scrutin.reach(SecretState.TALLIED)
    assert DecryptionShare.objects.get().trustee is None
