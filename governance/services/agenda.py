"""The agenda of an assembly: its points in order, and the papers put before it, known by their hash (GOV-20,
GOV-21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.uploads import plain_name, proof_mime
from governance.models import AgendaItem, Assembly, Paper, Resolution
from governance.services.assembly_mails import ADDED, tell_called
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.states.assemblies import UNDER_WAY, AssemblyState, ItemKind, ResolutionState
from people.services.changes import one_line, refuse_long, require_text, write

PAPER_FILE = "governance.assembly_paper"
MOST_MEGABYTES = 20
# A company keeps the papers of its assemblies; longer than a commercial claim (C. com. L110-4).
PAPER_YEARS = 10


@dataclass(frozen=True)
class ItemData:
    """What is written of a point."""

    title: str
    kind: str = ItemKind.DECISION
    text: str = ""
    speaker: str = ""
    minutes: int = 10
    awaited: str = ""


def drafted(assembly: Assembly) -> Assembly:
    """Gives the row under lock. Raises Refused once it is convened: what was sent does not change."""
    row = locked_assembly(assembly.pk)
    if row.state != AssemblyState.DRAFT:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _(
                "L’assemblée est convoquée : son ordre du jour ne change plus,"
                " un texte change par amendement."
            ),
        )
    return row


def live(assembly: Assembly) -> Assembly:
    """Gives the row under lock. Raises Refused once the sitting is closed, or called off."""
    row = locked_assembly(assembly.pk)
    if row.state not in UNDER_WAY:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette assemblée est terminée ou annulée."))
    return row


@transaction.atomic
def add_item(assembly: Assembly, *, data: ItemData, actor: Any) -> AgendaItem:
    """Does: adds a point at the end of the agenda. Refuses: an assembly convened, no title, the same point
    twice in a row: a second click. Leaves behind: the point, audit."""
    row = drafted(assembly)
    last = row.items.order_by("position").last()
    if last is not None and (last.title, last.kind, last.text) == (data.title, data.kind, data.text):
        raise Refused(Code.DUPLICATE, _("Ce point est déjà le dernier de l’ordre du jour."), field="title")
    item = AgendaItem(assembly=row, position=row.items.count() + 1)
    _write(item, data)
    audit.record(actor, "governance.item.add", row, detail={"name": item.title})
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, data: ItemData, actor: Any) -> AgendaItem:
    """Does: changes a point. Refuses: an assembly convened, no title. Leaves behind: audit with the values
    before and after."""
    drafted(item.assembly)
    row = AgendaItem.objects.get(pk=item.pk)
    changed = _write(row, data)
    audit.record(actor, "governance.item.change", row.assembly, detail=changed)
    return row


def _write(item: AgendaItem, data: ItemData) -> dict[str, list[str]]:
    require_text(data.title, "title", _("Donnez un intitulé à ce point."))
    refuse_long(data.title, "title", 200)
    refuse_long(data.text, "text", 4000)
    refuse_long(data.speaker, "speaker", 120)
    refuse_long(data.awaited, "awaited", 1000)
    if data.kind not in ItemKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature de point n’existe pas."), field="kind")
    if not 0 < data.minutes <= 600:
        raise Refused(Code.VALUE_INVALID, _("Comptez entre 1 et 600 minutes."), field="minutes")
    changed = write(item, data)
    item.save()
    return changed


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, actor: Any) -> AgendaItem:
    """Does: changes the place of a point with the one before or after it; resolutions are numbered again.
    Refuses: an assembly convened, the first upwards, the last downwards. Leaves behind: audit."""
    drafted(item.assembly)
    rows = list(AgendaItem.objects.filter(assembly=item.assembly_id).order_by("position"))
    place = next(rank for rank, row in enumerate(rows) if row.pk == item.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(rows):
        raise Refused(Code.VALUE_INVALID, _("Ce point est déjà au bout de l’ordre du jour."))
    rows[place], rows[other] = rows[other], rows[place]
    _number_items(rows)
    number_resolutions(item.assembly)
    audit.record(actor, "governance.item.move", item.assembly, detail={"name": item.title})
    return AgendaItem.objects.get(pk=item.pk)


def _number_items(rows: Sequence[AgendaItem]) -> None:
    """Positions are unique at the end of the transaction only."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def remove_item(item: AgendaItem, *, actor: Any) -> None:
    """Does: takes a point off the agenda. Refuses: an assembly convened, a point that has resolutions or
    papers: they are moved or withdrawn first. Leaves behind: audit."""
    assembly = drafted(item.assembly)
    if item.papers.exists() or item.resolutions.exclude(state=ResolutionState.WITHDRAWN).exists():
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Ce point a des résolutions ou des documents : déplacez-les ou retirez-les d’abord."),
        )
    title = item.title
    AgendaItem.objects.filter(pk=item.pk).delete()
    _number_items(list(assembly.items.order_by("position")))
    audit.record(actor, "governance.item.remove", assembly, detail={"name": title})


