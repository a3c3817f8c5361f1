"""A sitting in small is legal; its pages are drawn from constants and ask no more as events grow."""

from __future__ import annotations

import pytest

from cae.demonstration.bench.sitting import ORGANISER, measure_screen, measure_sitting
from governance.models import AttendanceEvent
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_the_pages_of_a_sitting_ask_no_more_of_ten_times_as_many() -> None:
    make_cooperative()
    make_user(RoleKind.CO_MANAGER, email=ORGANISER)
    said: list[str] = []
    found = measure_sitting(seconds=0, say=said.append, members=20, events=50)
    assert [one.name for one in found] == ["quorum, 50 events", "desk, 50 events"]
    assert all(one.is_flat for one in found), [one.questions for one in found]
    assert not any("left out" in sentence for sentence in said)
    assert AttendanceEvent.objects.count() == 50
    screen = measure_screen(seconds=0)
    assert (screen.documents, screen.gaps) == (1, 0)
