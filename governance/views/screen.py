"""The page that a projector shows, without account, under a secret address (GOV-35)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from cae.core.permissions import public
from governance.selectors.live import live_of, pulse_of_screen, screen_of, votes_in_focus
from governance.selectors.secret_live import scrutins_in_focus


def _mark(request: HttpRequest, key: str) -> str | None:
    """The ETag of the part that polls: nothing changes on it while the pulse of the assembly does not."""
    htmx: Any = getattr(request, "htmx", False)
    found = pulse_of_screen(key) if htmx else None
    return f'"{found[0]}-{found[1]}-{get_language()}"' if found else None


@public
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
@condition(etag_func=_mark)
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """The whole page, or what changed in it: asked every 3 seconds, answered 304 when nothing did."""
    assembly = screen_of(key)
    if assembly is None:
        raise Http404
    now = timezone.now()
    context = {
        "assembly": assembly,
        "live": live_of(assembly, now),
        "votes": votes_in_focus(assembly),
        "scrutins": scrutins_in_focus(assembly),
        "now": now,
    }
    htmx: Any = getattr(request, "htmx", False)
    return render(request, "governance/room/screen.html" + ("#live" if htmx else ""), context)
