"""Makes the files of a convocation: the one that everybody reads, a letter for each called by post, the
letters in one file to print (GOV-20)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import slugify

from cae.core import audit
from cae.core.documents import store_document
from cae.core.models import Document
from governance.documents.convocations import convocation_pdf, letters_pdf
from governance.models import Assembly, Convocation
from governance.services.locks import locked_assembly
from governance.states.assemblies import AssemblyState, Channel

MAKE_FILES = "governance.make_convocation_files"
CONVOCATION_FILE = "governance.convocation"
LETTER_FILE, LETTERS_FILE = "governance.convocation_letter", "governance.convocation_letters"
# As long as the papers of a company’s assemblies may be asked for.
LETTER_YEARS = 10
# How many assemblies a sweep looks at.
SWEEP = 5


def make_convocation_files(assembly_id: int) -> int:
    """Does: makes what is missing of the convocation, of the letters and of the file to print; a second call
    finds the work done. Refuses: nothing; an assembly that is not convened has none. Leaves behind: the
    documents; gives how many were made."""
    assembly = Assembly.objects.select_related("convened_by", "earlier_call").get(pk=assembly_id)
    if assembly.convened_at is None:
        return 0
    made = int(_make_convocation(assembly))
    waiting = _letters(assembly).filter(letter__isnull=True).values_list("pk", flat=True)
    letters = sum(_make_letter(assembly, pk) for pk in list(waiting))
    return made + letters + int(_make_bundle(assembly))


def make_waiting_convocations() -> int:
    """Does: makes the files that a dead worker left behind. Refuses: nothing. Leaves behind: the documents;
    gives how many were made."""
    there = Document.objects.filter(
        kind=CONVOCATION_FILE,
        about_type=Assembly._meta.label_lower,
        about_id=Cast(OuterRef("pk"), CharField()),
    )
    silent = Convocation.objects.filter(assembly=OuterRef("pk"), channel=Channel.LETTER, letter__isnull=True)
    rows = Assembly.objects.filter(state=AssemblyState.CONVENED)
    waiting = rows.filter(Q(Exists(silent)) | ~Q(Exists(there))).order_by("pk").values_list("pk", flat=True)
    return sum(make_convocation_files(pk) for pk in list(waiting[:SWEEP]))


def _letters(assembly: Assembly) -> QuerySet[Convocation]:
    return (
        assembly.convocations.filter(channel=Channel.LETTER)
        .select_related("associate__person", "associate__organisation", "person")
        .order_by("pk")
    )


def files_of(assembly: Assembly, kind: str) -> QuerySet[Document]:
    """The files of a kind about an assembly, the latest first."""
    return Document.objects.filter(kind=kind, **audit.about(assembly)).order_by("-pk")


@transaction.atomic
def _make_convocation(assembly: Assembly) -> bool:
    locked_assembly(assembly.pk)
    if files_of(assembly, CONVOCATION_FILE).exists():
        return False
    on = _day(assembly)
    _store(assembly, convocation_pdf(assembly, on=on), CONVOCATION_FILE, "convocation.pdf", assembly)
    return True


@transaction.atomic
def _make_letter(assembly: Assembly, pk: int) -> int:
    row = Convocation.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.letter_id is not None or row.channel != Channel.LETTER:
        return 0
    row = _letters(assembly).get(pk=pk)
    content = letters_pdf(assembly, [row], on=_day(assembly))
    name = f"convocation-{slugify(str(row.associate))}-{row.pk}.pdf"
    row.letter = _store(assembly, content, LETTER_FILE, name, row)
    row.save(update_fields=["letter"])
    return 1


@transaction.atomic
def _make_bundle(assembly: Assembly) -> bool:
    """The letters still to post, in one file; made again when there are others."""
    locked_assembly(assembly.pk)
    rows = list(_letters(assembly).filter(posted_on__isnull=True, letter__isnull=False))
    last = files_of(assembly, LETTERS_FILE).first()
    if not rows or (last is not None and last.pk > max(row.letter_id or 0 for row in rows)):
        return False
    name = f"convocations-a-poster-{assembly.pk}.pdf"
    _store(assembly, letters_pdf(assembly, rows, on=_day(assembly)), LETTERS_FILE, name, assembly)
    return True


def _day(assembly: Assembly) -> date:
    return timezone.localdate(assembly.convened_at)


def _store(assembly: Assembly, content: bytes, kind: str, name: str, about: Any) -> Document:
    return store_document(
        content,
        kind=kind,
        name=name,
        mime="application/pdf",
        about=about,
        actor=assembly.convened_by,
        retention_until=date(_day(assembly).year + LETTER_YEARS, 12, 31),
    )
