"""The shape of the file that the tax office asks for: its columns, its name, the characters it may hold.

Source: LPF art. A47 A-1, VII; BOI-CF-IOR-60-40-20; design page domain.md 4.6.
"""

from __future__ import annotations

import codecs
import unicodedata
from datetime import date
from typing import cast

# Names and order of the law.
COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
# The law also lets one amount stand with its side: 12 and 13 are then these.
SIGNED_COLUMNS = (*COLUMNS[:11], "Montant", "Sens", *COLUMNS[13:])
# What the second file adds to each line: the number that the books give to the entry, and the axis of
# activities, which the law leaves outside its columns.
ANALYTIC_COLUMNS = (
    "NumeroLivres",
    "SectionCode",
    "SectionLib",
    "NatureCode",
    "NatureLib",
    "TauxTVA",
    "DateEcheance",
)
SEPARATORS = ("\t", "|")
SEPARATOR = "\t"
END = "\r\n"
# The one of the two charsets of the law (with ASCII) that holds French whole.
CHARSET = "iso8859-15"

# What people type and ISO 8859-15 lacks, by what reads the same.
_ALIKE = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2011": "-",
        "\u2026": "...",
        "\u2192": ">",
        "\u202f": " ",
        "\u2009": " ",
        "\u200b": "",
    }
)
_HANDLER = "alveole.fec"


def file_name(siren: str, closing: date) -> str:
    """« 123456789FEC20261231.txt »: the SIREN and the day on which the year closes."""
    return f"{siren}FEC{closing:%Y%m%d}.txt"


def opening_number(starts_on: date) -> str:
    """The number of the balances that open a year: the books have none for them, since nothing is posted."""
    return f"AN{starts_on:%Y%m%d}"


def header(*, analytic: bool = False) -> bytes:
    """The first line: names of the columns."""
    return encoded(SEPARATOR.join(COLUMNS + ANALYTIC_COLUMNS * analytic) + END)


def encoded(text: str) -> bytes:
    """The text in the charset of the file: what it lacks is written alike, without accent, or as « ? »."""
    return text.encode(CHARSET, errors=_HANDLER)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Called by the codec for characters it cannot write."""
    refused = cast(UnicodeEncodeError, error)
    lost = refused.object[refused.start : refused.end]
    alike = lost.translate(_ALIKE)
    kept = "".join(c for c in unicodedata.normalize("NFKD", alike) if c.isascii() and c.isprintable())
    return kept or ("?" if alike else ""), refused.end


codecs.register_error(_HANDLER, _plainer)
