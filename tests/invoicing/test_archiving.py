"""The PDF of an issued document: made once from frozen facts, kept with its hash, gathered in archives."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.models import Document, Job
from cae.core.permissions import can
from invoicing.models import Invoice
from invoicing.services import archiving
from invoicing.services.archiving import archive_pdf, archive_waiting
from invoicing.services.gathering import gather_pdfs, start_gathering
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def light(judges: Judges, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A page that costs nothing, save where the real one is the point."""
    if "real" not in request.keywords:
        monkeypatch.setattr(archiving, "facturx_pdf", lambda html, xml: b"%PDF " + xml)


def test_the_document_is_named_and_kept_ten_years() -> None:
    invoice = make.issued()
    document = archive_pdf(invoice.pk)
    assert document is not None
    assert (document.name, document.mime, document.kind) == (
        "F2026-0001.pdf",
        "application/pdf",
        "invoicing.invoice",
    )
    assert document.retention_until == date(2036, 12, 31)
    assert read_document(document).startswith(b"%PDF")
    invoice.refresh_from_db()
    assert invoice.pdf == document


def test_it_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = make.issued()
    first = archive_pdf(invoice.pk)
    monkeypatch.setattr(archiving, "facturx_pdf", None)
    assert archive_pdf(invoice.pk) == first
    assert Document.objects.count() == 1


def test_a_draft_has_none() -> None:
    assert archive_pdf(make.draft().pk) is None
    assert not Document.objects.exists()


def test_data_that_no_longer_give_the_sealed_xml_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = make.issued()
    monkeypatch.setattr(archiving, "build_xml", lambda facts: b"<other/>")
    with pytest.raises(Refused) as refusal:
        archive_pdf(invoice.pk)
    assert refusal.value.code == Code.FILE_REFUSED
    assert not Document.objects.exists()


def test_a_sweep_makes_what_a_dead_worker_left() -> None:
    owner = make_activity()
    for _ in range(3):
        make.issued(owner)
    make.draft(owner)
    assert (archive_waiting(), archive_waiting()) == (3, 0)
    assert not Invoice.objects.issued().filter(pdf__isnull=True).exists()


def test_the_pdf_opens_to_those_who_see_the_invoice() -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    document = archive_pdf(make.issued(make_activity(owner)).pk)
    stranger = make_activity(other := make_user(RoleKind.ENTREPRENEUR))
    assert stranger.pk
    assert can(owner, "invoicing.open_pdf", document)
    assert can(make_user(RoleKind.AUDITOR), "invoicing.open_pdf", document)
    assert not can(other, "invoicing.open_pdf", document)
    assert not can(make_user(RoleKind.WEBMASTER), "invoicing.open_pdf", document)
    assert can(owner, "invoicing.open_pdf")


def run(job: Job) -> Job:
    gather_pdfs(job.pk)
    return Job.objects.get(pk=job.pk)


def test_an_archive_of_chosen_documents() -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    activity = make_activity(owner)
    invoices = [make.issued(activity), make.issued(activity), make.draft(activity)]
    job = run(start_gathering(invoices, actor=owner))
    assert (job.state, job.done, job.total, job.failures) == ("done", 2, 2, [])
    archive = zipfile.ZipFile(BytesIO(read_document(job.result)))
    assert archive.namelist() == ["F2026-0001.pdf", "F2026-0002.pdf"]
    assert archive.testzip() is None
    assert can(owner, "invoicing.open_archive", job.result)
    assert not can(make_user(RoleKind.ACCOUNTANT), "invoicing.open_archive", job.result)


def test_a_file_that_was_changed_is_left_out_and_said() -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    activity = make_activity(owner)
    invoices = [make.issued(activity), make.issued(activity)]
    spoilt = archive_pdf(invoices[0].pk)
    assert spoilt is not None
    Path(spoilt.file.path).write_bytes(b"other")
    job = run(start_gathering(invoices, actor=owner))
    assert [failure["label"] for failure in job.failures] == ["F2026-0001"]
    assert zipfile.ZipFile(BytesIO(read_document(job.result))).namelist() == ["F2026-0002.pdf"]


def test_nothing_to_gather() -> None:
    with pytest.raises(Refused) as refusal:
        start_gathering([make.draft()], actor=make_user(RoleKind.ENTREPRENEUR))
    assert refusal.value.code == Code.EMPTY_DOCUMENT
    assert not Job.objects.exists()
