"""What a FEC that is produced tells of its year, and the files that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from accounting.calculations.fec.shape import END, encoded, opening_number
from accounting.models import Entry, FecExport, FiscalYear, Journal
from accounting.selectors.months import years_of_books
from accounting.states.books import JournalCode
from accounting.states.periods import YEAR_SHAPES, YearState
from cae.core import permissions
from cae.core.facts import Source
from cae.core.letters import LANGUAGE
from cae.core.models import Cooperative, Document
from cae.core.periods import Span
from cae.core.templatetags.formats import grouped

FEC_FILE, FEC_NOTICE = "accounting.fec_file", "accounting.fec_notice"
FEC_ANALYTIC = "accounting.fec_analytic"
# As long as the books are kept (C. com. L123-22), the year that runs and the next.
MOST_YEARS = 12
_NOTICE = "accounting/exports/fec_notice.txt"


def next_fec_number() -> int:
    return (FecExport.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def has_entries(year: Span) -> bool:
    return Entry.objects.filter(on__range=(year.starts_on, year.ends_on)).exists()


def is_year_closed(year: Span) -> bool:
    """Nothing is added any more to these days."""
    return FiscalYear.objects.filter(
        starts_on=year.starts_on, ends_on=year.ends_on, state=YearState.CLOSED
    ).exists()


def files_of_exports(exports: Iterable[FecExport]) -> dict[tuple[int, str], Document]:
    """The files by key of the export and kind."""
    rows = Document.objects.filter(
        about_type=FecExport._meta.label_lower,
        about_id__in=[str(export.pk) for export in exports],
        kind__in=(FEC_FILE, FEC_NOTICE, FEC_ANALYTIC),
    )
    return {(int(row.about_id), row.kind): row for row in rows}


def notice_of(export: FecExport, *, name: str, cooperative: Cooperative) -> bytes:
    """The description that the law wants with the file: in French, in its charset, with its ends of line."""
    with translation.override(LANGUAGE):
        text = render_to_string(
            _NOTICE,
            {
                "export": export,
                "name": name,
                "cooperative": cooperative,
                "debit": _plain(grouped(export.debit, 2)),
                "credit": _plain(grouped(export.credit, 2)),
                "journals": Journal.objects.order_by("code"),
                "opening": JournalCode.OPENING.value,
                "opening_number": opening_number(export.starts_on),
            },
        )
    return encoded(text.replace("\n", END))


def _plain(amount: str) -> str:
    return amount.replace("\u202f", " ")


@dataclass(frozen=True)
class FecYear:
    """A year of the books and the last file made of it."""

    days: Span
    is_closed: bool
    last: FecExport | None

    @property
    def key(self) -> str:
        return f"{self.days.starts_on:%Y-%m}"

    @property
    def status(self) -> tuple[str, str, str]:
        state = YearState.CLOSED if self.is_closed else YearState.OPEN
        return (*YEAR_SHAPES[state], str(state.label))


def fec_years(today: date) -> list[FecYear]:
    """The years of the books that a file may be asked of, the latest first."""
    spans = years_of_books(today)[:MOST_YEARS]
    closed = set(FiscalYear.objects.filter(state=YearState.CLOSED).values_list("starts_on", "ends_on"))
    last: dict[tuple[date, date], FecExport] = {}
    for export in FecExport.objects.filter(starts_on__in=[span.starts_on for span in spans]):
        last.setdefault((export.starts_on, export.ends_on), export)
    keys = [(span, (span.starts_on, span.ends_on)) for span in spans]
    return [FecYear(span, key in closed, last.get(key)) for span, key in keys]


def fec_listed() -> QuerySet[FecExport]:
    return FecExport.objects.select_related("made_by__person")


def fec_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each file that an act is about, for who may open it."""
    if not permissions.can(user, "accounting.open_fec"):
        return {}
    rows = FecExport.objects.filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}
