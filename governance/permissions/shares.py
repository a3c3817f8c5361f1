"""The rights on shares."""

from __future__ import annotations

from rules.predicates import Predicate

PERMISSIONS: dict[str, Predicate] = {}
