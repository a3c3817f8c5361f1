"""A statement of activity, a VAT return as files: a printed page, or rows for a spreadsheet, of the same
figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounting.calculations.statement import STANDINGS, Statement, flows_told
from accounting.models import (
    AnalyticAccount,
    ContributionRun,
    FiscalYear,
    PayMonth,
    ResultAllocation,
    ScaleTrial,
    VatReturn,
)
from accounting.selectors.adjusting_words import Adjusted, adjusted
from accounting.selectors.aged import Aged, totals_of
from accounting.selectors.allocation import Receiver, receivers_of
from accounting.selectors.allocation import totals_of as sums_of
from accounting.selectors.allocation_words import allocation_draft, approval_draft
from accounting.selectors.contribution import (
    ContributionSums,
    contribution_sums,
    lines_of_run,
    subject_words,
)
from accounting.selectors.layout_statement import LayoutStatement
from accounting.selectors.payroll import PaySheet
from accounting.selectors.reconciliation import Reconciliation
from accounting.selectors.scale_trials import shown_trial
from accounting.selectors.scale_words import scale_lines
from accounting.selectors.shared_services import SharedServices
from accounting.selectors.statement import figures_of, runs_of_month
from accounting.selectors.statement_words import LABELS
from accounting.selectors.vat_shown import ShownPart
from accounting.selectors.working_words import WorkingLine
from accounting.selectors.year_pages import year_page
from accounting.states.lettering import Side
from cae.core.models import Cooperative
from cae.core.money import ZERO
from cae.core.pdf import Variant, render_pdf
from cae.core.periods import Month
from entrepreneurs.models import Activity

STYLESHEET = "css/pdf/statement.css"
TEMPLATE = "pdf/accounting/statement.html"
LAYOUT_TEMPLATE = "pdf/accounting/layout.html"
SHARED_TEMPLATE = "pdf/accounting/shared.html"
YEAR_TEMPLATE = "pdf/accounting/year_statement.html"
TRIAL_TEMPLATE = "pdf/accounting/trial.html"


@dataclass(frozen=True)
class StatementRow:
    """A line: the month, the same month a year before, the year so far, the year before to the same day."""

    label: Any
    month: Decimal
    month_before: Decimal
    year: Decimal
    year_before: Decimal


@dataclass(frozen=True)
class Worked:
    """A contribution of the month with its working, and why it corrects another one."""

    run: ContributionRun
    subject: str
    lines: tuple[WorkingLine, ...]
    adjusted: Adjusted | None


@dataclass(frozen=True)
class PrintedStatement:
    """All that the page and the spreadsheet say of a month."""

    activity: Activity
    month: Month
    rows: tuple[StatementRow, ...]
    balances: tuple[tuple[Any, Decimal], ...]
    workings: tuple[Worked, ...]
    of_year: ContributionSums

    @property
    def month_name(self) -> str:
        return capfirst(date_format(self.month.first, "F Y"))

    @property
    def headings(self) -> tuple[str, str, str, str]:
        year, before = self.month.year, self.month.year - 1
        name = date_format(self.month.first, "F")
        return (
            capfirst(f"{name} {year}"),
            capfirst(f"{name} {before}"),
            _("Cumul %(year)s") % {"year": year},
            _("Cumul %(year)s") % {"year": before},
        )


def printed_statement(section: AnalyticAccount, activity: Activity, month: Month) -> PrintedStatement:
    """Reads the figures of the month and of the same month a year before."""
    figures = figures_of(section, month)
    runs = runs_of_month(activity, month)
    return PrintedStatement(
        activity=activity,
        month=month,
        rows=tuple(
            _row(name, figures.now, figures.before) for name in flows_told(figures.now, figures.before)
        ),
        balances=tuple((LABELS[name], getattr(figures.now, name)) for name in STANDINGS),
        workings=tuple(Worked(run, subject_words(run), lines_of_run(run), adjusted(run)) for run in runs),
        of_year=contribution_sums(activity, start=date(month.year, 1, 1), end=month.last),
    )


def _row(name: str, now: Statement, before: Statement) -> StatementRow:
    flow, former = getattr(now, name), getattr(before, name)
    return StatementRow(LABELS[name], flow.month, former.month, flow.year, former.year)


def statement_pdf(page: PrintedStatement) -> bytes:
    """The page in French, in the name of the cooperative as it was that month."""
    known = Cooperative.objects.filter(valid_from__lte=page.month.last)
    cooperative = known.order_by("-valid_from").first()
    with translation.override("fr"):
        html = render_to_string(TEMPLATE, {"page": page, "cooperative": cooperative})
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


def trial_pdf(trial: ScaleTrial) -> bytes:
    """A scale played over past years, for the papers of an assembly."""
    with translation.override("fr"):
        found = {
            "trial": trial,
            "lines": scale_lines(trial.rule),
            "found": shown_trial(trial),
            "cooperative": Cooperative.objects.order_by("-valid_from").first(),
        }
        html = render_to_string(TRIAL_TEMPLATE, found)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


class StatementSheet:
    """The same figures as rows: `cae.core.exports` writes them."""

    def __init__(self, page: PrintedStatement) -> None:
        self.page = page

    def as_values(self) -> Iterator[list[Any]]:
        page = self.page
        yield [str(page.activity.name), *page.headings]
        for row in page.rows:
            yield [str(row.label), row.month, row.month_before, row.year, row.year_before]
        for label, amount in page.balances:
            yield [str(label), amount, "", "", ""]
        for one in page.workings:
            if one.adjusted is None:
                yield [capfirst(one.subject), "", "", "", ""]
            else:
                yield [one.adjusted.title, "", one.adjusted.result, "", ""]
            for line in one.lines:
                yield [line.label, "" if line.amount is None else line.amount, line.detail, "", ""]
        yield [_("Contribution depuis le 1er janvier"), page.of_year.due, page.of_year.base, "", ""]


VAT_TEMPLATE = "pdf/accounting/vat_return.html"


def vat_pdf(vat_return: VatReturn, parts: Sequence[ShownPart]) -> bytes:
    """The boxes of a return as on the form, in French, in the name of the cooperative at the end of its
    period."""
    known = Cooperative.objects.filter(valid_from__lte=vat_return.ends_on)
    cooperative = known.order_by("-valid_from").first()
    with translation.override("fr"):
        html = render_to_string(VAT_TEMPLATE, {"row": vat_return, "parts": parts, "cooperative": cooperative})
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


class VatSheet:
    """The same boxes as rows, with the exact sums behind whole euros."""

    def __init__(self, parts: Sequence[ShownPart]) -> None:
        self.parts = parts

    def as_values(self) -> Iterator[list[Any]]:
        yield [
            _("Ligne"),
            _("Case"),
            _("Libellé"),
            _("Base HT"),
            _("Taxe"),
            _("Base exacte"),
            _("Taxe exacte"),
        ]
        for part in self.parts:
            for one in part.boxes:
                figure = one.figure
                amounts = (figure.base, figure.tax, figure.exact_base, figure.exact_tax)
                yield [one.box.code, one.box.number, one.box.label, *amounts]


AGED_STYLESHEET = "css/pdf/aged.css"
AGED_TEMPLATE = "pdf/accounting/aged.html"


class AgedSheet:
    """An aged balance as rows, each with its section and its party: `cae.core.exports` writes them."""

    def __init__(self, rows: Sequence[Aged], side: Side, on: date) -> None:
        self.rows, self.side, self.on = rows, side, on

    @property
    def headings(self) -> tuple[str, ...]:
        return (
            _("Non échu"),
            _("1 à 30 jours"),
            _("31 à 60 jours"),
            _("61 à 90 jours"),
            _("Plus de 90 jours"),
            _("À imputer"),
            _("Total"),
        )

    @property
    def totals(self) -> list[Decimal]:
        return totals_of(self.rows)

    def as_values(self) -> Iterator[list[Any]]:
        yield [_("Section"), str(self.side.label), *self.headings]
        for row in self.rows:
            yield [row.section.label, row.party, *row.ages, row.unused, row.total]
        yield [_("Total"), "", *self.totals]


def aged_pdf(sheet: AgedSheet) -> bytes:
    """The balance in French, in the name of the cooperative as it was that day."""
    cooperative = Cooperative.objects.filter(valid_from__lte=sheet.on).order_by("-valid_from").first()
    with translation.override("fr"):
        html = render_to_string(AGED_TEMPLATE, {"sheet": sheet, "cooperative": cooperative})
        return render_pdf(html, stylesheet=AGED_STYLESHEET, variant=Variant.PLAIN)


def layout_pdf(title: str, lead: str, found: LayoutStatement, on: date) -> bytes:
    """A statement by layout as a page in French, in the name of the cooperative as it was that day."""
    known = Cooperative.objects.filter(valid_from__lte=on)
    cooperative = known.order_by("-valid_from").first()
    context = {"title": title, "lead": lead, "found": found, "cooperative": cooperative}
    with translation.override("fr"):
        html = render_to_string(LAYOUT_TEMPLATE, context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


def year_statement_pdf(section: AnalyticAccount, year: FiscalYear) -> bytes:
    """The year of an activity in French: income statement, cash, balance sheet, beside the year before."""
    known = Cooperative.objects.filter(valid_from__lte=year.ends_on)
    with translation.override("fr"):
        context = {"page": year_page(section, year), "cooperative": known.order_by("-valid_from").first()}
        html = render_to_string(YEAR_TEMPLATE, context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


class LayoutSheet:
    """A statement by layout as rows: `cae.core.exports` writes them."""

    def __init__(self, title: str, found: LayoutStatement) -> None:
        self.title, self.found = title, found

    def as_values(self) -> Iterator[list[Any]]:
        yield [self.title, *self.found.headings]
        for row in self.found.rows:
            yield [row.line.label, *("" if figure is None else figure for figure in row.figures)]


def shared_pdf(headings: Sequence[str], found: SharedServices, on: date) -> bytes:
    """The account of the shared services as a page in French."""
    cooperative = Cooperative.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    context = {"headings": headings, "found": found, "on": on, "cooperative": cooperative}
    with translation.override("fr"):
        html = render_to_string(SHARED_TEMPLATE, context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


class SharedSheet:
    """The account of the shared services as rows."""

    def __init__(self, headings: Sequence[str], found: SharedServices) -> None:
        self.headings, self.found = headings, found

    def as_values(self) -> Iterator[list[Any]]:
        found = self.found
        yield [_("Services communs"), *self.headings]
        rows = (*found.received, found.received_total, *found.spent, found.spent_total, found.result)
        for row in (*rows, found.cost_per_head, found.reserves, found.self_financing):
            yield [row.label, *("" if amount is None else amount for amount in row.amounts)]
        yield [_("Personnes, en moyenne des mois"), *found.heads]


RECONCILIATION_TEMPLATE = "pdf/accounting/reconciliation.html"


def reconciliation_pdf(found: Reconciliation) -> bytes:
    """Both balances and both lists, in French, in the name of the cooperative as it was that day."""
    cooperative = Cooperative.objects.filter(valid_from__lte=found.on).order_by("-valid_from").first()
    with translation.override("fr"):
        html = render_to_string(RECONCILIATION_TEMPLATE, {"found": found, "cooperative": cooperative})
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


def pay_sheets_pdf(sheets: Sequence[PaySheet], month: PayMonth, *, title: str) -> bytes:
    """The pay of a month, a page a person, in French, in the name of the cooperative as it was that month."""
    known = Cooperative.objects.filter(valid_from__lte=month.month.last)
    context = {
        "sheets": sheets,
        "month": month,
        "title": title,
        "cooperative": known.order_by("-valid_from").first(),
    }
    with translation.override("fr"):
        html = render_to_string("pdf/accounting/pay_sheets.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)


ALLOCATION_TEMPLATE = "pdf/accounting/allocation.html"


def allocation_pdf(row: ResultAllocation) -> bytes:
    """The draft resolutions, and what each person would receive, for the papers of an assembly."""
    receivers = receivers_of(row)
    known = Cooperative.objects.filter(valid_from__lte=row.year.ends_on)
    with translation.override("fr"):
        found = {
            "row": row,
            "drafts": [approval_draft(row), allocation_draft(row)],
            "receivers": [one for one in receivers if one.amount],
            "totals": sums_of(receivers),
            "cooperative": known.order_by("-valid_from").first(),
        }
        html = render_to_string(ALLOCATION_TEMPLATE, found)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


class AllocationSheet:
    """What each person receives of a result, as rows, with the totals."""

    def __init__(self, receivers: Sequence[Receiver]) -> None:
        self.receivers = receivers

    def as_values(self) -> Iterator[list[Any]]:
        yield [
            _("Nom"),
            _("Rémunération brute"),
            _("Jours de présence"),
            _("Années d’ancienneté"),
            _("Part travail"),
            _("Intérêt aux parts"),
            _("Total"),
            _("Retenu"),
            _("Net"),
        ]
        for one in self.receivers:
            right = one.right
            measured = [right.pay, right.days, right.seniority] if right else [None, None, None]
            labour = one.labour.amount if one.labour else ZERO
            interest = one.interest.amount if one.interest else ZERO
            yield [one.name, *measured, labour, interest, one.amount, one.kept_back, one.net]
        sums = sums_of(self.receivers)
        figures = [sums.labour, sums.interest, sums.amount, sums.kept_back, sums.net]
        yield [_("Total"), sums.pay, None, None, *figures]
