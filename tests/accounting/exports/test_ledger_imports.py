"""A ledger kept elsewhere is brought, compared, posted in place of its period alone, undone (ACC-50)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.calculations.fec.shape import COLUMNS, SIGNED_COLUMNS
from accounting.models import (
    Entry,
    EntryLine,
    ImportedEntry,
    Journal,
    LedgerDifference,
    LedgerImport,
    LedgerSource,
)
from accounting.selectors.controls import balance_faults
from accounting.selectors.corrections import correction_of
from accounting.selectors.ledger_import_words import told_faults
from accounting.selectors.ledger_imports import ledger_import_sources
from accounting.services import ledger_applying, ledger_imports
from accounting.services.ledger_applying import apply_ledger, discard_ledger, start_applying, start_undoing
from accounting.services.ledger_imports import read_columns, try_again
from accounting.services.ledger_sources import change_source
from accounting.states.ledger_imports import LedgerImportState
from accounting.tasks import import_ledger_now
from cae.core.errors import Code
from cae.core.jobs import cancel_job
from cae.core.models import AuditEntry, Job, JobState
from cae.core.periods import Span
from people.states import RoleKind
from tests.factories.accounting_ledger import close, post
from tests.factories.accounting_ledger_imports import (
    FEES,
    HEADER,
    PREMIUM,
    YEAR,
    make_applied,
    make_brought,
    make_source,
    sheet,
)
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

APRIL = Span(date(2026, 4, 1), date(2026, 4, 30))
MORE_PREMIUM = tuple(line.replace("900,00", "950,00") for line in PREMIUM)


def held(number: str = "616000") -> Decimal:
    """What the books hold of an account."""
    lines = EntryLine.objects.filter(account__number=number)
    return sum((line.debit - line.credit for line in lines), Decimal(0))


def counts(row: LedgerImport) -> list[tuple[str, str]]:
    return sorted(row.differences.values_list("kind", "key"))


def test_a_file_replaces_what_its_source_had_posted_of_its_days_and_leaves_the_rest() -> None:
    source, other = make_source(), make_source("Autre cabinet")
    accountant = make_user(RoleKind.ACCOUNTANT)
    first = make_applied(source, sheet(*PREMIUM, *FEES), actor=accountant)
    assert (first.state, first.entry_count, first.line_count) == (LedgerImportState.APPLIED, 2, 4)
    make_applied(other, sheet(*PREMIUM))
    april = [line.replace("/03/", "/04/").replace(";1;", ";3;") for line in PREMIUM]
    make_applied(source, sheet(*april), span=APRIL)
    assert held() == Decimal("2700.00")
    fees = ImportedEntry.objects.get(key="ZZ 2").entry
    assert (fees.journal.code, fees.piece, fees.source) == ("OD", "F-1", first)
    # The premium changes, the fees stay, a new entry comes.
    new = [line.replace(";2;", ";4;") for line in FEES]
    second = make_brought(source, sheet(*MORE_PREMIUM, *FEES, *new))
    assert (counts(second), second.same_count) == ([("added", "ZZ 4"), ("changed", "OD 1")], 1)
    assert held() == Decimal("2700.00")
    start_applying(second, actor=accountant)
    assert (held(), held("627000")) == (Decimal("2750.00"), Decimal("25.00"))
    assert not Entry.objects.filter(reverses=fees).exists()
    assert Entry.objects.get(reverses__imported__ledger_import=first).on == date(2026, 3, 5)
    # What a later file lost is reversed.
    third = make_applied(source, sheet(*FEES))
    assert counts(third) == [("gone", "OD 1"), ("gone", "ZZ 4")]
    assert (held(), held("627000")) == (Decimal("1800.00"), Decimal("12.50"))
    assert [*balance_faults()] == []
    assert correction_of(fees).startswith("Cette écriture est tenue ailleurs")
    assert ledger_import_sources(accountant, [str(first.pk)])[str(first.pk)].url == first.get_absolute_url()
    assert ledger_import_sources(make_user(), [str(first.pk)]) == {}
    verbs = AuditEntry.objects.filter(about_id=str(second.pk)).values_list("verb", flat=True)
    assert {"accounting.open_ledger_import", "accounting.LedgerImport.apply"} <= set(verbs)


def test_undoing_gives_back_the_books_as_they_were() -> None:
    source = make_source()
    first = make_applied(source, sheet(*PREMIUM, *FEES))
    second = make_applied(source, sheet(*MORE_PREMIUM))
    assert (held(), held("627000")) == (Decimal("950.00"), Decimal("0.00"))
    with refused(Code.ILLEGAL_MOVE, None, "annulez-la d’abord"):
        start_undoing(first, reason="Erreur", actor=None)
    with refused(Code.VALUE_MISSING, "reason"):
        start_undoing(second, reason=" ", actor=None)
    third = make_applied(source, sheet(*MORE_PREMIUM, *FEES))
    with refused(Code.ILLEGAL_MOVE, None, str(third)):
        start_undoing(second, reason="Erreur", actor=None)
    start_undoing(third, reason="Erreur", actor=None)
    start_undoing(second, reason="Erreur", actor=None)
    assert (held(), held("627000")) == (Decimal("900.00"), Decimal("12.50"))
    assert ImportedEntry.objects.filter(ended_by=None, ledger_import=first).count() == 2
    # The same file changes nothing now, and the one that was undone may come again.
    assert make_brought(source, sheet(*FEES, *PREMIUM)).differences.count() == 0
    make_applied(source, sheet(*MORE_PREMIUM))
    assert held() == Decimal("950.00")
    with refused(Code.ILLEGAL_MOVE):
        start_undoing(second, reason="Encore", actor=None)
    assert [*balance_faults()] == []


@pytest.mark.parametrize(
    ("lines", "said", "act"),
    [
        (
            ("OD;1;05/03/2026;616000;;;900;;", "OD;1;05/03/2026;512000;;;;899,99;"),
            "Ligne 2 : l’écriture OD 1",
            "",
        ),
        (
            ("OD;1;05/03/2026;699999;;;900;;", PREMIUM[1]),
            "Ligne 2 : le compte « 699999 »",
            "Ajouter ce compte",
        ),
        ((PREMIUM[0] + "Lune", PREMIUM[1]), "Ligne 2 : la section « Lune »", "Voir les sections"),
        ((PREMIUM[0], PREMIUM[1].replace("/03/", "/04/")), "n’est pas un jour de la période", ""),
        (
            (PREMIUM[0].replace(";1;", ";;").replace("L-03", ""), PREMIUM[1]),
            "« Numéro d’écriture » manque",
            "",
        ),
        ((PREMIUM[0].replace(";1;", f";{'7' * 130};"), PREMIUM[1]), "est trop long pour nommer", ""),
        ((PREMIUM[0], PREMIUM[1].replace("900,00", "neuf")), "Ligne 3 : « neuf » n’est pas un montant", ""),
    ],
)
def test_a_file_at_fault_is_refused_whole_at_its_line(lines: tuple[str, ...], said: str, act: str) -> None:
    row = make_brought(make_source(), sheet(*lines, *FEES))
    # Told once: an entry that lacks a line is not said to be out of balance as well.
    (one,) = told_faults(row.faults)
    assert (said in one.sentence, str(one.act)) == (True, act), one.sentence
    with refused(Code.FILE_REFUSED):
        start_applying(row, actor=None)
    assert not Entry.objects.exists()
    assert not LedgerDifference.objects.exists()


def test_a_closed_month_refuses_what_moves_there_and_lets_what_does_not() -> None:
    source, accountant = make_source(), make_user(RoleKind.ACCOUNTANT)
    make_applied(source, sheet(*PREMIUM))
    post(date(2026, 4, 2))
    close("2026-03")
    april = [line.replace("/03/", "/04/").replace(";2;", ";9;") for line in FEES]
    whole = make_applied(source, sheet(*PREMIUM, *april), span=YEAR)
    assert (whole.same_count, counts(whole)) == (1, [("added", "ZZ 9")])
    for content in (sheet(*MORE_PREMIUM, *april), sheet(*april)):
        row = make_brought(source, content, span=YEAR)
        (told,) = told_faults(row.faults)
        assert "mois clos (mars 2026)" in told.sentence
        assert told.url == reverse("accounting:month_detail", args=["2026-03"])
        page = text(client_of(accountant).get(row.get_absolute_url()))
        assert "Voir ce mois" in page
        assert "Reprendre ces écritures" not in page
    close("2026-04")
    with refused(Code.PERIOD_CLOSED, "on"):
        start_undoing(whole, reason="Erreur", actor=None)
    whole.refresh_from_db()
    assert (whole.state, held()) == (LedgerImportState.APPLIED, Decimal("900.00"))


def test_what_moved_since_the_trial_and_what_changes_nothing_are_refused() -> None:
    source = make_source()
    tried, again = make_brought(source, sheet(*PREMIUM)), make_brought(source, sheet(*PREMIUM))
    start_applying(tried, actor=None)
    with refused(Code.STALE_FORM):
        start_applying(again, actor=None)
    try_again(again, actor=None)
    with refused(Code.ALREADY_DONE):
        start_applying(again, actor=None)
    with refused(Code.DUPLICATE, "file", str(tried)):
        make_brought(source, sheet(*PREMIUM))
    with refused(Code.ILLEGAL_MOVE):
        try_again(tried, actor=None)
    # The same name in another period would stand twice.
    late = [line.replace("05/03", "05/04") for line in PREMIUM]
    row = make_brought(source, sheet(*late), span=APRIL)
    assert "est déjà reprise au 05/03/2026" in told_faults(row.faults)[0].sentence
    discard_ledger(row, actor=None)
    with refused(Code.ILLEGAL_MOVE):
        apply_ledger(row, actor=None)
    assert Entry.objects.count() == 1


def test_a_file_is_refused_for_what_it_is() -> None:
    source = make_source()
    with refused(Code.FILE_REFUSED, "file"):
        make_brought(source, b"\x7fELF" + b"\0" * 60)
    with refused(Code.FILE_REFUSED, "file", "20 Mo"):
        make_brought(source, b"a;b\n" + b"x" * ledger_imports.MAX_BYTES)
    with refused(Code.FILE_REFUSED, "file"):
        make_brought(source, b"")
    with refused(Code.DATE_INVALID, "ends_on"):
        make_brought(source, sheet(*PREMIUM), span=Span(date(2025, 12, 1), date(2026, 1, 31)))
    assert not LedgerImport.objects.exists()


def test_columns_are_said_once_for_a_source() -> None:
    source = make_source()
    content = sheet("616000;900,00;Prime", "512000;-900,00;Prime", header="A;B;C")
    row = make_brought(source, content)
    assert (row.mapping, row.plan) == ({}, "")
    for mapping, field in (
        ({"amount": 1}, "account"),
        ({"account": 0}, "debit"),
        ({"account": 0, "debit": 1}, "credit"),
        ({"account": 0, "amount": 1, "number": 2}, "on"),
        ({"account": 0, "amount": 1, "on": 2}, "number"),
        ({"account": 0, "amount": 0}, "amount"),
    ):
        with refused(Code.VALUE_MISSING if field != "amount" else Code.VALUE_INVALID, field):
            read_columns(row, mapping, actor=None)
    with refused(Code.VALUE_MISSING):
        try_again(row, actor=None)
    row = read_columns(row, {"account": 0, "amount": 1, "label": 2}, actor=None)
    start_applying(row, actor=None)
    assert Entry.objects.get().label == "Prime"
    # A balance of the month after is read without a word.
    source.refresh_from_db()
    april = make_brought(source, content.replace(b"900", b"910"), span=APRIL)
    assert counts(april) == [("added", "balance 2026-04-01")]


def test_a_fec_is_read_as_it_is_in_its_charset() -> None:
    def fec(names: tuple[str, ...], amounts: tuple[tuple[str, str], ...], mark: str) -> str:
        lines = [mark.join(names)]
        for account, (first, second) in zip(("61600000", "512000"), amounts, strict=True):
            cells = [
                "AC",
                "Achats",
                "12",
                "20260305",
                account,
                "x",
                "",
                "Été 1€",
                'Q"1',
                "20260305",
                '"Prime',
                first,
            ]
            lines.append(mark.join([*cells, second, "", "", "20260306", "", ""]))
        return "\r\n".join([*lines, ""])

    plain = fec(COLUMNS, (("900,00", "0,00"), ("0,00", "900,00")), "\t")
    signed = fec(SIGNED_COLUMNS, (("900,00", "D"), ("900,00", "C")), "|")
    source = make_source()
    row = make_applied(source, plain.encode("iso8859-15"), name="FEC.txt")
    entry = Entry.objects.get()
    assert (entry.journal.code, entry.label, entry.piece) == ("AC", '"Prime', 'Q"1')
    assert {line.party for line in entry.lines.all()} == {"Été 1€"}
    for content in (signed.encode("cp1252"), ("\ufeff" + signed).encode(), signed.encode()):
        assert make_brought(source, content).same_count == 1
    assert counts(row) == [("added", "AC 12")]


def test_a_long_file_goes_by_jobs_and_stops_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    monkeypatch.setattr(ledger_imports, "READ_AT_ONCE", 1)
    monkeypatch.setattr(ledger_applying, "WRITTEN_AT_ONCE", 1)
    source, accountant = make_source(), make_user(RoleKind.ACCOUNTANT)
    row = make_brought(source, sheet(*PREMIUM, *FEES), actor=accountant)
    assert row.is_at_work
    page = text(client_of(accountant).get(row.get_absolute_url()))
    assert "Un travail est en cours" in page
    for act in (lambda: try_again(row, actor=None), lambda: discard_ledger(row, actor=None)):
        with refused(Code.ILLEGAL_MOVE, None, "attendez"):
            act()

    def run() -> Job:
        row.refresh_from_db()
        import_ledger_now(row.job_id)
        return Job.objects.get(pk=row.job_id)

    assert run().state == JobState.DONE
    job = start_applying(row, actor=accountant)
    assert isinstance(job, Job)
    assert job.leads_to == row.get_absolute_url()
    monkeypatch.setattr(ledger_applying, "_LOOK", 1)
    real = ledger_applying.write_entry

    def cancelled(*args: Any, **details: Any) -> Entry:
        cancel_job(Job.objects.get(pk=job.pk), actor=accountant)
        return real(*args, **details)

    with monkeypatch.context() as patch:
        patch.setattr(ledger_applying, "write_entry", cancelled)
        run()
    assert not Entry.objects.exists()
    Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED)
    start_applying(row, actor=accountant)
    assert run().state == JobState.DONE
    assert Entry.objects.count() == 2
    start_undoing(row, reason="Erreur", actor=accountant)
    assert run().state == JobState.DONE
    assert Entry.objects.count() == 4
    # Taken up again, a job that had ended does nothing more.
    Job.objects.filter(pk=row.job_id).update(state=JobState.PENDING)
    assert run().state == JobState.DONE
    assert Entry.objects.count() == 4


def test_what_a_file_changed_is_told_for_ever() -> None:
    row = make_applied(make_source(), sheet(*PREMIUM))
    posted = ImportedEntry.objects.get()
    for act in (
        lambda: row.differences.all().delete(),
        lambda: ImportedEntry.objects.update(key="x"),
        posted.delete,
        row.delete,
        lambda: LedgerImport.objects.update(sha256="0" * 64),
        lambda: LedgerSource.objects.all().delete(),
    ):
        with pytest.raises(Exception, match=r"(?s).+"), transaction.atomic():
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerImport.objects.update(fault_count=1)
    assert ImportedEntry.objects.get().key == "OD 1"


def test_a_source_has_one_name_and_a_journal_that_takes_entries_from_elsewhere() -> None:
    source = make_source()
    with refused(Code.DUPLICATE, "label"):
        make_source("cabinet DURAND")
    with refused(Code.VALUE_MISSING, "label"):
        make_source(" ")
    sales = Journal.objects.get(code="VE")
    with refused(Code.VALUE_INVALID, "journal"):
        change_source(source, label="Cabinet", journal=sales, section=source.section, actor=None)
    assert (
        change_source(
            source, label="Cabinet D.", journal=source.journal, section=source.section, actor=None
        ).label
        == "Cabinet D."
    )
    # What other programs call « AN » is not our analytic journal.
    make_applied(source, sheet(*(line.replace("ZZ;", "AN;") for line in FEES)))
    assert Entry.objects.get().journal.code == "OD"


def test_pages_lead_from_the_source_to_the_books_and_back() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    client = client_of(accountant)
    lists = ("ledger_import_list", "ledger_source_list", "ledger_import_add", "ledger_source_add")
    assert [client.get(reverse(f"accounting:{name}")).status_code for name in lists] == [200] * 4
    journal, section = make_source("Autre").journal_id, make_source("Encore").section_id
    typed = {"label": "Cabinet", "journal": journal, "section": section}
    client.post(reverse("accounting:ledger_source_add"), typed)
    source = LedgerSource.objects.get(label="Cabinet")
    assert "Cabinet" in text(client.get(source.get_absolute_url()))

    def bring(content: bytes, **other: str) -> Any:
        file = SimpleUploadedFile("livres.csv", content)
        sent = {"source": source.pk, "starts_on": "2026-03-01", "ends_on": "2026-03-31", "file": file}
        return client.post(reverse("accounting:ledger_import_add"), sent | other)

    assert bring(b"").status_code == 422
    early = bring(sheet(*PREMIUM), ends_on="2026-02-28")
    assert (early.status_code, "finit avant de commencer" in text(early)) == (422, True)
    answer = bring(sheet(*PREMIUM, *FEES, header=HEADER.replace("Compte", "Truc")))
    row = LedgerImport.objects.get()
    columns = reverse("accounting:ledger_import_columns", args=[row.pk])
    assert answer.url == columns
    assert "pas encore lu" in text(client.get(row.get_absolute_url()))
    page = text(client.get(columns))
    assert "Truc (616000)" in page
    read = {code: str(place) for code, place in row.mapping.items()}
    assert client.post(columns, read).status_code == 422
    assert client.post(columns, read | {"account": "3"}).url == row.get_absolute_url()
    page = text(client.get(row.get_absolute_url()))
    for words in ("À l’essai", "Reprendre ces écritures", "OD 1", "900,00 €", "Les 2 différences"):
        assert words in page
    assert client.post(reverse("accounting:ledger_import_try", args=[row.pk])).url == row.get_absolute_url()
    client.post(reverse("accounting:ledger_import_apply", args=[row.pk]))
    page = text(client.get(row.get_absolute_url()))
    assert "Annuler la reprise" in page
    assert ImportedEntry.objects.earliest("pk").entry.reference in page
    assert client.get(columns).url == row.get_absolute_url()
    listed = reverse("accounting:ledger_import_differences", args=[row.pk])
    assert "Ajoutée" in text(client.get(listed))
    assert b"ZZ 2" in client.get(listed + "?export=csv").content
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert "Annuler la reprise" not in text(auditor.get(row.get_absolute_url()))
    undo = reverse("accounting:ledger_import_undo", args=[row.pk])
    assert auditor.post(undo, {"reason": "Non"}).status_code == 403
    assert client.get(undo).status_code == 200
    client.post(undo, {"reason": "Mauvais mois"})
    assert "Mauvais mois" in text(client.get(row.get_absolute_url()))
    bring(sheet(*FEES))
    last = LedgerImport.objects.latest("pk")
    client.post(reverse("accounting:ledger_import_discard", args=[last.pk]))
    last.refresh_from_db()
    assert last.state == LedgerImportState.DISCARDED


def test_lists_cost_the_same_for_one_row_and_for_many() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    client = client_of(accountant)

    def cost(row: LedgerImport) -> list[int]:
        costs = []
        for name, args in (
            ("ledger_import_list", []),
            ("ledger_source_list", []),
            ("ledger_import", [row.pk]),
            ("ledger_import_differences", [row.pk]),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(f"accounting:{name}", args=args)).status_code == 200
            costs.append(len(queries))
        return costs

    one = make_applied(make_source("Un"), sheet(*PREMIUM), actor=accountant)
    cost(one)
    few = cost(one)
    lines = [line.replace(";2;", f";{rank};") for rank in range(2, 12) for line in FEES]
    many = make_applied(make_source("Deux"), sheet(*PREMIUM, *lines), actor=accountant)
    make_brought(make_source("Trois"), sheet(*FEES), actor=accountant)
    assert cost(many) == few
