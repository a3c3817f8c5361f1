"""Asking for a seat from the public catalogue, without account; its page by a link (COW-44)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import refused_above, refused_at
from cae.core.permissions import public
from cae.core.settings import value_of
from coworking.documents.training import local_days
from coworking.forms.training_requests import RequestForm
from coworking.models import CourseVersion, Enrolment
from coworking.selectors.training_catalogue import public_sessions
from coworking.selectors.training_links import request_of_link
from coworking.selectors.training_sight import sessions_visible_to
from coworking.services.enrolment_requests import request_enrolment, withdraw_request
from coworking.services.erasing_events import KEPT_MONTHS
from coworking.states.training import EnrolmentState
from coworking.views.event_frame import account_of, flooded, registers_too_often
from coworking.views.training_links import by_link, sealed


@public
def enrolment_request(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form of one session of the public catalogue; the answer goes to the address. Whoever works here
    asks with their account."""
    version = _public(code)
    found = [one for one in public_sessions([version.pk]).get(version.pk, []) if one.pk == pk]
    if not found:
        return redirect("coworking:public_course", code)
    session, user = found[0], account_of(request)
    if user is not None and user.person_id and sessions_visible_to(user).filter(pk=pk).exists():
        return redirect("coworking:enrolment_ask", pk)
    form = RequestForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if registers_too_often(request):
            form.add_error(None, flooded())
            status = 429
        else:
            with refused_at(form):
                request_enrolment(session, data=form.typed(), now=timezone.now())
                return redirect("coworking:enrolment_requested", code)
    context = {
        "form": form,
        "shown": version,
        "session": session,
        "days": local_days(session.half_days.order_by("starts_at")),
        "is_full": session.seated >= session.capacity,  # type: ignore[attr-defined]
        "kept_months": value_of(KEPT_MONTHS, on=timezone.localdate()),
    }
    return sealed(render(request, "coworking/training/request.html", context, status=status))


@public
def enrolment_requested(request: HttpRequest, code: str) -> HttpResponse:
    """The same words for everybody: a mail left."""
    return sealed(render(request, "coworking/training/requested.html", {"shown": _public(code)}))


@by_link(request_of_link)
def enrolment_by_link(request: HttpRequest, token: str, row: Enrolment) -> HttpResponse:
    """What somebody asked for, what became of it; taken back as long as it has no answer."""
    if request.method == "POST":
        with refused_above(request):
            withdraw_request(row)
            messages.success(request, _("Votre demande est retirée."))
        return redirect("coworking:enrolment_by_link", token)
    context = {
        "enrolment": row,
        "session": row.session,
        "days": local_days(row.session.half_days.order_by("starts_at")),
        "may_withdraw": row.state == EnrolmentState.ASKED,
    }
    return render(request, "coworking/training/own_request.html", context)


def _public(code: str) -> CourseVersion:
    rows = CourseVersion.objects.public().select_related("course__activity")
    found: CourseVersion = get_object_or_404(rows, course__code=code)
    return found
