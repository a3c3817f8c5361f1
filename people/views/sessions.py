"""« Mes appareils »: what is open in one’s name, and how to close it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cae.core.permissions import in_person, signed_in
from people.devices import device_in_words
from people.requests import SignedIn
from people.selectors.sessions import sessions_of
from people.services.sessions import close_other_sessions, close_session


@in_person
@signed_in
def session_list(request: SignedIn) -> HttpResponse:
    rows = sessions_of(request.user, timezone.now())
    shown = [
        {
            "session": row,
            "words": device_in_words(row.user_agent),
            "is_this_one": row.session_key == request.session.session_key,
        }
        for row in rows
    ]
    shown.sort(key=lambda one: not one["is_this_one"])
    return render(request, "people/sessions.html", {"sessions": shown, "others": len(shown) > 1})


@in_person
@signed_in
@require_POST
def session_close(request: SignedIn, pk: int) -> HttpResponse:
    """Closes one; that of this very page signs out here."""
    session = get_object_or_404(sessions_of(request.user, timezone.now()), pk=pk)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    close_session(session, actor=request.user)
    messages.success(request, _("Session fermée : cet appareil doit se reconnecter."))
    return redirect("people:session_list")


@in_person
@signed_in
@require_POST
def session_close_others(request: SignedIn) -> HttpResponse:
    count = close_other_sessions(request.user, kept=request.session.session_key or "", actor=request.user)
    sentence = ngettext("%(count)d session fermée.", "%(count)d sessions fermées.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("people:session_list")
