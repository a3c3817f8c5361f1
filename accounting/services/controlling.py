"""Controls the books: runs every verification of the house and keeps what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounting.models import BooksControl, Entry
from cae.core import audit
from cae.core.controls import Control, controls
from cae.core.errors import Code, Refused

# What a page can hold; all of them are kept with the control.
_SAID = 10


def control_books(*, actor: Any, through: Any = None) -> BooksControl:
    """Does: runs every verification, telling its progress to `through` (a job) if one is given.
    Refuses: nothing. Leaves behind: the control with its faults, audit."""
    found: list[str] = []
    count = Entry.objects.count()
    todo: Iterable[Control] = controls()
    if through is None:
        for control in todo:
            found.extend(control.faults())
    else:
        through.each(todo, lambda control: _tell(control, found))
    with transaction.atomic():
        kept = BooksControl.objects.create(entry_count=count, faults=found, asked_by=actor)
        audit.record(actor, "accounting.check_books", kept, detail={"faults": len(found)})
    return kept


def _tell(control: Control, found: list[str]) -> None:
    """Keeps the faults of one verification, and says them on the page of the job."""
    faults = list(control.faults())
    found.extend(faults)
    if faults:
        raise Refused(Code.BOOKS_UNSOUND, " ".join(faults[:_SAID]))
