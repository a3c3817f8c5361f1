"""x"""

import time
from datetime import UTC, datetime

import pytest
import time_machine

from governance.models import *
from tests.demonstration.secret_house import load_members

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_x():
    with time_machine.travel(NOW, tick=True):
        t = time.perf_counter()
        load_members(today=NOW.date(), now=NOW)
        print("load", time.perf_counter() - t)
        for v in SecretVote.objects.all():
            print(
                v,
                v.state,
                [(b.entries.count(), b.ballots.count(), b.result, b.report) for b in v.boxes.all()],
            )
            for q in v.questions.all():
                print(
                    q.vote,
                    q.vote.state,
                    list(q.vote.voices.values_list("is_blank_proxy", "is_by_correspondence")),
                    VoteResult.objects.filter(vote=q.vote).values_list("verdict", "facts"),
                )
        for e in RollEntry.objects.filter(box__secret_vote=v):
            print(e, e.holder, e.channel, e.code_sent_at)
