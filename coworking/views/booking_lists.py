"""Bookings as lists: one’s own, those of a place, those that wait for its team (COW-16, COW-21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_tables2 as tables
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.permissions import require, requires
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from coworking.models import Booking, Place, WaitingPlace
from coworking.selectors.booking_todo import asked_of
from coworking.selectors.booking_words import span_words
from coworking.selectors.finding import own_bookings
from people.requests import SignedIn

# What has just ended is still of the day.
_HOUR = timedelta(hours=1)


class BookingTable(Table):
    resource = LinkColumn(verbose_name=gettext_lazy("Réservation"), accessor="resource__name")
    during = tables.Column(verbose_name=gettext_lazy("Quand"))
    holder = tables.Column(verbose_name=gettext_lazy("Pour"), orderable=False)
    title = tables.Column(verbose_name=gettext_lazy("Objet"))
    working = tables.Column(verbose_name=gettext_lazy("Calcul"), orderable=False)
    price = MoneyColumn(verbose_name=gettext_lazy("Prix HT"))
    state = StatusColumn(verbose_name=gettext_lazy("État"))

    class Meta(Table.Meta):
        model = Booking
        fields = ("resource", "during", "holder", "title", "working", "price", "state")

    def render_during(self, value: Any) -> str:
        return span_words(value)

    value_during = render_during


class OwnBookingTable(BookingTable):
    place = tables.Column(verbose_name=gettext_lazy("Lieu"))

    class Meta(Table.Meta):
        model = Booking
        exclude = ("holder",)
        fields = ("resource", "during", "place", "title", "working", "price", "state")


class BookingFilters(Filters):
    search = ("title", "name", "resource__name", "member__person__last_name", "person__last_name")

    class Meta:
        model = Booking
        fields = ("state",)


@requires("coworking.book")
def own_booking_list(request: SignedIn) -> HttpResponse:
    """What is to come first; what is past on demand."""
    now = timezone.now()
    past = request.GET.get("passees") == "1"
    rows = own_bookings(request.user)
    if past:
        rows = rows.filter(during__endswith__lte=now).order_by("-during")
    else:
        rows = rows.filter(during__endswith__gt=now)
    return list_page(
        request,
        queryset=rows,
        table=OwnBookingTable,
        filters=BookingFilters,
        page="coworking.own_bookings",
        title=_("Mes réservations passées") if past else _("Mes réservations"),
        empty=EmptyState(
            _("Aucune réservation."), _("Choisissez une date : ce qui est libre s’affiche."), _book_action()
        ),
        main_action=_book_action(),
        template="coworking/bookings/own.html",
        context={"past": past, "waiting": _waiting(request)},
    )


def _book_action() -> Action:
    return Action(_("Réserver"), reverse("coworking:book_find"), right="coworking.book", icon="plus-lg")


def _waiting(request: SignedIn) -> list[Any]:
    rows = WaitingPlace.objects.filter(person=request.user.person_id, state__in=["waiting", "offered"])
    return [(one, span_words(one.during)) for one in rows.select_related("resource__place")]


@requires("coworking.book_for")
def booking_list(request: SignedIn, pk: int) -> HttpResponse:
    """Those of a place, for its team."""
    place = get_object_or_404(Place.objects.select_related("scope"), pk=pk)
    require(request.user, "coworking.book_for", place)
    rows = Booking.objects.filter(place=place).select_related(
        "place", "resource", "unit", "member__person", "person"
    )
    if not request.GET.get("state"):
        rows = rows.filter(during__endswith__gt=timezone.now() - _HOUR)
    return list_page(
        request,
        queryset=rows.order_by("during"),
        table=BookingTable,
        filters=BookingFilters,
        page="coworking.bookings",
        title=_("Réservations"),
        empty=EmptyState(_("Aucune réservation à venir.")),
    )


class QueueTable(BookingTable):
    place = tables.Column(verbose_name=gettext_lazy("Lieu"))

    class Meta(Table.Meta):
        model = Booking
        exclude = ("state",)
        fields = ("resource", "during", "holder", "place", "title", "price")


@requires("coworking.approve_booking")
def booking_queue(request: SignedIn) -> HttpResponse:
    """Those that wait for the word of this team, in all the places it runs."""
    return list_page(
        request,
        queryset=asked_of(request.user),
        table=QueueTable,
        filters=BookingFilters,
        page="coworking.booking_queue",
        title=_("Réservations à valider"),
        empty=EmptyState(_("Rien à valider.")),
    )
