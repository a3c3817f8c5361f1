"""Makes letters for one person or for many: merged, filed, logged, handed back together (ENT-22)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.jobs import Progress, run_job, start_job
from cae.core.kept_words import house_words
from cae.core.letters import LANGUAGE, LetterSubject, merge_letter
from cae.core.models import Document, Job
from entrepreneurs.documents.letters import letter_pdf
from entrepreneurs.models import Letter
from entrepreneurs.selectors.templates import text_in_force
from people.models import Person

LETTER_FILE, LETTERS_FILE = "entrepreneurs.letter", "entrepreneurs.letters"
MAKE_LETTERS = "entrepreneurs.make_letters"
LETTER_YEARS = 5
MOST = 1000


def make_letter(person: Person, *, code: str, on: date, actor: Any, job: Job | None = None) -> Letter:
    """Does: makes one letter for a person from the text of the day. Refuses: a field that holds nothing for
    them (named), an unknown text. Leaves behind: the PDF, the letter, audit; made again by the same job, the
    letter already there, even by a worker that was taken for dead while it drew this one."""
    made = _made(person, job)
    if made is not None:
        return made
    with translation.override(LANGUAGE):
        text = text_in_force(code, on)
    blocks = merge_letter(text.body, LetterSubject(person, on))
    signing = [cooperative_on(on).legal_name]
    content = letter_pdf(blocks, title=f"{text.label} · {person}", on=on, signing=signing)
    with transaction.atomic():
        if job is not None:
            Job.objects.select_for_update(no_key=True).get(pk=job.pk)
            made = _made(person, job)
            if made is not None:
                return made
        document = store_document(
            content,
            kind=LETTER_FILE,
            name=f"{code}-{slugify(str(person))}-{person.pk}.pdf",
            mime="application/pdf",
            about=person,
            actor=actor,
            retention_until=date(on.year + LETTER_YEARS, 12, 31),
        )
        letter = Letter.objects.create(
            code=code, label=text.label, person=person, document=document, job=job, made_on=on, made_by=actor
        )
        audit.record(actor, "entrepreneurs.letter.make", letter, detail={"text": code})
        return letter


def _made(person: Person, job: Job | None) -> Letter | None:
    return Letter.objects.filter(job=job, person=person).first() if job else None


def make_letters(people: Sequence[Person], *, code: str, actor: Any, at: datetime) -> Job:
    """Does: asks for a letter to each of these people, as a work that a page follows. Refuses: nobody, more
    than a thousand, an unknown text. Leaves behind: the job."""
    if not people:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une personne."), field="people")
    if len(people) > MOST:
        raise Refused(Code.VALUE_INVALID, _("Mille personnes au plus à la fois."), field="people")
    text = text_in_force(code, timezone.localdate(at))
    return start_job(
        MAKE_LETTERS,
        label=house_words(gettext_lazy("Courriers"), text.label),
        actor=actor,
        total=len(people),
        code=code,
        ids=[person.pk for person in people],
    )


def run_letters(job_id: int) -> None:
    """Does: makes the letters of a job, one by one; each failure is named and the rest goes on. Refuses:
    nothing. Leaves behind: the letters, and all of them in one archive."""
    run_job(job_id, _work)


def _work(progress: Progress) -> Document | None:
    job, said = progress.job, progress.arguments
    people = list(Person.objects.filter(pk__in=said["ids"]).order_by("sort_name", "pk"))
    on = timezone.localdate(job.created_at)
    progress.each(
        people,
        lambda person: _ignore(make_letter(person, code=said["code"], on=on, actor=job.author, job=job)),
    )
    letters = list(Letter.objects.filter(job=job).select_related("document").order_by("person__sort_name"))
    if progress.kept is not None or not letters:
        return progress.kept
    content = _archive(letters)
    with transaction.atomic():
        document = store_document(
            content,
            kind=LETTERS_FILE,
            name=f"courriers-{said['code']}-{on.isoformat()}.zip",
            mime="application/zip",
            about=job,
            actor=job.author,
            retention_until=date(on.year + 1, 12, 31),
        )
        progress.keep(document)
    return document


def _archive(letters: Sequence[Letter]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter in letters:
            archive.writestr(letter.document.name, read_document(letter.document))
    return content.getvalue()


def _ignore(_letter: Letter) -> None:
    """What is made stays in its table."""
