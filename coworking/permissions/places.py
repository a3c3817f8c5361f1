"""The rights on places, their hours and what is booked there: whoever runs a place keeps it."""

from __future__ import annotations

from rules.predicates import Predicate

from coworking.permissions.predicates import opens_places, reads_books, reads_places, runs_place

PERMISSIONS: dict[str, Predicate] = {
    "coworking.read_places": reads_places,
    "coworking.keep_place": runs_place,
    "coworking.open_place": opens_places,
    # Agreements bind the cooperative: whoever opens places gives them; whoever runs one reads them.
    "coworking.give_agreement": opens_places,
    "coworking.read_agreement": opens_places | runs_place | reads_books,
    "coworking.open_photo": reads_places,
}
