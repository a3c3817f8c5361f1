"""The data officer's desk: what waits, and what is too widely read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import form_page
from cae.core.permissions import can, requires
from cae.core.tab_bars import tabs_open_to
from people.models import DataIncident, DataRequest, RetentionProposal, User
from people.requests import SignedIn
from people.selectors.sensitive import busiest_readers
from people.states.data_requests import DataRequestState, IncidentState
from people.states.retention import ProposalState
from people.views.bars import DATA

TITLE = _("Données personnelles")
# Readings are watched over this time; whoever opened more records than this is shown first.
WATCHED = timedelta(days=30)
MANY_RECORDS = 20


def desk_form(
    request: SignedIn,
    form: BaseForm,
    *,
    title: Any,
    submit: Any,
    listed: tuple[Any, str],
    lead: Any = "",
    back_url: str = "",
) -> HttpResponse:
    """Draws a form of the desk alone on its page, under the list (word and address) that it comes from."""
    crumbs = [(TITLE, reverse("people:data_desk")), listed, (title, "")]
    return form_page(
        request, form, title=title, lead=lead, submit=submit, back_url=back_url or listed[1], crumbs=crumbs
    )


@requires("people.view_data_desk")
def data_desk(request: SignedIn) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    waiting = RetentionProposal.objects.filter(state=ProposalState.PROPOSED)
    read = list(busiest_readers(now - WATCHED)[:5])
    accounts = User.objects.select_related("person").in_bulk([row["reader"] for row in read])
    context = {
        "title": TITLE,
        "tabs": tabs_open_to(request.user, DATA, "people:data_desk"),
        "requests": DataRequest.objects.filter(state=DataRequestState.RECEIVED).select_related("person")[:10],
        "incidents": DataIncident.objects.exclude(state=IncidentState.CLOSED)[:10],
        "may_erase": can(request.user, "people.decide_retention"),
        "to_erase": waiting.count(),
        "oldest": waiting.order_by("kept_until").first(),
        "readers": [(accounts[row["reader"]], row["persons"], row["persons"] > MANY_RECORDS) for row in read],
        "today": today,
        "now": now,
    }
    return render(request, "people/data_desk.html", context)
