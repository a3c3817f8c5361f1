"""Each request in the person's language, and no staff page without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from people.requests import SignedIn
from people.selectors import needs_second_factor
from people.selectors.accounts import has_second_factor

Answer = Callable[[SignedIn], HttpResponse]


class PreferencesMiddleware:
    """The language chosen in « Mon compte » wins over that of the browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedIn) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        language = request.user.language  # kept: past the view, the request may be that of nobody (sign-out)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SecondFactorMiddleware:
    """Sends whoever must have a second factor, and has none yet, to the page that activates it (PEO-02).

    Demonstration mode alone asks none. What stays open is what activates the factor, or leaves."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedIn) -> HttpResponse:
        if settings.DEMONSTRATION or not request.user.is_authenticated or self._stays_open(request.path):
            return self.get_response(request)
        if not needs_second_factor(request.user) or has_second_factor(request.user):
            return self.get_response(request)
        messages.info(request, _("Votre rôle demande un second facteur : activez-le pour continuer."))
        target = reverse("mfa_activate_totp")
        return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)

    def _stays_open(self, path: str) -> bool:
        return path.startswith(
            (reverse("mfa_index"), reverse("account_reauthenticate"), reverse("account_logout"))
        )
