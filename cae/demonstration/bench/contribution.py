"""The contribution of a month over a thousand activities, against the same rows written by a bare loop."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from accounting.models import (
    ContributionPart,
    ContributionRun,
    Entry,
    EntryLine,
    Levy,
    LevyTerm,
    SaleMovement,
    ScaleAssignment,
)
from accounting.services.contribution_run import ask_for_run, run_contributions
from accounting.services.scales import Decision, create_scale
from cae.core.jobs import Progress, run_job
from cae.core.models import AuditEntry, Job
from cae.core.periods import Month
from cae.demonstration.bench.people import CODE, REASON, open_activities
from cae.demonstration.bench.report import Comparison
from entrepreneurs.models import Activity
from people.models import User

ACTIVITIES = 1000
# Both ways are done turn by turn, so that a busy machine slows them alike.
TURNS = 4
LIMIT = 3.0
READER = "accountant@demo.coop"
# Rows written by hand bear a number and a subject of their own.
APART = 10_000_000

SCALE: dict[str, Any] = {
    "base": {"turnover": "invoiced", "minus": ["goods", "subcontracting"]},
    "shape": {
        "kind": "slices",
        "window": "year",
        "slices": [{"up_to": "20000.00", "rate": "0.1200"}, {"up_to": None, "rate": "0.1000"}],
    },
    "fixed_per_month": "30.00",
    "floor": {"per": "month", "amount": "40.00"},
    "cap": {"per": "year", "amount": "8400.00"},
    "taken_on": "month",
}


def measure_contribution(*, activities: int = ACTIVITIES) -> Comparison:
    """Facts read, workings found, runs and entries written, a job followed; then the same rows, known
    beforehand, one transaction for each activity on both sides."""
    today = timezone.localdate()
    author, month = User.objects.get(email=READER), Month.of(today).previous()
    _open_activities(activities, month)
    before = ContributionRun.objects.count()
    keys = list(Activity.objects.filter(code__startswith=CODE).order_by("pk").values_list("pk", flat=True))
    ours = bare = 0.0
    for turn in range(TURNS):
        # Its work is done here and by no worker.
        job = ask_for_run(month, today=today, actor=author)
        start = time.perf_counter()
        run_job(job.pk, partial(_share_of, month, today, keys[turn::TURNS]))
        ours += time.perf_counter() - start
        job.refresh_from_db()
        if job.failures:
            raise RuntimeError(str(job.failures[:3]))
        bare += _bare_loop(job, first=turn * activities)
    made = ContributionRun.objects.exclude(subject__startswith="bare").count() - before
    if made < activities:
        raise RuntimeError(f"{made} contributions instead of {activities}")
    return Comparison(f"contribution of {made} activities", ours=ours * 1000, bare=bare * 1000, limit=LIMIT)


def _share_of(month: Month, today: date, keys: list[int], progress: Progress) -> None:
    run_contributions(month, today=today, through=progress, only=keys)


def _open_activities(count: int, month: Month) -> None:
    """As many activities as wanted, each under a monthly scale, with the sales of a year."""
    opened = date(month.year - 2, 1, 1)
    scale = create_scale(
        code="bench",
        label="Barème mesuré",
        rules=SCALE,
        valid_from=opened,
        decision=Decision("Assemblée générale", opened),
        actor=None,
    )
    activities = open_activities(count, since=opened)
    ScaleAssignment.objects.bulk_create(
        ScaleAssignment(activity=one, scale=scale, starts_on=opened, reason=REASON) for one in activities
    )
    # The levies of the demonstration fall on all: what they write is not what is measured here.
    LevyTerm.objects.bulk_create(
        LevyTerm(levy=levy, activity=one, starts_on=opened, decided_by=REASON, reason=REASON)
        for levy in Levy.objects.filter(for_all=True)
        for one in activities
    )
    _sell(activities, month)


def _sell(activities: Sequence[Activity], month: Month) -> None:
    """Three documents a month since January, none yet counted."""
    months = [Month(month.year, rank) for rank in range(1, month.month + 1)]
    SaleMovement.objects.bulk_create(
        (
            SaleMovement(
                activity=one,
                on=at.last,
                document=f"{one.code}-{at}-{rank}",
                category="ordinary",
                net=Decimal(500 + rank),
                by_document=False,
            )
            for one in activities
            for at in months
            for rank in range(3)
        ),
        batch_size=2000,
    )


@dataclass(frozen=True)
class Written:
    """The rows of one activity, as they were written."""

    entry: dict[str, Any]
    lines: list[dict[str, Any]]
    run: dict[str, Any]
    parts: list[dict[str, Any]]
    act: dict[str, Any]


def _bare_loop(job: Job, *, first: int) -> float:
    """Gives the seconds that the same rows take, nothing being read nor thought."""
    rows = list(_written(job, first))
    with _line() as line:
        start = time.perf_counter()
        for row in rows:
            _write(line, row)
        return time.perf_counter() - start


def _written(job: Job, first: int) -> Iterator[Written]:
    written = ContributionRun.objects.filter(created_at__gte=job.started_at, rank=1)
    runs = written.exclude(subject__startswith="bare").select_related("entry")
    for rank, run in enumerate(runs.order_by("pk"), start=first):
        if run.entry is None:
            continue
        act = AuditEntry.objects.get(about_type="accounting.contributionrun", about_id=str(run.pk))
        yield Written(
            entry=_columns(run.entry, number=APART + rank),
            lines=[_columns(line) for line in EntryLine.objects.filter(entry=run.entry)],
            run=_columns(run, subject=f"bare-{rank}"),
            parts=[_columns(part) for part in ContributionPart.objects.filter(run=run)],
            act=_columns(act),
        )


def _columns(row: Model, **changed: Any) -> dict[str, Any]:
    """The columns of a row but its key, as the database takes them."""
    found = {
        str(field.column): field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return found | changed


@contextmanager
def _line() -> Iterator[psycopg.Connection[Any]]:
    params = connection.get_connection_params()
    known = {
        name: value
        for name, value in params.items()
        if name in ("host", "port", "user", "password", "dbname")
    }
    with psycopg.connect(**known, autocommit=False) as line:
        yield line


def _write(line: psycopg.Connection[Any], row: Written) -> None:
    """One activity: the counter of the journal, the entry, its lines, the run, its parts, the act."""
    with line.cursor() as cursor:
        cursor.execute(
            "UPDATE core_numberseries SET last_on = %s, last_seal = last_seal WHERE code = 'ledger.AN'",
            [row.entry["on"]],
        )
        entry = _insert(cursor, Entry, row.entry)
        for one in row.lines:
            _insert(cursor, EntryLine, one | {"entry_id": entry})
        run = _insert(cursor, ContributionRun, row.run | {"entry_id": entry})
        for one in row.parts:
            _insert(cursor, ContributionPart, one | {"run_id": run})
        _insert(cursor, AuditEntry, row.act)
    line.commit()


def _insert(cursor: psycopg.Cursor[Any], model: type[Model], values: dict[str, Any]) -> int:
    query = sql.SQL("INSERT INTO {table} ({names}) VALUES ({values}) RETURNING id").format(
        table=sql.Identifier(model._meta.db_table),
        names=sql.SQL(", ").join(map(sql.Identifier, values)),
        values=sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    found = cursor.execute(query, list(values.values())).fetchone()
    if found is None:
        raise RuntimeError("nothing was written")
    return int(found[0])
