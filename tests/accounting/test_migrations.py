"""The data of the first chart can be loaded and taken away."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from accounting.models import Account, AnalyticAccount, Journal
from cae.core.models import NumberSeries
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db

MIGRATION = import_module("accounting.migrations.0002_first_chart")
# It stands on the chart: it goes first, and comes back after.
ABOVE = import_module("invoicing.migrations.0002_reference_data")


def rows() -> tuple[int, ...]:
    ledgers = NumberSeries.objects.filter(code__startswith="ledger.")
    return (
        Account.objects.count(),
        Journal.objects.count(),
        AnalyticAccount.objects.count(),
        ledgers.count(),
    )


def test_it_is_reversible() -> None:
    before = rows()
    ABOVE.remove(apps, None)
    MIGRATION.unload(apps, None)
    assert rows() == (0, 0, 0, 0)
    MIGRATION.load(apps, None)
    ABOVE.add(apps, None)
    assert rows() == before


def test_it_takes_nothing_away_from_books_in_use() -> None:
    books.sale(make_activity())
    before = rows()
    with pytest.raises(DatabaseError), transaction.atomic():
        MIGRATION.unload(apps, None)
    assert rows() == before
