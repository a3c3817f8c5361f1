"""Empties what a person wrote in collectives; keys and memberships stay with the books (PEO-37)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cae.core.permanence import erase_words
from entrepreneurs.models import Agreement, ColleagueOpinion, JoinRequest


def erase_in_collectives(person: Any, _on: date) -> int:
    """Does: empties the words of demands, of what members said of them, of an agreement not signed. Refuses:
    nothing. Leaves behind: the rows without words; gives how many."""
    done = JoinRequest.objects.filter(person=person).exclude(message="").update(message="")
    done += erase_words(ColleagueOpinion.objects.filter(request__person=person), "text")
    return done + Agreement.objects.filter(declined_by=person).exclude(decline_reason="").update(
        decline_reason="", declined_by=None
    )
