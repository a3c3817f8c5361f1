"""What customers owe beyond its date, for the rooms below (« activity.overdue »)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.models import Invoice


def overdue_of(activities: Iterable[Activity], on: date) -> dict[Any, Decimal]:
    """Gives {activity: euros overdue on a day}, in one query; an activity without any is absent."""
    keys = [activity.pk for activity in activities]
    rows = Invoice.objects.filter(activity__in=keys).overdue(on).order_by()
    return dict(rows.values_list("activity").annotate(owed=Sum("balance__due", default=ZERO)))
