"""The addresses of events, registrations, questions and how the walk reaches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Stop, seen_by

NO_PAGE: dict[str, str] = {
    "coworking:agenda_event_file": FILE,
    "coworking:agenda_feed": FILE,
    "coworking:agenda_paper": FILE,
    "coworking:event_act": ACTS,
    "coworking:event_cost_act": ACTS,
    "coworking:event_guest_act": ACTS,
    "coworking:event_guest_apply": ACTS,
    "coworking:event_kind_first": ACTS,
    "coworking:event_note": ACTS,
    "coworking:event_paper_act": ACTS,
    "coworking:event_results_file": FILE,
    "coworking:event_room_act": ACTS,
    "coworking:event_sheet": FILE,
    "coworking:programme_remove": ACTS,
    "coworking:question_act": ACTS,
    "coworking:registration_act": ACTS,
    "coworking:registration_certificate": FILE,
    "coworking:registration_file": FILE,
    "coworking:registration_light": ACTS,
    "coworking:registration_paper": FILE,
}


def of(name: str, *more: Any) -> Callable[[House], Any]:
    """An event of the house, then what its address adds."""
    return lambda house: (house.gatherings[name].pk, *more)


def slug(name: str) -> Callable[[House], Any]:
    return lambda house: (house.gatherings[name].slug,)


def line(what: str, name: str) -> Callable[[House], Any]:
    """A line of the programme of the seminar."""
    return lambda house: (house.gatherings["seminar"].pk, what, house.gatherings[name].pk)


def month(_house: House) -> tuple[str]:
    return (f"{timezone.localdate():%Y-%m}",)


_v = seen_by("visitor", "coworking")
_s = seen_by("seller", "coworking")
_l = seen_by("cooperative_life", "coworking")

STOPS: list[Stop] = [
    _v("agenda", state="visitor"),
    _s("agenda", state="signed-in"),
    _v("agenda", state="nothing", query="?genre=residence"),
    _v("agenda_month", month),
    _v("agenda_event", slug("full"), "full"),
    _v("agenda_event", slug("gone"), "cancelled"),
    _v("agenda_event", slug("past"), "past"),
    _s("agenda_event", slug("seminar"), "own"),
    _v("agenda_event", slug("conference"), "questions"),
    _v("registration_new", slug("full"), "waiting"),
    Stop("coworking:registration_new", "cooperative_life", slug("seminar"), "programme"),
    _v("registration_new", slug("gone"), "cancelled"),
    _v("registration_sent", slug("full")),
    _s("own_registrations"),
    _v("registration", lambda house: (house.gatherings["link"],), "link"),
    _s("registration", of("waiting"), "waiting"),
    _s("registration", of("kept"), "offered"),
    _s("registration", of("come"), "programme"),
    _s("registration", of("came"), "opinion"),
    _s("registration", of("asks"), "questions"),
    _s("registration_change", of("come")),
    _s("registration_cancel", of("come")),
    _v("event_door", lambda house: (house.gatherings["at_the_door"].door_key,), "open"),
    _v("event_door", lambda house: (house.gatherings["full"].door_key,), "closed"),
    _l("event_list", state="some"),
    _l("event_create", query="?genre=seminaire"),
    _l("series_create"),
    _l("event_kinds"),
    _l("event_kind_add"),
    _l("event_kind_change", lambda house: house.gatherings["full"].kind),
    _l("event", of("full"), "full"),
    _l("event", of("draft"), "draft"),
    _l("event", of("gone"), "cancelled"),
    _l("event_change", of("draft")),
    _l("event_cancel", of("full")),
    _l("event_programme", of("seminar"), "programme"),
    _l("event_programme", of("full"), "rooms"),
    _l("programme_add", of("seminar", "parties"), "part"),
    _l("programme_add", of("seminar", "tarifs"), "price"),
    _l("programme_change", line("questions", "asked")),
    _l("event_paper_add", of("seminar")),
    _l("event_paper_change", lambda house: (house.gatherings["kit"].pk,)),
    _l("event_registrations", of("seminar")),
    _l("event_register", of("seminar")),
    _l("event_costs", of("seminar"), "some"),
    _l("event_costs", of("full"), "none"),
    _l("event_cost_add", of("seminar")),
    _l("event_attendance", of("past")),
    _l("event_results", of("seminar"), "some"),
    _l("event_results", of("full"), "none"),
    _l("workshop_results", of("talk")),
    _l("event_code", of("full")),
    _l("event_questions", of("conference")),
    _l("event_promotion", of("seminar"), "coming"),
    _l("event_promotion", of("past"), "past"),
    _l("event_announce", of("full")),
    _l("event_guest", of("came"), "next"),
    _l("event_guest", of("waiting"), "waiting"),
    _l("question_answer", of("question")),
    _l("event_scan", lambda house: (house.gatherings["came"].pass_key,)),
]
