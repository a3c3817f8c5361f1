"""« Dossier de preuve »: each proof says what is so and lists what is not."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounting.models import Closing, Entry, ManualEntry
from accounting.permissions import PERMISSIONS
from accounting.selectors.audit import AUDIT_FILE, PROOFS, answers, proof_named, verdict
from accounting.selectors.audit_parts import Findings, Tone
from accounting.selectors.audit_words import shown
from accounting.services.controlling import control_books
from accounting.services.ledger_applying import undo_ledger
from accounting.services.manual import attach_piece, validate_manual
from accounting.services.periods import reopen_month
from accounting.services.reversals import reverse_by_hand
from accounting.states.periods import YEAR_START
from accounting.tasks import make_audit_file_now
from cae.core.documents import read_document
from cae.core.models import AuditEntry, Document, Job, JobState
from cae.core.periods import Month, Span
from cae.core.settings import set_setting
from people.states import RoleKind
from tests.factories.accounting_exports import made_fec, make_batch
from tests.factories.accounting_ledger import TODAY, close, make_manual, post
from tests.factories.accounting_ledger_imports import PREMIUM, make_applied, make_source, sheet
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
EMPTY = Span(date(2199, 1, 1), date(2199, 12, 31))


def found(code: str, span: Span = YEAR, most: int | None = None) -> Findings:
    proof = proof_named(code)
    assert proof is not None
    return proof.find(span, most)


def values(code: str) -> list[tuple[Any, ...]]:
    return [row.values for row in found(code).rows]


def validated(manual: ManualEntry | None = None) -> Entry:
    """An entry by hand, in the books."""
    row = manual or make_manual()
    entry: Entry = validate_manual(row, version=row.version, actor=None).entry
    return entry


def broken(query: str, *values: Any) -> None:
    """What the application never does: a hand in the tables."""
    with connection.cursor() as cursor:
        # What waits for the end of the transaction is judged before.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(query, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_numbers_that_lack_are_told_journal_by_journal() -> None:
    for _rank in range(6):
        post(date(2026, 3, 2))
    assert (found("numeros").tone, found("numeros").sentence) == (
        Tone.GOOD,
        "Aucun numéro ne manque, dans aucun journal.",
    )
    assert values("numeros") == [("OD Opérations diverses", 6, 1, 6, "—")]
    for numbers in ([3, 4], [1], [6]):
        broken(
            "DELETE FROM accounting_entryline WHERE entry_id IN"
            " (SELECT id FROM accounting_entry WHERE number = ANY(%s))",
            numbers,
        )
        broken("DELETE FROM accounting_entry WHERE number = ANY(%s)", numbers)
    lost = found("numeros")
    assert (lost.tone, lost.sentence) == (Tone.WRONG, "4 numéros manquent.")
    assert lost.rows[0].values[-1] == "1, 3 à 4, 6"
    broken("DELETE FROM accounting_entryline")
    broken("DELETE FROM accounting_entry")
    assert found("numeros", EMPTY).rows[0].values == ("OD Opérations diverses", 0, None, None, "1 à 6")


def test_the_last_control_and_the_certificates_are_told() -> None:
    assert (found("chaine").tone, found("chaine").count) == (Tone.WRONG, 0)
    assert found("clotures").sentence == "Aucun mois de cet exercice n’est clos."
    accountant = make_user(RoleKind.ACCOUNTANT)
    entry = post(date(2026, 3, 2))
    close("2026-03", actor=accountant)
    control_books(actor=accountant)
    assert (found("chaine").tone, found("chaine").count) == (Tone.GOOD, 1)
    certified = found("clotures")
    assert (certified.tone, certified.sentence) == (Tone.GOOD, "1 certificat de clôture, chaîne intacte.")
    (row,) = certified.rows
    assert row.values[2:6] == (1, entry.total, 1, entry.total)
    assert row.url == reverse("accounting:month_detail", args=["2026-03"])
    broken("UPDATE accounting_entry SET label = 'Autre'")
    broken("UPDATE accounting_closing SET perpetual_count = 2")
    control_books(actor=None)
    assert "anomalies à lire" in found("chaine").sentence
    assert found("clotures").sentence == "Clôtures : le certificat n° 1 a été modifié."
    assert verdict(answers(YEAR, 0)) == "À examiner d’abord : Chaîne des sceaux, Certificats de clôture."
    assert Closing.objects.count() == 1


def test_entries_without_a_piece_by_hand_or_reversing_are_listed() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    bare = validated()
    papers = make_manual()
    attach_piece(papers, b"%PDF-1.4 essai", name="facture.pdf", actor=accountant)
    kept = validated(papers)
    alone = post(date(2026, 11, 4))
    reversing = reverse_by_hand(alone, on=alone.on, reason="Erreur", actor=accountant, today=TODAY)
    sourced = post(date(2026, 11, 5), source=make_cooperative())
    computed = post(date(2026, 11, 6), journal="AN")
    listed = found("pieces")
    assert str(computed) not in {row.values[0] for row in listed.rows}
    assert {row.values[0] for row in listed.rows} == {str(bare), str(alone)}
    assert (listed.tone, listed.sentence) == (Tone.READ, "2 écritures sont sans pièce jointe.")
    assert listed.rows[0].url in (bare.get_absolute_url(), alone.get_absolute_url())
    natures = {row.values[0]: row.values[3] for row in found("saisies").rows}
    assert natures == {
        str(bare): "À la main",
        str(kept): "À la main",
        str(reversing): f"Contre-passe {alone}",
    }
    assert found("saisies").sentence == "Écritures à la main : 2 ; contre-passations : 1."
    assert str(sourced) not in natures
    few = found("pieces", most=1)
    assert (len(few.rows), few.count, few.more) == (1, 2, 1)
    assert (found("pieces", EMPTY).tone, found("saisies", EMPTY).tone) == (Tone.GOOD, Tone.GOOD)


def test_what_people_did_around_the_books_is_told() -> None:
    for code in ("reouvertures", "reglages", "exports", "reprises", "droits"):
        assert (found(code, EMPTY).tone, found(code, EMPTY).count) == (Tone.GOOD, 0)
    accountant = make_user(RoleKind.ACCOUNTANT)
    make_cooperative()
    today = timezone.localdate()
    year = Span(date(today.year, 1, 1), date(today.year, 12, 31))
    set_setting(YEAR_START, value="2", valid_from=date(2030, 1, 1), actor=accountant, reason="Essai")
    source = make_source()
    first = make_applied(source, sheet(*PREMIUM), actor=accountant)
    undo_ledger(first, reason="Mauvais mois", actor=accountant)
    close("2026-03", actor=accountant)
    reopen_month(Month(2026, 3), reason="Facture oubliée", actor=accountant)
    assert [(row[1].lower(), row[3]) for row in values("reouvertures")] == [("mars 2026", "Facture oubliée")]
    assert found("reouvertures").sentence == "1 réouverture de mois."
    made_fec(actor=accountant)
    make_batch(actor=accountant)
    assert [row[0] for row in values("exports")] == ["FEC n° 1", "Lot d’export n° 1"]
    assert found("exports").sentence == "2 fichiers sortis, sans défaut."
    broken("UPDATE accounting_fecexport SET fault_count = 1, faults = '[{}]'")
    assert (found("exports").tone, found("exports").sentence) == (Tone.WRONG, "1 FEC a des défauts.")
    (brought,) = values("reprises")
    assert (brought[1], brought[4], brought[6], brought[7]) == (
        "Cabinet Durand",
        "Annulée",
        first.sha256,
        "Mauvais mois",
    )
    settings = {row.values[1]: row.values[2:] for row in found("reglages", year).rows}
    assert settings["Premier mois de l’exercice comptable"][0] == "2"
    assert settings["Premier mois de l’exercice comptable"][3] == "Essai"
    for verb in ("accounting.change_account", "accounting.create_levy"):
        AuditEntry.objects.create(verb=verb, about_type="x", about_id="1", about_label="627")
    told = {row.values[1] for row in found("reglages", year).rows}
    assert {"Compte du plan modifié", "Prélèvement propre ajouté"} <= told
    assert str(accountant.person) in {row.values[0] for row in found("droits", year).rows}


def test_an_auditor_reads_each_proof_and_takes_it_away() -> None:
    validated()
    auditor = client_of(make_user(RoleKind.AUDITOR))
    home = reverse("accounting:audit_home")
    page = text(auditor.get(home + "?exercice=2026-01"))
    for proof in PROOFS:
        assert str(proof.label) in page
        url = reverse("accounting:audit_proof", args=[proof.code]) + "?exercice=2026-01"
        assert str(proof.why) in text(auditor.get(url))
        assert auditor.get(url + "&export=csv").status_code == 200
    assert "Produire le dossier" not in page
    assert auditor.post(reverse("accounting:audit_make"), {"exercice": "2026-01"}).status_code == 403
    pieces = reverse("accounting:audit_proof", args=["pieces"])
    sheet_of_pieces = auditor.get(pieces + "?exercice=2026-01&export=csv").content.decode()
    assert "Frais" in sheet_of_pieces
    assert auditor.get(pieces + "?exercice=2026-01&export=xlsx").content.startswith(b"PK")
    assert auditor.get(reverse("accounting:audit_proof", args=["rien"])).status_code == 404
    assert auditor.get(home + "?exercice=hier").status_code == 404
    stranger = client_of(make_user(RoleKind.ADVISOR))
    assert (stranger.get(home).status_code, stranger.get(pieces).status_code) == (403, 403)
    right = PERMISSIONS["accounting.make_audit_file"]
    assert [right.test(make_user(kind)) for kind in (RoleKind.CO_MANAGER, RoleKind.AUDITOR)] == [True, False]


def test_pages_cost_the_same_for_one_entry_and_for_thirty() -> None:
    auditor = client_of(make_user(RoleKind.AUDITOR))
    url = reverse("accounting:audit_proof", args=["saisies"]) + "?exercice=2026-01"
    validated()
    auditor.get(url)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert auditor.get(url).status_code == 200
        return len(queries)

    one = cost()
    for _rank in range(5):
        validated()
    assert cost() == one


@pytest.mark.parametrize("proof", ["chaine", "clotures"])
def test_who_controlled_or_closed_is_named_at_no_cost(proof: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            found(proof)
        return len(queries)

    post(date(2026, 1, 5))
    found(proof)
    costs = []
    for month in ("2026-01", "2026-02", "2026-03"):
        actor = make_user(RoleKind.ACCOUNTANT)
        close(month, actor=actor)
        control_books(actor=actor)
        costs.append(cost())
    assert len(set(costs)) == 1


def test_the_file_of_a_year_is_drawn_by_a_job_and_kept() -> None:
    make_cooperative()
    accountant = make_user(RoleKind.ACCOUNTANT)
    client = client_of(accountant)
    validated()
    answer = client.post(reverse("accounting:audit_make"), {"exercice": "2026-01"})
    job = Job.objects.get()
    assert answer.url == reverse("core:job_detail", args=[job.pk])
    if job.state != JobState.DONE:
        make_audit_file_now(job.pk)
    document = Document.objects.get(kind=AUDIT_FILE)
    assert (document.name, document.retention_until) == (
        "dossier-de-preuve-2026-01-01-2026-12-31.pdf",
        date(2036, 12, 31),
    )
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(read_document(document))).pages)
    for words in ("Dossier de preuve", "Numéros manquants", "Droits donnés", str(Entry.objects.get())):
        assert words in printed
    page = text(client.get(reverse("accounting:audit_home") + "?exercice=2026-01"))
    assert "Dossiers produits" in page
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert auditor.get(reverse("core:document", args=[document.pk])).status_code == 200


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (1234, "1\u202f234"),
        (date(2026, 3, 1), "01/03/2026"),
        ("mot", "mot"),
    ],
)
def test_values_are_said_as_pages_say_them(value: Any, words: str) -> None:
    assert shown(value) == words
