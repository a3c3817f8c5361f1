"""Codes of a secret ballot: one a voice, mailed under lock or on cards; whose one is no row says (GOV-26)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone

from cae.core import mail, sending
from cae.core.errors import Code
from cae.core.models import AuditEntry, EmailState, OutgoingEmail
from governance.calculations.quarters import quarter_of
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.credentials import new_code, public_credential, read_roll
from governance.engines.ballots.faults import Fault
from governance.models import BallotBox, PublicCredential, RollEntry, SecretVote
from governance.selectors.secret_voting import CODES, ballot_page, kept_code_mails
from governance.services.code_mails import forget_codes
from governance.services.secret_codes import make_mail_codes, note_card_given, receive_cards, renew_codes
from governance.states.secret import Channel, CodeMode, SecretState
from people.models import User
from tests.factories.governance import make_associate
from tests.factories.governance_ballots import make_open_box, make_roll, make_scrutin
from tests.factories.governance_votes import Sitting, make_sitting
from tests.factories.kernel import make_cooperative
from tests.governance.dumping import dumped, everything
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def frozen(
    present: int = 3, *, mode: str = CodeMode.MAIL, held: dict[int, int] | None = None
) -> tuple[Sitting, SecretVote, BallotBox]:
    """A scrutin whose roll is frozen, without codes."""
    make_cooperative()
    sitting = make_sitting(present)
    vote = make_scrutin(sitting, mode=mode)
    members = sitting.members
    box = make_roll(vote, members, {who: members[by] for who, by in (held or {}).items()})
    return sitting, vote, box


def mailed(sitting: Sitting, vote: SecretVote) -> list[OutgoingEmail]:
    make_mail_codes(vote, actor=sitting.actor, at=timezone.now())
    return list(OutgoingEmail.objects.filter(cause=CODES).order_by("pk"))


def codes_in(row: OutgoingEmail) -> list[str]:
    """The codes that a mail brings to who receives it."""
    lines = mail.opened(row, "text").splitlines()
    return [line for line in lines if len(line) == 25 and line.count("-") == 3]


def codes_to(user: User) -> list[str]:
    return [
        code for row in OutgoingEmail.objects.filter(cause=CODES, to=user.email) for code in codes_in(row)
    ]


class TestMailed:
    def test_each_voice_has_a_code_of_its_box_and_whose_no_row_says(self) -> None:
        sitting, vote, box = frozen()
        rows = mailed(sitting, vote)
        assert sorted(row.to for row in rows) == sorted(user.email for user in sitting.users)
        codes = [code for row in rows for code in codes_in(row)]
        listed = list(box.credentials.values_list("value", flat=True))
        assert sorted(public_credential(box.uuid, code) for code in codes) == sorted(listed)
        assert len(set(listed)) == 3
        box.refresh_from_db()
        assert set(read_roll(box.roll)) == set(listed)
        assert len(box.roll_fingerprint) == 43
        assert not box.entries.filter(code_sent_at=None).exists()

    def test_the_list_is_written_in_the_order_of_its_credentials(self) -> None:
        """Neither its rows nor its text keep the order of the voters."""
        sitting, vote, _box = frozen(8)
        mailed(sitting, vote)
        rows = dumped()[PublicCredential._meta.db_table]
        values = [json.loads(row)["value"] for row in rows]
        assert len(values) == 8
        assert values == sorted(values)

    def test_a_mandatary_receives_one_mail_with_the_code_of_each_voice(self) -> None:
        sitting, vote, _box = frozen(3, held={1: 0})
        rows = mailed(sitting, vote)
        assert sorted(row.to for row in rows) == sorted(sitting.users[rank].email for rank in (0, 2))
        (row,) = [row for row in rows if row.to == sitting.users[0].email]
        assert len(codes_in(row)) == 2
        assert all(str(member) in row.text for member in sitting.members[:2])
        assert str(sitting.members[2]) not in row.text

    def test_a_code_is_read_in_no_table_before_nor_after_it_leaves(self) -> None:
        sitting, vote, _box = frozen()
        rows = mailed(sitting, vote)
        codes = [code for row in rows for code in codes_in(row)]
        assert len(codes) == 3
        held = everything()
        assert not [code for code in codes if code in held or code.replace("-", "") in held]
        for row in rows:
            sending.send_email(row.pk)
        assert sorted(code for one in outbox.outbox for code in codes if code in one.body) == sorted(codes)
        assert not OutgoingEmail.objects.exclude(secret="").exists()
        assert not [code for code in codes if code in everything()]

    def test_who_has_no_account_has_no_code_and_will_vote_on_paper(self) -> None:
        sitting, vote, box = frozen(1)
        closed = make_associate()
        RollEntry.objects.create(box=box, associate=closed)
        sitting.users[0].is_active = False
        sitting.users[0].save()
        assert mailed(sitting, vote) == []
        assert not box.credentials.exists()
        assert set(box.entries.values_list("code_sent_at", "noted_by")) == {(None, None)}

    def test_an_entrepreneur_who_is_no_associate_receives_theirs(self) -> None:
        sitting, vote, box = frozen(1)
        other = sitting.actor
        RollEntry.objects.create(box=box, person=other.person)
        mailed(sitting, vote)
        assert len(codes_to(other)) == 1

    def test_the_house_reads_its_mails_without_their_codes(self) -> None:
        sitting, vote, _box = frozen(1)
        (row,) = mailed(sitting, vote)
        for part in ("text", "html"):
            assert mail.ERASED in mail.shown(row, part)
            assert codes_in(row)[0] not in mail.shown(row, part)


class TestDemonstration:
    def test_a_visitor_reads_their_own_code_in_the_mail_that_was_kept(self, settings: Any) -> None:
        settings.DEMONSTRATION = True
        sitting, vote, _box = frozen(2)
        mailed(sitting, vote)
        assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {EmailState.KEPT}
        (text,) = kept_code_mails(vote, sitting.users[0])
        assert codes_to(sitting.users[0])[0] in text
        assert codes_to(sitting.users[1])[0] not in text
        settings.DEMONSTRATION = False
        assert kept_code_mails(vote, sitting.users[0]) == []


class TestForgotten:
    def test_a_mail_that_did_not_leave_loses_its_codes_and_stays(self) -> None:
        sitting, vote, _box = frozen(2)
        first, waiting = mailed(sitting, vote)
        sending.send_email(first.pk)
        forget_codes(vote)
        waiting.refresh_from_db()
        first.refresh_from_db()
        assert (waiting.state, waiting.secret, first.state) == (EmailState.FAILED, "", EmailState.SENT)
        assert mail.ERASED in waiting.text
        assert "ne valent plus" in waiting.error
        sending.send_email(waiting.pk)
        assert len(outbox.outbox) == 1


class TestRenewed:
    def test_all_are_made_anew_and_those_of_before_open_nothing(self) -> None:
        sitting, vote, box = frozen(2)
        mailed(sitting, vote)
        before = set(box.credentials.values_list("value", flat=True))
        renew_codes(vote, reason="Un e-mail lu par un tiers", actor=sitting.actor, at=timezone.now())
        after = set(box.credentials.values_list("value", flat=True))
        assert len(after) == 2
        assert not before & after
        rows = OutgoingEmail.objects.filter(cause=CODES)
        assert rows.filter(state=EmailState.FAILED, secret="").count() == 2
        assert rows.filter(state=EmailState.QUEUED).exclude(secret="").count() == 2
        assert vote.journal.get().act == "renew_codes"
        entry = AuditEntry.objects.get(verb="governance.secret.renew_codes")
        assert entry.detail == {"reason": "Un e-mail lu par un tiers"}

    def test_it_asks_a_reason_the_right_mode_and_a_list_that_is_not_sealed(self) -> None:
        sitting, vote, box = frozen(1)
        by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
        with refused(Code.VALUE_MISSING, "reason"):
            renew_codes(vote, reason=" ", **by)
        SecretVote.objects.filter(pk=vote.pk).update(state=SecretState.KEYS_READY)
        with refused(Code.ILLEGAL_MOVE):
            renew_codes(vote, reason="Perdus", **by)
        other = make_scrutin(sitting, mode=CodeMode.CARDS)
        with refused(Code.NOT_ALLOWED, said="Cartes"):
            renew_codes(other, reason="Perdus", **by)
        assert box.credentials.count() == 0


def cards(box: BallotBox, count: int) -> list[str]:
    return [public_credential(box.uuid, new_code()) for _card in range(count)]


class TestCards:
    def test_the_public_parts_are_listed_and_those_sent_again_replace_them(self) -> None:
        sitting, vote, box = frozen(3, mode=CodeMode.CARDS)
        by: dict[str, Any] = {"actor": sitting.users[0], "at": timezone.now()}
        first, second = cards(box, 3), cards(box, 3)
        receive_cards(box, credentials=first, **by)
        note_card_given(box.entries.all()[0], **by)
        row = receive_cards(box, credentials=second, **by)
        assert set(box.credentials.values_list("value", flat=True)) == set(second)
        assert set(read_roll(row.roll)) == set(second)
        assert set(box.entries.values_list("code_sent_at", "noted_by")) == {(None, None)}
        facts = [one.facts["roll"] for one in vote.journal.order_by("rank")]
        assert facts[1] == row.roll_fingerprint != facts[0]

    def test_as_many_as_voices_each_a_credential_and_none_twice(self) -> None:
        sitting, _vote, box = frozen(2, mode=CodeMode.CARDS)
        by: dict[str, Any] = {"actor": sitting.users[0], "at": timezone.now()}
        one = cards(box, 1)
        for count in (1, 3):
            with refused(Code.VALUE_INVALID, said="une carte par voix"):
                receive_cards(box, credentials=cards(box, count), **by)
        with refused(Code.VALUE_INVALID, said=fault_sentence(Fault.CREDENTIAL_TWICE)):
            receive_cards(box, credentials=one * 2, **by)
        with refused(Code.VALUE_INVALID, said=fault_sentence(Fault.NEUTRAL_POINT)):
            receive_cards(box, credentials=[*one, "0" * 63 + "1"], **by)
        with refused(Code.VALUE_INVALID, said=fault_sentence(Fault.POINT_INVALID)):
            receive_cards(box, credentials=[*one, "f" * 64], **by)

    def test_neither_by_mail_nor_once_the_box_is_sealed(self) -> None:
        sitting, vote, box = frozen(1)
        by: dict[str, Any] = {"actor": sitting.users[0], "at": timezone.now()}
        with refused(Code.NOT_ALLOWED, said="e-mail"):
            receive_cards(box, credentials=cards(box, 1), **by)
        made = make_open_box(state=SecretState.KEYS_READY, sitting=sitting)
        with refused(Code.ILLEGAL_MOVE):
            receive_cards(made.box, credentials=cards(made.box, 1), **by)
        assert vote.journal.count() == 0

    def test_one_is_given_once_at_a_quarter_of_an_hour_and_no_journal_says_in_which_order(self) -> None:
        made = make_open_box(2)
        at, acts = timezone.now(), AuditEntry.objects.count()
        row = note_card_given(made.entry(0), actor=made.sitting.actor, at=at)
        assert (row.code_sent_at, row.noted_by) == (quarter_of(at), made.sitting.actor)
        assert AuditEntry.objects.count() == acts
        with refused(Code.ALREADY_DONE):
            note_card_given(made.entry(0), actor=made.sitting.actor, at=at)

    def test_none_is_given_to_who_voted_nor_where_there_is_none(self) -> None:
        made = make_open_box(2)
        by: dict[str, Any] = {"actor": made.sitting.actor, "at": timezone.now()}
        RollEntry.objects.filter(pk=made.entry(0).pk).update(channel=Channel.PAPER)
        with refused(Code.ALREADY_DONE):
            note_card_given(made.entry(0), **by)
        made.move(SecretState.CLOSED)
        with refused(Code.ILLEGAL_MOVE):
            note_card_given(made.entry(1), **by)
        scrutin = make_scrutin(made.sitting, mode=CodeMode.CARDS)
        box = make_roll(scrutin, made.sitting.members, {})
        with refused(Code.ILLEGAL_MOVE):
            note_card_given(box.entries.all()[0], **by)
        by_mail = make_open_box(mode=CodeMode.MAIL, sitting=made.sitting)
        with refused(Code.ILLEGAL_MOVE):
            note_card_given(by_mail.entry(0), **by)


class TestPage:
    def test_the_voter_meets_the_voices_in_hand_their_own_first(self) -> None:
        made = make_open_box(4, held={0: 2, 1: 2})
        page = ballot_page(made.vote, made.sitting.users[2])
        (one,) = page.boxes
        assert one.voices[0].name == str(made.sitting.members[2])
        assert [voice.is_own for voice in one.voices] == [True, False, False]
        assert one.election.fingerprint == made.box.fingerprint
        assert [question.resolution.title for question in page.questions]
        assert not page.is_final
        assert ballot_page(made.vote, made.sitting.users[0]).boxes == []

    def test_a_voice_on_paper_is_not_expected_on_the_screen(self) -> None:
        made = make_open_box(1, ballot_final="first")
        page = ballot_page(made.vote, made.sitting.users[0])
        assert page.is_final
        assert page.boxes[0].voices[0].may_vote
        RollEntry.objects.update(channel=Channel.PAPER)
        assert not ballot_page(made.vote, made.sitting.users[0]).boxes[0].voices[0].may_vote
