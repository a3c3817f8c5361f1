"""Which agreement a collective is under on each day, and what waits to be signed (ENT-44)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from entrepreneurs.models import Activity, Agreement
from entrepreneurs.states.agreements import AgreementState


def agreements_of(activity: Activity) -> QuerySet[Agreement]:
    """Gives every version, the latest first, those put aside left out."""
    return Agreement.objects.filter(activity=activity).exclude(state=AgreementState.CANCELLED)


def agreement_on(activity: Activity, on: date) -> Agreement | None:
    """Gives the signed version in force on a day."""
    rows = Agreement.objects.in_force(on).filter(activity=activity, state=AgreementState.SIGNED)
    return rows.first()


def agreements_between(activity: Activity, start: date, end: date) -> Sequence[Agreement]:
    """Gives the signed versions that touch a period, in their order, with their lines."""
    rows = (
        Agreement.objects.filter(activity=activity, state=AgreementState.SIGNED, starts_on__lte=end)
        .prefetch_related("shares__person", "shares__credited")
        .order_by("starts_on")
    )
    return [row for row in rows if not row.is_empty and (row.ends_on is None or row.ends_on >= start)]


def agreements_to_sign(user: Any) -> QuerySet[Agreement]:
    """Gives those that wait for this person’s own signature."""
    return Agreement.objects.filter(
        state=AgreementState.TO_SIGN, shares__person=user.person_id, shares__signature=None
    ).select_related("activity")
