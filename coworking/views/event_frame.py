"""The frame of the pages of those who come: who opens a registration (link or account), how often, what
nobody keeps."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import qrcode
import qrcode.image.svg
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cae.core import links
from cae.core.errors import Code, Refused
from cae.core.keys import key_in
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.permissions import can, public
from coworking.models import Event, Registration
from coworking.selectors.events import events_read_by
from coworking.states.events import REGISTRATION_LINK
from people.devices import device_of
from people.models import User

# A whole class registers from one address; a machine does it a thousand times.
MOST_REGISTERED, MOST_SIGNED_IN, MOST_POSTS, SPAN = 40, 400, 120, 3600

View = Callable[..., HttpResponse]


def account_of(request: HttpRequest) -> User | None:
    """The account that acts, or nobody’s."""
    return request.user if isinstance(request.user, User) else None


def layout_of(request: HttpRequest) -> str:
    """The frame of the house for who is signed in, that of the public for others."""
    return "layouts/app.html" if request.user.is_authenticated else "layouts/site.html"


def draw(
    request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the agenda, for anybody."""
    return render(request, name, {"layout": layout_of(request)} | (context or {}), status=status)


def private(response: HttpResponse) -> HttpResponse:
    """Neither indexed, nor kept on a shared machine, nor told to another site."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def event_read(request: HttpRequest, slug: str) -> Event:
    """The event of this address, if this account, or anybody, may read it; else 404."""
    return get_object_or_404(events_read_by(request.user), slug=slug)


def registers_too_often(request: HttpRequest) -> bool:
    """Counts one more registration from an address."""
    return not within_limit(f"registrations:{device_of(request).address}", most=MOST_REGISTERED, seconds=SPAN)


def signs_in_too_often(request: HttpRequest) -> bool:
    """Counts one more try at a door: a whole conference signs in from the address of the place."""
    return not within_limit(f"event-door:{device_of(request).address}", most=MOST_SIGNED_IN, seconds=SPAN)


def flooded() -> str:
    return _("Trop d’essais depuis cette adresse : attendez une heure, ou écrivez à l’équipe.")


def registration_page(view: View) -> Any:
    """Makes a page of /inscription/<ticket>/: open to who holds the link of that registration, or, by its
    number, to the account of its person and to those who keep the event."""

    @functools.wraps(view)
    def shown(request: HttpRequest, ticket: str, *args: Any, **kwargs: Any) -> HttpResponse:
        number = key_in(ticket)
        if number is not None:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('account_login')}?next={request.path}")
            row = _known(number)
            if row is None or not can(request.user, "coworking.change_registration", row):
                raise Http404
            return private(view(request, ticket, row, *args, **kwargs))
        try:
            if request.method == "POST" and not _within(request, ticket):
                raise Refused(Code.NOT_ALLOWED, flooded())
            link = links.find_link(ticket, REGISTRATION_LINK)
        except Refused as refusal:
            status = 429 if refusal.code == Code.NOT_ALLOWED else status_of(refusal)
            context = {"sentence": str(refusal)}
            return private(draw(request, "coworking/events/closed.html", context, status=status))
        row = _known(int(link.about_id))
        if row is None:
            raise Http404
        return private(view(request, ticket, row, *args, **kwargs))

    return public(shown)


def _known(pk: int) -> Registration | None:
    rows = Registration.objects.select_related("event__kind", "event__place", "price", "person")
    return rows.filter(pk=pk).first()


def _within(request: HttpRequest, key: str) -> bool:
    return within_limit(f"registration-link:{key[:60]}", most=MOST_POSTS, seconds=SPAN)


def drawn_code(address: str) -> SafeString:
    """A code as a picture in the page: made here of an address of ours, nothing that was typed."""
    image = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathFillImage, box_size=16, border=2)
    return SafeString(image.to_string(encoding="unicode"))
