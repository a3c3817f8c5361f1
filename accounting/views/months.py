"""Pages of the months of the books: those of a year, what one lacks before it is closed, its certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.forms.periods import CloseForm, ReopenForm, YearForm
from accounting.models import FiscalYear
from accounting.selectors.closing import closing_of_year, closings_of_month, files_of, sums_of
from accounting.selectors.closing_checks import checks_of
from accounting.selectors.contribution import month_label
from accounting.selectors.months import months_of, next_to_close, year_asked, years_of_books
from accounting.selectors.periods import fiscal_year_of, month_state
from accounting.services.periods import close_month, close_year, lock_month, open_year, reopen_month
from accounting.states.periods import PERIOD_SHAPES, PeriodState, YearState
from accounting.views.tabs import books_tabs
from cae.core.acting import act_page
from cae.core.forms import refused_at
from cae.core.periods import Month
from cae.core.permissions import requires


@requires("accounting.view_months")
def month_list(request: HttpRequest) -> HttpResponse:
    """The months of a year, from the first: state, what each holds, its certificate."""
    today = timezone.localdate()
    try:
        span = year_asked(request.GET.get("exercice", ""), today=today)
    except ValueError:
        raise Http404 from None
    rows = months_of(span, today=today)
    year = fiscal_year_of(span.starts_on)
    closing = closing_of_year(span.starts_on)
    context = {
        "books_tabs": books_tabs("month_list"),
        "span": span,
        "rows": rows,
        "years": [(f"{one.starts_on:%Y-%m}", one) for one in years_of_books(today)],
        "year_text": f"{span.starts_on:%Y-%m}",
        "year": year,
        "closing": closing,
        "closing_file": files_of([closing]).get(closing.pk) if closing else None,
        "may_end": year is not None and year.state == YearState.OPEN and rows[-1].state == PeriodState.LOCKED,
    }
    return render(request, "accounting/ledger/months.html", context)


@requires("accounting.view_months")
def month_detail(request: HttpRequest, month: str) -> HttpResponse:
    return _month_page(request, _asked(month), CloseForm())


@require_POST
@requires("accounting.close_month")
def month_close(request: HttpRequest, month: str) -> HttpResponse:
    """Closes, or says on the page of the month why not."""
    asked, form = _asked(month), CloseForm(request.POST)
    if form.is_valid():
        with refused_at(form):
            period = close_month(
                asked, looked=form.cleaned_data["looked"], actor=request.user, today=timezone.localdate()
            )
            messages.success(
                request, _("%(month)s est clos : son certificat est prêt.") % {"month": _name(asked)}
            )
            return redirect(period)
    return _month_page(request, asked, form, status=422)


def _month_page(
    request: HttpRequest, month: Month, form: forms.BaseForm, *, status: int = 200
) -> HttpResponse:
    state, today = month_state(month), timezone.localdate()
    closings = closings_of_month(month)
    files = files_of(closings)
    checks = checks_of(month) if state == PeriodState.OPEN and month.first <= today else []
    found = [check for check in checks if check.missing is not None]
    context = {
        "month": month,
        "month_text": str(month),
        "title": _name(month),
        "status": (*PERIOD_SHAPES[state], state.label),
        "state": state,
        "is_over": month.last < today,
        "is_next": next_to_close(today) == month,
        "next": next_to_close(today),
        "checks": checks,
        "blocking": [check for check in found if check.blocks],
        "pointed": [check for check in found if not check.blocks],
        "sums": sums_of(month.first, month.last),
        "closings": [(closing, files.get(closing.pk)) for closing in closings],
        "form": form,
        "entries_url": reverse("accounting:entry_list") + f"?mois={month}",
    }
    return render(request, "accounting/ledger/month.html", context, status=status)


@requires("accounting.reopen_month")
def month_reopen(request: HttpRequest, month: str) -> HttpResponse:
    asked = _asked(month)
    return _act(
        request,
        asked,
        ReopenForm(request.POST or None),
        lambda typed: reopen_month(asked, actor=request.user, **typed),
        title=_("Rouvrir %(month)s") % {"month": month_label(asked)},
        lead=_("Le mois reçoit de nouveau des écritures ; son certificat reste, un autre le suivra."),
        submit=_("Rouvrir le mois"),
        done=_("%(month)s est rouvert.") % {"month": _name(asked)},
        tone="danger",
    )


@requires("accounting.lock_month")
def month_lock(request: HttpRequest, month: str) -> HttpResponse:
    asked = _asked(month)
    return _act(
        request,
        asked,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda _typed: lock_month(asked, actor=request.user),
        title=_("Verrouiller %(month)s") % {"month": month_label(asked)},
        lead=_("Un mois verrouillé ne se rouvre plus jamais."),
        submit=_("Verrouiller le mois"),
        done=_("%(month)s est verrouillé.") % {"month": _name(asked)},
        tone="danger",
    )


@requires("accounting.open_year")
def year_open(request: HttpRequest) -> HttpResponse:
    list_url = reverse("accounting:month_list")
    return act_page(
        request,
        YearForm(request.POST or None),
        lambda typed: open_year(actor=request.user, **typed),
        done=_("Exercice ouvert."),
        back_url=list_url,
        title=_("Ouvrir un exercice d’une autre durée"),
        lead=_("Les exercices de douze mois s’ouvrent d’eux-mêmes ; seuls les autres se saisissent ici."),
        submit=_("Ouvrir l’exercice"),
        crumbs=[(_("Mois comptables"), list_url), (_("Ouvrir un exercice"), "")],
    )


@requires("accounting.close_year")
def year_close(request: HttpRequest, month: str) -> HttpResponse:
    year = get_object_or_404(FiscalYear, starts_on=_asked(month).first)
    back_url = year.get_absolute_url()
    return act_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda _typed: close_year(year, actor=request.user),
        done=_("L’exercice est clos : son certificat est prêt."),
        back_url=back_url,
        title=_("Clore l’exercice"),
        lead=capfirst(str(year)),
        submit=_("Clore l’exercice"),
        tone="danger",
        crumbs=[(_("Mois comptables"), back_url), (_("Clore l’exercice"), "")],
    )


def _act(request: HttpRequest, month: Month, form: forms.BaseForm, run: Any, **words: Any) -> HttpResponse:
    """A form alone on its page, about one month."""
    back_url = reverse("accounting:month_detail", args=[str(month)])
    crumbs = [
        (_("Mois comptables"), reverse("accounting:month_list")),
        (_name(month), back_url),
        (words["submit"], ""),
    ]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, **words)


def _asked(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None


def _name(month: Month) -> str:
    """« Novembre 2026 »."""
    return capfirst(date_format(month.first, "F Y"))
