"""A scrutin under several hands: it moves once, shares given together open its totals once, and nothing waits
for ever (GOV-26)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from governance.models import BoxEvent, DecryptionShare, SecretVote, Vote
from governance.selectors.box_archive import tally_of
from governance.selectors.box_soundness import is_sound
from governance.selectors.secret_journal import is_sealed
from governance.services.secret_counting import give_share, tally
from governance.services.secret_keys import receive_step
from governance.services.secret_opening import close_secret_vote, open_secret_vote
from governance.services.secret_votes import cancel_secret_vote
from governance.services.sitting import close_sitting
from governance.states.assemblies import AssemblyState
from governance.states.secret import SecretState, TrusteeStep
from tests.factories.governance_secret import Scrutin, make_scrutin, share_of
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def state_of(scrutin: Scrutin) -> str:
    return SecretVote.objects.get(pk=scrutin.vote.pk).state


def test_scrutineers_who_give_their_share_together_open_the_totals_once(race: Race) -> None:
    scrutin = make_scrutin(SecretState.TALLIED)
    box, sums = scrutin.box, tally_of(scrutin.box)
    acts = [
        partial(
            give_share,
            trustee,
            box=box,
            message=share_of(scrutin.group, trustee.index, sums, box.fingerprint, owner=trustee.index + 1),
            actor=keeper,
            at=timezone.now(),
        )
        for trustee, keeper in zip(scrutin.trustees, scrutin.keepers, strict=True)
    ]
    results = race([*acts, acts[0]])
    late = [one.code for one in results if isinstance(one, Refused)]
    # Two are enough: the third comes too late, and so does a share sent twice.
    assert len(late) == 2
    assert set(late) <= {Code.ILLEGAL_MOVE, Code.ALREADY_DONE}
    assert DecryptionShare.objects.exclude(trustee=None).count() == 2
    assert BoxEvent.objects.filter(kind="Result").count() == 1
    assert state_of(scrutin) == SecretState.DECRYPTED
    assert is_sound(box)
    assert is_sealed(scrutin.vote)


def test_a_scrutin_that_is_given_up_while_it_is_added_up_is_one_or_the_other(race: Race) -> None:
    scrutin = make_scrutin(SecretState.CLOSED)
    by = scrutin.by()
    results = race(
        [partial(tally, scrutin.vote, **by), partial(cancel_secret_vote, scrutin.vote, reason="Fin", **by)]
    )
    refusals = [one for one in results if isinstance(one, Refused)]
    # What was added up may still be given up; what was given up is not added up.
    assert len(refusals) <= 1
    assert state_of(scrutin) == SecretState.CANCELLED
    assert not any(box.server_key for box in scrutin.vote.boxes.all())


def test_scrutineers_send_their_steps_together_and_each_counts_once(race: Race) -> None:
    scrutin = make_scrutin()
    acts: list[Any] = [
        partial(
            receive_step,
            trustee,
            step=TrusteeStep.CERTIFICATE,
            message=scrutin.message(trustee, TrusteeStep.CERTIFICATE),
            actor=keeper,
            at=timezone.now(),
        )
        for trustee, keeper in zip(scrutin.trustees, scrutin.keepers, strict=True)
    ]
    results = race([*acts, acts[2]])
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ALREADY_DONE]
    assert all(trustee.certificate for trustee in scrutin.trustees)
    assert is_sealed(scrutin.vote)


def test_the_chair_and_the_clock_close_once(race: Race) -> None:
    scrutin = make_scrutin(SecretState.OPEN, closes_at=None)
    scrutin.vote_in_turn()
    later = scrutin.vote.closes_at
    close = partial(close_secret_vote, scrutin.vote, at=later)
    results = race([partial(close, actor=scrutin.actor), partial(close, actor=None)])
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ILLEGAL_MOVE]
    assert BoxEvent.objects.filter(kind="EndBallots").count() == 1
    assert is_sound(scrutin.box)


def test_a_sitting_never_closes_on_a_scrutin_that_opens(race: Race) -> None:
    scrutin = make_scrutin(SecretState.TESTED)
    by, assembly = scrutin.by(), scrutin.sitting.assembly
    results = race(
        [
            partial(open_secret_vote, scrutin.vote, **by),
            partial(close_sitting, assembly, confirmed=True, **by),
        ]
    )
    assert sum(isinstance(one, Refused) for one in results) == 1
    assembly.refresh_from_db()
    is_open = state_of(scrutin) == SecretState.OPEN
    assert is_open is (assembly.state == AssemblyState.OPEN)
    assert Vote.objects.filter(state="open").exists() is is_open
