"""Builds the whole: people first, then invoices made by several processes and written by this one."""

from __future__ import annotations

import heapq
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db import connection, connections, models, transaction

from accounting.models import AnalyticAccount
from cae.core import audit
from cae.demonstration.loading.known import known_of_each_day
from cae.demonstration.loading.loader import without_savepoints
from cae.demonstration.mass.making import Made, Paid, Workshop
from cae.demonstration.mass.people import Stall, populate
from cae.demonstration.mass.plan import Deal, Season, plan_deals
from cae.demonstration.mass.writing import TABLES, Writer
from invoicing.models import Invoice, VatRate

BATCH = 500
TOLD_EVERY = 5000
# Below, starting other processes takes longer than the work.
WORTH_SHARING = 5000

Say = Callable[[str], None]


def build(people: int, invoices: int, *, today: date, now: datetime, say: Say) -> None:
    """Does: fills an empty house with people by the services and a year of documents in bulk. Refuses:
    nothing. Leaves behind: rows that the services would have written, books whole; no PDF is asked for."""
    stalls = open_stalls(people, today=today, now=now, say=say)
    sell(stalls, Season(invoices, range(people)), today=today, say=say)


def open_stalls(people: int, *, today: date, now: datetime, say: Say) -> list[Stall]:
    """The people with their accounts, activities and customers; the journal sealed."""
    say(f"Opening the accounts, activities and customers of {people} people…")
    with transaction.atomic(), without_savepoints():
        stalls = populate(people, today=today, now=now, say=say)
    while audit.seal_waiting():
        pass
    return stalls


def sell(stalls: list[Stall], season: Season, *, today: date, say: Say) -> None:
    """The documents of a season, after those of the seasons before it."""
    invoices = season.count
    first = (Invoice.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    deals = plan_deals(stalls, season, today=today, first_pk=first)
    sections = dict(AnalyticAccount.objects.filter(activity__isnull=False).values_list("activity_id", "pk"))
    workshop = Workshop(stalls, sections, {rate.code: rate for rate in VatRate.objects.all()})
    writer = Writer(stalls)
    say(f"Writing {invoices} invoices, their entries, payments and contributions…")
    started, count = time.monotonic(), 0
    for batch in _batches(_in_order(_made(workshop, deals))):
        writer.write(batch)
        before, count = count, count + sum(paid is None for _made_one, paid in batch)
        if count // TOLD_EVERY > before // TOLD_EVERY:
            say(f"{count} invoices of {invoices}, {count / (time.monotonic() - started):.0f} a second")
    writer.leave()
    say("Counting what the tables hold, for the planner…")
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


# Given to the other processes by the fork itself: it holds every activity and customer.
_shared: list[Workshop] = []


def _make(deals: list[Deal]) -> list[Made]:
    with known_of_each_day():
        return [_shared[0].make(deal) for deal in deals]


def _made(workshop: Workshop, deals: list[Deal]) -> Iterator[Made]:
    if len(deals) < WORTH_SHARING:
        with known_of_each_day():
            yield from (workshop.make(deal) for deal in deals)
        return
    _shared[:] = [workshop]
    shares = [deals[start : start + BATCH] for start in range(0, len(deals), BATCH)]
    # A connection belongs to one process.
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for share in pool.imap(_make, shares):
            yield from share


def _in_order(made: Iterator[Made]) -> Iterator[tuple[Made, Paid | None]]:
    """Each payment after the invoices of its day."""
    waiting: list[tuple[date, int, Made]] = []
    for one in made:
        while waiting and waiting[0][0] < one.deal.on:
            yield _payment(heapq.heappop(waiting)[2])
        yield one, None
        if one.paid is not None:
            heapq.heappush(waiting, (one.paid.on, one.deal.pk, one))
    while waiting:
        yield _payment(heapq.heappop(waiting)[2])


def _payment(made: Made) -> tuple[Made, Paid | None]:
    return made, made.paid


def _batches(
    events: Iterator[tuple[Made, Paid | None]],
) -> Iterator[list[tuple[Made, Paid | None]]]:
    batch = []
    for event in events:
        batch.append(event)
        if len(batch) == 2 * BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
