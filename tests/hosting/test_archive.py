"""An archive is whole or refused, before anything is touched."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cae.core.backup import archive, database, restoring, saving
from cae.core.backup.archive import DATABASE, MANIFEST, Manifest, writing
from cae.core.models import Document
from tests.factories.invoicing import stored

pytestmark = pytest.mark.django_db


def manifest(**changes: Any) -> Manifest:
    facts: dict[str, Any] = {
        "version": "9.9",
        "made_at": "2026-01-31T03:00:00+00:00",
        "migrations": saving.applied_migrations(),
        "tables": database.tables(),
        "key": saving.key_mark(),
    }
    return Manifest(**facts | changes)


def write(path: Path, **changes: Any) -> Path:
    parts = {DATABASE: b"SELECT 1;\n" * 5000, "files/a.pdf": bytes(range(256)) * 400}
    with writing(path) as writer:
        for name, content in parts.items():
            writer.add(name, io.BytesIO(content), len(content))
        writer.finish(manifest(**{"parts": dict(writer.parts)} | changes))
    return path


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The same archive, with some part changed or left out, as only a person could do it."""
    with tarfile.open(path) as whole:
        members = [(member, whole.extractfile(member).read()) for member in whole]  # type: ignore[union-attr]
    with tarfile.open(path, "w:gz") as tar:
        for member, content in members:
            if (changed := change(member.name, content)) is not None:
                member.size = len(changed)
                tar.addfile(member, io.BytesIO(changed))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-700])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def other_text(path: Path) -> None:
    path.write_text("not an archive at all")


def other_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(b"not a tar"))


def changed_database(path: Path) -> None:
    rewrite(path, lambda name, content: content.replace(b"1", b"2") if name == DATABASE else content)


def lost_file(path: Path) -> None:
    rewrite(path, lambda name, content: None if name == "files/a.pdf" else content)


def lost_manifest(path: Path) -> None:
    rewrite(path, lambda name, content: None if name == MANIFEST else content)


def lost_database(path: Path) -> None:
    def change(name: str, content: bytes) -> bytes | None:
        if name == MANIFEST:
            facts = json.loads(content)
            del facts["parts"][DATABASE]
            return json.dumps(facts).encode()
        return None if name == DATABASE else content

    rewrite(path, change)


def empty_manifest(path: Path) -> None:
    rewrite(path, lambda name, content: b"{}" if name == MANIFEST else content)


def missing(path: Path) -> None:
    path.unlink()


DAMAGES = (
    cut, cut_short, spoil, other_text, other_gzip, changed_database, lost_file, lost_manifest,
    lost_database, empty_manifest, missing,
)  # fmt: skip


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Whatever would touch the place is a failure of the test."""
    settings.MEDIA_ROOT = tmp_path / "documents"

    def touch(*_words: Any, **_more: Any) -> None:
        pytest.fail("the place was touched")

    monkeypatch.setattr(database, "load", touch)
    monkeypatch.setattr(restoring, "_put", touch)
    monkeypatch.setattr(restoring, "_forget_the_former_place", touch)


def restore(path: Path, *words: str) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(path), *words, stdout=io.StringIO())
    return str(refusal.value)


def test_a_whole_archive_is_whole(tmp_path: Path) -> None:
    found = archive.verified(write(tmp_path / "coop.tar.gz"))
    assert found == manifest(parts=found.parts)
    assert list(found.parts) == [DATABASE, "files/a.pdf"]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_archive_restores_nothing(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    document = stored()
    path = write(tmp_path / "coop.tar.gz")
    damage(path)
    sentence = restore(path, "--yes")
    assert str(path) in sentence
    assert "\n" not in sentence
    assert document.file.storage.exists(document.file.name)
    assert Document.objects.count() == 1


def test_a_newer_format_or_a_newer_version_is_said(tmp_path: Path) -> None:
    assert "newer Alvéole (9.9)" in restore(write(tmp_path / "a.tar.gz", format=2))
    newer = [*saving.applied_migrations(), "invoicing.0042_robots"]
    assert "newer Alvéole (9.9: invoicing.0042_robots)" in restore(
        write(tmp_path / "b.tar.gz", migrations=newer)
    )


def test_tables_of_the_same_migrations_that_differ_are_said(tmp_path: Path) -> None:
    tables = database.tables()
    tables["core_document"] = {"columns": ["id"], "rows": 0}
    sentence = restore(write(tmp_path / "a.tar.gz", tables=tables))
    assert "its table core_document is another" in sentence


def test_a_place_with_documents_is_replaced_only_when_told(tmp_path: Path) -> None:
    stored()
    sentence = restore(write(tmp_path / "a.tar.gz"))
    assert "This place is not empty (0 accounts, 1 documents)" in sentence
