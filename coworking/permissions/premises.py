"""The rights on premises shared, keys and badges: kept by whoever runs the place, read by the books too."""

from __future__ import annotations

from rules.predicates import Predicate

from coworking.permissions.predicates import opens_places, reads_books, runs_place

PERMISSIONS: dict[str, Predicate] = {
    "coworking.read_premises": runs_place | opens_places | reads_books,
    "coworking.keep_premises": runs_place,
}
