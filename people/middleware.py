"""What each request passes: its session noted, its language, its second factor, the name it bears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from cae.core.audit import acting_through
from cae.core.errors import Forbidden
from cae.core.permissions import require_in_person
from cae.core.quiet import is_quiet
from people import assisting
from people.devices import device_of
from people.models import Assistance
from people.requests import SignedIn
from people.selectors import needs_second_factor
from people.selectors.accounts import has_second_factor, second_factors
from people.services.sessions import note_session

Answer = Callable[[SignedIn], HttpResponse]

# How precisely « Mes appareils » knows when a session was last used, in seconds.
NOTED_EVERY = 600


class SessionsMiddleware:
    """Notes which browsers are signed in, so that « Mes appareils » shows them all (PEO-03), but not at the
    instant of a secret ballot; one that signs out forgets the pages it was shown."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedIn) -> HttpResponse:
        key = request.session.session_key
        # Quiet pages first: the note to write no more for ten minutes would tell the instant as well.
        if key and request.user.is_authenticated and not is_quiet(request) and self._is_time(key):
            device, now = device_of(request), timezone.now()
            note_session(request.user, key=key, address=device.address, user_agent=device.user_agent, now=now)
        response = self.get_response(request)
        if request.method == "POST" and request.path == reverse("account_logout"):
            # The desk of a place is shared: « Précédent » must not show the pages of who has just left.
            response["Clear-Site-Data"] = '"cache"'
        return response

    def _is_time(self, key: str) -> bool:
        return bool(cache.add(f"people.session.{key}", True, timeout=NOTED_EVERY))


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

    def process_view(
        self, request: SignedIn, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The last factor that a role demands stays; of keys, allauth does not ask."""
        removes = request.resolver_match and request.resolver_match.url_name == "mfa_remove_webauthn"
        if not removes or not request.user.is_authenticated or not needs_second_factor(request.user):
            return None
        if second_factors(request.user).exclude(pk=kwargs["pk"]).exists():
            return None
        messages.error(request, _("Votre rôle demande un second facteur : ajoutez-en un autre d’abord."))
        return HttpResponseRedirect(reverse("mfa_index"))

    def _stays_open(self, path: str) -> bool:
        return path.startswith(
            (reverse("mfa_index"), reverse("account_reauthenticate"), reverse("account_logout"))
        )


class AssistanceMiddleware:
    """Lends a request the name of the person for whom its sender acts; the journal bears both (PEO-04).

    Everything that touches the account itself stays its owner's: allauth's pages, and `@in_person` views."""

    LEAVE = "account_logout"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedIn) -> HttpResponse:
        request.assistance = None
        if assisting.KEY not in request.session or not request.user.is_authenticated:
            return self.get_response(request)
        assistance = assisting.in_progress(request)
        if assistance is None:
            return self._over(request)
        assistance.helper = request.user
        request.assistance, request.user = assistance, assistance.helped
        with acting_through(assistance.helper):
            return self.get_response(request)

    def _over(self, request: SignedIn) -> HttpResponse:
        """What was asked under the other's name is not done under one's own."""
        former = assisting.forget(request)
        target = reverse("portal:home")
        if former and former.helped.person:
            target = former.helped.person.get_absolute_url()
            messages.warning(request, self._why(former) % {"name": former.helped})
        return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)

    def _why(self, former: Assistance) -> str:
        if former.ended_at is not None:
            return _(
                "Arrêté depuis une autre page : vous n’agissez plus pour %(name)s. Rien n’a été enregistré."
            )
        if former.is_open(timezone.now()):
            return _(
                "Cela ne vous est plus permis : vous n’agissez plus pour %(name)s. Rien n’a été enregistré."
            )
        return _("Le temps est écoulé : vous n’agissez plus pour %(name)s. Rien n’a été enregistré.")

    def process_view(self, request: SignedIn, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not view.__module__.startswith("allauth.") or (match and match.url_name == self.LEAVE):
            return None
        try:
            require_in_person(request)
        except Forbidden as refusal:
            return render(request, "core/refused.html", {"refusal": refusal}, status=403)
        return None
