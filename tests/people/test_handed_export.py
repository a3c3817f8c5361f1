"""The file of somebody without account: made by the officer, handed out once, logged (PEO-15, PEO-39)."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document, Job
from people.models import DataRequest, Person, SensitiveReading, User
from people.selectors.data_requests import file_to_hand
from people.services.accounts import close_account
from people.services.data_requests import receive_data_request
from people.services.erasing import erase_person
from people.services.handed_export import ask_file, hand_file
from people.services.own_export import EXPORT_KIND, KEPT_FOR, ask_export, forget_exports, make_export
from people.states import RoleKind
from people.states.data_requests import HANDED_KIND
from tests.factories.own_data import make_officer, protect
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def officer() -> User:
    return make_officer()


def asked(person: Person | None, officer: User, **more: Any) -> DataRequest:
    today = timezone.localdate()
    facts: dict[str, Any] = {"kind": "access", "text": "Tout", "received_on": today, "asker": "Une lettre"}
    return receive_data_request(person=person, actor=officer, on=today, **facts | more)


def test_it_is_made_handed_out_once_and_logged(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    person = protect(make_person(last_name="Delmas"))
    row = asked(person, officer)
    client, page = client_of(officer), reverse("people:data_file", args=[row.pk])
    detail = row.get_absolute_url()
    assert "Faire le fichier" in client.get(detail).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"do": "make"}).status_code == 302
    job = Job.objects.get()
    assert (job.state, job.result) == ("done", None)
    document = file_to_hand(row)
    assert document is not None
    assert SensitiveReading.objects.filter(person=person, purpose="request", reader=officer).exists()
    # Never by its own address, whoever asks.
    assert client.get(reverse("core:document", args=[document.pk])).status_code in (403, 404)
    with pytest.raises(Refused) as again:
        ask_file(row, actor=officer)
    assert again.value.code == Code.ALREADY_DONE
    answer = client.post(page, {"do": "hand"})
    with ZipFile(BytesIO(answer.content)) as archive:
        assert "Delmas" in archive.read("mes-donnees.html").decode()
    assert not Document.objects.filter(pk=document.pk).exists()
    entry = AuditEntry.objects.get(verb="people.data_request.hand")
    assert (entry.actor, entry.detail["seal"]) == (officer, document.sha256)
    assert client.post(page, {"do": "hand"}).status_code == 302
    with pytest.raises(Refused):
        hand_file(row, actor=officer)
    assert AuditEntry.objects.filter(verb="people.data_request.hand").count() == 1


@pytest.mark.parametrize("why", ["account", "nobody", "kind", "over"])
def test_what_no_file_answers_is_refused(why: str, officer: User) -> None:
    person = None if why == "nobody" else make_person()
    if why == "account":
        person = make_user(RoleKind.ENTREPRENEUR).person
    row = asked(person, officer, kind="erasure" if why == "kind" else "access")
    if why == "over":
        DataRequest.objects.filter(pk=row.pk).update(
            state="answered", answer="Fait", answered_by=officer, answered_at=timezone.now()
        )
        row.refresh_from_db()
    with pytest.raises(Refused):
        ask_file(row, actor=officer)
    assert not Job.objects.exists()
    assert "Faire le fichier" not in client_of(officer).get(row.get_absolute_url()).content.decode()


def test_it_does_not_wait_for_ever_and_others_make_none(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    row = asked(make_person(), officer)
    page = reverse("people:data_file", args=[row.pk])
    for kind in (RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR, RoleKind.CO_MANAGER):
        assert client_of(make_user(kind)).post(page, {"do": "make"}).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        ask_file(row, actor=officer)
    today = timezone.localdate()
    assert forget_exports(on=today + KEPT_FOR) == 0
    assert file_to_hand(row) is not None
    assert forget_exports(on=today + KEPT_FOR * 2) == 1
    assert file_to_hand(row) is None


def test_an_erased_file_leaves_no_file_of_all_that_was_held(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Neither what was made before, nor what was being made."""
    user = make_user(last_name="Delmas")
    person, now, today = user.person, timezone.now(), timezone.localdate()
    assert person is not None
    with django_capture_on_commit_callbacks(execute=True):
        made = ask_export(user, actor=user)
    own = Job.objects.get(pk=made.pk).result
    assert own is not None
    late = ask_export(user, actor=user)
    close_account(user, reason="Départ", actor=officer, on=today)
    handed = asked(person, officer)
    with django_capture_on_commit_callbacks(execute=True):
        ask_file(handed, actor=officer)
    assert file_to_hand(handed) is not None
    erase_person(person, actor=officer, now=now, on=today)
    kinds = [EXPORT_KIND, HANDED_KIND]
    assert not Document.objects.filter(kind__in=kinds).exists()
    assert file_to_hand(handed) is None
    make_export(late.pk)
    assert not Document.objects.filter(kind__in=kinds).exists()
    late.refresh_from_db()
    assert "vient d’être effacée" in str(late.message) + str(late.failures)
