"""What a training sold by an activity puts in its deal: papers asked before the invoice (COW-48, INV-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cae.core.documents import read_document
from cae.core.models import Document
from coworking.documents.training import sheet_pdf
from coworking.models import TrainingSession
from coworking.selectors.sheets import sheet_of
from invoicing.models import DealRequirement
from invoicing.services.deal_papers import add_file

# By the law that asks for it a paper is known, whatever the cooperative calls it.
AGREEMENT, SHEETS = "L6353-1", "L6362-6"


def answer_deal(session: TrainingSession, document: Document, *, paper: str, on: date) -> None:
    """Does: puts a copy of a document in the deal of a session, as the answer to a paper asked there.
    Refuses: nothing; no deal, one closed, or one that does not ask it, gets nothing. Leaves behind: the file
    of the deal."""
    actor = document.created_by or session.created_by
    _put(session, read_document(document), document.name, paper=paper, on=on, actor=actor)


def keep_sheet(session: TrainingSession, *, at: datetime, actor: Any) -> None:
    """Does: puts the attendance sheet as it stands in the deal of a session. Refuses and leaves behind: as
    `answer_deal`."""
    if session.deal is None:
        return
    content = sheet_pdf(session, sheet_of(session, now=at), at=at)
    name = f"emargement-{session.pk}.pdf"
    _put(session, content, name, paper=SHEETS, on=timezone.localdate(at), actor=actor or session.created_by)


def _put(session: TrainingSession, content: bytes, name: str, *, paper: str, on: date, actor: Any) -> None:
    deal = session.deal
    if deal is None or not deal.is_open or actor is None:
        return
    asked = DealRequirement.objects.filter(
        kind=deal.kind_id, source__contains=paper, archived_at__isnull=True
    ).first()
    if asked is not None:
        add_file(deal, content=content, name=name, requirement=asked, on=on, actor=actor)
