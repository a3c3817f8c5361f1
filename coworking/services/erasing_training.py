"""Erases who was a trainee or taught: names and words go, the hours and the figures stay (PEO-38)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cae.core.models import PersonalLink
from cae.core.permanence import ERASED, erase_words
from cae.core.personal_data import forget_told
from coworking.models import Enrolment, Evaluation, SheetSignature, Trainer, TrainingPaper
from people.selectors.merging import file_keys


def erase_training(person: Any, _on: date) -> int:
    """Does: takes the names, the addresses and the words off the enrolments of a person and of the files
    merged into theirs, off what they answered, off their file of trainer; their links open nothing any more.
    Refuses: nothing. Leaves behind: the rows, which the yearly statement counts; gives how many."""
    files = file_keys(person)
    rows = Enrolment.objects.filter(person__in=files)
    keys = list(rows.values_list("pk", flat=True))
    forget_told(Enrolment, keys)
    answers = Evaluation.objects.filter(enrolment__in=keys)
    for model, about in (
        (Enrolment, keys),
        (Evaluation, answers.values_list("pk", flat=True)),
        (TrainingPaper, TrainingPaper.objects.filter(enrolment__in=keys).values_list("pk", flat=True)),
    ):
        told = {"about_type": model._meta.label_lower, "about_id__in": [str(key) for key in about]}
        PersonalLink.objects.filter(**told).delete()
    answers.exclude(comment="").update(comment="")
    erase_words(SheetSignature.objects.filter(enrolment__in=keys), "reason")
    erase_words(rows, "end_reason", "payer_name")
    gone = {"first_name": ERASED, "last_name": ERASED, "email": "", "needs": "", "funding_reference": ""}
    taught = Trainer.objects.filter(person__in=files).exclude(name=ERASED)
    blank = {"email": "", "specialities": "", "references": "", "is_active": False}
    return rows.exclude(last_name=ERASED).update(**gone) + taught.update(name=ERASED, **blank)
