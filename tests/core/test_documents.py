"""A stored file keeps its hash and its retention; a file changed on disk is never handed out."""

from datetime import date, timedelta
from hashlib import sha256
from tempfile import TemporaryFile

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from django.utils import timezone

from cae.core import documents
from cae.core.errors import Code, Refused
from cae.core.models import Document
from tests.factories.kernel import make_cooperative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "RIGHT_BY_KIND", {"essai": "test.open"})


def stored(until: date | None = None) -> Document:
    return documents.store_document(
        b"contenu",
        kind="essai",
        name="essai.txt",
        mime="text/plain",
        about=make_cooperative(),
        actor=None,
        retention_until=until or timezone.localdate() + timedelta(days=1),
    )


def test_a_file_comes_back_as_it_was() -> None:
    document = stored()
    assert documents.read_document(document) == b"contenu"
    assert (document.size, len(document.sha256)) == (7, 64)
    assert document.about_label == "Coopérative d’essai"


def test_a_file_of_many_blocks_is_kept_as_it_stands_on_the_disk() -> None:
    content = b"0123456789" * 20_000
    with TemporaryFile() as held:
        held.write(content)
        document = documents.store_file(
            held,
            kind="essai",
            name="long.txt",
            mime="text/plain",
            about=make_cooperative(),
            actor=None,
            retention_until=date(2030, 1, 1),
        )
    assert (document.size, document.sha256) == (200_000, sha256(content).hexdigest())
    assert documents.read_document(document) == content


def test_a_changed_file_is_not_handed_out() -> None:
    document = stored()
    with document.file.open("wb") as handle:
        handle.write(b"autre")
    for read in (documents.read_document, documents.open_document):
        with pytest.raises(Refused) as refusal:
            read(document)
        assert refusal.value.code == Code.FILE_REFUSED


def test_a_kind_without_right_is_an_error() -> None:
    with pytest.raises(LookupError):
        documents.store_document(
            b"",
            kind="autre",
            name="a",
            mime="b",
            about=make_cooperative(),
            actor=None,
            retention_until=date(2030, 1, 1),
        )
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "sql",
    ["UPDATE core_document SET name = 'x'", "DELETE FROM core_document", "TRUNCATE core_document CASCADE"],
)
def test_raw_sql_can_neither_change_nor_delete_it_before_its_time(sql: str) -> None:
    document = stored()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Document.objects.get().name == document.name == "essai.txt"


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_its_last_day_ends_at_midnight_in_france_whatever_the_clock_of_the_connection(zone: str) -> None:
    """At any hour one of the two islands lives another day than France."""
    today = timezone.localdate()
    last_day, over = stored(until=today), stored(until=today - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
    with pytest.raises(Error), transaction.atomic():
        last_day.delete()
    over.delete()
    assert list(Document.objects.all()) == [last_day]
