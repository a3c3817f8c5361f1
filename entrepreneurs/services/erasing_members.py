"""Empties what a person wrote in collectives; keys and memberships stay with the books (PEO-37)."""

from __future__ import annotations

from datetime import date
from typing import Any

from entrepreneurs.models import JoinOpinion, JoinRequest


def erase_in_collectives(person: Any, _on: date) -> int:
    """Does: empties the words of demands and opinions. Refuses: nothing. Leaves behind: the rows without
    words; gives how many."""
    done = JoinRequest.objects.filter(person=person).exclude(message="").update(message="")
    return done + JoinOpinion.objects.filter(person=person).exclude(comment="").update(comment="")
