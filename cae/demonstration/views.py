"""Doors that exist in demonstration mode only; anywhere else they answer 404."""

from __future__ import annotations

import functools
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from cae.core.keys import is_own_address
from cae.core.mail import opened
from cae.core.mail_policy import policy_of
from cae.core.models import OutgoingEmail
from cae.core.permissions import public
from cae.demonstration.accounts import ACCOUNTS
from people.models import User

View = Callable[..., HttpResponseBase]


def demonstration_only(view: View) -> View:
    """As if the page did not exist, outside the demonstration."""

    @functools.wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    return door


@public
@demonstration_only
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the people of the table, without password or second factor."""
    emails = {account.email for account in ACCOUNTS}
    user = get_object_or_404(User, email=request.POST.get("email", ""), email__in=emails, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    target = request.POST.get("next", "")
    home = get_adapter().get_login_redirect_url(request)
    return redirect(target if is_own_address(target) else home)


@public
@demonstration_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every message that would have left, the latest first."""
    messages = OutgoingEmail.objects.defer("html").order_by("-created_at", "-pk")
    page = Paginator(messages, 50).get_page(request.GET.get("page"))
    return render(request, "demonstration/mailbox.html", {"page": page})


@public
@demonstration_only
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message whole, a code of a secret ballot too: nobody else receives it here."""
    found = get_object_or_404(OutgoingEmail, pk=pk)
    return render(request, "demonstration/mail.html", {"mail": found, "text": opened(found, "text")})


@public
@demonstration_only
@xframe_options_sameorigin
def mail_html(_request: HttpRequest, pk: int) -> HttpResponse:
    """The message as a mail program shows it: in a sandbox, without script, form or outside image."""
    html = opened(get_object_or_404(OutgoingEmail, pk=pk), "html")
    response = HttpResponse(html)
    response["Content-Security-Policy"] = policy_of(html, links=True)
    return response
