"""The request of somebody signed in, as views receive it past `@requires` and the middlewares."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import Assistance, User


class SignedIn(HttpRequest):
    """For type checkers: who asks is a known account."""

    user: User
    # For whom, and through whom, this request is made; nobody else's, usually.
    assistance: Assistance | None
    htmx: HtmxDetails
