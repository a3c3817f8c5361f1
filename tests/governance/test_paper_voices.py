"""A voice votes on paper or on a screen, never on both; what was noted wrongly is taken back (GOV-26)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry
from governance.models import RollEntry
from governance.selectors.box_archive import counters_of
from governance.services.ballot_casting import cast_ballot
from governance.services.paper_voices import note_paper, strike_paper
from governance.services.secret_codes import note_card_given
from governance.states.secret import Channel, CodeMode, SecretState
from tests.factories.governance_ballots import OpenBox, make_open_box
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def by(made: OpenBox) -> dict[str, Any]:
    return {"actor": made.sitting.actor, "at": timezone.now()}


def test_it_is_noted_by_somebody_and_the_box_does_not_count_it() -> None:
    made = make_open_box()
    row = note_paper(made.entry(1), **by(made))
    assert (row.channel, row.quarter, row.noted_by) == (Channel.PAPER, None, made.sitting.actor)
    assert counters_of(made.box).agree
    act = AuditEntry.objects.get(verb="governance.secret.note_paper")
    assert (act.about_type, act.about_id) == ("governance.associate", str(made.sitting.members[1].pk))


def test_it_is_noted_while_the_scrutin_is_suspended_too() -> None:
    made = make_open_box()
    made.move(SecretState.PAUSED)
    assert note_paper(made.entry(0), **by(made)).has_voted


def test_who_voted_on_a_screen_or_is_noted_already_is_not_noted() -> None:
    made = make_open_box()
    cast_ballot(made.entry(0), text=made.ballot(0), actor=made.sitting.users[0], at=timezone.now())
    with refused(Code.ALREADY_DONE, said="écran"):
        note_paper(made.entry(0), **by(made))
    note_paper(made.entry(1), **by(made))
    with refused(Code.ALREADY_DONE, said="déjà"):
        note_paper(made.entry(1), **by(made))


def test_a_mistake_is_taken_back_and_the_voice_votes_on_its_screen() -> None:
    made = make_open_box()
    note_paper(made.entry(0), **by(made))
    row = strike_paper(made.entry(0), **by(made))
    assert (row.channel, row.noted_by) == ("", None)
    assert AuditEntry.objects.filter(verb="governance.secret.strike_paper").exists()
    cast_ballot(made.entry(0), text=made.ballot(0), actor=made.sitting.users[0], at=timezone.now())
    with refused(Code.ALREADY_DONE, said="pas noté"):
        strike_paper(made.entry(0), **by(made))


def test_who_handed_a_card_over_is_not_forgotten_for_paper() -> None:
    made = make_open_box()
    giver, other = make_user(), make_user()
    note_card_given(made.entry(0), actor=giver, at=timezone.now())
    assert note_paper(made.entry(0), actor=other, at=timezone.now()).noted_by == giver
    row = strike_paper(made.entry(0), actor=other, at=timezone.now())
    assert (row.channel, row.noted_by) == ("", giver)
    assert row.code_sent_at is not None


def test_a_mailed_code_was_handed_over_by_nobody() -> None:
    made = make_open_box(mode=CodeMode.MAIL)
    made.box.entries.update(code_sent_at=timezone.now())
    assert note_paper(made.entry(0), **by(made)).noted_by == made.sitting.actor
    assert strike_paper(made.entry(0), **by(made)).noted_by is None


def test_neither_before_the_scrutin_nor_after_it() -> None:
    made = make_open_box(state=SecretState.TESTED)
    with refused(Code.ILLEGAL_MOVE):
        note_paper(made.entry(0), **by(made))
    at = timezone.now() + timedelta(hours=1)
    other = make_open_box(sitting=made.sitting, closes_at=at)
    note_paper(other.entry(0), actor=other.sitting.actor, at=at - timedelta(seconds=1))
    for act, rank in ((note_paper, 1), (strike_paper, 0)):
        with refused(Code.ILLEGAL_MOVE):
            act(other.entry(rank), actor=other.sitting.actor, at=at)
    other.move(SecretState.CLOSED)
    with refused(Code.ILLEGAL_MOVE):
        strike_paper(other.entry(0), **by(other))
    assert RollEntry.objects.filter(channel=Channel.PAPER).count() == 1
