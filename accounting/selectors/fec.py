"""The lines of a FEC, written by PostgreSQL and read block by block: a million of them weigh nothing here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from accounting.calculations.fec.shape import END, encoded, header, opening_number
from accounting.calculations.year_end import Opening
from accounting.models import Entry, FiscalYear
from accounting.selectors.year_end import openings
from accounting.states.books import JournalCode
from cae.core.periods import Span

_BLOCK = 1 << 18


def _plain(text: str) -> str:
    """A text without what would end a cell or a line."""
    return rf"translate({text}, E'\t\n\r\\|', '     ')"


def _code(name: str) -> str:
    """The books know a party by its name: its capitals and digits number it."""
    return f"left(regexp_replace(upper(unaccent({name})), '[^A-Z0-9]+', '', 'g'), 20)"


# Only a lettering that is whole is told. An entry without a piece is its own: the reference by which people
# name it. An account of third parties has an auxiliary number: its three first digits and that of the party.
_LINES = """
    WITH party AS MATERIALIZED (
        SELECT name, {party} AS label, {code} AS code
        FROM (
            SELECT DISTINCT party AS name FROM accounting_entryline
            WHERE party <> '' AND "on" BETWEEN %(start)s AND %(end)s
        ) named
    ), day AS MATERIALIZED (
        SELECT day::date AS day, to_char(day, 'YYYYMMDD') AS text
        FROM generate_series(%(start)s::date, %(end)s::date, '1 day') AS day
    ), account AS MATERIALIZED (
        SELECT id, number, left(number, 3) AS head, {account} AS label, number ~ '^4[0-6]' AS named
        FROM accounting_account
    ), answer AS (
        SELECT lettered.line_id, lettering.code, to_char(lettering."on", 'YYYYMMDD') AS day
        FROM accounting_letteredline lettered
        JOIN accounting_lettering lettering ON lettering.id = lettered.lettering_id AND lettering.left = 0
        WHERE lettered.is_live
    ), entry AS (
        SELECT entry.id, entry.label, entry.piece, entry.created_at, entry.number AS booked,
            journal.code AS journal, journal.label AS journal_label, {number} AS number
        FROM accounting_entry entry
        JOIN accounting_journal journal ON journal.id = entry.journal_id
        {taken}
        WHERE entry."on" BETWEEN %(start)s AND %(end)s AND {which}
    )
    SELECT
        entry.journal, entry.journal_label, entry.number, day.text, account.number, account.label,
        CASE WHEN party.code <> '' THEN account.head || party.code ELSE '' END,
        CASE WHEN party.code <> '' THEN party.label ELSE '' END,
        coalesce(nullif({piece}, ''), entry.journal || ' ' || entry.booked),
        day.text,
        {label},
        replace(line.debit::text, '.', ','),
        replace(line.credit::text, '.', ','),
        coalesce(answer.code, ''),
        coalesce(answer.day, ''),
        to_char(entry.created_at AT TIME ZONE 'Europe/Paris', 'YYYYMMDD'),
        '',
        ''
        {more}
    FROM accounting_entryline line
    JOIN entry ON entry.id = line.entry_id
    JOIN account ON account.id = line.account_id
    JOIN day ON day.day = line."on"
    LEFT JOIN party ON party.name = line.party AND account.named
    LEFT JOIN answer ON answer.line_id = line.id
    {joins}
    ORDER BY line.entry_id, line.position
"""
_TEXTS = {
    "account": _plain("label"),
    "party": _plain("name"),
    "code": _code("name"),
    "piece": _plain("entry.piece"),
    "label": _plain("coalesce(nullif(line.label, ''), entry.label)"),
}
_ANALYTIC = {
    "more": f""",
        entry.booked, section.code, {_plain("section.label")}, coalesce(kind.code, ''),
        coalesce({_plain("kind.label")}, ''), coalesce(replace(line.vat_rate::text, '.', ','), ''),
        coalesce(to_char(line.due_on, 'YYYYMMDD'), '')""",
    "joins": """
    JOIN accounting_analyticaccount section ON section.id = line.analytic_id
    LEFT JOIN accounting_costkind kind ON kind.id = line.cost_kind_id""",
}
_BARE = {"more": "", "joins": ""}

# What was carried into the year comes first. Closing entries of classes 6 and 7 are left out (the law, VII).
_CARRIED = "journal.code = %(opening)s AND entry.source_type_id IS DISTINCT FROM %(year)s"
_OTHERS = "journal.code <> %(opening)s"
# December is still booked when January has begun: numbers of the books run on from year to year, and those
# of one year alone would have gaps. In the file each journal counts from 1, in the order of validation.
_YEAR = {"number": "row_number() OVER (PARTITION BY entry.journal_id ORDER BY entry.id)", "taken": ""}
# A batch is told as it was taken, with the numbers of the books.
_BATCH = {
    "number": "entry.number",
    "taken": """
        JOIN accounting_exportedentry taken ON taken.entry_id = entry.id AND taken.batch_id = %(batch)s""",
}

# The balances that open the year, as the books read them (docs/decisions/0030): they have no entry.
_OPENINGS = """
    SELECT
        journal.code, journal.label, %(number)s, %(day)s, account.number, {account},
        CASE WHEN one.is_named THEN left(account.number, 3) || one.code ELSE '' END,
        CASE WHEN one.is_named THEN {party} ELSE '' END,
        coalesce(nullif({piece}, ''), %(number)s),
        %(day)s,
        %(label)s,
        replace(greatest(one.signed, 0)::numeric(18, 2)::text, '.', ','),
        replace(greatest(-one.signed, 0)::numeric(18, 2)::text, '.', ','),
        '',
        '',
        %(day)s,
        '',
        ''
        {more}
    FROM (
        SELECT given.*, {code} AS code, {code} <> '' AND account ~ '^4[0-6]' AS is_named
        FROM jsonb_to_recordset(%(rows)s::jsonb) AS given(
            rank int, account text, section bigint, signed numeric, party text, piece text, due text
        )
    ) one
    JOIN accounting_account account ON account.number = one.account
    JOIN accounting_analyticaccount section ON section.id = one.section
    JOIN accounting_journal journal ON journal.code = %(opening)s
    ORDER BY one.rank
