"""What the yearly statement of an activity says: its statements by layout over two years (ACC-46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accounting.models import AnalyticAccount, FiscalYear
from accounting.selectors.contribution import ContributionSums, contribution_sums
from accounting.selectors.layout_figures import Column
from accounting.selectors.layout_statement import LayoutStatement, statement_of
from accounting.selectors.layouts import in_force, layouts_of, read
from accounting.selectors.periods import year_span
from accounting.selectors.year_statements import Moved, moved_by_section
from accounting.states.layouts import LayoutKind


@dataclass(frozen=True)
class YearPage:
    """The statements of a section, the year beside the one before, and what it gave."""

    section: AnalyticAccount
    year: FiscalYear
    moved: Moved
    parts: tuple[LayoutStatement, ...]
    given: ContributionSums | None


def year_page(section: AnalyticAccount, year: FiscalYear) -> YearPage:
    """Reads the books of a section for a year; a few queries, whatever it booked."""
    before = year_span(year.starts_on - timedelta(days=1))
    columns = [Column(year.starts_on, year.ends_on), Column(before.starts_on, before.ends_on)]
    parts = []
    for kind in LayoutKind:
        layout = in_force(layouts_of(kind), year.ends_on)
        if layout is not None:
            parts.append(statement_of(layout, read(layout), columns, section))
    given = None
    if section.activity is not None:
        given = contribution_sums(section.activity, start=year.starts_on, end=year.ends_on)
    moved = moved_by_section(year, only=section).get(section.pk, Moved())
    return YearPage(section, year, moved, tuple(parts), given)
