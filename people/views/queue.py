"""The queue of a function: everything that waits there at left, one request at right (CAE-21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cae.core import facts
from cae.core.errors import Refused
from cae.core.facts import Queued
from cae.core.keys import key_in
from cae.core.permissions import requires
from cae.core.tables import Tab
from people.models import Request
from people.requests import SignedIn
from people.selectors.requests import answered_by, delays, departments_of
from people.services.requests import close_request, take_request
from people.states.requests import SLUGS, Department
from people.views.requests import act_on, request_context, seen_request

# A longer queue shows what is due first.
MOST = 200
MEASURED = timedelta(days=90)
_ACTS: dict[str, Any] = {"take": take_request, "close": close_request}


@requires("people.answer_request")
def queue_home(request: SignedIn) -> HttpResponse:
    """The queue of the first function that the person holds."""
    return redirect("people:queue", SLUGS[departments_of(request.user)[0]])


@requires("people.answer_request")
def queue(request: SignedIn, function: str) -> HttpResponse:
    """The list alone; a wide screen shows the first request beside it."""
    department = _department(request, function)
    items = _items(request, department)
    first = next((item for item in items if item.key is not None), None)
    row = seen_request(request, first.key) if first and first.key else None
    return _page(request, department, items, row, opened=False)


@requires("people.answer_request")
def queue_item(request: SignedIn, function: str, pk: int) -> HttpResponse:
    """One request of the list, chosen."""
    department = _department(request, function)
    row = seen_request(request, pk)
    if request.method == "POST":
        return act_on(request, row)
    return _page(request, department, _items(request, department), row, opened=True)


@require_POST
@requires("people.answer_request")
def queue_act(request: SignedIn, function: str) -> HttpResponse:
    """Takes or closes the ticked requests, one by one; a colleague who was faster gives one sentence."""
    department = _department(request, function)
    act = _ACTS.get(request.POST.get("do", ""))
    keys = [key for key in map(key_in, request.POST.getlist("ids")) if key is not None]
    rows = answered_by(request.user).filter(pk__in=keys[:MOST], department=department).order_by("pk")
    done = 0
    for row in rows if act else ():
        try:
            act(row, actor=request.user)
        except Refused as refusal:
            messages.error(request, f"{row} : {refusal}")
        else:
            done += 1
    if done:
        word = ngettext("%(count)d demande : c’est fait.", "%(count)d demandes : c’est fait.", done)
        messages.success(request, word % {"count": done})
    elif not keys:
        messages.warning(request, _("Cochez au moins une demande."))
    return redirect("people:queue", function)


def _department(request: SignedIn, slug: str) -> str:
    """The department of an address, if the person answers there."""
    found = next((department for department, known in SLUGS.items() if known == slug), None)
    if found is None or found not in departments_of(request.user):
        raise Http404(slug)
    return found


def _items(request: SignedIn, department: str) -> list[Queued]:
    return facts.queue_of(request.user, department, timezone.localdate())


def _page(
    request: SignedIn, department: str, items: list[Queued], row: Request | None, *, opened: bool
) -> HttpResponse:
    keys = [item.key for item in items if item.key is not None]
    rank = keys.index(row.pk) if row is not None and row.pk in keys else None
    slug, today = SLUGS[department], timezone.localdate()
    measured = {one.department: one for one in delays(today - MEASURED)}
    context: dict[str, Any] = {
        "tabs": _tabs(request, department),
        "title": Department(department).label,
        "slug": slug,
        "items": items[:MOST],
        "count": len(items),
        "most": MOST,
        "opened": opened,
        "current": row.pk if row else None,
        "rank": None if rank is None else rank + 1,
        "total": len(keys),
        "previous_url": _url(slug, keys[rank - 1]) if rank else "",
        "next_url": _url(slug, keys[rank + 1]) if rank is not None and rank + 1 < len(keys) else "",
        "list_url": reverse("people:queue", args=[slug]),
        "measured": measured.get(department),
        "today": today,
    }
    if row is not None:
        context |= request_context(request, row)
        context["next"] = _url(slug, row.pk)
    return render(request, "people/queue.html", context)


def _tabs(request: SignedIn, current: str) -> list[Tab]:
    held = departments_of(request.user)
    if len(held) < 2:
        return []
    return [
        Tab(Department(one).label, reverse("people:queue", args=[SLUGS[one]]), current=one == current)
        for one in held
    ]


def _url(slug: str, key: int) -> str:
    return reverse("people:queue_item", args=[slug, key])
