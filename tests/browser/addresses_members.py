"""The addresses of members, plans, subscriptions and passes and how the walk reaches them."""

from __future__ import annotations

from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Of, Stop, seen_by, shelf

NO_PAGE: dict[str, str] = {
    "coworking:billing_prepare": ACTS,
    "coworking:billing_start": ACTS,
    "coworking:charge_credit": ACTS,
    "coworking:charge_release": ACTS,
    "coworking:member_charter": ACTS,
    "coworking:member_presence": FILE,
    "coworking:own_charter": ACTS,
    "coworking:pause_lift": ACTS,
    "coworking:plan_exclude": ACTS,
    "coworking:plan_withdraw": ACTS,
    "coworking:presence_certificate": FILE,
    "coworking:subscription_act": ACTS,
}

of = shelf("coworked")


def slug(house: House) -> tuple[str, ...]:
    return (house.coworked["place"].slug,)


def month() -> Of:
    return lambda house: (house.coworked["place"].pk, house.coworked["month"])


_k = seen_by("keeper", "coworking")
_m = seen_by("subscriber", "coworking")
_v = seen_by("visitor", "coworking")

STOPS: list[Stop] = [
    _v("join", slug),
    _v("join_sent", slug),
    _m("own_places"),
    _m("own_end", of("held")),
    _m("own_desk_free", of("held")),
    _m("own_desk_back", of("absence")),
    _k("desk_free", of("held")),
    _k("desk_back", of("absence")),
    _k("members", of("place")),
    _k("member_enter", of("place")),
    _k("member", of("member")),
    _k("member_change", of("member")),
    _k("member_leave", of("member")),
    _k("subscription_hold", of("member")),
    _k("pass_sell", of("member")),
    _k("subscription", of("held")),
    _k("subscription", of("asked"), "asked"),
    _k("subscription_refuse", of("asked")),
    _k("subscription_end", of("held")),
    _k("subscription_pause", of("held")),
    _k("subscription_change", of("held")),
    _k("deposit_act", of("deposit", "receive")),
    _k("deposit_act", of("deposit", "keep"), "keep"),
    _k("signups", of("place")),
    _k("signup", of("signup")),
    _k("signup_accept", of("signup")),
    _k("signup_refuse", of("signup")),
    _k("plans", of("place")),
    _k("plan_open", of("place")),
    _k("plan", of("plan")),
    _k("plan_change", of("plan")),
    _k("plan_price", of("plan")),
    _k("plan_include", of("plan")),
    _k("billing_list", of("place")),
    _k("billing", month()),
    _k("charge_add", of("place")),
    _k("charge_act", of("charge", "hold")),
    _k("charge_owe_back", of("charge")),
    _k("charge_keep_billed", of("charge")),
]
