"""Everything that is held of a person in one file, made by a job and kept for seven days (PEO-15)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core import facts
from cae.core.documents import forget_document, read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.exports import csv_bytes
from cae.core.facts import Held, PersonalData
from cae.core.jobs import Progress, run_job, start_job
from cae.core.models import Document, Job, JobState
from people.models import DataRequest, Person, User
from people.states.data_requests import HANDED_KIND

EXPORT_TASK, EXPORT_KIND = "people.export_own_data", "people.own_data"
KEPT_FOR = timedelta(days=7)


@dataclass
class _Section:
    """A subject as the file holds it."""

    label: str
    parts: list[Held] = field(default_factory=list)


def ask_export(account: User, *, actor: User) -> Job:
    """Does: asks for the file of all that is held of oneself. Refuses: an account of nobody, somebody else’s,
    a file already being made. Leaves behind: the job that its page follows."""
    if account.person is None or account.pk != actor.pk:
        raise Refused(Code.NOT_ALLOWED, _("Chacun·e ne télécharge que ses propres données."))
    waiting = (JobState.PENDING, JobState.RUNNING)
    if Job.objects.filter(task=EXPORT_TASK, author=account, state__in=waiting).exists():
        raise Refused(
            Code.ALREADY_DONE, _("Ce fichier est déjà en préparation : suivez-le dans « Mes travaux ».")
        )
    return start_job(
        EXPORT_TASK, label=gettext_lazy("Toutes mes données"), actor=actor, total=len(facts.personal_data())
    )


def make_export(job_id: int) -> None:
    """Does: makes the file asked for. Refuses: as `run_job`. Leaves behind: a document that its owner alone
    opens, for seven days; the reading of their protected record, noted like any other."""
    account = User.objects.select_related("person").get(pk=Job.objects.get(pk=job_id).author_id)

    def work(progress: Progress) -> Document:
        person = account.person
        if person is None:
            raise Refused(Code.NOT_ALLOWED, _("Ce compte n’est celui de personne."))
        with override(account.language):
            content = archive_of(person, account, progress)
        with unless_erased(person):
            return store_document(
                content,
                kind=EXPORT_KIND,
                name=f"mes-donnees-{timezone.localdate()}.zip",
                mime="application/zip",
                about=account,
                actor=account,
                retention_until=timezone.localdate() + KEPT_FOR,
            )

    run_job(job_id, work)


def forget_exports(*, on: date) -> int:
    """Does: deletes the files whose seven days are over; gives how many. Refuses: nothing.
    Leaves behind: the jobs, without their file."""
    own = Q(kind=EXPORT_KIND, retention_until__lt=on)
    handed = Q(kind=HANDED_KIND, created_at__date__lt=on - KEPT_FOR)
    return _forget(Document.objects.filter(own | handed))


def drop_exports(keys: Iterable[int]) -> int:
    """Does: deletes the files that hold everything of these persons, whoever asked for them; gives how many.
    Refuses: nothing. Leaves behind: the jobs, without their file."""
    persons = list(keys)
    accounts = User.objects.filter(person__in=persons).values_list("pk", flat=True)
    requests = DataRequest.objects.filter(person__in=persons).values_list("pk", flat=True)
    own = Q(kind=EXPORT_KIND, about_id__in=[str(key) for key in accounts])
    handed = Q(kind=HANDED_KIND, about_id__in=[str(key) for key in requests])
    return _forget(Document.objects.filter(own | handed))


def _forget(documents: QuerySet[Document]) -> int:
    over = list(documents.order_by("pk"))
    Job.objects.filter(result__in=over).update(result=None)
    return sum(forget_document(document, on=date.max) for document in over)


@contextmanager
def unless_erased(person: Person) -> Iterator[None]:
    """Files what was gathered of a person, unless their file was erased meanwhile: who erases it waits."""
    with transaction.atomic():
        if Person.objects.select_for_update(of=("self",)).get(pk=person.pk).erased_at is not None:
            raise Refused(Code.NOT_ALLOWED, _("Cette fiche vient d’être effacée : rien n’en est gardé."))
        yield


def archive_of(person: Person, reader: User, progress: Progress) -> bytes:
    """Gives all that is held of a person as one archive, in the language in force; opening the protected
    record is noted for its reader."""
    sections: list[_Section] = []
    progress.each(
        facts.personal_data(),
        lambda subject: sections.append(_opened(subject, person, reader)),
        label=lambda subject: str(subject.label),
    )
    return _archive(person, sections)


def _opened(subject: PersonalData, person: Person, reader: User) -> _Section:
    return _Section(str(subject.label), list(subject.held(person, reader)))


def _archive(person: Person, sections: list[_Section]) -> bytes:
    """The same thing three ways: to be read (HTML), to be sorted (CSV), to be taken elsewhere (JSON); and the
    files themselves."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        shown = {"person": person, "sections": sections, "made_at": timezone.localtime()}
        archive.writestr("mes-donnees.html", render_to_string("people/own_export.html", shown))
        archive.writestr("mes-donnees.json", _as_json(person, sections))
        for rank, held in enumerate(_parts(sections), start=1):
            lines = [held.columns, *held.rows]
            archive.writestr(f"tableaux/{rank:02}-{slugify(str(held.label))}.csv", csv_bytes(lines))
            for document in held.files:
                archive.writestr(f"fichiers/{document.pk}-{document.name}", read_document(document))
    return out.getvalue()


def _parts(sections: list[_Section]) -> Iterator[Held]:
    for section in sections:
        yield from (held for held in section.parts if held.rows)


def _as_json(person: Person, sections: list[_Section]) -> str:
    content = {
        "person": person.full_name,
        "made_at": timezone.localtime().isoformat(),
        "sections": [
            {
                "label": section.label,
                "tables": [
                    {
                        "label": str(held.label),
                        "kept": str(held.kept),
                        "rows": [dict(zip(map(str, held.columns), row, strict=True)) for row in held.rows],
                    }
                    for held in section.parts
                ],
            }
            for section in sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> str:
    """Days and instants as ISO writes them; amounts and words as text."""
    return value.isoformat() if isinstance(value, date) else str(value)
