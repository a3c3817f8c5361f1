"""Keeps in the session for whom one acts, so that each request bears the right name (PEO-04)."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from people.models import Assistance
from people.requests import SignedIn
from people.selectors.assistance import assistance_in_progress
from people.services.assistance import end_assistance

KEY = "assistance"


def lend(request: HttpRequest, assistance: Assistance) -> None:
    """From the next request on, this session works under the name of the person helped."""
    request.session[KEY] = assistance.pk


def in_progress(request: SignedIn) -> Assistance | None:
    """The spell of this session, if it is not over."""
    key = request.session.get(KEY)
    if key is None:
        return None
    return assistance_in_progress(key, request.user, timezone.now())


def forget(request: HttpRequest) -> Assistance | None:
    """The session is its owner’s own again; gives the spell that it held."""
    key = request.session.pop(KEY, None)
    return Assistance.objects.select_related("helped__person").filter(pk=key).first() if key else None


def give_back(request: HttpRequest) -> Assistance | None:
    """Ends the spell of this session before its time; gives it."""
    assistance: Assistance | None = getattr(request, "assistance", None)
    forget(request)
    if assistance is not None:
        end_assistance(assistance, actor=assistance.helper, now=timezone.now())
    return assistance
