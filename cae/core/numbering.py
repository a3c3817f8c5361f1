"""Gives the next legal number under a lock, and carries the chain of seals.

Rule: unique, chronological, continuous numbers (CGI ann. II art. 242 nonies A). The counter moves in
the transaction of the issue: rolled back, its number goes to the next.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from cae.core import number_templates
from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries

# Written out: what is asked for each entry, under a lock that the whole house waits for.
_LOCK = "SELECT * FROM core_numberseries WHERE code = %s FOR UPDATE"
_MOVE = "UPDATE core_numberseries SET counter = %s, last_on = %s, last_seal = %s WHERE id = %s"


@dataclass(frozen=True)
class Turn:
    """A number just given under lock, and the seal of the one before it; the writer ends its turn."""

    number: str
    previous_seal: str
    _series: NumberSeries

    def seal(self, content: str) -> str:
        """Does: chains `content` to the last document of the series, and ends the turn. Refuses: nothing.
        Leaves behind: the counter moved and the new last seal, given back."""
        self._series.last_seal = link(self.previous_seal, content)
        self.end()
        return self._series.last_seal

    def end(self) -> None:
        """Does: moves the counter. Refuses: nothing. Leaves behind: the row of the series."""
        series = self._series
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [series.counter, series.last_on, series.last_seal, series.pk])


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


def next_number(code: str, on: date) -> str:
    """Does: takes the next number of a series whose documents are not chained. Refuses and leaves behind: as
    `take_turn`, then the counter moved."""
    turn = take_turn(code, on)
    turn.end()
    return turn.number


def take_turn(code: str, on: date) -> Turn:
    """Does: locks the series and gives its next number, with the seal that it comes after. Refuses: a date
    before the last one issued. Leaves behind: the lock; the counter moves when the turn ends."""
    (series,) = NumberSeries.objects.raw(_LOCK, [code])
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
    number = number_templates.write(series.template, series.counter, on)
    return Turn(number, series.last_seal, series)


def link(previous: str, content: str) -> str:
    """Gives the seal of `content` placed after the document whose seal is `previous`."""
    return hashlib.sha256((previous + content).encode()).hexdigest()
