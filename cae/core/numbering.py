"""Gives the next legal number under a lock, and carries the chain of seals.

Rule: unique, chronological, continuous numbers (CGI ann. II art. 242 nonies A). The counter moves in
the transaction of the issue: rolled back, its number goes to the next.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cae.core import number_templates
from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries


@dataclass(frozen=True)
class Number:
    """A number just given, and the seal of the one before it in the series."""

    number: str
    previous_seal: str


def open_series(
    code: str, *, label: str, template: str, dates_rise: bool = True, start_after: int = 0
) -> NumberSeries:
    """Does: opens a series, or gives the one of that code. Refuses: a template that can't give unique
    numbers (series_invalid). Leaves behind: its row."""
    try:
        number_templates.check(template)
    except number_templates.BadTemplate as error:
        raise Refused(
            Code.SERIES_INVALID, _("Ce modèle de numéro ne donne pas des numéros uniques.")
        ) from error
    if not dates_rise and "{SEQ}" not in template:
        raise Refused(Code.SERIES_INVALID, _("Une série dont les dates reviennent ne peut pas recommencer."))
    series, _created = NumberSeries.objects.get_or_create(
        code=code,
        defaults={"label": label, "template": template, "dates_rise": dates_rise, "counter": start_after},
    )
    return series


def next_number(code: str, on: date) -> Number:
    """Does: locks the series and takes its next number. Refuses: a date before the last one issued.
    Leaves behind: the counter moved, if the caller's transaction commits."""
    series = NumberSeries.objects.select_for_update().get(code=code)
    if series.dates_rise and series.last_on and on < series.last_on:
        raise Refused(
            Code.DATE_BEFORE_LAST,
            _("La date ne peut pas précéder celle du dernier document émis, le %(last)s.")
            % {"last": series.last_on.strftime("%d/%m/%Y")},
            field="issued_on",
        )
    if number_templates.restarts(series.template, series.last_on, on):
        series.counter = 0
    series.counter += 1
    series.last_on = on
    series.save(update_fields=["counter", "last_on"])
    return Number(number_templates.write(series.template, series.counter, on), series.last_seal)


def link(previous: str, content: str) -> str:
    """Gives the seal of `content` placed after the document whose seal is `previous`."""
    return hashlib.sha256((previous + content).encode()).hexdigest()


def seal(code: str, content: str, *, after: str | None = None) -> str:
    """Does: chains `content` to the last document of the series, already locked by `next_number`, whose
    answer says the seal it comes `after`. Refuses: nothing. Leaves behind: the new last seal, given back."""
    if after is None:
        after = NumberSeries.objects.select_for_update().get(code=code).last_seal
    last = link(after, content)
    NumberSeries.objects.filter(code=code).update(last_seal=last)
    return last
