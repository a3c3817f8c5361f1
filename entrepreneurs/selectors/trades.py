"""Questions about trades: who exercises them, where; what a document looks at."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from entrepreneurs.models import Activity, Trade


def trades_listed(*, on: date, territories: Any = None) -> QuerySet[Trade]:
    """Gives every trade with the number of activities that exercise it on a day, in one query."""
    open_then = Q(activities__opened_on__lte=on) & (
        Q(activities__closed_on__isnull=True) | Q(activities__closed_on__gte=on)
    )
    if territories is not None:
        open_then &= Q(activities__scope__territory__in=territories)
    return Trade.objects.annotate(activity_count=Count("activities", filter=open_then)).order_by(
        "sort_name", "pk"
    )


def trades_open(on: date) -> QuerySet[Trade]:
    """Gives the trades that may be chosen on a day."""
    return Trade.objects.open_on(on)


def words_of_trade(activity: Activity) -> str:
    """The trade by its name in the list and in the words of the activity: what a condition looks for."""
    return f"{activity.trade.name} · {activity.trade_label}"
