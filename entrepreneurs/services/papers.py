"""Asks for papers, receives them, checks them; never asks twice for a proof that still holds (ENT-21)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NoReturn

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.options import words_of
from cae.core.settings import value_of
from cae.core.turns import take_turn
from cae.core.uploads import is_programme, kind_of, plain_name
from cae.core.workflow import performs
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.states.papers import PAPER_DOCUMENT, PAPER_FLOW, PAPER_KIND, PaperState
from people.models import Person
from people.services.changes import require_text
from people.services.deadlines import close_deadlines, set_deadline
from people.states.deadlines import DeadlineKind

MAX_MB = "entrepreneurs.paper_max_mb"
MEGABYTE = 1024 * 1024
# What is asked of somebody on the path is kept with their file: five years after they left at most, so
# counted again when they leave (social documents, art. 2224 of the Civil code).
KEPT_YEARS = 5
_MIMES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
# Photographs of telephones: a box « ftyp » whose brand is one of these.
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")


@transaction.atomic
def ask_paper(
    *,
    person: Person | None,
    kind: str,
    about: models.Model,
    due_on: date | None,
    actor: Any,
    precision: str = "",
    on: date | None = None,
) -> DocumentRequest:
    """Does: asks a paper about something (an application, a contract, a trade, a deal), for a day or not. The
    same paper about the same thing is asked once; one accepted elsewhere that holds that day answers at once.
    Refuses: a day already past. Leaves behind: the request, its deadline, audit."""
    on, precision = on or timezone.localdate(), " ".join(precision.split())[:160]
    if due_on is not None and due_on < on:
        raise Refused(
            Code.DATE_INVALID, _("Ce jour est déjà passé : choisissez-en un autre."), field="due_on"
        )
    said = audit.about(about)
    take_turn(f"entrepreneurs.paper.{said['about_type']}.{said['about_id']}")
    line = {"person": person, "kind": kind, "precision": precision, **said}
    asked = DocumentRequest.objects.filter(**line).first()
    if asked is not None:
        return asked
    request = DocumentRequest(
        **line, about_label=house_words(about)[:200], asked_on=on, asked_by=actor, due_on=due_on
    )
    held = _held(person, kind, precision, due_on or on)
    if held is not None:
        request.reuses, request.document, request.valid_until = held, held.document, held.valid_until
        request.state = PaperState.ACCEPTED
    request.save()
    audit.record(actor, "entrepreneurs.documentrequest.ask", request, detail={"kind": kind})
    _follow_deadline(request, actor)
    return request


def _held(person: Person | None, kind: str, precision: str, on: date) -> DocumentRequest | None:
    """A paper of this person, accepted for another thing, that still holds."""
    if person is None:
        return None
    rows = DocumentRequest.objects.holding(on).filter(person=person, kind=kind, precision=precision)
    return rows.select_related("document").order_by("-state_since", "-pk").first()


@performs(PAPER_FLOW, "receive")
def receive_paper(paper: DocumentRequest, *, content: bytes, name: str, actor: Any, now: datetime) -> None:
    """Does: links a file to what was asked. Refuses: an empty file, one above the setting, a programme,
    anything but a PDF or a picture. Leaves behind: the document, kept as long as what it is about."""
    mime = checked_mime(content, on=timezone.localdate(now))
    paper.document = store_document(
        content,
        kind=PAPER_DOCUMENT,
        name=plain_name(name, otherwise="document"),
        mime=mime,
        about=_about(paper),
        actor=actor,
        retention_until=_kept_until(paper, timezone.localdate(now)),
    )
    paper.reuses, paper.valid_until, paper.reason, paper.decided_by = None, None, "", None


@performs(PAPER_FLOW, "accept")
def accept_paper(paper: DocumentRequest, *, valid_until: date | None, on: date, actor: Any) -> None:
    """Does: accepts a paper, until a day or for good. Refuses: a day already past.
    Leaves behind: who checked it; its deadline closed."""
    if valid_until is not None and valid_until < on:
        raise Refused(
            Code.DATE_INVALID,
            _("Ce document est déjà périmé à cette date : refusez-le plutôt."),
            field="valid_until",
        )
    paper.valid_until, paper.decided_by, paper.reason = valid_until, actor, ""
    close_deadlines(paper, actor=actor)


@performs(PAPER_FLOW, "refuse")
def refuse_paper(paper: DocumentRequest, *, reason: str, actor: Any) -> None:
    """Does: sends a paper back. Refuses: without a reason. Leaves behind: the reason, read by the person."""
    require_text(reason, "reason", _("Dites ce qui ne convient pas : la personne le lira."))
    paper.reason, paper.decided_by = reason.strip()[:250], actor
    _follow_deadline(paper, actor)


@performs(PAPER_FLOW, "waive")
def waive_paper(paper: DocumentRequest, *, reason: str, actor: Any) -> None:
    """Does: does without a paper. Refuses: without a reason. Leaves behind: the reason and who gave it, in
    the journal too; its deadline closed."""
    require_text(reason, "reason", _("Dites pourquoi ce document n’est pas nécessaire."))
    paper.reason, paper.decided_by = reason.strip()[:250], actor
    audit.record(actor, "entrepreneurs.documentrequest.excuse", paper, detail={"reason": paper.reason})
    close_deadlines(paper, actor=actor)


@performs(PAPER_FLOW, "expire")
def expire_paper(paper: DocumentRequest, *, on: date, actor: Any) -> None:
    """Does: says that an accepted paper no longer holds: it is asked again. Refuses: one that still holds.
    Leaves behind: the paper missing."""
    if paper.valid_until is None or paper.valid_until >= on:
        raise Refused(Code.DATE_INVALID, _("Ce document est encore valable."))
    paper.decided_by = None


def expire_papers(on: date) -> int:
    """Does: lets expire the papers whose day is past, one by one. Refuses: nothing. Gives how many."""
    rows = DocumentRequest.objects.filter(state=PaperState.ACCEPTED, valid_until__lt=on)
    return sum(_expired(row, on) for row in list(rows))


def _expired(row: DocumentRequest, on: date) -> bool:
    try:
        expire_paper(row, on=on, actor=None)
    except Refused:  # changed meanwhile
        return False
    return True


def checked_mime(content: bytes, *, on: date) -> str:
    """Gives what a file is, by its first bytes. Raises Refused(file_refused) at the field `file`."""
    most = value_of(MAX_MB, on=on)
    if not content:
        _refuse_file(_("Ce fichier est vide."))
    if len(content) > most * MEGABYTE:
        _refuse_file(too_big(on))
    if is_programme(content):
        _refuse_file(_("Ce fichier est un programme, malgré son nom : il n’est pas accepté."))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "image/heic"
    mime = _MIMES.get(kind_of(content))
    if mime is None:
        _refuse_file(_("Seuls un PDF ou une photo (JPEG, PNG, WebP, HEIC) sont acceptés."))
    return mime


def too_big(on: date) -> str:
    """The sentence for a file that is too large, with what to do about it."""
    return _("Ce fichier dépasse %(most)d Mo : numérisez-le en noir et blanc, ou page par page.") % {
        "most": value_of(MAX_MB, on=on)
    }


def _refuse_file(sentence: str) -> NoReturn:
    raise Refused(Code.FILE_REFUSED, sentence, field="file")


def _about(paper: DocumentRequest) -> models.Model:
    found: models.Model = apps.get_model(paper.about_type)._base_manager.get(pk=paper.about_id)
    return found


def _kept_until(paper: DocumentRequest, on: date) -> date:
    about = _about(paper)
    if isinstance(about, Application):
        return about.retention_until
    return date(on.year + KEPT_YEARS, 12, 31)


def _follow_deadline(paper: DocumentRequest, actor: Any) -> None:
    """What has a day waits under it until it is settled; a draft's papers have none."""
    if paper.due_on is None or paper.person is None or not paper.is_missing:
        return
    words = paper.precision or words_of(PAPER_KIND, paper.kind, on=paper.asked_on)
    set_deadline(
        about=paper,
        kind=DeadlineKind.PAPER,
        person=paper.person,
        due_on=paper.due_on,
        label=words,
        actor=actor,
    )
