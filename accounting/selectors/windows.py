"""What the windows and the year of an activity hold when a document comes."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from accounting.calculations.contribution.presence import year_of
from accounting.calculations.contribution.scales import Scale
from accounting.calculations.contribution.windows import Counted, Memory, window_keys
from accounting.models import ContributionPart, ContributionRun
from accounting.states.contributions import RunKind
from cae.core.money import ZERO


def memory_of(activity_id: int, scale: Scale, on: date, name: str) -> Memory:
    """Gives what a document of that day and name finds, in two queries whatever came before."""
    memory = Memory()
    windows = set(window_keys(scale, on, name).values())
    rows = (
        ContributionPart.objects.filter(activity=activity_id, window__in=windows)
        .values_list("category", "window", "scale_id")
        .annotate(base=Sum("base"), proportional=Sum("proportional"))
        .order_by()
    )
    memory.count(Counted(*row) for row in rows)
    year = year_of(on, scale.year_starts)
    sums = (
        ContributionRun.objects.filter(activity=activity_id, year=year)
        .exclude(kind=RunKind.YEAR)
        .aggregate(due=Sum("due", default=ZERO), uncapped=Sum("uncapped", default=ZERO))
    )
    memory.take(year, due=sums["due"], uncapped=sums["uncapped"])
    return memory
