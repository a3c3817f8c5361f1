"""Controls the books: runs every verification of the house and keeps what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounting.models import BooksControl, Entry
from cae.core import audit
from cae.core.controls import Control, controls


def control_books(*, actor: Any, through: Any = None) -> BooksControl:
    """Does: runs every verification, telling its progress to `through` (a job) if one is given.
    Refuses: nothing. Leaves behind: the control with its faults, audit when somebody asked."""
    found: list[str] = []
    count = Entry.objects.count()
    todo: Iterable[Control] = controls()
    if through is None:
        for control in todo:
            found.extend(control.faults())
    else:
        through.each(todo, lambda control: found.extend(control.faults()))
    kept = BooksControl.objects.create(entry_count=count, faults=found, asked_by=actor)
    audit.record(actor, "accounting.check_books", kept, detail={"faults": len(found)})
    return kept
