"""Customers of one activity that look like one, and those that became one (INV-02)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F

from entrepreneurs.models import Activity
from invoicing.models import Customer, CustomerMerge

# As alike as « Mairie de Lormont » and « Mairie Lormont »; below, chance alone brings names together.
_NEAR = "0.55"
_PAIRS = """
    WITH used AS MATERIALIZED (
        SELECT id, activity_id, lower(email) AS email, siren, sort_name FROM invoicing_customer
        WHERE activity_id = ANY(%(activities)s) AND merged_into_id IS NULL AND archived_at IS NULL
    )
    SELECT a.id, b.id, a.email <> '' AND a.email = b.email AS mail,
        similarity(a.sort_name, b.sort_name) >= %(near)s AS name
    FROM used a JOIN used b ON a.activity_id = b.activity_id AND a.id < b.id
    WHERE ((a.email <> '' AND a.email = b.email) OR similarity(a.sort_name, b.sort_name) >= %(near)s)
        AND (a.siren = '' OR b.siren = '' OR a.siren = b.siren)
    ORDER BY 3 DESC, similarity(a.sort_name, b.sort_name) DESC, 1, 2 LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two customers that may be one, and why."""

    first: Any
    second: Any
    same_email: bool
    near_name: bool


def likely_customers(activities: list[Activity], *, limit: int = 100) -> list[Likely]:
    """Pairs of customers in use that look alike, inside each activity, the surest first."""
    if not activities:
        return []
    with connection.cursor() as cursor:
        keys = [one.pk for one in activities]
        cursor.execute(_PAIRS, {"activities": keys, "near": _NEAR, "limit": limit})
        rows = cursor.fetchall()
    told = Customer.objects.select_related("activity").annotate(
        due=F("balance__due"), invoice_count=F("balance__invoice_count")
    )
    found = told.in_bulk({key for row in rows for key in row[:2]})
    return [Likely(found[one], found[two], mail, name) for one, two, mail, name in rows]


def merges_of(activities: list[Activity]) -> list[CustomerMerge]:
    """The merges of these activities that still hold, the latest first."""
    rows = CustomerMerge.objects.filter(kept__activity__in=activities, undone_at=None)
    return list(rows.select_related("kept", "merged", "by__person"))
