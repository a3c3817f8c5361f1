"""Statements by layout: an activity or the cooperative, through the years; every figure opens its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounting.calculations.layouts.layout import Line
from accounting.documents import LayoutSheet, layout_pdf
from accounting.models import StatementLayout
from accounting.selectors.layout_figures import Column, lines_of_figure, period_columns, standing_columns
from accounting.selectors.layout_statement import (
    FigureRow,
    LayoutStatement,
    cooperative_statement,
    statement_of,
)
from accounting.selectors.layouts import read
from accounting.selectors.pay_sight import lines_in_sight
from accounting.selectors.periods import year_span
from accounting.selectors.statement import Span, first_month
from accounting.states.layouts import LayoutKind
from accounting.views.filters import LineFilters
from accounting.views.layout_places import Place, chosen_layout, day_of, kind_of, place_of, today
from accounting.views.layout_tables import SectionLineTable
from accounting.views.statement_parts import month_choice, pay_words, span_words
from accounting.views.tables import LineTable
from accounting.views.tabs import books_tabs
from cae.core.answers import file_shown
from cae.core.exports import export
from cae.core.periods import Month
from cae.core.permissions import requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import NOTHING, amount, percent

EARLIER = 2
FORMS = ("pdf", "xlsx", "csv")


@dataclass(frozen=True)
class Cell:
    """A figure as it is shown, and what opens it."""

    text: str
    url: str


@dataclass(frozen=True)
class Row:
    label: str
    style: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Asked:
    """What an address asks for: whose statement, of which kind, on which day, in which layout."""

    place: Place
    slug: str
    kind: str
    on: date
    layout: StatementLayout
    known: list[StatementLayout]
    has_choice: bool

    @property
    def month(self) -> Month:
        return Month.of(self.on)

    @property
    def query(self) -> dict[str, Any]:
        """What its address keeps."""
        when = {"mois": str(self.month)} if self.kind == LayoutKind.INCOME else {"au": self.on.isoformat()}
        return when | ({"presentation": self.layout.pk} if self.has_choice else {})

    def statement(self) -> LayoutStatement:
        layout = read(self.layout)
        if self.place.section is None:
            return cooperative_statement(self.layout, layout, self._columns(0)[-1])
        return statement_of(self.layout, layout, self._columns(EARLIER), self.place.section)

    def _columns(self, years: int) -> list[Column]:
        if self.kind == LayoutKind.INCOME:
            return period_columns(self.month, years)
        return standing_columns(self.on, years)


def _asked(request: HttpRequest, activity_id: int | None, slug: str) -> Asked:
    place, kind, now = place_of(request, activity_id), kind_of(slug), today()
    on = None if kind == LayoutKind.INCOME else day_of(request.GET.get("au", ""))
    if on is None:
        try:
            on = Month.parse(request.GET.get("mois", "")).last
        except ValueError:
            on = Month.of(now).last
    layout, known = chosen_layout(request, kind, on)
    return Asked(place, slug, kind, on, layout, known, "presentation" in request.GET)


@requires("accounting.view_statement")
def layout_statement(request: HttpRequest, kind: str, activity_id: int | None = None) -> HttpResponse:
    """The statement, line by line."""
    asked = _asked(request, activity_id, kind)
    found = asked.statement()
    place = asked.place
    context = {
        "place": place,
        "found": found,
        "rows": [_row(asked, found, row) for row in found.rows],
        "books_tabs": [] if place.activity else books_tabs("cooperative_home"),
        "place_tabs": place.tabs(kind, **_when(asked)),
        "files": [(form, place.url("file", kind, form, **asked.query)) for form in FORMS],
        "lead": _lead(asked),
        "is_income": found.is_income,
        "on": asked.on.isoformat(),
        "layouts": asked.known,
        "month_text": str(asked.month),
    }
    if found.is_income:
        newest = Month.of(today())
        oldest = (first_month(place.section) if place.section else None) or Month(newest.year - 3, 1)
        context |= month_choice(asked.month, min(oldest, asked.month), max(newest, asked.month))
    return render(request, "accounting/layouts/statement.html", context)


@requires("accounting.view_statement")
def layout_file(request: HttpRequest, kind: str, form: str, activity_id: int | None = None) -> HttpResponse:
    """The statement as a printed page or as rows."""
    if form not in FORMS:
        raise Http404
    asked = _asked(request, activity_id, kind)
    found = asked.statement()
    name = f"{asked.place.activity.code.lower() if asked.place.activity else 'cooperative'}-{kind}-{asked.on}"
    if form != "pdf":
        return export(LayoutSheet(asked.place.title, found), form, name=name)
    return file_shown(layout_pdf(asked.place.title, _lead(asked), found, asked.on), name=f"{name}.pdf")


@requires("accounting.view_statement")
def layout_lines(request: HttpRequest, kind: str, line: str, activity_id: int | None = None) -> HttpResponse:
    """« D’où vient ce chiffre ? »"""
    asked = _asked(request, activity_id, kind)
    layout, place = read(asked.layout), asked.place
    found = layout.by_code.get(line.upper())
    if found is None or (found.accounts is None and found.formula is None):
        raise Http404
    column = _column(request, asked)
    behind = lines_of_figure(layout, found.code, kind=asked.kind, column=column, section=place.section)
    rows, unshown = lines_in_sight(behind, request.user)
    is_flow = asked.kind == LayoutKind.INCOME
    return list_page(
        request,
        queryset=rows,
        table=LineTable if place.section else SectionLineTable,
        filters=LineFilters,
        page="accounting.figure",
        title=found.label,
        intro=". ".join(
            filter(
                None, (span_words(Span(column.start if is_flow else None, column.end)), pay_words(unshown))
            )
        ),
        empty=EmptyState(_("Aucune écriture derrière ce chiffre.")),
        template="accounting/layouts/lines.html",
        context={
            "place": place,
            "statement_url": place.url("statement", kind, **asked.query),
            "statement_label": asked.layout.label,
        },
    )


def _column(request: HttpRequest, asked: Asked) -> Column:
    """The days that the figure covers, as its link says them."""
    end = day_of(request.GET.get("fin", "")) or asked.on
    start = day_of(request.GET.get("debut", "")) or year_span(end).starts_on
    return Column(min(start, end), end)


def _when(asked: Asked) -> dict[str, Any]:
    """The day, for the other statements of the same place: a layout is of one kind."""
    return {"mois": str(asked.month)} if asked.on == asked.month.last else {"au": asked.on.isoformat()}


def _lead(asked: Asked) -> str:
    return (
        _("%(layout)s, présentation %(version)s en vigueur depuis le %(day)s")
        % {
            "layout": asked.layout.label,
            "version": asked.layout.version,
            "day": asked.layout.valid_from.strftime("%d/%m/%Y"),
        }
        if asked.layout.version > 1
        else asked.layout.label
    )


def _row(asked: Asked, found: LayoutStatement, row: FigureRow) -> Row:
    if row.is_heading:
        return Row(row.line.label, row.line.style, ())
    columns = found.columns if len(found.columns) == len(row.figures) else ()
    cells = []
    for rank, figure in enumerate(row.figures):
        # Of the cooperative, the last column opens: it is made of all the others.
        column = columns[rank] if columns else found.columns[0]
        opens = figure is not None and (bool(columns) or rank == len(row.figures) - 1)
        cells.append(Cell(text_of(row.line, figure), _url(asked, row.line, column) if opens else ""))
    return Row(row.line.label, row.line.style, tuple(cells))


def text_of(line: Line, figure: Any) -> str:
    if figure is None:
        return NOTHING
    return percent(figure) if line.in_percent else amount(figure)


def _url(asked: Asked, line: Line, column: Column) -> str:
    told = {"debut": column.start.isoformat(), "fin": column.end.isoformat()}
    return asked.place.url("lines", asked.slug, line.code.lower(), **asked.query, **told)
