"""Takes away the words of pay about a person, once an erasure was approved; amounts explain the books."""

from __future__ import annotations

from datetime import date

from accounting.models import PayProposal
from cae.core.permanence import erase_words
from people.models import Person
from people.selectors.merging import file_keys


def erase_pay(person: Person, _on: date) -> int:
    """Does: puts the mark of erasure in the place of reasons; gives how many rows had some. Refuses: nothing.
    Leaves behind: amounts, states and payslips, each kept as long as the law says."""
    rows = PayProposal.objects.filter(person__in=file_keys(person))
    return erase_words(rows, "wanted_reason", "team_reason")
