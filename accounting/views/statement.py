"""« Mon activité »: the accounts of one activity, month by month, and the entries behind each figure."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.documents import StatementSheet, printed_statement, statement_pdf
from accounting.models import AnalyticAccount
from accounting.selectors.contribution import runs_of
from accounting.selectors.funds import funds_of_activity
from accounting.selectors.levies import takings_of_month
from accounting.selectors.pay_sight import lines_in_sight
from accounting.selectors.statement import (
    figure_total,
    first_month,
    lines_behind,
    section_in_sight,
    span_of,
)
from accounting.selectors.statement_words import LABELS
from accounting.views.filters import ContributionFilters, LineFilters
from accounting.views.layout_places import Place
from accounting.views.statement_parts import (
    FIGURE_SLUGS,
    PERIOD_SLUGS,
    contribution_shown,
    figures_shown,
    month_choice,
    pay_words,
    span_words,
)
from accounting.views.tables import ContributionTable, LineTable
from cae.core.answers import file_shown
from cae.core.exports import export
from cae.core.periods import Month
from cae.core.permissions import requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import money
from entrepreneurs.models import Activity

FILES = ("pdf", "xlsx", "csv")


def _section(request: HttpRequest, activity_id: int) -> tuple[AnalyticAccount, Activity]:
    """The section and its activity, if this person sees them."""
    section = section_in_sight(request.user, activity_id)
    if section is None or section.activity is None:
        raise Http404
    return section, section.activity


def _chosen_month(text: str, oldest: Month, newest: Month) -> Month:
    """The month of the address, kept among those that the page offers; the latest otherwise."""
    try:
        return min(max(Month.parse(text), oldest), newest)
    except ValueError:
        return newest


def _month_of_path(text: str) -> Month:
    try:
        return min(Month.parse(text), Month.of(timezone.localdate()))
    except ValueError:
        raise Http404 from None


@requires("accounting.view_statement")
def my_statement(request: HttpRequest) -> HttpResponse:
    """The activity in use; else the first one in sight."""
    in_use: Activity | None = getattr(request, "activity", None)
    if in_use:
        return redirect("accounting:activity_statement", in_use.pk)
    section = (
        AnalyticAccount.objects.visible_to(request.user).exclude(activity=None).order_by("sort_label").first()
    )
    if section is None:
        raise Http404
    return redirect("accounting:activity_statement", section.activity_id)


@requires("accounting.view_statement")
def statement(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Month and year to date: sales, VAT, contribution with its working, result, receivables, cash."""
    section, activity = _section(request, activity_id)
    newest = Month.of(timezone.localdate())
    oldest = min(first_month(section) or newest, newest)
    month = _chosen_month(request.GET.get("mois", ""), oldest, newest)
    context = {"activity": activity, "month_text": str(month)}
    context |= month_choice(month, oldest, newest)
    context |= figures_shown(section, month)
    context |= contribution_shown(activity, month)
    context["place_tabs"] = Place(activity, section).tabs("", mois=str(month))
    context["funds"] = funds_of_activity(activity)
    context["levies_taken"] = takings_of_month(activity, month)
    context["files"] = [
        (kind, reverse("accounting:statement_file", args=[activity.pk, month, kind])) for kind in FILES
    ]
    return render(request, "accounting/statement.html", context)


@requires("accounting.view_statement")
def statement_file(request: HttpRequest, activity_id: int, month: str, kind: str) -> HttpResponse:
    """The statement of a month as a printed page or as rows."""
    if kind not in FILES:
        raise Http404
    section, activity = _section(request, activity_id)
    page = printed_statement(section, activity, _month_of_path(month))
    name = f"{activity.code.lower()}-{page.month}"
    if kind != "pdf":
        return export(StatementSheet(page), kind, name=name)
    return file_shown(statement_pdf(page), name=f"{name}.pdf")


@requires("accounting.view_statement")
def figure_lines(
    request: HttpRequest, activity_id: int, month: str, figure: str, period: str
) -> HttpResponse:
    """« D’où vient ce chiffre ? »"""
    if figure not in FIGURE_SLUGS or period not in PERIOD_SLUGS:
        raise Http404
    section, activity = _section(request, activity_id)
    name, shown = FIGURE_SLUGS[figure], _month_of_path(month)
    span = span_of(PERIOD_SLUGS[period], shown)
    rows, unshown = lines_in_sight(lines_behind(section, name, span), request.user)
    said = _("%(span)s : %(total)s") % {
        "span": span_words(span),
        "total": money(figure_total(section, name, span)),
    }
    return list_page(
        request,
        queryset=rows,
        table=LineTable,
        filters=LineFilters,
        page="accounting.figure",
        title=LABELS[name],
        intro=". ".join(filter(None, (said, pay_words(unshown)))),
        empty=EmptyState(_("Aucune écriture derrière ce chiffre.")),
        template="accounting/figure.html",
        context={"activity": activity, "month_text": str(shown)},
    )


@requires("accounting.view_statement")
def contribution_list(request: HttpRequest, activity_id: int, month: str) -> HttpResponse:
    """Every amount of the year."""
    _seen, activity = _section(request, activity_id)
    shown = _month_of_path(month)
    span = span_of("year", shown)
    return list_page(
        request,
        queryset=runs_of(activity, start=date(shown.year, 1, 1), end=span.end).prefetch_related("corrects"),
        table=ContributionTable,
        filters=ContributionFilters,
        page="accounting.contributions",
        title=_("Contribution aux services communs"),
        intro=span_words(span),
        empty=EmptyState(_("Aucune contribution prélevée sur cette période.")),
        template="accounting/figure.html",
        context={"activity": activity, "month_text": str(shown)},
    )
