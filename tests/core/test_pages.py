"""Pages of the kernel: parameters and identity by date, the journal, files, jobs, refusals."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core import audit, documents, jobs, notices
from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.middleware import BodyMiddleware, status_of
from cae.core.models import Cooperative, Document, Job, JobState, Setting
from cae.core.parameters import PARAMETERS
from cae.core.views import documents as views_of_documents
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize(
    "name", ["core:setting_list", "core:cooperative", "core:journal", "core:document_list"]
)
@pytest.mark.parametrize(("kind", "status"), [(RoleKind.ADMINISTRATOR, 200), (RoleKind.ENTREPRENEUR, 403)])
def test_pages_of_the_house_are_for_who_watches_over_it(name: str, kind: str, status: int) -> None:
    make_cooperative()
    assert client_of(make_user(kind)).get(reverse(name)).status_code == status


def test_a_parameter_changes_from_a_date_with_its_reason() -> None:
    code = min(PARAMETERS)
    url = reverse("core:setting_detail", args=[code])
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    assert client.get(url).status_code == 200
    facts = {"value": PARAMETERS[code].default, "valid_from": "2026-12-01", "reason": "Vote de l’assemblée"}
    preview = client.post(url, facts)
    assert preview.status_code == 200
    assert "À partir du 01/12/2026" in preview.content.decode()
    assert not Setting.objects.exists(), "looking at the effect decides nothing"
    assert client.post(url, facts | {"do": "save"}).status_code == 302
    assert Setting.objects.get(code=code).reason == "Vote de l’assemblée"
    assert "Vote de l’assemblée" in client.get(url).content.decode()


def test_who_reads_a_parameter_may_still_not_change_it() -> None:
    code = min(PARAMETERS)
    facts = {"value": PARAMETERS[code].default, "valid_from": "2026-12-01", "reason": "x"}
    client = client_of(make_user(RoleKind.AUDITOR))
    assert client.post(reverse("core:setting_detail", args=[code]), facts).status_code == 403
    assert not Setting.objects.exists()
    assert client.get(reverse("core:setting_detail", args=["inconnu"])).status_code == 404


def test_a_parameter_without_reason_comes_back_with_what_was_typed() -> None:
    code = min(PARAMETERS)
    response = client_of(make_user(RoleKind.ADMINISTRATOR)).post(
        reverse("core:setting_detail", args=[code]), {"value": "valeur tapée", "valid_from": "2026-12-01"}
    )
    assert response.status_code == 422
    assert "valeur tapée" in response.content.decode()
    assert not Setting.objects.exists()


def test_a_new_identity_begins_on_its_date() -> None:
    make_cooperative()
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    url = reverse("core:cooperative")
    facts = {k: v for k, v in client.get(url).context["form"].initial.items() if v is not None}
    facts |= {"valid_from": "2027-01-01", "legal_name": "Nouveau nom", "reason": "Assemblée"}
    wrong = client.post(url, facts | {"siren": "123456789"})
    assert wrong.status_code == 422
    assert Cooperative.objects.count() == 1
    assert client.post(url, facts).status_code == 302
    assert Cooperative.objects.get(valid_from="2027-01-01").legal_name == "Nouveau nom"


def test_a_file_is_opened_by_the_right_of_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "RIGHT_BY_KIND", {"essai": "core.view_documents"})
    document: Document = documents.store_document(
        b"%PDF-essai",
        kind="essai",
        name="Relevé d’œuvre « 1 ».pdf",
        mime="application/pdf",
        about=make_cooperative(),
        actor=None,
        retention_until=timezone.localdate() + timedelta(days=1),
    )
    url = reverse("core:document", args=[document.pk])
    stranger = client_of(make_user(RoleKind.CANDIDATE))
    assert (
        stranger.get(url).status_code
        == stranger.get(reverse("core:document", args=[999_999])).status_code
        == 404
    )
    reader = client_of(make_user(RoleKind.AUDITOR))
    shown, saved = reader.get(url), reader.get(url + "?telecharger")
    name = f"filename*=utf-8''{quote(document.name)}"
    assert shown["Content-Disposition"] == f"inline; {name}"
    assert saved["Content-Disposition"] == f"attachment; {name}"
    assert saved.content == b"%PDF-essai"
    assert saved["Cache-Control"] == "private, no-store"
    assert f'href="{url}"' in reader.get(reverse("core:document_list")).content.decode()
    monkeypatch.setattr(views_of_documents, "STREAMED_FROM", 8)
    long = reader.get(url)
    assert b"".join(long) == b"%PDF-essai"  # type: ignore[arg-type]
    assert (long["Content-Length"], long["Cache-Control"]) == ("10", "private, no-store")
    assert name in long["Content-Disposition"]
    monkeypatch.setattr(documents, "RIGHT_BY_KIND", {"essai": "core.change_settings"})
    listed = reader.get(reverse("core:document_list")).content.decode()
    assert document.name in listed
    assert url not in listed, "no link leads to a refusal"
    assert reader.get(url).status_code == 403


def test_a_job_page_asks_again_until_it_is_over() -> None:
    author = make_user(RoleKind.ACCOUNTANT)
    client = client_of(author)
    job = Job.objects.create(task="core.seal_audit", label="Essai", author=author, total=4, done=1)
    url = reverse("core:job_detail", args=[job.pk])
    assert "1 sur 4" in client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert client.post(reverse("core:job_cancel", args=[job.pk])).status_code == 302
    assert Job.objects.get().state == JobState.CANCELLED
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 286
    assert client.post(reverse("core:job_cancel", args=[job.pk])).status_code == 409
    assert client_of(make_user(RoleKind.ADMINISTRATOR)).get(url).status_code == 404, "a job is its author's"


def test_a_job_seen_to_its_end_is_no_longer_told_by_the_bell() -> None:
    author = make_user(RoleKind.ACCOUNTANT)
    job = Job.objects.create(task="core.seal_audit", label="Essai", author=author, total=1)
    jobs.run_job(job.pk, lambda progress: progress.each("a", lambda item: None))
    assert notices.unread_count(author) == 1
    assert "Terminé" in text(client_of(author).get(reverse("core:job_detail", args=[job.pk])))
    assert notices.unread_count(author) == 0


def test_one_s_jobs_are_listed_and_a_dead_one_can_be_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "run_later", lambda name, **arguments: None)
    author, other = make_user(RoleKind.ACCOUNTANT), make_user(RoleKind.ACCOUNTANT)
    job = Job.objects.create(
        task="core.seal_audit", label="Essai", author=author, total=4, done=1, state=JobState.RUNNING
    )
    assert "1 sur 4" in text(client_of(author).get(reverse("core:job_list")))
    assert "Aucun travail" in text(client_of(other).get(reverse("core:job_list")))
    url = reverse("core:job_resume", args=[job.pk])
    assert "n’avance plus" in text(client_of(author).get(reverse("core:job_detail", args=[job.pk])))
    assert client_of(other).post(url).status_code == 404
    assert client_of(author).post(url).status_code == 302
    assert client_of(author).post(url).status_code == 409, "asked a moment ago"


def test_only_failures_that_can_be_named_offer_another_try() -> None:
    author = make_user(RoleKind.ACCOUNTANT)
    failures = [{"label": "a", "reason": "x", "id": 1}, {"label": "b", "reason": "y", "id": None}]
    job = Job.objects.create(
        task="core.seal_audit", label="E", author=author, total=2, done=2, state="done", failures=failures
    )
    page = text(client_of(author).get(reverse("core:job_detail", args=[job.pk])))
    assert "2 éléments ont échoué" in page
    assert "Relancer celui en échec" in page


def test_a_refusal_has_the_status_that_says_the_same() -> None:
    said = {
        403: Forbidden("non"),
        409: IllegalMove("non"),
        410: Refused(Code.LINK_WITHDRAWN, "non"),
        422: Refused(Code.AMOUNT_INVALID, "non"),
        503: Refused(Code.CHECKER_UNAVAILABLE, "non"),
    }
    assert {status: status_of(refusal) for status, refusal in said.items()} == {
        status: status for status in said
    }


def test_an_unknown_page_says_so() -> None:
    response = Client().get("/nulle-part/")
    assert response.status_code == 404
    assert "<html" in response.content.decode()


def test_the_address_of_a_button_opened_as_a_link_says_so() -> None:
    """As after signing in again: the address that one was sending to comes back as a link."""
    response = client_of(make_user()).get(reverse("core:notices_read"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Elle fait suite à un bouton" in text(response)


def test_the_journal_speaks_people_s_words() -> None:
    about, actor = make_cooperative(), make_user(RoleKind.ADMINISTRATOR)
    audit.record(
        actor,
        "core.setting.set",
        about,
        detail={"from": "2026-12-01", "accepted": True, "before": {"nom": "A"}},
    )
    page = text(client_of(actor).get(reverse("core:journal")))
    assert "Paramètre décidé" in page
    for words in ("à partir du : 01/12/2026", "accepté : oui", "avant : nom A"):
        assert words in page


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/d/inconnu/question/", "/importer/invoicing.customers/"]
)
def test_a_body_that_no_page_takes_is_refused_before_it_is_kept(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends it: an upload is written on the disk of the server before any view is asked."""
    monkeypatch.setattr(BodyMiddleware, "MOST", 100_000)
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", None)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.new_file", None)
    sent = SimpleUploadedFile("gros.bin", b"0" * 100_001)
    answer = Client().post(path, {"file": sent})
    assert answer.status_code == 413
    assert "trop gros" in text(answer)
    for length in ("9" * 30, "beaucoup", "-1"):
        assert Client().post(path, b"x", content_type="text/plain", CONTENT_LENGTH=length).status_code == 413
