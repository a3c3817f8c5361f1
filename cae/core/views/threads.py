"""The door by which messages are written about any object; its page shows them (core.threads)."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cae.core import threads
from cae.core.errors import Refused
from cae.core.keys import text_in
from cae.core.models import Audience
from cae.core.permissions import can, require, signed_in


@signed_in
def thread(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The messages alone, for who may read them; posting one goes back to the page of the object."""
    kind = threads.THREADS.get(code)
    if kind is None:
        raise Http404(code)
    obj: Any = get_object_or_404(apps.get_model(code), pk=pk)
    if not can(request.user, kind.read, obj):
        raise Http404
    typed = {
        "text": text_in(request.POST.get("text", "")),
        "audience": request.POST.get("audience", Audience.HOUSE),
    }
    error = ""
    if request.method == "POST":
        require(request.user, kind.write, obj)
        if typed["audience"] == Audience.STAFF:
            require(request.user, kind.staff, obj)
        try:
            threads.post_message(
                obj,
                text=typed["text"],
                actor=request.user,
                internal=typed["audience"] == Audience.STAFF,
                outside=typed["audience"] == Audience.OUTSIDE,
            )
        except Refused as refusal:
            error = str(refusal)
        else:
            typed = {}
            if not request.htmx:  # type: ignore[attr-defined]  # set by its middleware
                messages.success(request, _("Message envoyé."))
                return redirect(f"{kind.address(obj)}#messages")
    shown = threads.thread_of(obj, request.user, error=error, **typed)
    page = "components/thread.html" if request.htmx else "core/thread.html"  # type: ignore[attr-defined]
    context = {"thread": shown, "object": obj, "back_url": kind.address(obj)}
    return render(request, page, context, status=422 if error else 200)
