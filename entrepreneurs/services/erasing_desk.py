"""Empties what human resources wrote of a person beside the register, once their file is erased (PEO-38)."""

from __future__ import annotations

from datetime import date

from cae.core.permanence import erase_words
from cae.core.personal_data import forget_told
from entrepreneurs.models import (
    Absence,
    DocumentRequest,
    EntryChecklist,
    EntryLine,
    Exit,
    ExitStep,
    PassageDecision,
)
from people.models import Person
from people.selectors.merging import file_keys


def erase_desk(person: Person, _on: date) -> int:
    """Does: empties the words of entries, absences, departures, passages and papers. Refuses: nothing; the
    register keeps its lines until `hinders_desk` has nothing to say. Leaves behind: kinds, days and states;
    gives how many rows lost their words."""
    mine = {"person__in": file_keys(person)}
    for model in (Absence, DocumentRequest, EntryChecklist, Exit):
        forget_told(model, model._default_manager.filter(**mine).values_list("pk", flat=True))
    done = erase_words(EntryLine.objects.filter(checklist__person__in=mine["person__in"]), "note")
    done += erase_words(Absence.objects.filter(**mine), "note", "answer")
    done += erase_words(Exit.objects.filter(**mine), "reason", "notice", "choice_note", "cancel_reason")
    done += erase_words(ExitStep.objects.filter(exit__in=Exit.objects.filter(**mine)), "note")
    done += erase_words(PassageDecision.objects.filter(**mine), "reason")
    return done + erase_words(DocumentRequest.objects.filter(**mine), "about_label", "reason")
