"""The page that follows one long work; it reads the row only, never the worker's queue. « Mes travaux »."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core import jobs, notices
from cae.core.models import ImportRun, Job, JobState
from cae.core.permissions import signed_in
from cae.core.tables import EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from cae.core.templatetags.formats import moment
from cae.core.templatetags.ui import progress

STOP_ASKING = 286  # tells htmx to ask no more


class JobTable(Table):
    label = LinkColumn(
        accessor="words", order_by=("label",), verbose_name=gettext_lazy("Travail"), url="link"
    )
    created_at = tables.Column(verbose_name=gettext_lazy("Demandé le"))
    status = StatusColumn()
    done = tables.Column(verbose_name=gettext_lazy("Avancement"), orderable=False)
    failures = tables.Column(
        verbose_name=gettext_lazy("En échec"),
        orderable=False,
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )
    ended_at = tables.Column(verbose_name=gettext_lazy("Terminé le"))

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    def render_ended_at(self, value: Any) -> str:
        return moment(value)

    def render_done(self, record: Job) -> str:
        return progress(record)

    def render_failures(self, value: list[Any]) -> str:
        return str(len(value))


class JobFilters(Filters):
    search = ("label",)
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=JobState.choices)

    class Meta:
        model = Job
        fields = ("state",)


@signed_in
def job_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=Job.objects.filter(author=request.user).select_related("result"),
        table=JobTable,
        filters=JobFilters,
        page="core.jobs",
        title=_("Mes travaux"),
        intro=_("Ce que vous avez demandé et qui prend du temps : archives, contrôles, imports."),
        empty=EmptyState(
            _("Aucun travail pour l’instant."),
            _("Une archive de factures, un import : ils se suivent ici."),
        ),
    )


def _own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.select_related("result"), pk=pk, author=request.user)


@signed_in
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is; seen to its end here, its notice is read."""
    job = _own(request, pk)
    htmx: Any = getattr(request, "htmx", False)
    if job.is_over:
        notices.read_about(request.user, job, at=timezone.now())
    brought = None if htmx else ImportRun.objects.filter(job=job).first()
    if brought is not None:  # the page of an import follows its job, and says more
        return redirect(brought.get_absolute_url())
    response = render(request, "core/job.html" + ("#progress" if htmx else ""), {"job": job})
    if htmx and job.is_over:
        response.status_code = STOP_ASKING
    return response


@signed_in
@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    jobs.cancel_job(_own(request, pk), actor=request.user)
    return redirect("core:job_detail", pk)


@signed_in
@require_POST
def job_resume(request: HttpRequest, pk: int) -> HttpResponse:
    jobs.resume_job(_own(request, pk), actor=request.user)
    return redirect("core:job_detail", pk)


@signed_in
@require_POST
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("core:job_detail", jobs.retry_failures(_own(request, pk), actor=request.user).pk)
