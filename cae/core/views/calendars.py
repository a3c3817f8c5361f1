"""« Mon agenda »: the secret address of one's calendar, and the feed that calendars read at it (CAE-21)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import calendars
from cae.core.errors import Refused
from cae.core.permissions import in_person, public, signed_in
from cae.core.tab_bars import OWN, tabs_of


@signed_in
@in_person
def calendar(request: HttpRequest) -> HttpResponse:
    """Creates, renews or withdraws the address; it is shown once, to be copied into a calendar."""
    url = ""
    if request.method == "POST":
        now = timezone.now()
        if request.POST.get("do") == "withdraw":
            calendars.close_feed(request.user, actor=request.user, at=now)
            messages.success(request, _("L’adresse est retirée : plus aucun agenda ne la lit."))
            return redirect("core:calendar")
        token = calendars.open_feed(request.user, actor=request.user, at=now)
        url = f"{settings.SITE_URL}{reverse('core:calendar_feed', args=[token])}"
    context = {
        "url": url,
        "feed": calendars.feed_of(request.user),
        "tabs": tabs_of(request.user, OWN, "core:calendar"),
    }
    response = render(request, "core/calendar.html", context)
    if url:
        response["Cache-Control"] = "private, no-store"
    return response


@public
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever this secret belongs to: no account, no cookie, nothing indexed."""
    try:
        key = calendars.owner_key(token)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    now = timezone.now()
    user = get_user_model().objects.filter(pk=key, is_active=True).first()
    closes_on = getattr(user, "closes_on", None)
    if user is None or (closes_on is not None and closes_on <= timezone.localdate(now)):
        raise Http404
    with override(getattr(user, "language", settings.LANGUAGE_CODE)):
        content = calendars.feed_text(user, now=now)
    response = HttpResponse(content, content_type=calendars.MIME)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    return response
