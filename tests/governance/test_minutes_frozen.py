"""Minutes handed to be signed say all that happened, until the last signature (GOV-34)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cae.core.errors import Code, Refused
from governance.services.minutes import hand_over_minutes, take_back_minutes
from governance.services.minutes_files import archive_minutes
from governance.services.sitting import note_incident
from governance.states.assemblies import MinutesState
from tests.factories.contracts import no_code
from tests.factories.governance_minutes import CLOSED, OPENED, make_held, make_minutes, sign_as

pytestmark = pytest.mark.django_db


def test_an_incident_noted_since_they_were_frozen_is_not_lost() -> None:
    """It would stand in the journal and in no minutes: they are taken back, and say it."""
    no_code()
    assembly, bureau = make_held()
    writer = bureau[0][0]
    minutes = hand_over_minutes(make_minutes(assembly, writer), actor=writer)
    assert archive_minutes(minutes.pk) is not None
    sign_as(minutes, bureau[0][0])
    note_incident(
        assembly,
        text="Une panne de micro.",
        happened_at=OPENED + timedelta(minutes=30),
        actor=writer,
        at=CLOSED + timedelta(hours=1),
    )
    with pytest.raises(Refused) as refusal:
        sign_as(minutes, bureau[1][0])
    assert refusal.value.code == Code.STALE_FORM
    again = hand_over_minutes(take_back_minutes(minutes, actor=writer), actor=writer)
    assert [one["text"] for one in again.facts["incidents"]] == ["Une panne de micro."]
    for user, _associate in bureau[:3]:
        sign_as(again, user)
    again.refresh_from_db()
    assert again.state == MinutesState.SIGNED
