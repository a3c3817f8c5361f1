"""The rights on bodies."""

from __future__ import annotations

from rules.predicates import Predicate

PERMISSIONS: dict[str, Predicate] = {}
