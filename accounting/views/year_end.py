"""The workbench of a year: what it lacks, its statements, its accruals, its result (ACC-46, ACC-10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounting.forms.periods import CloseForm
from accounting.forms.year_end import AccrualForm, UndoYearForm
from accounting.models import FiscalYear
from accounting.selectors.accruals import accruals_of_year
from accounting.selectors.periods import is_open
from accounting.selectors.year_checks import year_checks
from accounting.selectors.year_end import held_at_end, standing_closings
from accounting.selectors.year_sections import YearRead, closing_of, year_progress, year_sections
from accounting.services.accruals import declare_accrual
from accounting.services.year_closings import (
    ask_to_carry,
    ensure_closing,
    prepare_year,
    resume_preparation,
    undo_carrying,
)
from accounting.services.year_statements import ask_to_send, remind_statements
from accounting.states.year_end import YearClosingState
from accounting.views.year_tables import AccrualFilters, AccrualTable, YearFilters, YearTable
from cae.core.acting import act_now, act_page
from cae.core.forms import refused_above, refused_at
from cae.core.models import Job
from cae.core.periods import Month
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn

KEEP = "accounting.keep_year_end"


def year_named(month: str) -> FiscalYear:
    """The year that an address names by its first month."""
    try:
        return get_object_or_404(FiscalYear, starts_on=Month.parse(month).first)
    except ValueError:
        raise Http404 from None


def workbench_url(year: FiscalYear, name: str = "year_workbench") -> str:
    return reverse(f"accounting:{name}", args=[f"{year.starts_on:%Y-%m}"])


@requires("accounting.view_year_end")
def year_workbench(request: HttpRequest, month: str) -> HttpResponse:
    """What the cooperative and each activity still lack, and what is done of the year."""
    return _workbench(request, year_named(month), CloseForm())


def _workbench(request: HttpRequest, year: FiscalYear, form: Any, *, status: int = 200) -> HttpResponse:
    read, closing, today = YearRead(year), closing_of(year), timezone.localdate()
    checks, progress = year_checks(year), year_progress(read)
    found = [check for check in checks if check.missing is not None]
    context = {
        "year": year,
        "month": f"{year.starts_on:%Y-%m}",
        "closing": closing,
        "checks": checks,
        "blocking": [check for check in found if check.blocks],
        "pointed": [check for check in found if not check.blocks],
        "form": form,
        "progress": progress,
        "of_activities": _("sur %(total)d") % {"total": progress.activities},
        "is_over": year.ends_on < today,
        "is_open": is_open(year.ends_on),
        "may_carry": closing.state != YearClosingState.OPEN and bool(held_at_end(year)),
        "may_undo": standing_closings(year).exists(),
        "accruals": accruals_of_year(year).count(),
        "last_month": str(Month.of(year.ends_on)),
    }
    page = list_page(
        request,
        queryset=year_sections(read),
        table=YearTable,
        filters=YearFilters,
        page="accounting.year_workbench",
        title=_("Clôture : %(year)s") % {"year": year},
        empty=EmptyState(_("Aucune activité n’a d’écriture dans cet exercice.")),
        template="accounting/year_end/workbench.html",
        context=context,
    )
    page.status_code = status
    return page


@require_POST
@requires("accounting.keep_year_end")
def year_prepare(request: SignedIn, month: str) -> HttpResponse:
    """Says that all is ready, or on the workbench why not."""
    year, form = year_named(month), CloseForm(request.POST)
    if form.is_valid():
        with refused_at(form):
            prepare_year(
                year, looked=form.cleaned_data["looked"], today=timezone.localdate(), actor=request.user
            )
            messages.success(request, _("Tout est prêt : le résultat peut être porté."))
            return redirect(workbench_url(year))
    return _workbench(request, year, form, status=422)


@require_POST
@requires("accounting.keep_year_end")
def year_resume(request: SignedIn, month: str) -> HttpResponse:
    year = year_named(month)
    return act_now(
        request,
        lambda: resume_preparation(ensure_closing(year), actor=request.user),
        done=_("L’exercice est de nouveau en préparation."),
        back_url=workbench_url(year),
    )


@require_POST
@requires("accounting.keep_year_end")
def year_carry(request: SignedIn, month: str) -> HttpResponse:
    """Starts the job that takes each section to its result."""
    year = year_named(month)
    return _follow(request, year, lambda: ask_to_carry(year, actor=request.user))


@require_POST
@requires("accounting.keep_year_end")
def year_send(request: SignedIn, month: str) -> HttpResponse:
    """Starts the job that makes and sends the statements."""
    year = year_named(month)
    return _follow(request, year, lambda: ask_to_send(year, today=timezone.localdate(), actor=request.user))


def _follow(request: HttpRequest, year: FiscalYear, start: Callable[[], Job]) -> HttpResponse:
    with refused_above(request):
        return redirect("core:job_detail", start().pk)
    return redirect(workbench_url(year))


@require_POST
@requires("accounting.keep_year_end")
def year_remind(request: SignedIn, month: str) -> HttpResponse:
    year = year_named(month)
    with refused_above(request):
        count = remind_statements(year, now=timezone.now(), actor=request.user)
        said = ngettext("%(count)d relevé relancé.", "%(count)d relevés relancés.", count)
        messages.success(request, said % {"count": count})
    return redirect(workbench_url(year))


@requires("accounting.keep_year_end")
def year_undo(request: SignedIn, month: str) -> HttpResponse:
    year = year_named(month)
    title = _("Défaire le résultat porté")
    return act_page(
        request,
        UndoYearForm(request.POST or None),
        lambda typed: undo_carrying(ensure_closing(year), actor=request.user, **typed),
        done=_("Le résultat est défait : charges et produits sont comme avant."),
        back_url=workbench_url(year),
        title=title,
        lead=_("Chaque écriture de clôture est contre-passée le dernier jour de l’exercice."),
        submit=_("Défaire"),
        tone="danger",
        crumbs=_crumbs(year, title),
    )


def _crumbs(year: FiscalYear, title: str) -> list[tuple[Any, str]]:
    return [
        (_("Mois comptables"), year.get_absolute_url()),
        (_("Clôture : %(year)s") % {"year": year}, workbench_url(year)),
        (title, ""),
    ]


@requires("accounting.view_year_end")
def accrual_list(request: HttpRequest, month: str) -> HttpResponse:
    """What was carried over to the next year, by hand."""
    year = year_named(month)
    new = Action(
        _("Déclarer une régularisation"), workbench_url(year, "accrual_new"), right=KEEP, icon="plus-lg"
    )
    return list_page(
        request,
        queryset=accruals_of_year(year),
        table=AccrualTable,
        filters=AccrualFilters,
        page="accounting.accruals",
        title=_("Régularisations : %(year)s") % {"year": year},
        intro=_("Passées le dernier jour de l’exercice, reprises d’elles-mêmes le premier du suivant."),
        main_action=new,
        empty=EmptyState(
            _("Aucune régularisation."),
            _("Factures à recevoir ou à établir, charges et produits constatés d’avance."),
            new,
        ),
        template="accounting/year_end/accruals.html",
        context={"year": year, "workbench_url": workbench_url(year)},
    )


@requires("accounting.keep_year_end")
def accrual_new(request: SignedIn, month: str) -> HttpResponse:
    year = year_named(month)
    form, title = AccrualForm(request.POST or None), _("Déclarer une régularisation")
    return act_page(
        request,
        form,
        lambda typed: declare_accrual(
            form.content(), year=year, form_key=typed["form_key"], actor=request.user
        ),
        done=_("Régularisation passée ; sa reprise est prévue."),
        back_url=workbench_url(year, "accrual_list"),
        title=title,
        lead=_("Datée du %(end)s, reprise le %(start)s.")
        % {
            "end": year.ends_on.strftime("%d/%m/%Y"),
            "start": (year.ends_on + timedelta(days=1)).strftime("%d/%m/%Y"),
        },
        submit=_("Passer la régularisation"),
        crumbs=_crumbs(year, title),
    )
