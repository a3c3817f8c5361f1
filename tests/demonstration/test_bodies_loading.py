"""The bodies of the demonstration: seats by rank, decisions to do, done and without follow-up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cae.core.models import Notice
from cae.demonstration.loading.bodies import seat_bodies
from cae.demonstration.loading.people import Population
from governance.models import Body, Decision, Mandate
from governance.selectors.mandates import alerts
from governance.services.decisions import note_decision
from governance.states.bodies import DecisionState
from tests.factories.governance import make_assembly, make_associate, make_organiser, make_resolution

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_two_bodies_sit_and_the_book_is_followed() -> None:
    boss, second = make_organiser(), make_organiser()
    associates = {f"membre{rank}": make_associate() for rank in range(6)}
    note_decision(make_resolution(make_assembly()), on=TODAY, text="Adopté.", actor=boss)
    seat_bodies(Population({}, {"manager": boss, "manager2": second}), associates, today=TODAY, now=NOW)
    assert list(Body.objects.values_list("name", flat=True)) == [
        "Assemblée générale",
        "Cogérance",
        "Conseil de surveillance",
    ]
    led = Mandate.objects.filter(body__name="Cogérance").order_by("rotation")
    assert [(one.person, one.rotation) for one in led] == [(boss.person, 1), (second.person, 2)]
    assert led[0].ends_on < led[1].ends_on
    assert Mandate.objects.count() == 5
    assert alerts(TODAY) == []
    states = Decision.objects.values_list("state", flat=True)
    assert sorted(states) == [
        DecisionState.DONE,
        DecisionState.NONE,
        DecisionState.TO_DO,
        DecisionState.TO_DO,
    ]
    assert not Notice.objects.filter(read_at=None).exists()
