"""Whom a pile of to-dos is for: oneself, or those whose roles do the work; None for everybody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from cae.core.facts import Told
from people.selectors.rights import held_kinds


def of_person(user: Any, _today: date) -> dict[str, Any] | None:
    """What waits for one person: whoever has a file."""
    return {"person": user.person_id} if user.person_id else None


def of_kinds(*kinds: str) -> Told:
    """What waits for whoever holds one of these roles."""

    def whose(user: Any, today: date) -> dict[str, Any] | None:
        return None if held_kinds(user, today).isdisjoint(kinds) else {}

    return whose
