"""The yearly statement of an activity: read by those in sight, accepted by whoever leads it (ACC-46)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms.year_end import StatementSignForm
from accounting.selectors.year_statements import (
    file_of_statement,
    moved_since,
    statements_led,
    statements_listed,
    statements_of_section,
)
from accounting.services.year_statements import sign_statement, terms_of
from accounting.states.year_end import StatementState
from accounting.views.layout_places import place_of
from cae.core.forms import refused_at
from cae.core.notices import read_about
from cae.core.permissions import can, in_person, require, requires, signed_in
from people.devices import origin_of
from people.requests import SignedIn

SIGN = "accounting.sign_statement"


@in_person
@signed_in
def year_statement(request: SignedIn, pk: int) -> HttpResponse:
    """One statement, its file, what may be done of it."""
    row = get_object_or_404(statements_listed(request.user), pk=pk)
    is_stale = row.state != StatementState.REPLACED and moved_since(row)
    to_sign = row.state == StatementState.TO_SIGN and not is_stale and can(request.user, SIGN, row)
    form = StatementSignForm(request.POST or None, initial={"shown": row.content_sha256})
    if request.method == "POST":
        require(request.user, SIGN, row)
        if form.is_valid():
            with refused_at(form):
                sign_statement(
                    row,
                    hand=form.hand(request.user.get_full_name()),
                    shown=form.cleaned_data["shown"],
                    at=timezone.now(),
                    origin=origin_of(request),
                    actor=request.user,
                )
                messages.success(request, _("Relevé accepté."))
                return redirect(row)
    read_about(request.user, row, at=timezone.now())
    context = {
        "row": row,
        "file": file_of_statement(row),
        "terms": terms_of(row),
        "form": form if to_sign or form.is_bound else None,
        "signer": request.user.get_full_name(),
        "is_stale": is_stale,
        "month": f"{row.year.starts_on:%Y-%m}",
        "may_see_year": can(request.user, "accounting.view_year_end"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounting/year_end/statement.html", context, status=status)


@requires("accounting.sign_statement")
def my_year_statements(request: SignedIn) -> HttpResponse:
    """Those of the activities that one leads."""
    context = {"rows": statements_led(request.user), "place": None, "place_tabs": [], "lead": ""}
    return render(request, "accounting/year_end/own.html", context)


@requires("accounting.view_statement")
def year_statements(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The yearly statements of an activity, the latest first."""
    place = place_of(request, activity_id)
    if place.section is None:
        raise Http404
    context = {
        "place": place,
        "place_tabs": place.tabs("releves"),
        "rows": statements_of_section(place.section),
        "lead": place.title,
    }
    return render(request, "accounting/year_end/own.html", context)
