"""The addresses of places, their hours and what is booked there and how the walk reaches them: the
administrator sees those of the team, the seller what a code opens, anybody the public pages."""

from __future__ import annotations

from tests.browser.stops import ACTS, FILE, Stop, seen_by, shelf

NO_PAGE: dict[str, str] = {
    "coworking:agreement_use_paper": FILE,
    "coworking:agreement_use_table": FILE,
    "coworking:alert_act": ACTS,
    "coworking:clearance_end": ACTS,
    "coworking:closure_lift": ACTS,
    "coworking:cost_take_back": ACTS,
    "coworking:fault_act": ACTS,
    "coworking:key_withdraw": ACTS,
    "coworking:photo_act": ACTS,
    "coworking:presence_act": ACTS,
    "coworking:usage_table": FILE,
    "coworking:visitor_act": ACTS,
    "coworking:place_photo": FILE,
    "coworking:resource_act": ACTS,
}

_of = shelf("hosted")
_admin, _seller = seen_by("admin", "coworking"), seen_by("seller", "coworking")
_place, _resource = _of("place"), _of("resource")

STOPS: list[Stop] = [
    _seller("public_places"),
    _seller("public_place", lambda house: (house.hosted["place"].slug,)),
    _seller("fault_tell", lambda house: (house.hosted["resource"].fault_key,)),
    _seller("door", lambda house: (house.hosted["place"].door_key,)),
    Stop("coworking:kiosk", "visitor", lambda house: (house.hosted["place"].kiosk_key,)),
    Stop("coworking:wall", "visitor", lambda house: (house.hosted["place"].wall_key,)),
    _admin("place_list"),
    _admin("place_enter"),
    *(
        _admin(name, _place)
        for name in (
            *("place", "place_change", "place_open", "place_close", "hours", "week_set", "closure_set"),
            *("resources", "resource_add", "photos", "agreements", "agreement_sign"),
            *("premises", "tenancy_begin", "cost_share", "keys", "key_add", "key_lend"),
            *(
                "today",
                "arrival",
                "visitor_announce",
                "place_codes",
                "usage",
                "usage_bookings",
                "usage_members",
            ),
        )
    ),
    _admin("alert_aside", lambda house: (house.hosted["place"].pk, f"loan-{house.hosted['loan'].pk}")),
    *(
        _admin(name, _resource)
        for name in ("resource", "resource_change", "unit_add", "tariff_set", "clearance_give")
    ),
    _admin("agreement_change", _of("agreement")),
    _admin("agreement_use", _of("agreement")),
    _admin("tenancy_end", _of("tenancy")),
    _admin("loan_end", _of("loan")),
    _admin("loan_refund", _of("loan")),
]
