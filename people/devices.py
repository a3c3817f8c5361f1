"""Knows a browser again by a signed cookie that lasts; a sign-in from another is told by mail (PEO-01)."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cae.core.signing import Origin
from people.calculations import browser_and_system
from people.models import User

COOKIE = "alveole_device"
SALT = "people.devices"
# Browsers keep no cookie for longer than that.
KEPT = 400 * 24 * 3600
# A machine shared by a whole team remembers the latest ones.
MOST = 20


@dataclass(frozen=True)
class Device:
    """From where a request comes, as far as it says."""

    address: str | None
    user_agent: str

    @property
    def words(self) -> str:
        return device_in_words(self.user_agent)


def device_of(request: HttpRequest) -> Device:
    """The address (past the proxies that the settings trust) and the browser of a request."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a local socket has none
        address = None
    return Device(address, request.headers.get("User-Agent", "")[:200])


def origin_of(request: HttpRequest) -> Origin:
    """From where somebody signs, as the evidence keeps it."""
    device = device_of(request)
    return Origin(device.address, device.user_agent)


def device_in_words(user_agent: str) -> str:
    """« Firefox sur Windows », as its owner would say."""
    browser, system = browser_and_system(user_agent)
    names = {"browser": browser or _("Navigateur inconnu"), "system": system}
    return _("%(browser)s sur %(system)s") % names if system else names["browser"]


def is_known(request: HttpRequest, account: User) -> bool:
    """This browser has already let this account in."""
    return account.pk in _accounts(request)


def remember(request: HttpRequest, response: HttpResponse, account: User) -> None:
    """Leaves on the browser the mark by which it will be known."""
    accounts = [account.pk, *(pk for pk in _accounts(request) if pk != account.pk)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(accounts, salt=SALT),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _accounts(request: HttpRequest) -> list[int]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return []
    return [int(pk) for pk in found]
