"""The lines of a FEC, written by PostgreSQL and read block by block: a million of them weigh nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

from accounting.calculations.fec.shape import END, SEPARATOR, encoded, header
from accounting.states.books import JournalCode

_BLOCK = 1 << 18

# Texts lose what would end a cell or a line. An account of third parties has an auxiliary number: its three
# first digits and the name of the party, since the books know a party by its name. Only a lettering that is
# whole is told. An entry without a piece is its own: the reference by which people name it.
_LINES = """
    WITH party AS (
        SELECT name, left(regexp_replace(upper(unaccent(name)), '[^A-Z0-9]+', '', 'g'), 20) AS code
        FROM (SELECT DISTINCT party AS name FROM accounting_entryline WHERE party <> '' {within}) named
    )
    SELECT
        journal.code,
        journal.label,
        entry.number,
        to_char(entry."on", 'YYYYMMDD'),
        account.number,
        {account_label},
        CASE WHEN party.code <> '' THEN left(account.number, 3) || party.code ELSE '' END,
        CASE WHEN party.code <> '' THEN {party_name} ELSE '' END,
        coalesce(nullif({piece}, ''), journal.code || ' ' || entry.number),
        to_char(entry."on", 'YYYYMMDD'),
        {label},
        replace(line.debit::text, '.', ','),
        replace(line.credit::text, '.', ','),
        coalesce(lettering.code, ''),
        coalesce(to_char(lettering."on", 'YYYYMMDD'), ''),
        to_char(entry.created_at AT TIME ZONE 'Europe/Paris', 'YYYYMMDD'),
        '',
        ''
    FROM accounting_entryline line
    JOIN accounting_entry entry ON entry.id = line.entry_id
    JOIN accounting_journal journal ON journal.id = entry.journal_id
    JOIN accounting_account account ON account.id = line.account_id
    LEFT JOIN party ON party.name = line.party AND account.number ~ '^4[0-6]'
    LEFT JOIN accounting_letteredline lettered ON lettered.line_id = line.id AND lettered.is_live
    LEFT JOIN accounting_lettering lettering ON lettering.id = lettered.lettering_id AND lettering.left = 0
    WHERE journal.code {which} %(opening)s AND line."on" BETWEEN %(start)s AND %(end)s
    ORDER BY line.entry_id, line.position
"""


def _plain(text: str) -> str:
    return rf"translate({text}, E'\t\n\r\\|', '     ')"


_TEXTS = {
    "account_label": _plain("account.label"),
    "party_name": _plain("party.name"),
    "piece": _plain("entry.piece"),
    "label": _plain("coalesce(nullif(line.label, ''), entry.label)"),
    "within": 'AND "on" BETWEEN %(start)s AND %(end)s',
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
    """In the charset and with the ends of line of the file; cells hold no tab: those left part them."""
    text = b"".join(rows).decode()
    return encoded(text.replace("\t", SEPARATOR).replace("\n", END))
