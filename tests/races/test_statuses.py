"""Two hands on the statuses of one person: one wins, the other gets a sentence."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from people.models import Role, StatusPeriod
from people.services.statuses import open_status, prolong_status
from people.states.statuses import StatusKind
from tests.factories.people import make_person
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_hands_open_two_statuses_of_the_path(race: Race) -> None:
    person, today = make_person(), timezone.localdate()
    kinds = (StatusKind.PROJECT_HOLDER, StatusKind.ENTREPRENEUR) * 2
    outcomes = race(
        [
            partial(open_status, person, kind=kind, starts_on=today, reason="signé", actor=None)
            for kind in kinds
        ]
    )
    refusals = [one for one in outcomes if isinstance(one, Refused)]
    assert [refusal.code for refusal in refusals] == [Code.DUPLICATE] * 3
    assert StatusPeriod.objects.count() == Role.objects.count() == 1


def test_two_hands_prolong_one_status(race: Race) -> None:
    today = timezone.localdate()
    end = today + timedelta(days=30)
    status = open_status(
        make_person(), kind="project_holder", starts_on=today, ends_on=end, reason="signé", actor=None
    )
    further = end + timedelta(days=180)
    outcomes = race([partial(prolong_status, status, ends_on=further, reason="x", actor=None)] * 2)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert status.versions.count() == 2
