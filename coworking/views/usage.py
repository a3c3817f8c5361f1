"""What a place is used for, and the bookings that each figure counts (COW-25)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.exports import sheet
from cae.core.keys import key_in
from cae.core.money import cents
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from cae.core.tables import EmptyState, Filters, list_page
from coworking.calculations.lengths import BANDS
from coworking.models import Member
from coworking.selectors.members import members_of
from coworking.selectors.usage import Usage, at_hour, bookings_of, under_plan, usage_of
from coworking.selectors.usage_members import members_counted
from coworking.states.members import MemberOrigin
from coworking.views.booking_lists import BookingFilters, BookingTable
from coworking.views.members import MemberFilters, MemberTable
from coworking.views.place_frame import place_found, place_page
from people.requests import SignedIn

_READS, _READS_MEMBERS = "coworking.read_usage", "coworking.read_members"


class CountedFilters(Filters):
    search = MemberFilters.search

    class Meta:
        model = Member
        fields = ("organisation",)


def _month(request: SignedIn) -> Month:
    """The month asked for, not after this one."""
    this = Month.of(timezone.localdate())
    try:
        return min(Month.parse(request.GET.get("mois", "")), this)
    except ValueError:
        return this


@requires(_READS)
def usage(request: SignedIn, pk: int) -> HttpResponse:
    """A month: its hours, resources, plans, income, members."""
    place, month, today = place_found(request, pk, _READS), _month(request), timezone.localdate()
    found = usage_of(place, month, today)
    return place_page(
        request,
        place,
        "coworking/days/usage.html",
        "coworking:usage",
        usage=found,
        month=month.first,
        code=str(month),
        before=str(month.previous()),
        after=str(month.next()) if month.next().first <= today else "",
        sees_members=can(request.user, _READS_MEMBERS, place),
        sees_money=can(request.user, "coworking.read_billing", place),
        by_area=cents(found.earned / place.area) if place.area else None,
    )


@requires(_READS)
def usage_table(request: SignedIn, pk: int) -> HttpResponse:
    """The same figures as a file."""
    place, month = place_found(request, pk, _READS), _month(request)
    found = usage_of(place, month, timezone.localdate())
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    return sheet(_lines(found), kind, name=f"usage-{place.slug}-{month}")


def _lines(found: Usage) -> list[list[Any]]:
    """One figure a line: what it is of, its word, minutes taken, minutes open, bookings, euros, members."""
    lines: list[list[Any]] = [
        [
            *(_("Quoi"), _("Rubrique"), _("Minutes prises"), _("Minutes ouvertes")),
            *(_("Réservations"), _("€ HT"), _("Coworkers")),
        ]
    ]
    lines += [
        [_("Heure"), f"{row.label} {hour:02d}:00", share.taken, share.opened, "", ""]
        for row in found.rows
        for hour, share in row.cells
    ]
    lines += [
        [_("Ressource"), one.label, one.share.taken, one.share.opened, one.count, ""]
        for one in found.resources
    ]
    lines += [[_("Formule"), one.label, one.minutes, "", one.count, ""] for one in found.plans]
    people = found.members
    lines += [
        [what, one.label, one.minutes, "", one.count, "", one.people]
        for what, groups in (
            (_("Ancienneté"), people.bands),
            (_("Venue"), people.origins),
            (_("Civilité"), people.genders),
            (_("Métier"), people.trades),
        )
        for one in groups
    ]
    lines.append([_("Ancienneté"), _("Médiane (mois)"), "", "", "", "", people.middle or 0])
    return lines + [[_("Revenu"), label, "", "", "", amount] for label, amount in found.income]


@requires(_READS)
def usage_bookings(request: SignedIn, pk: int) -> HttpResponse:
    """The bookings of a month that a figure counts: an hour of a weekday, a resource, a plan."""
    place, month = place_found(request, pk, _READS), _month(request)
    rows = bookings_of(place, month.first, min(month.last, timezone.localdate()))
    day, hour = _number(request, "jour"), _number(request, "heure")
    if day is not None and hour is not None:
        rows = rows.filter(pk__in=at_hour(rows, day, hour))
    if (resource := _number(request, "ressource")) is not None:
        rows = rows.filter(resource=resource)
    if (plan := _number(request, "formule")) is not None:
        rows = rows.filter(pk__in=under_plan(rows, plan))
    back = f"{reverse('coworking:usage', args=[place.pk])}?mois={month}"
    return list_page(
        request,
        queryset=rows,
        table=BookingTable,
        filters=BookingFilters,
        page="coworking.usage_bookings",
        title=_("Réservations comptées"),
        empty=EmptyState(_("Aucune réservation.")),
        template="coworking/days/usage_bookings.html",
        context={"place": place, "back": back},
    )


def _number(request: SignedIn, name: str) -> int | None:
    return key_in(request.GET.get(name, ""))


@requires(_READS)
def usage_members(request: SignedIn, pk: int) -> HttpResponse:
    """The members that a figure counts at the end of a month: of a length, of an origin."""
    place, month = place_found(request, pk, _READS), _month(request)
    require(request.user, _READS_MEMBERS, place)
    last = min(month.last, timezone.localdate())
    origin, band = request.GET.get("venue", ""), _number(request, "anciennete")
    keys = members_counted(
        place,
        last,
        band=band if band in BANDS else None,
        origin=origin if origin in MemberOrigin.values else "",
    )
    back = f"{reverse('coworking:usage', args=[place.pk])}?mois={month}"
    return list_page(
        request,
        queryset=members_of(place, last).filter(pk__in=keys.order_by().values("pk")),
        table=MemberTable,
        filters=CountedFilters,
        page="coworking.usage_members",
        title=_("Coworkers comptés"),
        empty=EmptyState(_("Personne.")),
        template="coworking/days/usage_bookings.html",
        context={"place": place, "back": back},
    )
