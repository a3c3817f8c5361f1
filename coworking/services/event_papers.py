"""The papers of an event: added, named anew or given to others, put first, taken off (COW-28, COW-38)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.uploads import plain_name, proof_mime
from coworking.models import Event, EventPaper, EventPart
from coworking.services.agreements import Paper
from coworking.services.events import locked
from coworking.states.events import EventState, PaperFor
from people.services.changes import one_line, write

PAPER_FILE = "coworking.event_paper"
MOST_PAPERS, MOST_MEGABYTES = 20, 10
# As the papers of the books (C. com. L123-22), counted from the end of the event or the day of deposit.
KEPT_YEARS = 10


@dataclass(frozen=True)
class PaperData:
    """What is typed of a paper."""

    title: str
    audience: str = PaperFor.REGISTERED
    part: EventPart | None = None


@transaction.atomic
def add_paper(event: Event, *, data: PaperData, paper: Paper, actor: Any) -> EventPaper:
    """Does: adds a paper to an event, last of all. Refuses: no title or one that another bears, nobody it is
    for, a part of another event, more than twenty papers, a file that is no PDF or picture or too heavy, an
    event called off. Leaves behind: the paper, its file, audit."""
    held = _open(event)
    data = _checked(held, data)
    if held.papers.count() >= MOST_PAPERS:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Un événement a %(most)d documents au plus : retirez-en un.") % {"most": MOST_PAPERS},
        )
    last = held.papers.aggregate(last=Max("position"))["last"] or 0
    row = EventPaper(event=held, document=_stored(held, paper, actor), position=last + 1)
    write(row, data)
    row.save()
    audit.record(actor, "coworking.eventpaper.add", row)
    return row


@transaction.atomic
def change_paper(paper: EventPaper, *, data: PaperData, actor: Any) -> EventPaper:
    """Does: changes the title of a paper, its part or for whom it is; its file stays. Refuses: as
    `add_paper` of what is typed. Leaves behind: audit with the values before and after."""
    held = _open(paper.event)
    row = EventPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    changed = write(row, _checked(held, data, besides=row))
    row.save()
    audit.record(actor, "coworking.eventpaper.change", row, detail=changed)
    return row


@transaction.atomic
def put_paper_first(paper: EventPaper, *, actor: Any) -> None:
    """Does: puts a paper before all the others. Refuses: an event called off. Leaves behind: their order,
    audit."""
    rows = sorted(_open(paper.event).papers.all(), key=lambda row: (row.pk != paper.pk, row.position, row.pk))
    for position, row in enumerate(rows, start=1):
        row.position = position
    EventPaper.objects.bulk_update(rows, ["position"])
    audit.record(actor, "coworking.eventpaper.first", paper)


@transaction.atomic
def remove_paper(paper: EventPaper, *, actor: Any) -> None:
    """Does: takes a paper off an event, whatever became of it: nobody who came opens it any more; its file
    goes when its time comes. Refuses: nothing. Leaves behind: audit."""
    locked(paper.event)
    row = EventPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    audit.record(actor, "coworking.eventpaper.remove", row)
    row.delete()


def _open(event: Event) -> Event:
    """The event under lock; what is over still receives its report."""
    held = locked(event)
    if held.state == EventState.CANCELLED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cet événement est annulé : ses documents ne changent plus."))
    return held


def _checked(event: Event, data: PaperData, besides: EventPaper | None = None) -> PaperData:
    title = one_line(data.title, "title", _("Donnez un intitulé à ce document."), most=120)
    same = event.papers.filter(title__iexact=title).exclude(pk=besides.pk if besides else 0)
    if same.exists():
        raise Refused(
            Code.DUPLICATE, _("Un document de cet événement porte déjà cet intitulé."), field="title"
        )
    if data.audience not in PaperFor.values:
        raise Refused(Code.VALUE_INVALID, _("Dites pour qui est ce document."), field="audience")
    if data.part is not None and data.part.event_id != event.pk:
        raise Refused(Code.VALUE_INVALID, _("Cette partie est d’un autre événement."), field="part")
    return replace(data, title=title)


def _stored(event: Event, paper: Paper, actor: Any) -> Document:
    last = max(timezone.localdate(event.ends_at), timezone.localdate())
    return store_document(
        paper.content,
        kind=PAPER_FILE,
        name=plain_name(paper.name, otherwise="document.pdf"),
        mime=proof_mime(paper.content, most=MOST_MEGABYTES, field="file"),
        about=event,
        actor=actor,
        retention_until=date(last.year + KEPT_YEARS, 12, 31),
    )
