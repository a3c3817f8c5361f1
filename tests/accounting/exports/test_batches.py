"""Entries leave once, by numbered batches: taken, sent again as they were, given back by the last one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.exports.rows import ExportChoice
from accounting.models import Account, CostKind, Entry, ExportBatch, ExportedEntry
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.exports import file_of_batch
from accounting.services.exporting import ask_for_export, export_asked, export_entries, undo_export
from accounting.services.posting import post_entry
from accounting.states.books import AccountKind
from accounting.states.exports import ExportFormat
from accounting.tasks import export_entries_now
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.jobs import Cancelled, Progress
from cae.core.models import AuditEntry, Document, Job, JobState
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_exports import MARCH, choice
from tests.factories.accounting_ledger import post
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
GOLDEN = Path(__file__).parents[2] / "data" / "exports"


def content(batch: ExportBatch) -> bytes:
    file = file_of_batch(batch)
    assert file is not None
    return read_document(file)


def booked() -> None:
    """A sale, a purchase that two activities share, and a fee, whose texts would move what follows them."""
    one, other = make_activity(code="A1"), make_activity(code="A2")
    books.sale(one, "100.00", on=date(2026, 3, 2), number="2026-000101")
    kind = CostKind.objects.get(code="goods")
    lines = (
        debit("606100", section_of(one).pk, Decimal("10.05"), cost=kind.code, vat_rate=Decimal("20.00")),
        debit("606100", section_of(other).pk, Decimal("5.02"), cost=kind.code, vat_rate=Decimal("20.00")),
        debit("606100", section_of(other).pk, Decimal("3.00"), vat_rate=Decimal("5.50")),
        debit("445660", section_of(one).pk, Decimal("3.18")),
        credit(
            "401000", section_of(one).pk, Decimal("13.23"), party="Dupont & Fils", due_on=date(2026, 4, 30)
        ),
        credit(
            "401000", section_of(other).pk, Decimal("8.02"), party="Dupont & Fils", due_on=date(2026, 4, 30)
        ),
    )
    draft = EntryDraft("AC", date(2026, 3, 9), "Bois d’œuvre ; « été »\tlot 3", lines, "FAC-77")
    post_entry(draft, actor=None, source=None)
    post(date(2026, 3, 20), "9.90")


def test_each_entry_leaves_once_and_the_file_stays_as_it_left() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    booked()
    batch = export_entries(choice(), actor=accountant)
    assert (batch.number, batch.entry_count, batch.line_count) == (1, 3, 11)
    assert batch.debit == batch.credit == Decimal("151.15")
    first = content(batch)
    assert AuditEntry.objects.get(verb="accounting.export_entries").detail["count"] == 3
    with refused(Code.VALUE_MISSING, "starts_on", "rien qui ne soit déjà exporté"):
        export_entries(choice(), actor=accountant)

    late = post(date(2026, 3, 31), "4.00")
    second = export_entries(choice(), actor=accountant)
    assert list(second.exported.values_list("entry", "is_taken")) == [(late.pk, True)]
    again = export_entries(choice(takes_again=True), actor=accountant)
    assert (again.number, again.entry_count) == (3, 4)
    assert not again.exported.filter(is_taken=True).exists()
    assert content(batch) == first


def test_only_the_last_batch_is_undone_and_gives_its_entries_back() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    post(date(2026, 3, 2))
    first = export_entries(choice(), actor=accountant)
    post(date(2026, 3, 3))
    last = export_entries(choice(), actor=accountant)
    with refused(Code.ILLEGAL_MOVE, said="Seul le dernier lot se défait"):
        undo_export(first, reason="Erreur", actor=accountant, now=NOW)
    with refused(Code.VALUE_MISSING, "reason"):
        undo_export(last, reason=" ", actor=accountant, now=NOW)
    kept = content(last)
    undone = undo_export(last, reason="Mauvais dossier", actor=accountant, now=NOW)
    assert (undone.undone_at, undone.undone_by, undone.undo_reason) == (NOW, accountant, "Mauvais dossier")
    assert content(last) == kept
    with refused(Code.ILLEGAL_MOVE, said="déjà défait"):
        undo_export(last, reason="Encore", actor=accountant, now=NOW)
    # The number is never given again.
    assert export_entries(choice(), actor=accountant).number == 3
    with refused(Code.ILLEGAL_MOVE, said="n° 3"):
        undo_export(first, reason="Erreur", actor=accountant, now=NOW)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounting_exportbatch SET line_count = 9",
        "DELETE FROM accounting_exportedentry",
        "UPDATE accounting_exportbatch SET undone_at = now()",
        "INSERT INTO accounting_exportedentry (batch_id, entry_id, is_taken) SELECT 1, max(id), true"
        " FROM accounting_entry",
    ],
)
def test_what_left_is_never_rewritten(sql: str) -> None:
    post(date(2026, 3, 2))
    export_entries(choice(), actor=None)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert ExportedEntry.objects.filter(is_taken=True).count() == 1


def test_what_cannot_leave_is_said_at_its_field() -> None:
    with refused(Code.VALUE_MISSING, "journals"):
        ask_for_export(ExportChoice(MARCH, (), ExportFormat.CSV), actor=None)
    with refused(Code.VALUE_INVALID, "is_grouped", "jamais regroupé"):
        ask_for_export(choice(ExportFormat.FEC, is_grouped=True), actor=None)
    with refused(Code.VALUE_MISSING, "starts_on", "Aucune écriture"):
        ask_for_export(choice(takes_again=True), actor=None)
    long = Account.objects.create(number="5120000001", label="Banque longue", kind=AccountKind.BALANCE)
    section = shared_section().pk
    lines = (debit(long.number, section, Decimal(5)), credit("bank", section, Decimal(5)))
    post_entry(EntryDraft("BQ", date(2026, 3, 2), "Virement", lines), actor=None, source=None)
    with refused(Code.VALUE_INVALID, "format", "5120000001 a plus de 8 caractères"):
        export_entries(choice(ExportFormat.QUADRA), actor=None)
    assert export_entries(choice(), actor=None).entry_count == 1


def test_a_job_makes_the_batch_and_leads_to_its_file_unless_it_is_cancelled() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    post(date(2026, 3, 2))

    def cancelled() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        export_entries(choice(), actor=accountant, alive=cancelled)
    assert not ExportBatch.objects.exists()
    assert not ExportedEntry.objects.exists()
    assert not Document.objects.exists()

    job = ask_for_export(choice(), actor=accountant)
    export_entries_now(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, file_of_batch(ExportBatch.objects.get()))


def test_a_job_whose_worker_died_with_the_batch_made_gives_it() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    booked()
    job = ask_for_export(choice(), actor=accountant)
    # What the worker had done when it was killed: the batch is kept, the job not ended.
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, run=1)
    job.refresh_from_db()
    export_asked(Progress(job))
    batch = ExportBatch.objects.get()

    export_entries_now(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, file_of_batch(batch))
    assert ExportBatch.objects.get() == batch
    # Taken over meanwhile: the former worker leaves nothing.
    post(date(2026, 3, 30), "2.00")
    late = ask_for_export(choice(), actor=accountant)
    with pytest.raises(Cancelled):
        export_asked(Progress(late))
    assert ExportBatch.objects.get() == batch


@pytest.mark.parametrize(
    ("layout", "is_grouped", "name"),
    [
        (ExportFormat.CSV, False, "detail.csv"),
        (ExportFormat.CSV, True, "grouped.csv"),
        (ExportFormat.QUADRA, True, "quadra.txt"),
    ],
)
def test_each_layout_is_written_as_its_golden_file(layout: str, is_grouped: bool, name: str) -> None:
    booked()
    batch = export_entries(choice(layout, is_grouped=is_grouped), actor=None)
    assert content(batch).decode() == (GOLDEN / name).read_bytes().decode()


def test_the_law_s_columns_say_a_part_of_a_year() -> None:
    booked()
    post(date(2026, 2, 1), "1.00")
    batch = export_entries(choice(ExportFormat.FEC), actor=None)
    rows = [line.split("\t") for line in content(batch).decode("iso8859-15").split("\r\n")]
    assert {row[3] for row in rows[1:-1]} == {"20260302", "20260309", "20260320"}
    assert (batch.line_count, batch.entry_count) == (11, 3)
    assert batch.debit == batch.credit == Decimal("151.15")
    assert Entry.objects.count() == 4
