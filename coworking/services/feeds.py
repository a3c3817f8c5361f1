"""Secret addresses at which calendars read the bookings of a place or of a resource (COW-24)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cae.core.calendars import LASTS
from cae.core.errors import Code, Refused
from cae.core.links import create_link, find_link, live_links_of, withdraw_link
from cae.core.models import PersonalLink
from coworking.models import Place, Resource

FEED = "coworking.feed"


def open_feed(of: Place | Resource, *, actor: Any, at: datetime) -> str:
    """Does: gives a place or a resource a secret address; the former one opens no more. Refuses: nothing.
    Leaves behind: the link; gives its secret, shown once."""
    close_feed(of, actor=actor, at=at)
    _link, token = create_link(of, purpose=FEED, ends_at=at + LASTS, actor=actor)
    return token


def close_feed(of: Place | Resource, *, actor: Any, at: datetime) -> None:
    """Does: withdraws the secret address. Refuses: nothing; twice is once. Leaves behind: the instant,
    audit."""
    for link in live_links_of(of, FEED):
        withdraw_link(link, actor=actor, at=at)


def feed_of(of: Place | Resource) -> PersonalLink | None:
    """Gives the live address, without its secret."""
    return live_links_of(of, FEED).first()


def feed_target(token: str) -> Place | Resource:
    """Gives what this secret opens. Raises Refused for a dead one."""
    link = find_link(token, FEED)
    rows: Any = (
        Place.objects if link.about_type == "coworking.place" else Resource.objects.select_related("place")
    )
    found: Place | Resource | None = rows.filter(pk=link.about_id).first()
    if found is None:
        raise Refused(Code.LINK_UNKNOWN, "")
    return found
