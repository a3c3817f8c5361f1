"""The lines of a FEC, written by PostgreSQL and read block by block: a million of them weigh nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

from accounting.calculations.fec.shape import END, encoded, header
from accounting.states.books import JournalCode

_BLOCK = 1 << 18

# Texts lose what would end a cell or a line. An account of third parties has an auxiliary number: its three
# first digits and the name of the party, since the books know a party by its name. Only a lettering that is
# whole is told. An entry without a piece is its own: the reference by which people name it.
_LINES = """
    WITH party AS MATERIALIZED (
        SELECT name, {party} AS label,
            left(regexp_replace(upper(unaccent(name)), '[^A-Z0-9]+', '', 'g'), 20) AS code
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
    )
    SELECT
        journal.code, journal.label, entry.number, day.text, account.number, account.label,
        CASE WHEN party.code <> '' THEN account.head || party.code ELSE '' END,
        CASE WHEN party.code <> '' THEN party.label ELSE '' END,
        coalesce(nullif({piece}, ''), journal.code || ' ' || entry.number),
        day.text,
        {label},
        replace(line.debit::text, '.', ','),
        replace(line.credit::text, '.', ','),
        coalesce(answer.code, ''),
        coalesce(answer.day, ''),
        to_char(entry.created_at AT TIME ZONE 'Europe/Paris', 'YYYYMMDD'),
        '',
        ''
    FROM accounting_entryline line
    JOIN accounting_entry entry ON entry.id = line.entry_id
    JOIN accounting_journal journal ON journal.id = entry.journal_id
    JOIN account ON account.id = line.account_id
    JOIN day ON day.day = line."on"
    LEFT JOIN party ON party.name = line.party AND account.named
    LEFT JOIN answer ON answer.line_id = line.id
    WHERE journal.code {which} %(opening)s
    ORDER BY line.entry_id, line.position
"""


def _plain(text: str) -> str:
    return rf"translate({text}, E'\t\n\r\\|', '     ')"


_TEXTS = {
    "account": _plain("label"),
    "party": _plain("name"),
    "piece": _plain("entry.piece"),
    "label": _plain("coalesce(nullif(line.label, ''), entry.label)"),
}


def fec_blocks(starts_on: date, ends_on: date) -> Iterator[bytes]:
    """The file of a year, in blocks of about 256 kB: names, what was carried into the year, then the entries
    in the order in which they were validated."""
    yield header()
    for which in ("=", "<>"):
        yield from _blocks(_LINES.format(which=which, **_TEXTS), starts_on, ends_on)


def _blocks(lines: str, starts_on: date, ends_on: date) -> Iterator[bytes]:
    values = {"start": starts_on, "end": ends_on, "opening": JournalCode.OPENING}
    order = f"COPY ({lines}) TO STDOUT"
    held, size = [], 0
    with connection.cursor() as cursor, cursor.copy(order, values) as copy:
        for row in copy:
            held.append(row)
            size += len(row)
            if size > _BLOCK:
                yield _written(held)
                held, size = [], 0
    if held:
        yield _written(held)


def _written(rows: list[memoryview]) -> bytes:
    """In the charset and with the ends of line of the file; cells hold neither tab nor end of line."""
    return encoded(b"".join(rows).decode()).replace(b"\n", END.encode())