"""
_OPENING_TEXTS = {
    "account": _plain("account.label"),
    "party": _plain("one.party"),
    "piece": _plain("one.piece"),
    "code": _code("given.party"),
}
_OPENING_ANALYTIC = f", '', section.code, {_plain('section.label')}, '', '', '', one.due"


def reads_openings(year: Span) -> bool:
    """Entries precede the year and none carries their balances into it: they are read, not posted."""
    kind = ContentType.objects.get_for_model(FiscalYear)
    within = Entry.objects.filter(on__range=(year.starts_on, year.ends_on), journal__code=JournalCode.OPENING)
    real = within.exclude(source_type=kind)
    return Entry.objects.filter(on__lt=year.starts_on).exists() and not real.exists()


def fec_blocks(starts_on: date, ends_on: date, *, analytic: bool = False) -> Iterator[bytes]:
    """The file of a year, in blocks of about 256 kB: names, what was carried into the year, then the entries
    in the order in which they were validated. `analytic`: each line followed by its
    section and its nature."""
    yield header(analytic=analytic)
    year = Span(starts_on, ends_on)
    if reads_openings(year):
        yield from _opening_blocks(year, openings(year), analytic=analytic)
    kind = ContentType.objects.get_for_model(FiscalYear)
    values = {"start": starts_on, "end": ends_on, "opening": JournalCode.OPENING, "year": kind.pk}
    more = _ANALYTIC if analytic else _BARE
    for which in (_CARRIED, _OTHERS):
        yield from _blocks(_LINES.format(which=which, **_YEAR, **more, **_TEXTS), values)


def batch_blocks(number: int, days: Span) -> Iterator[bytes]:
    """The entries that a batch took, in the columns of the law."""
    yield header()
    values = {
        "start": days.starts_on,
        "end": days.ends_on,
        "opening": JournalCode.OPENING,
        "batch": number,
    }
    for which in ("journal.code = %(opening)s", _OTHERS):
        yield from _blocks(_LINES.format(which=which, **_BATCH, **_BARE, **_TEXTS), values)


def _opening_blocks(year: Span, rows: Sequence[Opening], *, analytic: bool) -> Iterator[bytes]:
    given = [
        {
            "rank": rank,
            "account": one.account,
            "section": one.section,
            "signed": str(one.signed),
            "party": one.party,
            "piece": one.piece,
            "due": f"{one.due_on:%Y%m%d}" if one.due_on else "",
        }
        for rank, one in enumerate(rows)
    ]
    values = {
        "rows": json.dumps(given),
        "number": opening_number(year.starts_on),
        "day": f"{year.starts_on:%Y%m%d}",
        # The language of the file is that of the law, whoever asks.
        "label": f"À-nouveaux au {year.starts_on:%d/%m/%Y}",
        "opening": JournalCode.OPENING,
    }
    more = _OPENING_ANALYTIC if analytic else ""
    yield from _blocks(_OPENINGS.format(more=more, **_OPENING_TEXTS), values)


def _blocks(lines: str, values: dict[str, Any]) -> Iterator[bytes]:
    held, size = [], 0
    with transaction.atomic(), connection.cursor() as cursor:
        # Just after a mass import PostgreSQL knows nothing of its tables: it would seek line after line.
        cursor.execute("SET LOCAL enable_nestloop = off")
        with cursor.copy(f"COPY ({lines}) TO STDOUT", values) as copy:
            for row in copy:
                held.append(row)
                size += len(row)
                if size > _BLOCK:
                    yield _written(held)
                    held, size = [], 0
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
    if held:
        yield _written(held)


def _written(rows: list[memoryview]) -> bytes:
    """In the charset and with the ends of line of the file; cells hold neither tab nor end of line."""
    return encoded(b"".join(rows).decode()).replace(b"\n", END.encode())
