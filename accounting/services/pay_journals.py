"""Reads the payroll journal back: posted whole in one transaction, undone whole by reversal (ACC-27)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.entries import EntryDraft, LineDraft
from accounting.calculations.payroll.journal import Slip
from accounting.events import SharesWithheld
from accounting.models import PayJournalImport, PayMonth, PayProposal, PayResult
from accounting.selectors.pay_journals import Reading, ReadSlip, read_journal
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.books import JournalCode
from accounting.states.payroll import IMPORT_FLOW, PAY_FLOW, ImportState
from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.events import publish
from cae.core.jobs import start_job
from cae.core.kept_words import house_words
from cae.core.models import Document, Job
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.models import User
from people.services.changes import one_line

TASK = "accounting.import_pay_journal"
FILE_KIND = "accounting.pay_journal"
RETENTION_YEARS = 10
# So many slips are posted while one waits for the page.
MOST_AT_ONCE = 30
MOST_REASON = 300
_TURN = "accounting.pay_journal"


@dataclass(frozen=True)
class JournalFile:
    """What was dropped, for which month, and the day of its entries."""

    month: PayMonth
    kind: str
    posted_on: date
    content: bytes
    name: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def receive_journal(file: JournalFile, *, actor: Any) -> PayJournalImport | Job:
    """Does: posts a file at once when it is short, else starts the job that does. Refuses and leaves behind:
    as `import_journal`, or as `ask_for_import`."""
    if len(_read(file).slips) > MOST_AT_ONCE:
        return ask_for_import(file, actor=actor)
    with transaction.atomic():
        return import_journal(file, document=_keep(file, actor), actor=actor)


def _keep(file: JournalFile, actor: Any) -> Document:
    return store_document(
        file.content,
        kind=FILE_KIND,
        name=file.name,
        mime="text/csv",
        about=file.month,
        actor=actor,
        retention_until=date(file.month.first.year + RETENTION_YEARS, 12, 31),
    )


def ask_for_import(file: JournalFile, *, actor: Any) -> Job:
    """Does: reads the whole file, keeps it and starts the job that posts it. Refuses: what `import_journal`
    refuses, at once. Leaves behind: the file, the job."""
    reading = _read(file)
    with transaction.atomic():
        document = _keep(file, actor)
        return start_job(
            TASK,
            label=house_words(gettext_lazy("Journal de paie"), str(file.month.month)),
            actor=actor,
            total=len(reading.slips),
            month=file.month.pk,
            kind=file.kind,
            posted_on=file.posted_on.isoformat(),
            document=document.pk,
            leads_to=reverse("accounting:pay_imports"),
        )


def import_stored(arguments: dict[str, Any], *, actor: User) -> PayJournalImport:
    """Does: posts the file that a job was given; taken up after a worker died, gives what it had committed.
    Refuses and leaves behind: as `import_journal`."""
    document = Document.objects.get(pk=arguments["document"])
    done = PayJournalImport.objects.filter(document=document).first()
    if done is not None:
        return done
    file = JournalFile(
        month=PayMonth.objects.get(pk=arguments["month"]),
        kind=arguments["kind"],
        posted_on=date.fromisoformat(arguments["posted_on"]),
        content=read_document(document),
        name=document.name,
    )
    return import_journal(file, document=document, actor=actor)


@transaction.atomic
def import_journal(file: JournalFile, *, document: Document, actor: Any) -> PayJournalImport:
    """Does: posts what payroll says of a month, person by person; it takes the place of the simulation.
    Refuses, as a whole: a file already received, one that cannot be read or does not balance, an unknown
    number, section or account, a pay that was not sent, a month that is closed. Leaves behind: one entry a
    person, their results, their proposals real; shares held, told to the room above; audit."""
    # Two files at once: the second is read against what the first left.
    take_turn(_TURN)
    reading = _read(file)
    received = PayJournalImport.objects.create(
        month=file.month,
        kind=file.kind,
        document=document,
        sha256=file.sha256,
        posted_on=file.posted_on,
        count=len(reading.slips),
        cost=reading.cost,
        created_by=actor,
    )
    for one in reading.slips:
        _post(received, one, actor)
    audit.record(actor, "accounting.import_pay", received, detail={"seal": file.sha256})
    return received


def _read(file: JournalFile) -> Reading:
    same = PayJournalImport.objects.filter(sha256=file.sha256, state=ImportState.POSTED).first()
    if same is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Ce fichier est déjà passé : %(journal)s.") % {"journal": same},
            field="file",
        )
    if file.posted_on < file.month.first:
        raise Refused(
            Code.DATE_INVALID, _("La paie ne se passe pas avant le début de son mois."), field="posted_on"
        )
    return read_journal(file.content, file.name, kind=file.kind, month=file.month)


def _post(received: PayJournalImport, one: ReadSlip, actor: Any) -> None:
    label = house_words(gettext_lazy("Paie"), one.person.full_name, str(received.month.month))
    entry = post_entry(_draft(received, label, one.lines), actor=actor, source=received)
    slip: Slip = one.slip
    PayResult.objects.create(
        received=received,
        person=one.person,
        proposal=one.proposal,
        gross=slip.gross,
        employee=slip.employee,
        employer=slip.employer,
        rgdu=slip.rgdu,
        withholding=slip.withholding,
        net_paid=slip.net_paid,
        cost=slip.cost,
        held=one.held,
        entry=entry,
    )
    if one.proposal is not None:
        _receive(one.proposal, actor=actor)
    if one.held:
        publish(SharesWithheld(one.person.pk, one.held, received.posted_on, actor=actor))


def _draft(received: PayJournalImport, label: str, lines: Sequence[LineDraft]) -> EntryDraft:
    return EntryDraft(
        JournalCode.PAY, received.posted_on, label, tuple(lines), piece=f"PAIE-{received.month.month}"
    )


@performs(PAY_FLOW, "receive")
def _receive(row: PayProposal, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `import_journal`."""


@performs(PAY_FLOW, "give_back")
def _give_back(row: PayProposal, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `undo_import`."""


@performs(IMPORT_FLOW, "undo")
def undo_import(row: PayJournalImport, *, reason: str, today: date, actor: Any) -> None:
    """Does: takes a journal back, whole: each entry reversed, each pay waiting for its journal again.
    Refuses: no reason, one undone already, a month that is closed. Leaves behind: the reversals, the file
    free to be received again; shares no longer held; audit."""
    take_turn(_TURN)
    row.undo_reason = one_line(reason, "reason", _("Dites pourquoi ce journal est annulé."), most=MOST_REASON)
    on = max(today, row.posted_on)
    results = PayResult.objects.filter(received=row).select_related("proposal", "person", "entry")
    for one in results.order_by("pk"):
        reverse_entry(one.entry, on=on, reason=row.undo_reason, actor=actor, source=row)
        if one.proposal is not None:
            _give_back(one.proposal, actor=actor)
        if one.held:
            publish(SharesWithheld(one.person_id, one.held, row.posted_on, undone_on=on, actor=actor))
