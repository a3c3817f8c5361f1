"""The watch over the boxes: their counters, what happened, the chain verified again in the browser of whoever
looks (GOV-33)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from cae.core.permissions import requires
from governance.models import SecretVote
from governance.selectors.secret_control import boxes_watched, happenings
from governance.states.secret import IN_COURSE
from governance.views.secret_parts import crumbs_to, secret_seen
from people.requests import SignedIn

WATCH = "governance.watch_secret_vote"


@requires(WATCH)
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
def secret_watch(request: SignedIn, pk: int) -> HttpResponse:
    """The whole page, or what changed in it: asked every 10 seconds, 304 when nothing did."""
    vote = secret_seen(request, pk, WATCH)
    answer: HttpResponse = condition(etag_func=_mark)(_watch)(request, vote)
    return answer


def _mark(request: SignedIn, vote: SecretVote) -> str | None:
    """Each ballot, each act and each incident beats the pulse of the assembly."""
    return f'"{vote.pk}-{vote.assembly.pulse}-{get_language()}"' if request.htmx else None


def _watch(request: SignedIn, vote: SecretVote) -> HttpResponse:
    context: dict[str, Any] = {"vote": vote, "boxes": boxes_watched(vote), "happened": happenings(vote)}
    if request.htmx:
        return render(request, "governance/secret/watch.html#live", context)
    context |= {
        "is_live": vote.state in IN_COURSE,
        "crumbs": crumbs_to(request.user, vote, _("Contrôle des urnes")),
    }
    return render(request, "governance/secret/watch.html", context)
