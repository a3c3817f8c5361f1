"""A secret ballot is cast whole or not at all; as many codes in the box as voices marked (GOV-26, GOV-33)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry
from governance.calculations.quarters import quarter_of
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.archive import read_archive
from governance.engines.ballots.audit import verify_archive
from governance.engines.ballots.canonical import dumps, loads_exact
from governance.engines.ballots.credentials import new_code, new_uuid, private_key
from governance.engines.ballots.elections import read_election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import random_scalar
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.proving import prove_known
from governance.models import Assembly, Ballot, BoxEvent, RollEntry
from governance.selectors.box_archive import archive_of, counters_of
from governance.services import ballot_casting
from governance.services.ballot_casting import Cast, cast_ballot
from governance.services.paper_voices import note_paper
from governance.states.secret import Channel, SecretState
from tests.factories.governance_ballots import CONTRE, OpenBox, make_open_box
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def cast(made: OpenBox, voice: int, text: str, *, by: int | None = None, at: datetime | None = None) -> Cast:
    """Casts for the voice of a rank, by its owner or by the member of another rank."""
    actor = made.sitting.users[voice if by is None else by]
    return cast_ballot(made.entry(voice), text=text, actor=actor, at=at or timezone.now())


def test_a_quarter_of_an_hour_is_all_that_is_known_of_an_instant() -> None:
    at = datetime(2027, 6, 12, 14, 44, 59, 999_999, tzinfo=UTC)
    assert quarter_of(at) == datetime(2027, 6, 12, 14, 30, tzinfo=UTC)
    assert quarter_of(datetime(2027, 6, 12, 14, 45, tzinfo=UTC)) == datetime(2027, 6, 12, 14, 45, tzinfo=UTC)


class TestCast:
    def test_a_ballot_is_kept_byte_for_byte_and_its_voice_is_marked(self) -> None:
        made, at = make_open_box(), datetime.now(UTC)
        text = made.ballot(1)
        given = cast(made, 1, text, at=at)
        row = Ballot.objects.get()
        assert (row.text, row.tracker, row.height) == (text, given.tracker, 1)
        entry = made.entry(1)
        assert (entry.channel, entry.quarter) == (Channel.SCREEN, quarter_of(at))
        assert given.quarter == quarter_of(at)
        assert not RollEntry.objects.exclude(pk=entry.pk).exclude(channel="").exists()
        assert BoxEvent.objects.filter(kind="Ballot", height=1).exists()

    def test_its_archive_is_sound_while_the_box_is_open(self) -> None:
        made = make_open_box()
        for rank in (2, 0, 2):
            cast(made, rank, made.ballot(rank))
        archive = archive_of(made.box)
        assert len(read_archive(archive).events) == 4
        assert not verify_archive(archive, unfinished=True).faults

    def test_pages_that_poll_draw_themselves_anew(self) -> None:
        made = make_open_box()
        before = Assembly.objects.get().pulse
        cast(made, 0, made.ballot(0))
        assert Assembly.objects.get().pulse == before + 1

    def test_no_journal_speaks_of_it(self) -> None:
        made = make_open_box()
        before = AuditEntry.objects.count()
        cast(made, 0, made.ballot(0))
        assert AuditEntry.objects.count() == before

    def test_a_mandatary_casts_each_voice_with_its_own_code(self) -> None:
        made = make_open_box(3, held={1: 0})
        cast(made, 0, made.ballot(0))
        cast(made, 1, made.ballot(1, CONTRE), by=0)
        counters = counters_of(made.box)
        assert (counters.ballots, counters.credentials, counters.marked) == (2, 2, 2)

    def test_a_code_answers_for_any_one_voice_of_its_hands(self) -> None:
        """Nobody knows whose code it is: two that were exchanged vote as well."""
        made = make_open_box(2, held={1: 0})
        cast(made, 0, made.ballot(1))
        cast(made, 1, made.ballot(0), by=0)
        assert counters_of(made.box).agree


class TestVotingAgain:
    def test_the_last_ballot_of_a_code_is_kept_beside_the_former_and_the_mark_does_not_move(self) -> None:
        made, at = make_open_box(), timezone.now()
        first = cast(made, 0, made.ballot(0), at=at)
        again = cast(made, 0, made.ballot(0, CONTRE), at=at + timedelta(minutes=40))
        assert first.tracker != again.tracker
        assert made.entry(0).quarter == quarter_of(at)
        counters = counters_of(made.box)
        assert (counters.ballots, counters.credentials, counters.marked) == (2, 1, 1)

    def test_it_is_refused_where_the_first_is_final(self) -> None:
        made = make_open_box(ballot_final="first")
        cast(made, 0, made.ballot(0))
        with refused(Code.ALREADY_DONE, said="définitif"):
            cast(made, 0, made.ballot(0, CONTRE))

    def test_a_code_votes_so_many_times(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ballot_casting, "MOST_BALLOTS", 2)
        made = make_open_box()
        for _time in range(2):
            cast(made, 0, made.ballot(0))
        with refused(Code.NOT_ALLOWED, said="2 fois"):
            cast(made, 0, made.ballot(0))

    def test_no_former_ballot_is_put_back(self) -> None:
        """Neither as it was nor signed anew: who saw it pass would undo the later one."""
        made = make_open_box()
        text = made.ballot(0)
        cast(made, 0, text)
        cast(made, 0, made.ballot(0, CONTRE))
        with refused(Code.ALREADY_DONE, said=fault_sentence(Fault.SEEN_BEFORE)):
            cast(made, 0, text)
        with refused(Code.ALREADY_DONE, said=fault_sentence(Fault.SEEN_BEFORE)):
            cast(made, 0, signed_anew(made, text))

    def test_a_code_that_voted_for_a_voice_does_not_vote_for_another(self) -> None:
        made = make_open_box(2, held={1: 0})
        cast(made, 0, made.ballot(0))
        with refused(Code.NOT_ALLOWED, said="autre voix"):
            cast(made, 1, made.ballot(0), by=0)

    def test_a_voice_that_voted_does_not_vote_with_another_code(self) -> None:
        made = make_open_box(2)
        cast(made, 0, made.ballot(0))
        with refused(Code.NOT_ALLOWED, said="autre code"):
            cast(made, 0, made.ballot(1))


def signed_anew(made: OpenBox, text: str) -> str:
    """The same ballot under another signature of the same code: other bytes, same body."""
    value = loads_exact(text)
    key = private_key(made.box.uuid, made.codes[0])
    signed = value["signature"]["hash"]
    value["signature"]["proof"] = prove_known(key, f"sig|{signed}|", random_scalar).plain()
    return dumps(value)


class TestRefusals:
    @pytest.mark.parametrize(
        ("state", "said"),
        [
            (SecretState.PAUSED, "suspendu"),
            (SecretState.CLOSED, "clos"),
            (SecretState.TALLIED, "clos"),
            (SecretState.CANCELLED, "pas ouvert"),
        ],
    )
    def test_a_scrutin_that_is_not_open(self, state: str, said: str) -> None:
        made = make_open_box()
        fields: dict[str, Any] = (
            {"cancel_reason": "Erreur de liste"} if state == SecretState.CANCELLED else {}
        )
        made.move(state, **fields)
        with refused(Code.ILLEGAL_MOVE, said=said):
            cast(made, 0, made.ballot(0))

    def test_a_scrutin_that_never_opened(self) -> None:
        made = make_open_box(state=SecretState.TESTED)
        with refused(Code.ILLEGAL_MOVE, said="pas ouvert"):
            cast(made, 0, made.ballot(0))

    def test_the_closing_time_itself(self) -> None:
        at = timezone.now() + timedelta(hours=1)
        made = make_open_box(closes_at=at)
        with refused(Code.ILLEGAL_MOVE, said="clos"):
            cast(made, 0, made.ballot(0), at=at)
        cast(made, 0, made.ballot(0), at=at - timedelta(microseconds=1))

    def test_a_scrutin_closed_while_the_proofs_were_checked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = make_open_box()
        proved = ballot_casting._proved

        def closing(*args: Any) -> Any:
            found = proved(*args)
            made.move(SecretState.CLOSED)
            return found

        monkeypatch.setattr(ballot_casting, "_proved", closing)
        text = made.ballot(0)
        with pytest.raises(ballot_casting.Refused, match="clos"):
            cast(made, 0, text)
        assert not Ballot.objects.exists()
        assert made.entry(0).channel == ""

    def test_a_voice_that_is_in_other_hands(self) -> None:
        made = make_open_box(3, held={1: 2})
        for voice, by in ((1, 1), (0, 1), (1, 0)):
            with refused(Code.NOT_ALLOWED, said="entre vos mains"):
                cast(made, voice, made.ballot(voice), by=by)
        stranger = make_user()
        with refused(Code.NOT_ALLOWED, said="entre vos mains"):
            cast_ballot(made.entry(0), text=made.ballot(0), actor=stranger, at=timezone.now())

    def test_a_voice_that_votes_on_paper(self) -> None:
        made = make_open_box()
        note_paper(made.entry(0), actor=made.sitting.actor, at=timezone.now())
        with refused(Code.NOT_ALLOWED, said="papier"):
            cast(made, 0, made.ballot(0))


def altered(change: Callable[[dict[str, Any]], Any]) -> Callable[[OpenBox], str]:
    def make(made: OpenBox) -> str:
        value = loads_exact(made.ballot(0))
        change(value)
        return dumps(value)

    return make


def _double(value: dict[str, Any]) -> None:
    """Two choices where one was proved, the body hashed anew: only the signature tells."""
    value["answers"][0]["choices"][1] = value["answers"][0]["choices"][0]


def _of_another_box(made: OpenBox) -> str:
    election = read_election(made.box.election.replace(made.box.uuid, new_uuid()))
    return make_ballot(election, made.codes[0], [(1, 0, 0)])


def _of_a_stranger(made: OpenBox) -> str:
    return make_ballot(read_election(made.box.election), new_code(), [(1, 0, 0)])


BAD: dict[Fault, Callable[[OpenBox], str]] = {
    Fault.NOT_CANONICAL: lambda made: made.ballot(0) + "\n",
    Fault.TOO_BIG: lambda made: made.ballot(0) + " " * 20_000,
    Fault.SHAPE_WRONG: altered(lambda value: value.update(more=1)),
    Fault.WRONG_ELECTION: _of_another_box,
    Fault.CREDENTIAL_UNKNOWN: _of_a_stranger,
    Fault.HASH_WRONG: altered(_double),
    Fault.SIGNATURE_WRONG: altered(
        lambda value: value["signature"]["proof"].update(response="7"),
    ),
    Fault.SCALAR_INVALID: altered(lambda value: value["signature"]["proof"].update(response="07")),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_ballot_is_refused_in_the_words_of_its_fault(fault: Fault) -> None:
    made = make_open_box(1)
    text = BAD[fault](made)
    with refused(Code.VALUE_INVALID, said=fault_sentence(fault)):
        cast(made, 0, text)


def test_every_fault_has_its_sentence() -> None:
    sentences = [fault_sentence(fault) for fault in Fault]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)
