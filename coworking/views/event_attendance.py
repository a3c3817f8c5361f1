"""Attendance of an event: the sheet, the code at the door, the code that somebody shows (COW-41)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.answers import file_shown
from cae.core.keys import key_in, text_in
from cae.core.permissions import require, requires
from cae.core.tables import search_words
from coworking.documents.events import sheet_pdf
from coworking.forms.events import ATTENDANCES
from coworking.models import Registration
from coworking.services.event_attendance import note_attendance
from coworking.services.events import is_open_at_the_door
from coworking.states.events import Attendance, NotedHow, RegistrationState
from coworking.views.event_frame import drawn_code
from coworking.views.event_tabs import KEEP, kept, tabs_of_event
from people.requests import SignedIn


@requires(KEEP)
def event_attendance(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet: each person with what was noted, and a button for each word."""
    event, now = kept(request, pk), timezone.now()
    wanted = text_in(request.GET.get("q", ""))[:80]
    rows = event.registrations.filter(state=RegistrationState.REGISTERED).order_by("sort_name", "pk")
    found = search_words(rows, wanted, ("first_name", "last_name", "email"))
    context = {
        "event": event,
        "rows": list(found),
        "wanted": wanted,
        "words": ATTENDANCES,
        "counts": [(label, rows.filter(attendance=word).count()) for word, label in Attendance.choices],
        "may_note": event.state in ("published", "held")
        and (event.starts_at <= now or is_open_at_the_door(event, now)),
        "is_over": event.ends_at <= now,
        "unknown": rows.filter(attendance=Attendance.UNKNOWN).count(),
        "tabs": tabs_of_event(request, event, "event_attendance"),
    }
    return render(request, "coworking/events/attendance.html", context)


@requires(KEEP)
def event_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet on paper, for those who do not sign on a phone."""
    event = kept(request, pk)
    rows = event.registrations.filter(state=RegistrationState.REGISTERED).order_by("sort_name", "pk")
    content = sheet_pdf(event, rows, on=timezone.localdate())
    return file_shown(content, name=f"presences-{event.slug}.pdf")


@require_POST
@requires(KEEP)
def attendance_note(request: SignedIn, pk: int) -> HttpResponse:
    """A word noted by the team; from a scanned code, says so."""
    event = kept(request, pk)
    row = get_object_or_404(event.registrations, pk=key_in(request.POST.get("registration", "")) or 0)
    how = NotedHow.SCAN if request.POST.get("how") == NotedHow.SCAN else NotedHow.TEAM
    query = request.POST.get("query", "")
    page = reverse("coworking:event_attendance", args=[pk])
    back = reverse("coworking:event_scan", args=[row.pass_key]) if how == NotedHow.SCAN else page
    return act_now(
        request,
        lambda: note_attendance(
            row,
            attendance=request.POST.get("attendance", ""),
            how=how,
            now=timezone.now(),
            actor=request.user,
        ),
        done=_("%(name)s : c’est noté.") % {"name": row.full_name},
        back_url=f"{back}?{query}" if query and how == NotedHow.TEAM else back,
    )


@requires(KEEP)
def event_scan(request: SignedIn, pass_key: str) -> HttpResponse:
    """What the code of somebody opens for who welcomes: their name, one button."""
    rows = Registration.objects.select_related("event__kind", "event__place")
    row = get_object_or_404(rows, pass_key=pass_key)
    require(request.user, KEEP, row)
    return render(request, "coworking/events/scan.html", {"row": row, "event": row.event})


@requires(KEEP)
def event_code(request: SignedIn, pk: int) -> HttpResponse:
    """The code to show at the door: who reads it with a phone says that they are there."""
    event = kept(request, pk)
    address = request.build_absolute_uri(reverse("coworking:event_door", args=[event.door_key]))
    context = {"event": event, "address": address, "drawing": drawn_code(address)}
    return render(request, "coworking/events/code.html", context)
