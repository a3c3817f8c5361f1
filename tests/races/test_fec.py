"""Several hands on FEC and exports: each file has its number and tells one moment; an entry leaves once."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.db.utils import Error

from accounting.models import Entry, ExportBatch, ExportedEntry
from accounting.services.exporting import export_entries
from accounting.services.fec_making import make_fec
from cae.core.errors import Refused
from cae.core.periods import Span
from cae.core.snapshots import one_moment
from tests.factories.accounting_exports import choice
from tests.factories.accounting_ledger import post
from tests.factories.kernel import make_cooperative
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DAY = date(2026, 3, 2)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def test_files_asked_together_have_a_number_each(race: Race) -> None:
    make_cooperative()
    post(DAY)
    made = race([partial(make_fec, YEAR, actor=None)] * 3)
    assert sorted(one.number for one in made) == [1, 2, 3]  # type: ignore[attr-defined]


def test_a_batch_asked_for_twice_leaves_once(race: Race) -> None:
    post(DAY)
    made = race([partial(export_entries, choice(), actor=None)] * 2)
    assert [one for one in made if isinstance(one, ExportBatch)] == list(ExportBatch.objects.all())
    assert sum(isinstance(one, Refused) for one in made) == 1
    assert ExportedEntry.objects.filter(is_taken=True).count() == 1


def test_what_is_posted_meanwhile_comes_after_the_moment_and_nothing_is_written_in_it(race: Race) -> None:
    post(DAY)
    with one_moment():
        assert Entry.objects.count() == 1
        race([partial(post, DAY)])
        assert Entry.objects.count() == 1
    assert Entry.objects.count() == 2
    with pytest.raises(Error, match="read-only"), one_moment():
        post(DAY)
