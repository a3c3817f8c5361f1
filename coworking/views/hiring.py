"""A room hired without account, from the public page of a place; then its page by a personal link
(COW-20)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.calendars import event_file
from cae.core.errors import Code, Refused
from cae.core.forms import refuse, refused_above
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.permissions import public
from coworking.forms.hiring import HireForm
from coworking.models import Place, Resource
from coworking.selectors.availability import resources_to_book
from coworking.selectors.bookers import Booker
from coworking.selectors.booking_words import happening_of, span_words, title_of
from coworking.selectors.finding import lines_of, query_of
from coworking.selectors.hires import AGREED, hire_of, price_with_tax, quote_of
from coworking.selectors.public_places import public_place
from coworking.selectors.resources import rates_on, taxed
from coworking.services.booking_changes import stays_due
from coworking.services.booking_checks import SlotRefused
from coworking.services.hiring import ask_to_hire, booking_of_link, cancel_hire
from coworking.states.bookings import COMING, BookingState
from invoicing.states.sales import QuoteState
from people.devices import device_of

# From one address, in an hour.
MOST, SPAN = 30, 3600


@public
def hire(request: HttpRequest, slug: str) -> HttpResponse:
    """When and what, who and where the invoice goes; the price before one asks."""
    place = public_place(slug, drafts=False)
    rows = resources_to_book(place).filter(is_public=True) if place else Resource.objects.none()
    if place is None or not rows:
        raise Http404
    typed = _typed(request)
    form = HireForm(typed, resources=rows)
    context: dict[str, Any] = {
        "place": place,
        "form": form,
        "nearest": [],
        "is_counted": False,
        "total": Decimal(0),
    }
    asked = request.method == "POST" and request.POST.get("do") == "ask"
    if typed is not None:
        wanted = _wanted(form)
        resource = form.cleaned_data.get("resource")
        if wanted is not None and resource is not None:
            lines, total = lines_of([resource], wanted, booker=Booker(), now=timezone.now())
            context |= {"line": lines[0], "total": total, "span": span_words(wanted), "is_counted": True}
            rate = rates_on(timezone.localdate(wanted.starts)).get(lines[0].quote.vat_code)
            context["gross"] = taxed(total, rate)
            if asked and form.is_valid():
                try:
                    _ask(request, form, resource)
                except Refused as refusal:
                    refuse(form, refusal)
                    context["nearest"] = _nearest(refusal)
                else:
                    return render(request, "coworking/public/hire_sent.html", {"place": place})
            # What is asked next is asked at the price that this page shows.
            typed["shown"] = str(total)
        if not asked:
            _forget_missing(form)
    wrong = asked and bool(form.errors)
    return render(request, "coworking/public/hire.html", context, status=422 if wrong else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What is typed so far; the key of the form is made once."""
    typed = (request.POST if request.method == "POST" else request.GET).copy()
    if not typed:
        return None
    if not typed.get("form_key"):
        typed["form_key"] = str(uuid4())
    typed.setdefault("people", "1")
    return typed


def _wanted(form: HireForm) -> Any:
    form.is_valid()
    if {"day", "starts", "ends", "last"} & form.errors.keys():
        return None
    try:
        return form.wanted()
    except Refused as refusal:
        refuse(form, refusal)
        return None


def _forget_missing(form: HireForm) -> None:
    """While one only asks the price, what is not typed yet is no fault."""
    for name in list(form.errors):
        if not form.data.get(name):
            del form.errors[name]


def _ask(request: HttpRequest, form: HireForm, resource: Resource) -> None:
    if not within_limit(f"hire:{device_of(request).address}", most=MOST, seconds=SPAN):
        raise _flooded()
    wanted = form.wanted()
    if wanted is not None:
        ask_to_hire(
            resource,
            wanted,
            data=form.typed(),
            shown=form.cleaned_data["shown"] or Decimal(0),
            form_key=form.cleaned_data["form_key"],
            now=timezone.now(),
        )


def _flooded() -> Refused:
    return Refused(
        Code.NOT_ALLOWED, _("Trop d’envois de suite : rien n’a été enregistré. Recommencez dans une heure.")
    )


def _nearest(refusal: Refused) -> list[tuple[str, dict[str, str]]]:
    rows = refusal.nearest if isinstance(refusal, SlotRefused) else []
    return [(span_words(one), query_of(one)) for one in rows]


@public
def hire_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page of who hired: its state, its file for a calendar, called off by a button."""
    now = timezone.now()
    try:
        row = booking_of_link(token)
    except Refused as refusal:
        closed = {"sentence": str(refusal)}
        return _private(
            render(request, "coworking/public/hire_closed.html", closed, status=status_of(refusal))
        )
    if request.method == "POST" and request.POST.get("do") == "cancel":
        with refused_above(request):
            cancel_hire(token, now=now)
            messages.success(request, _("La réservation est annulée."))
        return _private(redirect("coworking:hire_page", token))
    if request.GET.get("agenda"):
        return _private(event_file(happening_of(row), name=f"reservation-{row.pk}"))
    place: Place = row.place
    quote = quote_of(hire_of(row))
    is_sent = quote is not None and quote.state == QuoteState.SENT and row.state == BookingState.ASKED
    context = {
        "booking": row,
        "place": place,
        "title": title_of(row),
        "span": span_words(row.during),
        "may_cancel": row.state in COMING and row.during.lower > now,
        "is_late": stays_due(row, now),
        "gross": price_with_tax(row),
        "quote_until": quote.valid_until if quote is not None and is_sent else None,
        "has_agreement": row.state in AGREED and hire_of(row) is not None,
        "agreement_url": reverse("coworking:hire_agreement_by_link", args=[token]),
    }
    return _private(render(request, "coworking/public/hire_page.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Neither indexed nor kept."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
