"""Whether an activity is covered on a day, by which cover, and what to do when it is not (ENT-42)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from cae.core.settings import value_of
from entrepreneurs.calculations.covers import CoverFacts, Standing, is_demanded, standing
from entrepreneurs.models import Activity, Claim, Cover
from entrepreneurs.states.covers import COVER_DEMAND


def cover_of(activity: Activity, on: date) -> Cover | None:
    """Gives the cover that answers for the trade of the activity on a day, its own before the house's."""
    found = standings([(activity, None)], on=on)[0].cover
    return Cover.objects.get(pk=found) if found else None


def is_covered(activity: Activity, on: date) -> bool:
    """Tells whether a cover answers for the trade of the activity on a day."""
    return standings([(activity, None)], on=on)[0].cover is not None


def standings(asked: Iterable[tuple[Activity, Decimal | None]], *, on: date) -> list[Standing]:
    """What covers say of each sale (its activity, its amount before tax or none), in one query."""
    rows = list(asked)
    mine = Q(activity__in={activity.pk for activity, _amount in rows})
    covers = list(Cover.objects.filter(mine | Q(activity=None)).prefetch_related("trades"))
    return [
        standing([facts_of(cover, activity) for cover in covers if _concerns(cover, activity)],
                 on=on, amount=amount)
        for activity, amount in rows
    ]  # fmt: skip


def facts_of(cover: Cover, activity: Activity) -> CoverFacts:
    """The cover as the rule reads it for this activity."""
    trade = activity.trade
    named = any(one.pk == trade.pk for one in cover.trades.all())
    return CoverFacts(
        key=cover.pk,
        starts_on=cover.starts_on,
        ends_on=cover.ends_on,
        takes_trade=named or trade.insurance_class in cover.classes,
        own=cover.activity_id is not None,
        job_limit=cover.job_limit,
    )


def _concerns(cover: Cover, activity: Activity) -> bool:
    return cover.activity_id in (None, activity.pk) and not cover.is_empty


def demands_cover(activity: Activity, on: date) -> bool:
    """Tells whether a quote of this activity asks for a cover, by the setting in force and its trade."""
    return is_demanded(value_of(COVER_DEMAND, on=on), activity.trade.needs_cover)


def covers_of(activity: Activity) -> QuerySet[Cover]:
    """Gives every cover that concerns an activity, the house's among them, the latest first."""
    return (
        Cover.objects.filter(Q(activity=activity) | Q(activity=None))
        .select_related("proof")
        .prefetch_related("trades")
        .order_by("-starts_on", "-pk")
    )


def covers_listed(user: Any) -> QuerySet[Cover]:
    """Gives the covers of the activities in sight and those of the house."""
    seen = Activity.objects.visible_to(user).order_by().values("pk")
    return (
        Cover.objects.filter(Q(activity__in=seen) | Q(activity=None))
        .select_related("activity", "proof")
        .order_by("ends_on", "pk")
    )


def claims_of(activity: Activity) -> QuerySet[Claim]:
    return Claim.objects.filter(activity=activity).select_related("cover")
