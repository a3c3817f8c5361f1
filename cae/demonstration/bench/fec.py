"""The FEC of a million lines, against the least that PostgreSQL takes to give the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from statistics import median
from tempfile import TemporaryFile

import django
from django.db import connection, transaction
from django.db.models import Max, Min

from accounting.calculations.fec.check import check
from accounting.models import EntryLine
from accounting.selectors.fec import fec_blocks
from cae.core.periods import Span
from cae.demonstration.bench.memory import forget_the_most, most_megabytes
from cae.demonstration.bench.report import Comparison

LIMIT = 4.0
TURNS = 3
MOST_MEGABYTES = 50
_ROWS = """
    COPY (
        SELECT line.*, entry.number, entry.label, entry.piece, entry.created_at
        FROM accounting_entryline line JOIN accounting_entry entry ON entry.id = line.entry_id
        WHERE line."on" BETWEEN %s AND %s
    ) TO STDOUT
"""


def measure_fec() -> tuple[list[Comparison], dict[str, float]]:
    """The file of all the lines that are there, and what memory it takes, each against its aim; then what
    the checker takes, in milliseconds."""
    days = EntryLine.objects.aggregate(first=Min("on"), last=Max("on"))
    year = Span(days["first"], days["last"])
    with TemporaryFile() as held:

        def ours() -> None:
            held.seek(0)
            held.truncate()
            held.writelines(fec_blocks(year.starts_on, year.ends_on))

        spent: dict[str, list[float]] = {"ours": [], "bare": []}
        for _turn in range(TURNS):
            spent["bare"].append(_timed(lambda: _copied(year.starts_on, year.ends_on)))
            spent["ours"].append(_timed(ours))
        taken, size = _memory_alone(year)
        if size != held.tell():
            raise RuntimeError("the process that is measured reads other books")
        held.seek(0)
        checking = _timed(lambda: check(held))
    return [
        Comparison("FEC of all lines", median(spent["ours"]), median(spent["bare"]), LIMIT),
        Comparison("its memory, against the aim", taken, MOST_MEGABYTES, 1, unit="MB"),
    ], {"check of this FEC": checking}


def _copied(start: date, end: date) -> None:
    with connection.cursor() as cursor, cursor.copy(_ROWS, (start, end)) as copy:
        for _row in copy:
            pass


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    with transaction.atomic():
        act()
    return (time.perf_counter() - start) * 1000


def _memory_alone(year: Span) -> tuple[float, int]:
    """Megabytes at most above an idle process, and the size of the file: in a process of its own, since that
    of the bench has been widened by all that it built."""
    name = connection.settings_dict["NAME"]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        return pool.submit(_memory_of_file, name, year.starts_on, year.ends_on).result()


def _memory_of_file(database: str, start: date, end: date) -> tuple[float, int]:
    """Linux alone tells it. Idle is a worker before its first job: all loaded, its database reached."""
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    forget_the_most()
    before = most_megabytes()
    with TemporaryFile() as held:
        held.writelines(fec_blocks(start, end))
        size = held.tell()
    connection.close()
    return most_megabytes() - before, size
