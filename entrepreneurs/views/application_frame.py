"""The frame of a candidate's pages: who opens them (link or account), how often, what nobody keeps."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core import links
from cae.core.errors import Code, Refused
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.permissions import public
from entrepreneurs.models import Application
from entrepreneurs.selectors.applications import own_application
from entrepreneurs.states.applications import APPLICATION_LINK
from people.devices import device_of
from people.models import User

# The key of the pages of who is signed in; others hold a link.
OWN = "moi"
# Eight pages, read again, corrected, with their papers; a machine does it a thousand times.
MOST_POSTS, SPAN = 200, 3600
# From one address, a whole workshop of candidates.
MOST_BEGUN = 40
_CLOSED = (Code.LINK_EXPIRED, Code.LINK_UNKNOWN, Code.LINK_WITHDRAWN)

View = Callable[..., HttpResponse]


def candidate_page(view: View) -> Any:
    """Makes a page of /candidature/<key>/: open to who holds a link to that application, or, under « moi »,
    to the account of its person. An expired link offers a new one, to the same address."""

    @functools.wraps(view)
    def shown(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if key == OWN:
            application = own_application(request.user)
            if application is None:
                return redirect("entrepreneurs:application_home")
            return private(view(request, key, application, *args, **kwargs))
        try:
            if request.method == "POST" and not _within(request, key):
                raise Refused(Code.NOT_ALLOWED, flooded())
            link = links.find_link(key, APPLICATION_LINK)
        except Refused as refusal:
            return private(closed_page(request, key, refusal))
        application = Application.objects.select_related("person", "advisor", "territory", "trade").get(
            pk=link.about_id
        )
        return private(view(request, key, application, *args, **kwargs))

    return public(shown)


def closed_page(request: HttpRequest, key: str, refusal: Refused) -> HttpResponse:
    """Why the link opens no more, in a sentence; an expired one sends a new one on a button."""
    status = 429 if refusal.code == Code.NOT_ALLOWED else status_of(refusal)
    context = {
        "sentence": str(refusal),
        "renew_url": reverse("entrepreneurs:application_renew", args=[key])
        if refusal.code == Code.LINK_EXPIRED
        else "",
    }
    return draw_public(request, "entrepreneurs/application/closed.html", context, status=status)


def draw_public(
    request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page before any application is open."""
    known = {"layout": "layouts/public.html", "is_own": False}
    return render(request, name, known | (context or {}), status=status)


def draw(
    request: HttpRequest,
    key: str,
    application: Application,
    name: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of a candidate, in the frame of the public, or of the house for who is signed in."""
    known = {
        "layout": "layouts/app.html" if key == OWN else "layouts/public.html",
        "is_own": key == OWN,
        "key": key,
        "application": application,
        "home_url": reverse("entrepreneurs:application", args=[key]),
    }
    return render(request, name, known | context, status=status)


def private(response: HttpResponse) -> HttpResponse:
    """Neither indexed, nor kept on a shared machine, nor told to another site."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def actor_of(request: HttpRequest, key: str) -> User | None:
    """The account that acts, or nobody's: a link names no account."""
    return request.user if key == OWN and isinstance(request.user, User) else None


def begins_too_often(request: HttpRequest) -> bool:
    """Counts one more draft begun, or link asked, from an address."""
    name = f"applications:{device_of(request).address}"
    return not within_limit(name, most=MOST_BEGUN, seconds=SPAN)


def flooded() -> str:
    return _("Trop d’envois de suite : rien n’a été enregistré. Recommencez dans une heure.")


def _within(request: HttpRequest, key: str) -> bool:
    """Counted by link, and by address whatever the link."""
    link = hashlib.sha256(key.encode()).hexdigest()[:24]
    calls = (
        within_limit(f"application-link:{link}", most=MOST_POSTS, seconds=SPAN),
        within_limit(f"application-links:{device_of(request).address}", most=MOST_POSTS * 4, seconds=SPAN),
    )
    return all(calls)
