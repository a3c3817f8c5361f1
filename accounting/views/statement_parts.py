"""The parts of the statement of an activity, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.statement import Flow, Statement, flows_told
from accounting.models import AnalyticAccount
from accounting.selectors.adjusting_words import adjusted
from accounting.selectors.contribution import subject_words
from accounting.selectors.pay_sight import Unshown
from accounting.selectors.scale_words import scale_summary
from accounting.selectors.scales import scale_of
from accounting.selectors.statement import Span, contributions_to, figures_of, runs_of_month
from accounting.selectors.statement_words import LABELS
from accounting.views.working_links import linked_runs
from cae.core.periods import Month
from cae.core.templatetags.formats import day, money
from entrepreneurs.models import Activity

DEFINITIONS = {
    "cash": gettext_lazy("Ce qui est en banque pour l’activité : les comptes de classe 5."),
    "receivables": gettext_lazy("Ce que les clients doivent encore : les comptes 41."),
    "vat_collected": gettext_lazy("La TVA due à l’État sur ce qui a été encaissé ou livré."),
    "vat_waiting": gettext_lazy("La TVA des factures de services qui sera due quand elles seront payées."),
}


# Figures and periods as they stand in addresses.
FIGURE_SLUGS = {
    "ventes": "sales",
    "charges": "costs",
    "contribution": "contribution",
    "prelevements": "levies",
    "remuneration": "pay",
    "entre-activites": "inside",
    "repartitions": "shares",
    "resultat": "result",
    "tva-collectee": "vat_collected",
    "tva-en-attente": "vat_waiting",
    "a-encaisser": "receivables",
    "tresorerie": "cash",
}
PERIOD_SLUGS = {"mois": "month", "annee": "year", "toujours": "ever"}
_SLUG_OF = {name: slug for slug, name in (FIGURE_SLUGS | PERIOD_SLUGS).items()}


@dataclass(frozen=True)
class Tile:
    """A balance at the end of the month."""

    label: Any
    value: Decimal
    hint: str
    url: str
    definition: Any


@dataclass(frozen=True)
class Cell:
    """A figure and what opens it; the same a year before."""

    value: Decimal
    url: str
    before: Decimal
    before_url: str


@dataclass(frozen=True)
class Row:
    """A line of the income statement: the month, then the year to date."""

    label: Any
    cells: tuple[Cell, Cell]


def name_of(month: Month) -> str:
    return capfirst(date_format(month.first, "F Y"))


def pay_words(unshown: Unshown | None) -> str:
    """What a list leaves out of the pay of somebody else, so that its figure is still explained."""
    if unshown is None:
        return ""
    return _("Sans le détail des paies d’autres personnes : %(debit)s au débit, %(credit)s au crédit.") % {
        "debit": money(unshown.debit),
        "credit": money(unshown.credit),
    }


def span_words(span: Span) -> str:
    """« Du 01/01/2026 au 31/10/2026 »."""
    if span.start is None:
        return _("Depuis l’ouverture, jusqu’au %(end)s") % {"end": day(span.end)}
    return _("Du %(start)s au %(end)s") % {"start": day(span.start), "end": day(span.end)}


def month_choice(month: Month, oldest: Month, newest: Month) -> dict[str, Any]:
    """Months that may be chosen, the latest first, and the neighbours of the one shown."""
    return {
        "months": [(str(one), name_of(one)) for one in reversed(list(oldest.until(newest)))],
        "previous": str(month.previous()) if month > oldest else "",
        "next": str(month.next()) if month < newest else "",
    }


def figures_shown(section: AnalyticAccount, month: Month) -> dict[str, Any]:
    """Balances, income statement, chart."""
    found = figures_of(section, month)
    figures, former = found.now, found.before
    names = [date_format(date(month.year, rank, 1), "N") for rank in range(1, 13)]
    until = _("Au %(day)s") % {"day": day(month.last)}
    return {
        "month_name": name_of(month),
        "year_name": _("Cumul %(year)s") % {"year": month.year},
        "lead": _("Compte de l’activité, %(month)s") % {"month": date_format(month.first, "F Y")},
        "tiles": [_tile(name, figures, section, month, until) for name in DEFINITIONS],
        "rows": [
            _row(name, getattr(figures, name), getattr(former, name), section, month)
            for name in flows_told(figures, former)[:-1]
        ],
        "result": _row("result", figures.result, former.result, section, month),
        "year_before": month.year - 1,
        "bars": list(zip(names, found.sales, strict=True)),
        "chart_title": _("Ventes HT par mois, %(year)s") % {"year": month.year},
    }


def contribution_shown(activity: Activity, month: Month) -> dict[str, Any]:
    """The scale in force and each amount of the month, line by line as it was found."""
    of_month, of_year = contributions_to(activity, month)
    scale = scale_of(activity, month.last)
    runs = runs_of_month(activity, month)
    url = reverse("accounting:contribution_list", args=[activity.pk, month])
    return {
        "scale": scale,
        "scale_summary": scale_summary(scale.rule) if scale else "",
        "workings": [
            {"run": run, "subject": subject_words(run), "lines": lines, "adjusted": adjusted(run)}
            for run, lines in zip(runs, linked_runs(runs), strict=True)
        ],
        "month_sums": of_month,
        "year_sums": of_year,
        "contribution_url": url,
        "month_url": f"{url}?mois={month}",
    }


def _url(name: str, section: AnalyticAccount, month: Month, period: str) -> str:
    slugs = [_SLUG_OF[name], _SLUG_OF[period]]
    return reverse("accounting:figure", args=[section.activity_id, month, *slugs])


def _tile(name: str, figures: Statement, section: AnalyticAccount, month: Month, hint: str) -> Tile:
    return Tile(
        LABELS[name], getattr(figures, name), hint, _url(name, section, month, "ever"), DEFINITIONS[name]
    )


def _row(name: str, flow: Flow, former: Flow, section: AnalyticAccount, month: Month) -> Row:
    earlier = Month(month.year - 1, month.month)
    cells = (
        Cell(
            flow.month,
            _url(name, section, month, "month"),
            former.month,
            _url(name, section, earlier, "month"),
        ),
        Cell(
            flow.year, _url(name, section, month, "year"), former.year, _url(name, section, earlier, "year")
        ),
    )
    return Row(LABELS[name], cells)
