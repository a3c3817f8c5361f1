"""The rights on the day of a place: its use. Who is there and visitors go with `coworking.run_day`: names are
for whoever runs the place, nobody else of the team."""

from __future__ import annotations

from rules.predicates import Predicate

from coworking.permissions.predicates import opens_places, reads_books, runs_place

PERMISSIONS: dict[str, Predicate] = {
    "coworking.read_usage": runs_place | opens_places | reads_books,
}