def number_resolutions(assembly: Assembly) -> None:
    """Numbers the resolutions on the agenda in the order of their points; the others have no number."""
    rows = assembly.resolutions.filter(state=ResolutionState.ON_AGENDA).select_related("item")
    ordered = sorted(
        rows, key=lambda one: (one.item.position if one.item else 10_000, one.number or 10_000, one.pk)
    )
    for number, row in enumerate(ordered, start=1):
        if row.number != number:
            Resolution.objects.filter(pk=row.pk).update(number=number)


@transaction.atomic
def add_paper(
    assembly: Assembly,
    *,
    item: AgendaItem | None,
    title: str,
    content: bytes,
    name: str,
    actor: Any,
    on: date,
) -> Paper:
    """Does: puts a document before the assembly, of one point or of all. Refuses: a sitting closed, no title,
    one there already, a file that is no PDF or picture, or too heavy. Leaves behind: the document with its
    hash, a mail to those already called, audit."""
    row = live(assembly)
    title = one_line(title, "title", _("Donnez un intitulé à ce document."), most=160)
    if item is not None and item.assembly_id != row.pk:
        raise Refused(Code.VALUE_INVALID, _("Ce point est d’une autre assemblée."), field="item")
    if row.papers.filter(item=item, title__iexact=title).exists():
        raise Refused(
            Code.DUPLICATE, _("Un document porte déjà cet intitulé : retirez-le d’abord."), field="title"
        )
    document = store_document(
        content,
        kind=PAPER_FILE,
        name=plain_name(name, otherwise="document.pdf"),
        mime=proof_mime(content, most=MOST_MEGABYTES, field="file"),
        about=row,
        actor=actor,
        retention_until=date(on.year + PAPER_YEARS, 12, 31),
    )
    paper = Paper.objects.create(assembly=row, item=item, title=title, document=document)
    audit.record(actor, "governance.paper.add", row, detail={"name": paper.title, "seal": document.sha256})
    if row.state == AssemblyState.CONVENED:
        tell_called(
            row,
            ADDED,
            actor,
            said={"changement": lambda: _("le document « %(title)s » est ajouté") % {"title": paper.title}},
        )
    beat(row.pk)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, actor: Any) -> None:
    """Does: takes a paper away while the assembly is prepared; its file stays kept, with nobody to show it.
    Refuses: an assembly convened: what was shown stays. Leaves behind: audit."""
    row = drafted(paper.assembly)
    audit.record(
        actor,
        "governance.paper.remove",
        row,
        detail={"name": paper.title, "seal": paper.document.sha256},
    )
    Paper.objects.filter(pk=paper.pk).delete()


def copy_paper(paper: Paper, *, assembly: Assembly, item: AgendaItem | None, actor: Any, on: date) -> Paper:
    """Puts the same file before a later call, inside the transaction of that call."""
    document = store_document(
        read_document(paper.document),
        kind=PAPER_FILE,
        name=paper.document.name,
        mime=paper.document.mime,
        about=assembly,
        actor=actor,
        retention_until=date(on.year + PAPER_YEARS, 12, 31),
    )
    return Paper.objects.create(assembly=assembly, item=item, title=paper.title, document=document)
