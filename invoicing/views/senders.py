"""Under which name an activity writes and where it is answered; the page of the link that asks (INV-44)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.errors import Forbidden, Refused
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.permissions import public, requires
from entrepreneurs.models import Activity
from invoicing.forms.exchange import SenderForm
from invoicing.models import SenderIdentity
from invoicing.selectors.senders import asked_by, sender_name_of, sender_row
from invoicing.services.senders import (
    ask_again,
    confirm_reply_address,
    disown_reply_address,
    save_sender,
    sender_url,
)
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.letterhead import letterhead, sealed
from people.devices import device_of

RIGHT = "invoicing.edit_sender"
# A link serves once; more than this is no reader.
MOST, SPAN = 30, 3600


@requires(RIGHT)
def sender_edit(request: HttpRequest) -> HttpResponse:
    offered = activities_to_sell_for(request, RIGHT)
    if not offered:
        raise Forbidden(_("Un expéditeur appartient à une activité : vous n’en avez aucune."))
    activity = chosen_activity(request, offered)
    title = _("Expéditeur des e-mails")
    if activity is None:
        context = {"offered": offered, "title": title}
        return render(request, "invoicing/choose_activity.html", context)
    row = sender_row(activity)
    initial = {
        "name": row.name,
        "reply_to": row.asked or row.reply_to,
        "version": row.version if row.pk else 0,
    }
    return act_page(
        request,
        SenderForm(request.POST or None, initial=initial),
        lambda typed: save_sender(activity, **typed, actor=request.user, at=timezone.now()),
        done=_("L’expéditeur est enregistré."),
        back_url=_look_url(activity),
        goes_to=sender_url(activity),
        title=title,
        lead=activity.name,
        submit=_("Enregistrer"),
        crumbs=[(_("Présentation des documents"), _look_url(activity)), (title, "")],
        template="invoicing/exchange/sender.html",
        activity=activity,
        row=row,
        shown_name=sender_name_of(activity, on=timezone.localdate()),
    )


def _look_url(activity: Activity) -> str:
    return reverse("invoicing:look_edit", query={"activite": activity.pk})


@require_POST
@requires(RIGHT)
def sender_ask_again(request: HttpRequest) -> HttpResponse:
    activity = chosen_activity(request, activities_to_sell_for(request, RIGHT))
    if activity is None:
        raise Forbidden(_("Un expéditeur appartient à une activité : vous n’en avez aucune."))
    return act_now(
        request,
        lambda: ask_again(activity, actor=request.user, at=timezone.now()),
        done=_("Un nouveau lien est parti : l’ancien n’ouvre plus rien."),
        back_url=sender_url(activity),
    )


def _by_link(view: Callable[..., HttpResponse]) -> Any:
    """Open to who holds the link, without cookie; a link that opens no more says why."""

    @functools.wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            address = device_of(request).address
            if not within_limit(f"reply-links:{address}", most=MOST, seconds=SPAN):
                return sealed(
                    _closed(request, _("Trop d’essais de suite : recommencez dans une heure."), 429)
                )
            return sealed(view(request, token, asked_by(token)))
        except Refused as refusal:
            return sealed(_closed(request, str(refusal), status_of(refusal)))

    return public(csrf_exempt(shown))


def _closed(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence, "csrf_token": "", "activity": None}
    return render(request, "invoicing/public/closed.html", context, status=status)


@_by_link
def reply_address(request: HttpRequest, token: str, row: SenderIdentity) -> HttpResponse:
    """Reading changes nothing: programs open links. One of two buttons answers."""
    context = {"row": row, "address": row.asked, "csrf_token": "", **letterhead(row.activity)}
    if request.method != "POST":
        return render(request, "invoicing/exchange/reply_address.html", context)
    if request.POST.get("do") == "disown":
        disown_reply_address(token, at=timezone.now())
        return render(request, "invoicing/exchange/reply_address.html", context | {"done": "disowned"})
    if request.POST.get("do") == "confirm":
        confirm_reply_address(token, at=timezone.now())
        return render(request, "invoicing/exchange/reply_address.html", context | {"done": "confirmed"})
    return render(request, "invoicing/exchange/reply_address.html", context, status=422)
