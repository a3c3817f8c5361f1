"""Empties what was written of a person beside the register, once their file is erased (PEO-38)."""

from __future__ import annotations

from datetime import date

from cae.core.permanence import erase_words
from cae.core.personal_data import forget_told
from governance.models import Admission, Associate, VotingRightEvent
from people.models import Person
from people.selectors.merging import file_keys


def erase_register(person: Person, _on: date) -> int:
    """Does: empties the letters, opinions and reasons of a person. Refuses: nothing; the register keeps its
    line until `hinders_register` has nothing to say. Leaves behind: days, states and decisions; gives how
    many rows lost their words."""
    keys = file_keys(person)
    requests = Admission.objects.filter(person__in=keys)
    for model, rows in ((Admission, requests), (Associate, Associate.objects.filter(person__in=keys))):
        forget_told(model, rows.values_list("pk", flat=True))
    done = erase_words(requests, "letter", "opinion", "reason")
    return done + erase_words(VotingRightEvent.objects.filter(associate__person__in=keys), "reason")
