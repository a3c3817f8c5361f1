"""Pages of FEC and exports: who opens what, what is asked for, what the checker says of a file from afar."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.calculations.fec.shape import header
from accounting.models import ExportBatch, FecExport
from accounting.services import fec_checking
from accounting.services.exporting import export_entries
from accounting.services.fec_making import make_fec
from accounting.tasks import export_entries_now, make_fec_now
from cae.core.models import Document, Job
from cae.core.periods import Span
from people.models import User
from people.states import RoleKind
from tests.accounting.exports.test_fec_check import REVENUE, SALE, line
from tests.factories.accounting_exports import choice
from tests.factories.accounting_ledger import post
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
TYPED = {
    "starts_on": "2026-03-01",
    "ends_on": "2026-03-31",
    "journals": ["OD", "VE"],
    "format": "csv",
    "is_grouped": "on",
}


@pytest.fixture
def accountant(client: Client) -> User:
    make_cooperative()
    user = make_user(RoleKind.ACCOUNTANT)
    client.force_login(user)
    return user


def brought(*lines: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("fec.txt", header() + b"".join(lines), "text/plain")


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_fec_is_asked_for_read_and_taken_away(client: Client, accountant: User) -> None:
    post(date(2025, 12, 31))
    post(date(2026, 3, 2))
    page = client.get(reverse("accounting:fec_list")).content.decode()
    assert page.count("Produire le FEC</button>") == 2
    answer = client.post(reverse("accounting:fec_make"), {"exercice": "2026-01"})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("core:job_detail", args=[job.pk])
    make_fec_now(job.pk)
    export = FecExport.objects.get()
    page = client.get(export.get_absolute_url()).content.decode()
    for words in (
        "Fichier provisoire",
        "Aucun défaut",
        "soldes de la veille",
        "-analytique.txt",
        "-notice.txt",
    ):
        assert words in page
    assert client.get(reverse("accounting:fec_list")).content.decode().count(str(export)) >= 1
    assert client.post(reverse("accounting:fec_make"), {"exercice": "hier"}).status_code == 404
    answer = client.post(reverse("accounting:fec_make"), {"exercice": "2021-01"}, follow=True)
    assert "il n’y a pas de FEC à produire" in answer.content.decode()


def test_what_the_checker_found_is_said_line_by_line(client: Client, accountant: User) -> None:
    faults = [
        {"kind": "date", "line": rank, "column": "PieceDate", "what": "hier", "gap": "0"}
        for rank in range(2, 102)
    ]
    export = FecExport.objects.create(
        number=1,
        starts_on=YEAR.starts_on,
        ends_on=YEAR.ends_on,
        is_provisional=False,
        reads_openings=False,
        line_count=200,
        debit=1,
        credit=1,
        sha256="0" * 64,
        faults=faults,
        fault_count=103,
    )
    page = client.get(export.get_absolute_url()).content.decode()
    assert "Ligne 2, colonne PieceDate : « hier » n’est pas une date" in page
    assert "Voir les 80 autres défauts" in page
    assert "3 défauts de plus sont comptés" in page
    assert "103 défauts" in page


def test_a_file_broken_at_line_40_000_says_which_line_and_column(client: Client, accountant: User) -> None:
    """Streamed, told, forgotten: nothing of somebody else's books stays."""
    rows = []
    for number in range(1, 20_001):
        day = {"EcritureNum": str(number)}
        rows += [line(SALE | day), line(REVENUE | day)]
    # The names are line 1.
    rows[40_000 - 2] = line(SALE | {"EcritureNum": "20000", "CompteNum": "client"})
    address = reverse("accounting:fec_check")
    typed = {"charset": "iso8859-15", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    answer = client.post(address, {"file": brought(*rows), **typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Ligne 40\u202f000, colonne CompteNum : « client » ne commence pas par trois chiffres." in page
    assert not Document.objects.exists()
    assert not FecExport.objects.exists()
    assert client.get(address).status_code == 200


def test_a_file_is_refused_above_its_bound_and_days_must_follow(
    client: Client, accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("accounting:fec_check")
    answer = client.post(
        address,
        {
            "file": brought(),
            "charset": "utf-8-sig",
            "starts_on": "2026-12-31",
            "ends_on": "2026-01-01",
        },
    )
    assert answer.status_code == 422
    assert "Le dernier jour précède le premier." in answer.content.decode()
    monkeypatch.setattr(fec_checking, "MOST_MEGABYTES", 0)
    answer = client.post(address, {"file": brought(), "charset": "utf-8-sig"})
    assert answer.status_code == 422
    assert "Ce fichier dépasse 0 Mo" in answer.content.decode()


def test_a_batch_is_looked_at_sent_and_undone(client: Client, accountant: User) -> None:
    post(date(2026, 3, 2), "9.90")
    address = reverse("accounting:export_add")
    assert "Ce qui partirait" not in client.get(address).content.decode()
    page = client.get(address, TYPED).content.decode()
    assert "1 écriture. Premières lignes du fichier" in page
    assert "OD;1;02/03/2026;" in page
    assert '<input type="hidden" name="journals" value="VE">' in page
    assert not ExportBatch.objects.exists()

    answer = client.post(address, TYPED)
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("core:job_detail", args=[job.pk])
    export_entries_now(job.pk)
    batch = ExportBatch.objects.get()
    assert (batch.is_grouped, batch.journals) == (True, ["OD", "VE"])
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "regroupé" in page
    answer = client.get(address, TYPED)
    assert answer.status_code == 422
    assert "rien qui ne soit déjà exporté" in answer.content.decode()
    assert client.post(address, TYPED).status_code == 422
    assert client.get(address, TYPED | {"ends_on": "2026-02-01"}).status_code == 422

    undo = reverse("accounting:export_undo", args=[batch.pk])
    assert undo in page
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo, {"reason": "Mauvais dossier"}).headers["Location"] == batch.get_absolute_url()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Mauvais dossier" in page
    assert undo not in page
    page = client.get(address, TYPED | {"format": "fec", "is_grouped": ""}).content.decode()
    assert "dans ses 18 colonnes" in page


def test_lists_ask_as_much_of_one_row_as_of_thirty(client: Client, accountant: User) -> None:
    def made() -> None:
        day = date(2026, 3, 2)
        post(day)
        make_fec(YEAR, actor=accountant)
        export_entries(choice(), actor=accountant)

    made()
    addresses = [reverse("accounting:fec_list"), reverse("accounting:export_list")]
    before = [queries(client, one) for one in addresses]
    for _rank in range(5):
        made()
    assert [queries(client, one) for one in addresses] == before
    shown = {"export": "csv", "format": "csv"}
    for address, none in zip(addresses, ({"defauts": "true"}, {"defait": "true"}), strict=True):
        assert len(client.get(address, shown).content.splitlines()) == 7
        assert len(client.get(address, shown | none).content.splitlines()) == 1


@pytest.mark.parametrize(
    ("role", "reads"),
    [(RoleKind.AUDITOR, True), (RoleKind.CO_MANAGER, True), (RoleKind.ADVISOR, False)],
)
def test_who_reads_the_books_opens_them_and_the_accountant_alone_makes_them(
    client: Client, role: RoleKind, reads: bool
) -> None:
    make_cooperative()
    post(date(2026, 3, 2))
    export, batch = make_fec(YEAR, actor=None), export_entries(choice(), actor=None)
    client.force_login(make_user(role))
    for address in (
        reverse("accounting:fec_list"),
        reverse("accounting:export_list"),
        reverse("accounting:fec_check"),
        export.get_absolute_url(),
        batch.get_absolute_url(),
    ):
        assert client.get(address).status_code == (200 if reads else 403)
    asked = client.post(reverse("accounting:fec_make"), {"exercice": "2026-01"})
    assert (asked.status_code, client.get(reverse("accounting:export_add")).status_code) == (403, 403)
    undo = reverse("accounting:export_undo", args=[batch.pk])
    assert client.post(undo, {"reason": "Essai"}).status_code == 403
    assert not Job.objects.exists()
    assert "Produire le FEC</button>" not in client.get(reverse("accounting:fec_list")).content.decode()
