"""Empties what somebody wrote to come in, once their file is nobody’s (PEO-38)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cae.core.documents import forget_document
from cae.core.models import Document, PersonalLink
from cae.core.permanence import erase_words
from cae.core.personal_data import NOBODY, forget_told
from cae.core.threads import messages_about
from entrepreneurs.models import Application
from entrepreneurs.selectors.personal_data import TYPED
from people.models import Person
from people.selectors.merging import file_keys
from people.services.erasing import erased_name


@transaction.atomic
def erase_applications(person: Person, on: date) -> int:
    """Does: empties every answer of the applications of a person, what they and the team wrote to each other,
    and what the team was told of them; gives how many. Refuses: nothing. Leaves behind: the number, the state
    and the figures that count among others; no link opens them; their stored files go when their date has
    passed."""
    rows = list(Application.objects.select_for_update(of=("self",)).filter(person__in=file_keys(person)))
    keys = [row.pk for row in rows]
    forget_told(Application, keys)
    erase_words(messages_about(Application, keys), "text", "author_name")
    for row in rows:
        signed = bool(row.charter_typed)
        for name in TYPED:
            setattr(row, name, "")
        row.first_name, row.last_name = erased_name(person)
        row.email = NOBODY
        # The signature itself stays sealed; the constraint wants a charter to name somebody.
        row.charter_typed = row.full_name if signed else ""
        row.save()
        about = {"about_type": row._meta.label_lower, "about_id": str(row.pk)}
        PersonalLink.objects.filter(**about).delete()
        for document in Document.objects.filter(**about):
            forget_document(document, on=on)
    return len(rows)
