"""A key among many, told as one array: the same rows as `in`, and no question when there is no key."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entrepreneurs.models import Activity
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db


def test_it_finds_what_in_finds() -> None:
    first, second, _third = (make_activity() for _ in range(3))
    keys = frozenset({first.scope_id, second.scope_id, 10**9})
    rows = Activity.objects.order_by("pk")
    assert list(rows.filter(scope_id__among=keys)) == list(rows.filter(scope_id__in=keys)) == [first, second]
    assert second not in rows.exclude(scope_id__among={second.scope_id})


def test_as_many_parameters_for_five_hundred_keys_as_for_one() -> None:
    written = [Activity.objects.filter(scope_id__among=set(range(most))).query for most in (2, 501)]
    (one, one_params), (many, many_params) = (query.sql_with_params() for query in written)
    assert one == many
    assert len(one_params) == len(many_params) == 1


def test_no_key_is_no_question() -> None:
    make_activity()
    with CaptureQueriesContext(connection) as asked:
        assert list(Activity.objects.filter(scope_id__among=frozenset())) == []
    assert len(asked) == 0
