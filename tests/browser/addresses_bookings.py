"""The addresses of bookings, those who wait, planning and how the walk reaches them."""

from __future__ import annotations

from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Of, Stop, seen_by, shelf

NO_PAGE: dict[str, str] = {
    "coworking:booking_act": ACTS,
    "coworking:booking_file": FILE,
    "coworking:booking_guest": ACTS,
    "coworking:booking_rule_remove": ACTS,
    "coworking:feed": FILE,
    "coworking:hire_agreement": FILE,
    "coworking:hire_agreement_by_link": FILE,
    "coworking:hire_quote_send": ACTS,
    "coworking:wait_join": ACTS,
}

of = shelf("rooms")


def _slug(house: House) -> tuple[str]:
    return (house.rooms["place"].slug,)


def _link(house: House) -> tuple[str]:
    return (house.rooms["link"],)


def _planning(view: str) -> tuple[str, Of, str, str]:
    return ("planning", of("place"), view, f"?vue={view}")


_c = seen_by("coworker", "coworking")
_f = seen_by("place_facilitator", "coworking")
_v = seen_by("visitor", "coworking")
_HOURS = "?starts=09:00&ends=10:00"

STOPS: list[Stop] = [
    _c("own_booking_list"),
    _c("own_booking_list", state="past", query="?passees=1"),
    _c("book_find"),
    _c("book_find", state="hours", query=_HOURS),
    Stop("coworking:book_check", "coworker", query="", sent_on=True),
    _c("booking", of("coming"), "coming"),
    _c("booking", of("asked"), "asked"),
    _c("booking_move", of("coming")),
    _c("booking_cancel", of("coming")),
    _c("basket", of("basket")),
    _c("booking_series", of("series")),
    _c("waiting", of("waiting")),
    _f("booking", of("asked"), "team"),
    _f("booking_refuse", of("asked")),
    _f("booking", of("hired"), "hire"),
    _f("hire_quote", of("hired")),
    _f("booking_queue"),
    _f("booking_list", of("place")),
    *(_f(*_planning(view)) for view in ("jour", "semaine", "mois", "tableau")),
    _f("feeds", of("place")),
    _f("booking_rules", of("room")),
    _f("booking_rule_set", of("room")),
    _v("hire", _slug),
    _v("hire_page", _link),
]
