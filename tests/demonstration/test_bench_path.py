"""The crowd of the path is legal in small; its pages are drawn from constants and ask no more as it grows."""

from __future__ import annotations

import pytest

from cae.demonstration.bench.path import OFFICER, Sizes, measure_path
from entrepreneurs.models import Application, Mark, Meeting, StageMove
from people.models import Deadline, StatusPeriod
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_pages_of_the_path_ask_no_more_of_ten_times_as_many() -> None:
    make_cooperative()
    make_user(RoleKind.HUMAN_RESOURCES, email=OFFICER)
    said: list[str] = []
    found = measure_path(seconds=0, say=said.append, sizes=Sizes(candidates=40, followed=20, people=30))
    assert [one.name for one in found] == [
        "welcome board, 40 applications",
        "portfolio of 20 people",
        "deadlines, 30 people",
    ]
    assert all(one.is_flat for one in found), [one.questions for one in found]
    assert not any("left out" in sentence for sentence in said)
    assert Application.objects.count() == 40
    assert StatusPeriod.objects.filter(kind="candidate", role__kind="candidate").count() == 40
    assert StageMove.objects.values("target").distinct().count() == 4
    assert Mark.objects.exists()
    assert Meeting.objects.filter(state="held").count() == 60
    assert Deadline.objects.filter(closed_at=None).count() > 60
