"""A statement by layout, ready to be read: of an activity through the years, of the cooperative by parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounting.calculations.layouts.formulas import Value
from accounting.calculations.layouts.layout import HEADING, Layout, Line
from accounting.calculations.layouts.selections import RESULTS
from accounting.calculations.layouts.standing import Moved, between, flows, standing
from accounting.models import Account, AnalyticAccount, StatementLayout
from accounting.selectors.layout_figures import Column, all_moved, moved
from accounting.states.books import AnalyticKind
from accounting.states.layouts import LayoutKind, LineSide
from cae.core.money import ZERO, cents
from cae.core.templatetags.formats import day

_TENTH_OF_PERCENT = Decimal("0.001")
# Parts of the cooperative that are told even when nothing moved there.
_ALWAYS = (AnalyticKind.ACTIVITY, AnalyticKind.SHARED)


@dataclass(frozen=True)
class FigureRow:
    """A line with its figure in each column, rounded as it is shown; nothing where it has none."""

    line: Line
    figures: tuple[Value, ...]

    @property
    def is_heading(self) -> bool:
        return self.line.style == HEADING


@dataclass(frozen=True)
class Named:
    """Accounts that moved and fall in no line; then those that several lines count, with their codes."""

    left_out: tuple[str, ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LayoutStatement:
    """All that the page, the printed page and the sheet say."""

    layout: StatementLayout
    read: Layout
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    coverage: Named
    # What of the exchanges between activities does not cancel out.
    residue: Decimal = ZERO

    @property
    def is_income(self) -> bool:
        return self.layout.kind == LayoutKind.INCOME

    @property
    def gap(self) -> Decimal:
        """What a balance sheet lacks to be balanced, in its first column that is not."""
        if self.layout.kind != LayoutKind.BALANCE:
            return ZERO
        counted = [row for row in self.rows if row.line.accounts is not None]
        for rank in range(len(self.headings)):
            gap = sum(
                (
                    (row.figures[rank] or ZERO) * (1 if row.line.side == LineSide.DEBIT else -1)
                    for row in counted
                ),
                ZERO,
            )
            if gap:
                return gap
        return ZERO


def statement_of(
    layout: StatementLayout,
    read: Layout,
    columns: Sequence[Column],
    section: AnalyticAccount | None,
) -> LayoutStatement:
    """One section, or all of them together, through the columns."""
    found = moved(columns, section=section)
    sums = [counted(layout.kind, all_moved(found, rank)) for rank in range(len(columns))]
    return LayoutStatement(
        layout=layout,
        read=read,
        columns=tuple(columns),
        headings=tuple(_heading(layout.kind, one) for one in columns),
        rows=_rows(read, sums),
        coverage=_coverage(read, {key for one in sums for key in one}),
    )


def cooperative_statement(layout: StatementLayout, read: Layout, column: Column) -> LayoutStatement:
    """The cooperative by parts: activities, shared services, people; what goes between them, taken off."""
    found = moved([column])
    whole = all_moved(found, 0)
    inside = between(whole)
    outside = [row for row in whole if row not in inside]
    # Whatever the natures of sections, those that moved are all there: their sum is the cooperative.
    shown = [nature for nature in AnalyticKind if nature in found or nature in _ALWAYS]
    sums = [counted(layout.kind, found[nature][0] if nature in found else []) for nature in shown]
    cooperative = counted(layout.kind, outside)
    rows = _rows(read, [*sums, {}, cooperative])
    added = read.figures(counted(layout.kind, whole))
    return LayoutStatement(
        layout=layout,
        read=read,
        columns=(column,),
        headings=(*(_part(nature) for nature in shown), _("Échanges internes"), _("Coopérative")),
        rows=tuple(_eliminated(row, added) for row in rows),
        residue=sum((row.period for row in inside if row.kind != "balance"), ZERO)
        if layout.kind == LayoutKind.INCOME
        else sum((row.ever for row in inside), ZERO),
        coverage=_coverage(read, {key for one in [*sums, cooperative] for key in one}),
    )


def _part(nature: AnalyticKind) -> str:
    """The sections of a nature, together."""
    plural = {AnalyticKind.ACTIVITY: _("Activités"), AnalyticKind.PERSON: _("Personnes sans activité")}
    return plural.get(nature, str(nature.label))


def counted(kind: str, rows: Iterable[Moved]) -> dict[str, Decimal]:
    """What this kind of statement counts of accounts that moved."""
    return flows(rows) if kind == LayoutKind.INCOME else standing(rows)


def _eliminated(row: FigureRow, added: Mapping[str, Value]) -> FigureRow:
    """The column of what goes between activities: what takes the sum of the parts to the cooperative. A ratio
    is of each column, and has nothing to take off."""
    *parts, _nothing, cooperative = row.figures
    whole = added.get(row.line.code)
    taken = (
        None if row.line.in_percent or whole is None or cooperative is None else cooperative - cents(whole)
    )
    return FigureRow(row.line, (*parts, taken, cooperative))


def _rows(read: Layout, sums: Sequence[Mapping[str, Decimal]]) -> tuple[FigureRow, ...]:
    figures = [read.figures(one) for one in sums]
    return tuple(
        FigureRow(line, tuple(_rounded(line, one.get(line.code)) for one in figures)) for line in read.lines
    )


def _rounded(line: Line, value: Value) -> Value:
    if value is None:
        return None
    return value.quantize(_TENTH_OF_PERCENT, ROUND_HALF_UP) if line.in_percent else cents(value)


def _coverage(read: Layout, keys: set[str]) -> Named:
    """Accounts left out and counted twice, named; nothing is asked when the layout is whole."""
    coverage = read.coverage(keys)
    if coverage.is_whole:
        return Named()
    named = _namer([*coverage.left_out, *(key for key, _codes in coverage.doubled)])
    return Named(
        tuple(named(key) for key in coverage.left_out),
        tuple((named(key), ", ".join(codes)) for key, codes in coverage.doubled),
    )


def _namer(keys: Iterable[str]) -> Callable[[str], str]:
    accounts = {one.number: str(one) for one in Account.objects.filter(number__in=keys)}
    results = dict(zip(RESULTS, (_("Résultat de l’exercice"), _("Résultats antérieurs")), strict=True))
    return lambda key: accounts.get(key) or results[key]


def _heading(kind: str, column: Column) -> str:
    if kind != LayoutKind.INCOME:
        return _("Au %(day)s") % {"day": day(column.end)}
    if (column.start.year, column.start.month) == (column.end.year, column.end.month):
        return capfirst(date_format(column.start, "F Y"))
    return _("Cumul %(year)s") % {"year": column.end.year}
