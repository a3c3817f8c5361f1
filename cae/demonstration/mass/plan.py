"""What a large house sells in a year: drawn by rule, the same for the same day and the same sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from cae.core import number_templates
from cae.core.models import NumberSeries
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.plans import Bought
from cae.demonstration.loading.rules import lines_worth
from cae.demonstration.mass.people import FIRMS_EACH, Stall
from invoicing.states.sales import SERIES, InvoiceKind

DAYS = 365
# Usual amount of a document, before tax.
FIRM, PERSON = 1400, 320
PAID_SHARE, PARTLY = 90, 5
SHORTEST, LONGEST = 12, 45


@dataclass(frozen=True)
class Place:
    """Where an invoice stands among the others: its key, the rank of its activity, its day, its number."""

    pk: int
    stall: int
    on: date
    number: str


@dataclass(frozen=True)
class Deal(Place):
    """An invoice to come: for whom, what; when it is paid."""

    customer: int
    lines: tuple[Bought, ...]
    paid_on: date | None
    partly: bool


@dataclass(frozen=True)
class Season:
    """So many invoices, by these activities, between so many days ago and so many."""

    count: int
    stalls: range
    first: int = DAYS
    last: int = 0


def plan_deals(stalls: Sequence[Stall], season: Season, *, today: date, first_pk: int) -> list[Deal]:
    """In the order of their days, as their numbers are."""
    draw = Random(f"mass:{len(stalls)}:{season}")  # noqa: S311
    days = sorted(days_ago(today, draw.randrange(season.last, season.first)) for _rank in range(season.count))
    deals = []
    for rank, (on, number) in enumerate(zip(days, _numbers(days), strict=True)):
        # Each activity in turn, so that all sell alike.
        stall = season.stalls[rank % len(season.stalls)]
        deals.append(_deal(draw, stalls[stall], Place(first_pk + rank, stall, on, number), today))
    return deals


def _deal(draw: Random, stall: Stall, place: Place, today: date) -> Deal:
    customer = draw.randrange(len(stall.customers))
    usual = FIRM if customer < FIRMS_EACH else PERSON
    lines = lines_worth(draw, stall.kit, Decimal(usual * draw.randint(50, 160)) / 100)
    paid_on = place.on + timedelta(days=draw.randint(SHORTEST, LONGEST))
    pays = draw.randrange(100)
    paid = paid_on if pays < PAID_SHARE and paid_on <= today else None
    return Deal(**vars(place), customer=customer, lines=lines, paid_on=paid, partly=pays < PARTLY)


def _numbers(days: Sequence[date]) -> list[str]:
    """The numbers that the series would give on these days."""
    series = NumberSeries.objects.get(code=SERIES[InvoiceKind.INVOICE])
    counter, last, found = series.counter, series.last_on, []
    for on in days:
        counter = 1 if number_templates.restarts(series.template, last, on) else counter + 1
        found.append(number_templates.write(series.template, counter, on))
        last = on
    return found
