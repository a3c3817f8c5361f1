"""The FEC of a year is kept with its seal, its notice and what the checker said; the command says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import Error

from accounting.calculations.fec.check import Fault, FaultKind
from accounting.calculations.fec.shape import header
from accounting.models import FecExport, FiscalYear
from accounting.permissions import PERMISSIONS
from accounting.selectors.accounts import shared_section
from accounting.selectors.fec import fec_blocks
from accounting.selectors.fec_files import FEC_ANALYTIC, FEC_FILE, FEC_NOTICE, files_of_exports
from accounting.selectors.fec_words import faults_kept
from accounting.services import fec_making
from accounting.services.fec_making import ask_for_fec, make_fec, make_fec_file
from accounting.states.periods import YearState
from accounting.tasks import make_fec_now
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.jobs import Cancelled, Progress, cancel_job
from cae.core.models import AuditEntry, Document, Job, JobState
from cae.core.periods import Span
from people.states import RoleKind
from tests.factories.accounting_ledger import post
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
NAME = "732829320FEC20261231"


@pytest.fixture(autouse=True)
def _identity() -> None:
    make_cooperative()


def test_a_file_is_numbered_sealed_and_kept_with_its_notice() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    post(date(2026, 3, 2), "1234.50")
    made = [make_fec(YEAR, actor=accountant), make_fec(YEAR, actor=None)]
    export = made[0]
    assert [one.number for one in made] == [1, 2]
    assert (export.line_count, export.debit, export.credit) == (2, Decimal("1234.50"), Decimal("1234.50"))
    assert (export.fault_count, export.is_provisional, export.reads_openings) == (0, True, False)
    files = files_of_exports(made)
    file, notice = files[export.pk, FEC_FILE], files[export.pk, FEC_NOTICE]
    content = read_document(file)
    assert content == b"".join(fec_blocks(YEAR.starts_on, YEAR.ends_on))
    assert export.sha256 == file.sha256 == sha256(content).hexdigest()
    assert (file.name, notice.name) == (f"{NAME}.txt", f"{NAME}-notice.txt")
    assert file.retention_until == date(2036, 12, 31)
    said = read_document(notice).decode("iso8859-15")
    for words in (
        f"Fichier         : {NAME}.txt\r\n",
        "Coopérative d'essai, SIREN 732829320",
        "Total au débit  : 1 234,50",
        export.sha256,
        "L'exercice n'était pas clos",
        "18 Idevise",
        "RA  À-nouveaux",
    ):
        assert words in said
    assert "AN2026" not in said
    assert AuditEntry.objects.get(verb="accounting.make_fec", actor=accountant).detail["lines"] == 2


def test_a_year_that_nothing_carries_reads_its_openings_and_a_closed_one_is_final() -> None:
    post(date(2025, 12, 31))
    post(date(2026, 3, 2))
    FiscalYear.objects.create(starts_on=YEAR.starts_on, ends_on=YEAR.ends_on, state=YearState.CLOSED)
    export = make_fec(YEAR, actor=None)
    assert (export.reads_openings, export.is_provisional) == (True, False)
    # The balance of the bank and the result of the eve, then the entry of March.
    assert (export.line_count, export.debit, export.fault_count) == (4, Decimal(200), 0)
    said = read_document(files_of_exports([export])[export.pk, FEC_NOTICE]).decode("iso8859-15")
    assert "sous le numéro AN20260101" in said
    assert "n'était pas clos" not in said


def test_what_an_entry_carries_into_the_year_is_not_read_again() -> None:
    post(date(2025, 12, 31))
    post(date(2026, 1, 1), journal="RA")
    export = make_fec(YEAR, actor=None)
    assert (export.reads_openings, export.line_count) == (False, 2)
    said = read_document(files_of_exports([export])[export.pk, FEC_NOTICE]).decode("iso8859-15")
    assert "AN2026" not in said


def test_the_axis_of_activities_stands_in_a_second_file() -> None:
    post(date(2025, 12, 31))
    post(date(2026, 3, 2))
    export = make_fec(YEAR, actor=None)
    files = files_of_exports([export])
    file, analytic = files[export.pk, FEC_FILE], files[export.pk, FEC_ANALYTIC]
    assert analytic.name == f"{NAME}-analytique.txt"
    law, more = (read_document(one).decode("iso8859-15").split("\r\n") for one in (file, analytic))
    cells = [line.split("\t") for line in more]
    assert ["\t".join(row[:18]) for row in cells] == law
    assert cells[0][18:21] == ["NumeroLivres", "SectionCode", "SectionLib"]
    shared = shared_section()
    assert {tuple(row[19:21]) for row in cells[1:-1]} == {(shared.code, shared.label)}
    assert all(len(row) == 25 for row in cells[:-1])


def test_days_without_an_entry_give_no_file() -> None:
    post(date(2025, 3, 2))
    with refused(Code.VALUE_MISSING, "year", "Aucune écriture du"):
        make_fec(YEAR, actor=None)


def test_a_job_produces_it_once_and_leads_to_the_file() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    with refused(Code.VALUE_MISSING, "year", "Aucune écriture du"):
        ask_for_fec(YEAR, actor=accountant)
    post(date(2026, 3, 2))
    job = ask_for_fec(YEAR, actor=accountant)
    make_fec_now(job.pk)
    make_fec_now(job.pk)
    job.refresh_from_db()
    export = FecExport.objects.get(made_by=accountant)
    assert (job.state, job.label) == (JobState.DONE, "Fichier des écritures comptables · 31/12/2026")
    assert job.result == files_of_exports([export])[export.pk, FEC_FILE]


def test_a_job_cancelled_meanwhile_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    post(date(2026, 3, 2))
    job = ask_for_fec(YEAR, actor=accountant)

    def cancelled(start: date, end: date, **how: bool) -> Iterator[bytes]:
        yield from fec_blocks(start, end, **how)
        if how:
            cancel_job(job, actor=accountant)

    monkeypatch.setattr(fec_making, "fec_blocks", cancelled)
    make_fec_now(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not FecExport.objects.exists()
    assert not Document.objects.exists()


def test_a_job_whose_worker_died_with_the_file_made_gives_it() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    post(date(2026, 3, 2))
    job = ask_for_fec(YEAR, actor=accountant)
    # What the worker had done when it was killed: the file is kept, the job not ended.
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, run=1)
    job.refresh_from_db()
    make_fec_file(Progress(job))
    export = FecExport.objects.get()

    make_fec_now(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, files_of_exports([export])[export.pk, FEC_FILE])
    assert FecExport.objects.get() == export


def test_a_worker_that_lost_its_job_keeps_no_file() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    post(date(2026, 3, 2))
    job = ask_for_fec(YEAR, actor=accountant)
    with pytest.raises(Cancelled):
        make_fec(YEAR, actor=accountant, kept=Progress(job).keep)
    assert not FecExport.objects.exists()
    assert not Document.objects.exists()


def test_what_was_produced_never_changes() -> None:
    post(date(2026, 3, 2))
    export = make_fec(YEAR, actor=None)
    for sql in ("UPDATE accounting_fecexport SET fault_count = 0", "DELETE FROM accounting_fecexport"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert list(FecExport.objects.all()) == [export]


def test_the_command_says_where_the_file_is_and_what_it_is() -> None:
    post(date(2025, 12, 31))
    post(date(2026, 3, 2))
    said = StringIO()
    call_command("make_fec", "2026", stdout=said)
    call_command("make_fec", "--on", "2026-05-01", stdout=said)
    assert said.getvalue().count(f"{NAME}.txt, lignes : 4") == 2
    for words in ("documents/", "ce fichier est provisoire", "à-nouveaux"):
        assert words in said.getvalue()
    with pytest.raises(CommandError, match="Aucune écriture"):
        call_command("make_fec", "2024")


def test_a_file_with_faults_is_kept_with_them_and_the_command_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_start: date, _end: date, **_how: bool) -> Iterator[bytes]:
        yield header() + b"VE\tVentes\r\n"

    monkeypatch.setattr(fec_making, "fec_blocks", broken)
    post(date(2026, 3, 2))
    told = StringIO()
    with pytest.raises(CommandError, match="Défauts trouvés : 1"):
        call_command("make_fec", "2026", stdout=StringIO(), stderr=told)
    export = FecExport.objects.get()
    assert faults_kept(export.faults) == [Fault(FaultKind.FIELDS, 2, what="2")]
    assert "Ligne 2 : il y a 2 champs au lieu de 18." in told.getvalue()


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (RoleKind.ACCOUNTANT, True),
        (RoleKind.CO_MANAGER, True),
        (RoleKind.AUDITOR, True),
        (RoleKind.ADVISOR, False),
        (RoleKind.ENTREPRENEUR, False),
    ],
)
def test_who_reads_the_books_opens_their_files(role: RoleKind, opens: bool) -> None:
    assert PERMISSIONS["accounting.open_fec"].test(make_user(role), None) is opens
