"""« Mon activité »: the accounts of one activity, month by month, and the entries behind each figure."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.statement import FIGURES
from accounting.models import AnalyticAccount
from accounting.selectors.scales import contributions_of
from accounting.selectors.statement import first_month, lines_behind, span_of
from accounting.views.filters import ContributionFilters, LineFilters
from accounting.views.statement_parts import LABELS, contribution_shown, figures_shown, month_choice
from accounting.views.tables import ContributionTable, LineTable
from cae.core.periods import Month
from cae.core.permissions import requires
from cae.core.tables import EmptyState, list_page
from entrepreneurs.models import Activity


def _section(request: HttpRequest, activity_id: int) -> tuple[AnalyticAccount, Activity]:
    """The section and its activity, if this person sees them."""
    visible = AnalyticAccount.objects.visible_to(request.user).select_related("activity")
    section = get_object_or_404(visible, activity__pk=activity_id)
    if section.activity is None:
        raise Http404
    return section, section.activity


def _month(request: HttpRequest) -> Month:
    """The month of the address, or the current one."""
    try:
        return Month.parse(request.GET.get("mois", ""))
    except ValueError:
        return Month.of(timezone.localdate())


@requires("accounting.view_statement")
def my_statement(request: HttpRequest) -> HttpResponse:
    """The activity in use; else the first one in sight."""
    in_use: Activity | None = getattr(request, "activity", None)
    if in_use:
        return redirect("accounting:activity_statement", in_use.pk)
    section = (
        AnalyticAccount.objects.visible_to(request.user).exclude(activity=None).order_by("label").first()
    )
    if section is None:
        raise Http404
    return redirect("accounting:activity_statement", section.activity_id)


@requires("accounting.view_statement")
def statement(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Month and year to date: sales, VAT, contribution with its working, result, receivables, cash."""
    section, activity = _section(request, activity_id)
    month = _month(request)
    context = {"section": section, "activity": activity, "month": month, "month_text": str(month)}
    context |= month_choice(month, first_month(section), timezone.localdate())
    context |= figures_shown(section, month)
    context |= contribution_shown(activity, month)
    return render(request, "accounting/statement.html", context)


@requires("accounting.view_statement")
def figure_lines(request: HttpRequest, activity_id: int, figure: str) -> HttpResponse:
    """« D’où vient ce chiffre ? »"""
    if figure not in FIGURES:
        raise Http404
    (section, activity), month = _section(request, activity_id), _month(request)
    period = request.GET.get("periode", "ever")
    span = span_of(period, month)
    return list_page(
        request,
        queryset=lines_behind(section, figure, span),
        table=LineTable,
        filters=LineFilters,
        page="accounting.figure",
        title=LABELS[figure],
        empty=EmptyState(_("Aucune écriture derrière ce chiffre.")),
        template="accounting/figure.html",
        context={"section": section, "activity": activity, "span": span, "month_text": str(month)},
    )


@requires("accounting.view_statement")
def contribution_list(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Every amount of the year, base × rate = due."""
    (section, activity), month = _section(request, activity_id), _month(request)
    return list_page(
        request,
        queryset=contributions_of(activity, start=date(month.year, 1, 1), end=month.last),
        table=ContributionTable,
        filters=ContributionFilters,
        page="accounting.contributions",
        title=_("Contribution depuis le 1er janvier %(year)s") % {"year": month.year},
        empty=EmptyState(_("Aucune contribution prélevée sur cette période.")),
        template="accounting/figure.html",
        context={
            "section": section,
            "activity": activity,
            "span": span_of("year", month),
            "month_text": str(month),
        },
    )
