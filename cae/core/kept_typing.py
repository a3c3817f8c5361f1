"""What was typed in a form whose session had ended: held, locked, until its author signs in again.

The form bears a mark, signed by the house, that says who was writing and where. A post with this mark and no
session is held in the session of that browser, locked, and shown to that account alone."""

from __future__ import annotations

import functools
import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.permissions import View
from cae.core.secrets import decrypt, encrypt

# The hidden field of the form (components/typing_mark.html); what the session holds, by the path of the form.
MARK, HELD = "typed_by", "core.kept_typing"
PURPOSE = "typing"
HELD_FOR = timedelta(days=1)
# So many forms at once; the oldest goes.
MOST_FORMS = 5


def keeps_typing(view: View) -> View:
    """Marks a view whose form loses nothing when the session ends; its form reads `typed_in(request)`. Stands
    above the mark of the right, which it keeps."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            request.typing_mark = signing.dumps([request.user.pk, request.path], salt=MARK)  # type: ignore[attr-defined]
        elif is_marked(request):
            return hold(request)
        return view(request, *args, **kwargs)

    return guarded


def is_marked(request: HttpRequest) -> bool:
    """Whether what is posted comes from a form that this address showed to an account."""
    return request.method == "POST" and _author(request) is not None


def hold(request: HttpRequest) -> HttpResponseRedirect:
    """Keeps what was typed and leads its author to the sign-in page, then back to the form."""
    body = request.POST.copy()
    for name in (MARK, "csrfmiddlewaretoken"):
        body.pop(name, None)
    held = {"by": _author(request), "at": timezone.now().isoformat(), "body": body.urlencode()}
    forms = request.session.get(HELD, {})
    forms.pop(request.path, None)
    forms[request.path] = encrypt(json.dumps(held), purpose=PURPOSE)
    request.session[HELD] = dict(list(forms.items())[-MOST_FORMS:])
    if request.user.is_authenticated:
        return HttpResponseRedirect(request.get_full_path())
    messages.info(request, _("Votre session était terminée : connectez-vous, votre saisie vous attend."))
    return redirect_to_login(request.get_full_path())


def typed_in(request: HttpRequest) -> QueryDict | None:
    """Gives what the form holds: what is posted; else what its author had typed when the session ended."""
    forms = request.session.get(HELD, {})
    if request.method == "POST":
        if forms.pop(request.path, None) is not None:
            request.session[HELD] = forms
        return request.POST
    held = json.loads(decrypt(forms[request.path], purpose=PURPOSE)) if request.path in forms else None
    if held is None:
        return None
    is_fresh = timezone.now() - datetime.fromisoformat(held["at"]) < HELD_FOR
    if held["by"] != request.user.pk or not is_fresh:
        forms.pop(request.path)
        request.session[HELD] = forms
        return None
    messages.warning(
        request,
        _("Votre session s’était terminée : voici ce que vous aviez écrit. Ce n’est pas encore enregistré."),
    )
    return QueryDict(held["body"])


def _author(request: HttpRequest) -> int | None:
    """The account that the mark names, if the mark is ours and of this address."""
    try:
        author, path = signing.loads(request.POST.get(MARK, ""), salt=MARK)
    except signing.BadSignature:
        return None
    return int(author) if path == request.path else None
