"""The bench of ballots: every ballot that was sent is there."""

from __future__ import annotations

import pytest

from cae.demonstration.bench.sitting import ORGANISER
from cae.demonstration.bench.voting import measure_voting
from governance.models import NamedBallot
from people.states import RoleKind
from tests.factories.people import make_user


@pytest.mark.django_db
def test_every_ballot_that_was_sent_is_there() -> None:
    make_user(RoleKind.CO_MANAGER, email=ORGANISER)
    rate = measure_voting(voters=4, resolutions=3)
    assert (rate.documents, rate.gaps, rate.clients) == (12, 0, 1)
    assert rate.per_second > 0
    assert NamedBallot.objects.count() == 12
