"""Files kept in a bucket are those of a folder: same hash, no overwriting, no address, a clear refusal."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from botocore.exceptions import ClientError
from django.test import Client
from django.urls import reverse

from cae.core import documents
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.settings import env
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.hosting.buckets import FakeBucket, fake_bucket

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBucket]:
    with fake_bucket() as made:
        monkeypatch.setattr(env, "FILES_URL", made.url)
        settings.STORAGES = settings.STORAGES | {"default": env.files()}
        monkeypatch.setattr(documents, "RIGHT_BY_KIND", {"essai": "test.open"})
        yield made


def stored(content: bytes = b"contenu", name: str = "facture né 1.pdf") -> Document:
    return documents.store_document(
        content,
        kind="essai",
        name=name,
        mime="application/pdf",
        about=make_cooperative(),
        actor=None,
        retention_until=date(2040, 1, 1),
    )


def test_a_file_goes_to_the_bucket_and_comes_back_as_it_was(bucket: FakeBucket) -> None:
    document = Document.objects.get(pk=stored(b"sealed").pk)
    assert bucket.objects == {f"fichiers/{document.file.name}": b"sealed"}
    assert documents.read_document(document) == b"sealed"


def test_two_files_of_one_name_stay_two_files(bucket: FakeBucket) -> None:
    first, second = stored(b"un"), stored(b"deux")
    assert len(bucket.objects) == 2
    assert (documents.read_document(first), documents.read_document(second)) == (b"un", b"deux")


def test_a_file_changed_in_the_bucket_is_not_handed_out(bucket: FakeBucket) -> None:
    document = stored()
    bucket.objects[f"fichiers/{document.file.name}"] = b"autre"
    with pytest.raises(Refused) as refusal:
        documents.read_document(Document.objects.get(pk=document.pk))
    assert refusal.value.code == Code.FILE_REFUSED


def test_a_file_has_no_address_and_the_bucket_answers_nobody_else(bucket: FakeBucket) -> None:
    document = stored()
    with pytest.raises(NotImplementedError):
        _ = document.file.url
    address = f"http://127.0.0.1:{bucket.server_port}/coop/fichiers/{quote(document.file.name)}"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address)
    assert bucket.unsigned == 1


@pytest.mark.usefixtures("demonstration")
def test_it_goes_out_by_the_page_that_asks_for_the_right(
    bucket: FakeBucket, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = stored(b"sealed")
    monkeypatch.setitem(documents.RIGHT_BY_KIND, "essai", "core.view_documents")
    address = reverse("core:document", args=[document.pk])
    client.force_login(make_user())
    assert client.get(address).status_code == 404
    client.force_login(make_user("auditor"))
    assert client.get(address).content == b"sealed"


def test_a_bucket_that_is_down_stores_no_row(bucket: FakeBucket) -> None:
    bucket.down = True
    with pytest.raises(ClientError):
        stored()
    assert not Document.objects.exists()
    assert not bucket.objects


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("s3://cle:secret@s3.exemple.fr/coop?region=fr-par", True),
        ("s3+http://cle:secret@objets:9000/coop/fichiers", True),
        ("s3://s3.exemple.fr/coop", False),
        ("s3://cle@s3.exemple.fr/coop", False),
        ("s3://cle:secret@s3.exemple.fr", False),
        ("https://cle:secret@s3.exemple.fr/coop", False),
    ],
)
def test_an_incomplete_address_is_known_at_the_start(
    monkeypatch: pytest.MonkeyPatch, url: str, whole: bool
) -> None:
    monkeypatch.setattr(env, "FILES_URL", url)
    assert env.bucket_is_whole() is whole
