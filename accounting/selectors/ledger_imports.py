"""Ledgers kept elsewhere: what a file says, what it would change, what each import changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.calculations.ledger_comparing import Comparison, Held, compare, month_faults
from accounting.calculations.ledger_imports import (
    Fault,
    FaultKind,
    Faults,
    FileLine,
    ReadEntry,
    Terms,
    account_finder,
    read_entries,
)
from accounting.engines.ledger_file import read_ledger
from accounting.models import (
    Account,
    AnalyticAccount,
    ImportedEntry,
    Journal,
    LedgerDifference,
    LedgerImport,
    LedgerSource,
)
from accounting.selectors.periods import first_open_day, year_span
from accounting.states.ledger_imports import NOT_IMPORTED, DifferenceKind, LedgerImportState
from cae.core import permissions
from cae.core.documents import read_document
from cae.core.facts import Source
from cae.core.importing.columns import plain
from cae.core.importing.files import Sheet
from cae.core.kept_words import house_words
from cae.core.periods import Span

LEDGER_FILE = "accounting.ledger_file"
# What each column gives, its words, and what programs call it; FEC first (LPF art. A47 A-1).
COLUMNS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("journal", _("Journal"), ("JournalCode", "code journal")),
    ("number", _("Numéro d’écriture"), ("EcritureNum", "numéro", "n° écriture", "mouvement")),
    ("on", _("Date"), ("EcritureDate", "date écriture", "date comptable")),
    ("account", _("Compte"), ("CompteNum", "n° compte", "numéro de compte", "compte général")),
    ("debit", _("Débit"), ("Debit", "montant débit", "mouvement débit")),
    ("credit", _("Crédit"), ("Credit", "montant crédit", "mouvement crédit")),
    ("amount", _("Montant"), ("Montant", "solde")),
    ("side", _("Sens"), ("Sens", "D/C")),
    ("section", _("Section analytique"), ("section", "analytique", "activité", "axe", "code analytique")),
    ("label", _("Libellé"), ("EcritureLib", "libellé écriture", "intitulé")),
    ("piece", _("Pièce"), ("PieceRef", "n° pièce", "référence pièce", "référence")),
    ("party", _("Tiers"), ("CompAuxLib", "libellé auxiliaire", "compte auxiliaire")),
    ("due_on", _("Échéance"), ("échéance", "date échéance")),
)
COLUMN_WORDS: dict[str, Any] = {code: words for code, words, _aliases in COLUMNS}
_BALANCE = _("Balance reprise")


def ledger_sources() -> QuerySet[LedgerSource]:
    return LedgerSource.objects.select_related("journal", "section").annotate(
        live=Count("entries", filter=Q(entries__ended_by=None))
    )


def journals_of_sources() -> QuerySet[Journal]:
    """Those that entries from elsewhere may go to."""
    return Journal.objects.exclude(code__in=NOT_IMPORTED)


def ledger_imports() -> QuerySet[LedgerImport]:
    return LedgerImport.objects.select_related("source", "created_by__person", "job")


def differences(row: LedgerImport) -> QuerySet[LedgerDifference]:
    return LedgerDifference.objects.filter(ledger_import=row).select_related("before__journal")


def difference_counts(row: LedgerImport) -> dict[str, int]:
    """How many of each kind, none left out."""
    rows = differences(row).order_by().values_list("kind").annotate(count=Count("pk"))
    return dict.fromkeys(DifferenceKind.values, 0) | dict(rows)


def posted_of(rows: Iterable[LedgerDifference]) -> dict[str, ImportedEntry]:
    """What was posted for each of these differences of one import, by the name of the entry in its file."""
    found = list(rows)
    if not found:
        return {}
    posted = ImportedEntry.objects.filter(
        ledger_import=found[0].ledger_import_id, key__in=[one.key for one in found]
    )
    return {one.key: one for one in posted.select_related("entry__journal").order_by("pk")}


def guessed_mapping(source: LedgerSource, header: Sequence[str]) -> dict[str, int]:
    """Gives {code: place in the file}: as the last file of this source was read, else by the names."""
    own = {plain(str(words)): code for code, words, _aliases in COLUMNS}
    others = {plain(alias): code for code, _words, aliases in COLUMNS for alias in aliases}
    found: dict[str, int] = {}
    for known in (source.columns, own, others):
        for place, name in enumerate(header):
            code = known.get(plain(name))
            if code in COLUMN_WORDS and code not in found and place not in found.values():
                found[code] = place
    return found


def lacking_column(mapping: Mapping[str, int]) -> str:
    """The code of a column without which nothing can be read; nothing when all are there."""
    if "account" not in mapping:
        return "account"
    if not {"amount", "debit"} & mapping.keys():
        return "debit"
    if "debit" in mapping and "credit" not in mapping and "amount" not in mapping:
        return "credit"
    if "number" in mapping and "on" not in mapping:
        return "on"
    if "on" in mapping and not {"number", "piece"} & mapping.keys():
        return "number"
    return ""


@dataclass(frozen=True)
class Plan:
    """What a file would do now: its faults, or what it changes."""

    faults: Faults
    line_count: int
    entry_count: int
    found: Comparison


def sheet_of(row: LedgerImport) -> Sheet:
    return read_ledger(read_document(row.document), row.document.name)


def plan_of(row: LedgerImport) -> Plan:
    """Reads the file again and compares it with what the books hold now of its source and its period."""
    sheet, faults = sheet_of(row), Faults()
    terms = _terms(row)
    read = read_entries(_lines(sheet, row.mapping), terms, faults)
    live = _live(row.source, row.span)
    names = {one.key for one in read}
    _tell_elsewhere(row, [one for one in live if one.key in names and not _within(row, one)], read, faults)
    held = [Held(one.key, one.digest, one.entry.on, one.pk) for one in live if _within(row, one)]
    found = compare(held, read)
    if not faults.count:
        month_faults(found, first_open_day(), faults)
    return Plan(faults, len(sheet.rows), len(read), found)


def _within(row: LedgerImport, one: ImportedEntry) -> bool:
    return row.starts_on <= one.entry.on <= row.ends_on


def _lines(sheet: Sheet, mapping: Mapping[str, int]) -> Iterable[FileLine]:
    for line in sheet.rows:
        # A line that cannot be read may lack cells.
        cells = {} if line.fault else {code: line.cells[place] for code, place in mapping.items()}
        yield FileLine(line.number, cells, line.fault)


def _terms(row: LedgerImport) -> Terms:
    sections: dict[str, int] = {}
    for key, label in AnalyticAccount.objects.order_by("-pk").values_list("pk", "label"):
        sections |= {plain(label): key}
    for key, code in AnalyticAccount.objects.values_list("pk", "code"):
        sections |= {plain(code): key}
    return Terms(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        account=account_finder(Account.objects.values_list("number", flat=True)),
        section=lambda text: sections.get(plain(text)),
        journals=frozenset(journals_of_sources().values_list("code", flat=True)),
        journal=row.source.journal.code,
        default_section=row.source.section_id,
        label=house_words(_BALANCE, row.source.label),
        has_days="on" in row.mapping,
    )


def _live(source: LedgerSource, span: Span) -> list[ImportedEntry]:
    """What stands in the books of this source, for the whole year that holds these days."""
    rows = ImportedEntry.objects.filter(source=source, ended_by=None)
    start = year_span(span.starts_on).starts_on
    return list(rows.filter(year_start=start).select_related("entry").order_by("pk"))


def _tell_elsewhere(
    row: LedgerImport, away: Sequence[ImportedEntry], read: Sequence[ReadEntry], faults: Faults
) -> None:
    """An entry that another period of the same source posted under the same name would stand twice."""
    lines = {one.key: one.line for one in read}
    for one in away:
        day = f"{one.entry.on:%d/%m/%Y}"
        faults.add(Fault(FaultKind.ELSEWHERE, lines[one.key], "on", one.key, day))


def live_of(row: LedgerImport) -> list[ImportedEntry]:
    """What this import posted and that stands."""
    rows = ImportedEntry.objects.filter(ledger_import=row, ended_by=None)
    return list(rows.select_related("entry__journal").order_by("pk"))


def ended_by(row: LedgerImport) -> list[ImportedEntry]:
    """What this import replaced."""
    rows = ImportedEntry.objects.filter(ended_by=row).exclude(ledger_import=row)
    return list(rows.select_related("entry__journal", "ledger_import").order_by("pk"))


def later_import(row: LedgerImport) -> LedgerImport | None:
    """A later import in force that stands on what this one did, so that this one cannot be taken back
    first: it replaced some of its entries, or brought again some that this one took out."""
    ours = ImportedEntry.objects.filter(ledger_import=row, ended_by__state=LedgerImportState.APPLIED)
    over = ours.exclude(ended_by=row).order_by("-pk").first()
    if over is not None:
        return over.ended_by
    lost = ImportedEntry.objects.filter(ended_by=row).exclude(ledger_import=row)
    start = year_span(row.starts_on).starts_on
    live = ImportedEntry.objects.filter(source=row.source, year_start=start, ended_by=None)
    again = live.filter(key__in=lost.values("key")).exclude(ledger_import=row).first()
    return again.ledger_import if again else None


def same_file(source: LedgerSource, span: Span, sha256: str) -> LedgerImport | None:
    """The import in force of this very file for these days, when none came over it since."""
    rows = LedgerImport.objects.filter(
        source=source,
        state=LedgerImportState.APPLIED,
        starts_on__lte=span.ends_on,
        ends_on__gte=span.starts_on,
    )
    last = rows.order_by("-state_since", "-pk").first()
    if last is None or (last.sha256, last.span) != (sha256, span):
        return None
    return last


def ledger_import_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The pages of imports, for those who may read them."""
    if not permissions.can(user, "accounting.view_ledger_imports"):
        return {}
    rows = LedgerImport.objects.select_related("source").filter(pk__in=keys)
    return {str(row.pk): Source(f"{row} · {row.source}", row.get_absolute_url()) for row in rows}
