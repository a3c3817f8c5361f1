"""Two hands on one committee: a file is decided once, opens one path; the meeting closes once."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Document, OutgoingEmail
from entrepreneurs.models import ApplicationDecision, Contract, EntryChecklist
from entrepreneurs.services.committees import (
    MINUTES_FILE,
    close_committee,
    decide_file,
    give_voice,
)
from entrepreneurs.services.welcome import Grounds
from entrepreneurs.states.committees import Fit, Verdict, Voice
from people.models import StatusPeriod
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.factories.welcome import GROUNDS, candidature, convened, manager, stages
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_one_file_is_decided_once_and_opens_one_path(race: Race) -> None:
    """Two acceptances of one application, and a refusal, at the same instant."""
    make_cooperative()
    stages()
    boss, sent = manager(), candidature()
    made, (file,) = convened(sent, chair=boss)
    give_voice(file, voice=Voice.FOR, note="", actor=boss)
    mails, now = OutgoingEmail.objects.count(), timezone.now()
    decide = partial(decide_file, file, fit=Fit.YES, now=now, actor=boss)
    acts = [partial(decide, verdict=Verdict.ACCEPTED, grounds=Grounds())] * 2
    results = race([*acts, partial(decide, verdict=Verdict.REFUSED, grounds=GROUNDS)])
    assert sum(isinstance(one, ApplicationDecision) for one in results) == 1
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ALREADY_DONE] * 2
    decision = ApplicationDecision.objects.get()
    sent.refresh_from_db()
    accepted = decision.verdict == Verdict.ACCEPTED
    assert sent.state == ("accepted" if accepted else "refused")
    assert EntryChecklist.objects.count() == Contract.objects.count() == int(accepted)
    assert OutgoingEmail.objects.count() - mails <= 2, "the person is told once"
    assert StatusPeriod.objects.filter(person=sent.person, kind="candidate").count() == 1
    results = race([partial(close_committee, made, now=now, actor=boss)] * 3)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert Document.objects.filter(kind=MINUTES_FILE).count() == 1


def test_a_voice_given_while_the_file_is_decided_counts_or_comes_too_late(race: Race) -> None:
    stages()
    boss, member = manager(), make_user(RoleKind.COMMITTEE_MEMBER)
    _made, (file,) = convened(candidature(), chair=boss, members=(member,))
    give_voice(file, voice=Voice.FOR, note="", actor=boss)
    decide = partial(
        decide_file,
        file,
        verdict=Verdict.REFUSED,
        fit=Fit.NO,
        grounds=GROUNDS,
        now=timezone.now(),
        actor=boss,
    )
    voice = partial(give_voice, file, voice=Voice.ABSTAIN, note="", actor=member)
    decided, given = race([decide, voice])
    assert isinstance(decided, ApplicationDecision)
    assert not isinstance(given, Refused) or given.code in (Code.ALREADY_DONE, Code.ILLEGAL_MOVE)
