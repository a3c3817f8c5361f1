"""The rights on minutes."""

from __future__ import annotations

from rules.predicates import Predicate

PERMISSIONS: dict[str, Predicate] = {}
