"""Tells an activity, once a month at most, that its cash goes below what it keeps (ACC-31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.treasury.forecast import ForecastMonth
from accounting.models import AnalyticAccount, ForecastAlert
from accounting.selectors.forecasts import Prospect, prospects
from accounting.selectors.treasury_desk import followers_of_activity, sections_to_watch
from cae.core.elision import elided
from cae.core.notices import notify, register_notice
from cae.core.periods import Month
from cae.core.templatetags.formats import money

LOW = "accounting.cash_forecast_low"
# Read so many at once: a few questions for all of them, and a bounded memory.
BATCH = 100


def register_forecast_notices() -> None:
    register_notice(LOW, label=gettext_lazy("La trésorerie prévue passe sous le plancher"), default="weekly")


def tell_low_forecasts(*, today: date) -> int:
    """Does: tells people of each activity whose cash goes below zero or below its floor, and who follows it,
    once a month. Refuses: nothing. Leaves behind: alerts, notices; gives how many activities were told."""
    sections = sections_to_watch(today)
    return sum(_tell(sections[rank : rank + BATCH], today) for rank in range(0, len(sections), BATCH))


def _tell(sections: Sequence[AnalyticAccount], today: date) -> int:
    found = prospects(sections, today)
    told = 0
    for section in sections:
        month = found[section.pk].below()
        if month is not None:
            told += _tell_one(section, found[section.pk], month, today)
    return told


@transaction.atomic
def _tell_one(section: AnalyticAccount, found: Prospect, month: ForecastMonth, today: date) -> bool:
    """Two runs at once tell once: the row is unique."""
    values = {
        "told_on": today,
        "below_in": month.month.first,
        "amount": month.closing,
        "floor": found.floor,
    }
    row, is_new = ForecastAlert.objects.get_or_create(
        section=section, month=Month.of(today).first, defaults=values
    )
    if not is_new:
        return False
    notify(
        followers_of_activity(section, today),
        LOW,
        subject=lambda: elided(
            _("Trésorerie de « %(section)s » : %(amount)s prévus fin %(month)s"),
            {
                "section": section.label,
                "amount": money(row.amount),
                "month": date_format(row.below_in, "F Y"),
            },
        ),
        text=lambda: _("Voyez ce qui entre et ce qui sort chaque mois, et essayez d’autres hypothèses."),
        url=reverse("accounting:forecast", args=[section.activity_id]),
        about=row,
        actor=None,
    )
    return True
