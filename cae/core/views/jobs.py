"""The page that follows one long work; it reads the row only, never the worker's queue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cae.core import jobs
from cae.core.models import Job
from cae.core.permissions import signed_in


def _own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.select_related("result"), pk=pk, author=request.user)


@signed_in
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    job = _own(request, pk)
    htmx: Any = getattr(request, "htmx", False)
    response = render(request, "core/job.html" + ("#progress" if htmx else ""), {"job": job})
    if htmx and job.is_over:
        response.status_code = 286  # tells htmx to stop asking
    return response


@signed_in
@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    jobs.cancel_job(_own(request, pk), actor=request.user)
    return redirect("core:job_detail", pk)


@signed_in
@require_POST
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("core:job_detail", jobs.retry_failures(_own(request, pk), actor=request.user).pk)
