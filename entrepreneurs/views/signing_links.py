"""Pages that a personal link opens to sign: within a limit, not indexed, not kept, closed in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import links
from cae.core.answers import file_shown
from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.models import Document
from cae.core.permissions import public
from people.devices import device_of

MOST_POSTS, SPAN = 30, 3600
CLOSED = "entrepreneurs/contract/link_closed.html"


def by_link(purpose: str, find: Callable[[str], Any], renew_url: str) -> Callable[..., Any]:
    """Makes a page open to who holds a link of this purpose; `find` gives what it is about, or refuses."""

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        def shown(request: HttpRequest, token: str) -> HttpResponse:
            try:
                if request.method == "POST" and not _within(request):
                    raise Refused(Code.NOT_ALLOWED, _("Trop d’envois de suite : recommencez dans une heure."))
                return sealed(view(request, token, find(token)))
            except Refused as refusal:
                return sealed(_closed(request, token, refusal, purpose, renew_url))

        shown.__name__, shown.__doc__ = view.__name__, view.__doc__
        shown.__module__ = view.__module__
        return public(shown)

    return decorate


def renewed(
    request: HttpRequest, token: str, *, purpose: str, page: str, renew: Callable[..., Any]
) -> HttpResponse:
    """A link that is over is replaced, at the address already known, and only there."""
    link = links.link_of(token)
    if link is None or link.purpose != purpose:
        raise Http404
    if request.method != "POST":
        return redirect(page, token)
    context: dict[str, Any] = {
        "sentence": _("Un nouveau lien part à l’adresse déjà connue."),
        "renew_url": "",
    }
    status = 200
    try:
        if not within_limit(f"sign-link:{link.pk}", most=3, seconds=SPAN):
            raise Refused(Code.NOT_ALLOWED, _("Trop de demandes : recommencez dans une heure."))
        renew(link, at=timezone.now())
    except Refused as refusal:
        context["sentence"], status = str(refusal), status_of(refusal)
    return sealed(render(request, CLOSED, context, status=status))


def opened(document: Document | None) -> HttpResponse:
    """The file that a personal link opens, once it is made. Raises Http404 before."""
    if document is None:
        raise Http404
    return file_shown(read_document(document), name=document.name, mime=document.mime)


def sealed(response: HttpResponse) -> HttpResponse:
    """Neither indexed, nor kept on a shared machine, nor told to the next site."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # « no-referrer » would make browsers send forms with a null origin, which CSRF refuses.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _closed(request: HttpRequest, token: str, refusal: Refused, purpose: str, renew_url: str) -> HttpResponse:
    """One sentence, and how to get another link when this one is over."""
    link = links.link_of(token)
    over = link is not None and link.purpose == purpose and refusal.code == Code.LINK_EXPIRED
    context = {"sentence": str(refusal), "renew_url": reverse(renew_url, args=[token]) if over else ""}
    return render(request, CLOSED, context, status=status_of(refusal))


def _within(request: HttpRequest) -> bool:
    return within_limit(f"signing:{device_of(request).address}", most=MOST_POSTS, seconds=SPAN)
