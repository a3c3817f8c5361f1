"""What somebody has in places, in a few lines of their first page: next booking, plans, passes (COW-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.panels import MOST_ROWS, Panel, PanelRow
from cae.core.permissions import can
from cae.core.templatetags.formats import day as said_day
from cae.core.templatetags.formats import quantity
from coworking.models import Subscription
from coworking.selectors.bookers import BOOKS
from coworking.selectors.booking_words import span_words
from coworking.selectors.finding import own_bookings
from coworking.selectors.members import own_members, passes_left
from coworking.states.bookings import COMING
from coworking.states.members import SubscriptionState
from people.selectors.rights import has_mark


def own_places_panel(user: Any, _account: Any, today: date) -> Panel | None:
    """« Mes lieux », for whoever has something in a place; nothing for the others."""
    works = can(user, "coworking.own_places")
    if not works and not has_mark(user, BOOKS):
        return None
    rows = _next_booking(user)
    if works:
        rows += _held(user, today)
    name = "coworking:own_places" if works else "coworking:own_booking_list"
    return Panel(_("Mes lieux"), "door-open", rows[:MOST_ROWS], reverse(name))


def _next_booking(user: Any) -> list[PanelRow]:
    rows = own_bookings(user).filter(state__in=COMING, during__endswith__gt=timezone.now())
    return [
        PanelRow(
            f"{one.resource} · {one.place}", one.get_absolute_url(), span_words(one.during), status=one.status
        )
        for one in rows[:1]
    ]


def _held(user: Any, today: date) -> list[PanelRow]:
    """The plans that run, then what is left of passes."""
    members, own = own_members(user, today), reverse("coworking:own_places")
    held = Subscription.objects.in_force(today).filter(member__in=members, state=SubscriptionState.ACTIVE)
    found = [
        PanelRow(f"{one.plan} · {one.member.place}", own, _until(one.ends_on))
        for one in held.select_related("plan", "member__place").order_by("member__place__sort_name", "pk")
    ]
    for one in passes_left(members, today):
        left = ngettext(
            "reste %(n)s, jusqu’au %(day)s", "restent %(n)s, jusqu’au %(day)s", max(1, int(one.left))
        ) % {"n": quantity(one.left), "day": said_day(one.until)}
        found.append(PanelRow(f"{one.plan} · {one.member.place}", own, left))
    return found


def _until(day: date | None) -> str:
    return _("jusqu’au %(day)s") % {"day": said_day(day)} if day else ""
