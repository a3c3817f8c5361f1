"""Two hands share the same result, or answer the same demand, at the same instant."""

from __future__ import annotations

from datetime import date

import pytest

from accounting.models import Entry, ResultSharing
from accounting.services.sharing import share_result, undo_sharing
from cae.core.errors import Refused
from tests.factories.collectives import HALVES, contents, earn, make_collective, signed_agreement
from tests.races.conftest import Race

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]

YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31), "today": date(2026, 2, 1)}


def test_a_result_is_shared_and_undone_once(race: Race) -> None:
    activity, people = make_collective()
    signed_agreement(activity, contents(people, HALVES))
    earn(activity, "100.00", on=date(2025, 3, 4))
    before = Entry.objects.count()
    results = race([lambda: share_result(activity, actor=None, **YEAR) for _n in range(4)])  # type: ignore[arg-type]
    assert sum(isinstance(one, Refused) for one in results) == 3
    assert Entry.objects.count() == before + 1
    sharing = ResultSharing.objects.get()
    undone = race(
        [lambda: undo_sharing(sharing, on=date(2026, 1, 1), reason="Erreur", actor=None) for _n in range(3)]
    )
    assert sum(isinstance(one, Refused) for one in undone) == 2
    assert Entry.objects.count() == before + 2
