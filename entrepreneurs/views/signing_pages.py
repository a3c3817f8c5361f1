"""What the pages where one signs have in common, whatever the paper: the code, the mark, the refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import refused_above, refused_at
from cae.core.limits import within_limit
from entrepreneurs.forms.contracts import ReasonForm
from entrepreneurs.forms.signing import SignForm
from entrepreneurs.views.signing_links import SPAN
from people.devices import origin_of

MOST_CODES = 5


def layout(*, by_link: bool) -> str:
    """Whoever comes by a personal link has no menu to be shown."""
    return "layouts/public.html" if by_link else "layouts/app.html"


def circumstances(request: HttpRequest, form: SignForm, *, by_link: bool) -> dict[str, Any]:
    """The mark that was made, what it was made under, and from where."""
    found = form.cleaned_data
    return {
        "hand": form.hand(),
        "shown_sha256": found["shown"],
        "code": found.get("code", ""),
        "origin": origin_of(request),
        "actor": None if by_link else request.user,
        "at": timezone.now(),
    }


def code_mailed(
    request: HttpRequest, send: Callable[..., None], *, turn: str, page: str, by_link: bool = False
) -> HttpResponse:
    """Mails a code to whose `turn` it is to sign on `page`, and leads back there, as the mail does."""
    if not within_limit(f"sign-code:{turn}", most=MOST_CODES, seconds=SPAN):
        messages.error(request, _("Trop de codes demandés : recommencez dans une heure."))
        return redirect(page)
    with refused_above(request):
        send(page=page, actor=None if by_link else request.user, at=timezone.now())
        messages.success(request, _("Un code vient de partir par e-mail : il vaut 15 minutes."))
    return redirect(page)


def decline_page(
    request: HttpRequest,
    decline: Callable[[str], Any],
    *,
    title: str,
    told: str,
    thanks: str,
    page: str,
    done: str,
    by_link: bool = False,
) -> HttpResponse:
    """Asks why one does not sign `title`; `told` says whom the reason goes to, `page` is where one signs."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            decline(form.cleaned_data["reason"])
            messages.success(request, thanks)
            return redirect(done)
    context = {
        "form": form,
        "title": title,
        "told": told,
        "back_url": page,
        "layout": layout(by_link=by_link),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "entrepreneurs/decline.html", context, status=422 if wrong else 200)
