"""One file holds a cooperative and brings it back: books, rows and documents compared one by one."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from cae.core.backup import archive, database, saving
from cae.core.backup.archive import FILES, BackupError, Manifest
from cae.core.models import Document
from cae.embedded.slots import ROOT
from invoicing.models import Invoice
from tests.embedded.conftest import wait_for
from tests.factories.invoicing import credit, issue, issued, pay, stored
from tests.hosting.buckets import fake_bucket
from tests.hosting.places import BALANCE, Place, ask, empty_place, rows_of

# What restoring itself writes: the control of the books, and its trace.
WRITTEN_BY_RESTORING = {"accounting_bookscontrol", "core_auditentry"}

committed = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return tmp_path / "documents"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with empty_place(tmp_path) as made:
        yield made


def here() -> str:
    known = connection.settings_dict
    return make_conninfo("", dbname=known["NAME"], user=known["USER"], host=known["HOST"])


def save(target: Path) -> Manifest:
    return saving.save_backup(target, say=lambda _word: None)


def a_cooperative() -> None:
    """Books of every kind: issued, paid, credited, with their PDF."""
    first = issued()
    pay(first, "100.00")
    issue(credit(issued(first.activity)), on=first.issued_on)
    stored()
    connection.close()


@committed
def test_everything_comes_back_in_an_empty_place(place: Place, tmp_path: Path) -> None:
    a_cooperative()
    target = tmp_path / "coop.tar.gz"
    manifest = save(target)
    assert (manifest.damaged, target.stat().st_mode & 0o777) == ([], 0o600)
    saved = rows_of(here())

    restored = place.manage("restore", str(target))
    assert restored.returncode == 0, restored.stderr
    assert "Livres intacts : 4 écritures contrôlées." in restored.stdout
    assert "SECRET_KEY is another one here" in restored.stdout
    found = rows_of(place.address)
    assert found.keys() == saved.keys()
    changed = {name for name in saved if found[name] != saved[name]}
    assert changed <= WRITTEN_BY_RESTORING
    assert place.ask(BALANCE) == ask(here(), BALANCE) != []
    kept = dict(Document.objects.values_list("file", "sha256"))
    assert len(kept) == Invoice.objects.count() + 1
    assert place.hashes() == kept


@committed
@pytest.mark.full
def test_a_place_is_replaced_or_moved_to_a_bucket_only_when_told(place: Place, tmp_path: Path) -> None:
    stored()
    connection.close()
    target = tmp_path / "coop.tar.gz"
    save(target)
    kept = dict(Document.objects.values_list("file", "sha256"))
    assert place.manage("restore", str(target)).returncode == 0
    found = rows_of(place.address)
    refused = place.manage("restore", str(target))
    assert refused.returncode == 1
    assert "This place is not empty (0 accounts, 1 documents)" in refused.stderr
    assert rows_of(place.address) == found

    name = next(iter(kept))
    (place.files / name).write_bytes(b"another cooperative's")
    (place.files / "stranger.pdf").write_bytes(b"stranger")
    with fake_bucket() as bucket:
        moved = place.manage("restore", "--yes", str(target), FILES_URL=bucket.url)
        assert moved.returncode == 0, moved.stderr
        in_bucket = {
            path.removeprefix("fichiers/"): hashlib.sha256(content).hexdigest()
            for path, content in bucket.objects.items()
        }
    assert in_bucket == kept
    replaced = place.manage("restore", "--yes", str(target))
    assert replaced.returncode == 0, replaced.stderr
    assert place.hashes() == kept


@committed
def test_a_place_in_use_is_refused_and_so_is_an_archive_whose_database_breaks(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored()
    target, broken = tmp_path / "coop.tar.gz", tmp_path / "broken.tar.gz"
    save(target)
    whole = database.dump

    def dump_badly(moment: str, sql: Path) -> None:
        whole(moment, sql)
        with sql.open("a") as script:
            script.write("SELECT 1 / 0;\n")

    monkeypatch.setattr(database, "dump", dump_badly)
    save(broken)
    assert place.manage("restore", str(target)).returncode == 0
    before, files = rows_of(place.address), place.hashes()
    failed = place.manage("restore", "--yes", str(broken))
    assert failed.returncode == 1
    assert "could not be restored, and is as it was" in failed.stderr
    assert "division by zero" in failed.stderr
    assert (rows_of(place.address), place.hashes()) == (before, files)
    with psycopg.connect(place.address):
        refused = place.manage("restore", "--yes", str(target))
    assert refused.returncode == 1
    assert "1 other connection(s) use this database" in refused.stderr
    assert (rows_of(place.address), place.hashes()) == (before, files)


@committed
def test_what_is_written_meanwhile_belongs_to_the_next_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stored()
    whole = database.dump

    def dump_while_somebody_works(moment: str, sql: Path) -> None:
        worker = threading.Thread(target=lambda: (stored(), connection.close()))
        worker.start()
        worker.join()
        whole(moment, sql)

    monkeypatch.setattr(database, "dump", dump_while_somebody_works)
    target = tmp_path / "coop.tar.gz"
    manifest = save(target)
    assert Document.objects.count() == 2
    assert manifest.tables["core_document"]["rows"] == 1
    assert [part for part in manifest.parts if part.startswith(FILES)] == [FILES + first.file.name]
    assert archive.verified(target) == manifest


@committed
def test_a_stored_file_that_is_lost_or_changed_is_said_and_the_rest_is_saved(
    own_files: Path, tmp_path: Path
) -> None:
    lost, changed, sound = stored(), stored(), stored()
    (own_files / lost.file.name).unlink()
    (own_files / changed.file.name).write_bytes(b"other")
    target = tmp_path / "coop.tar.gz"
    with pytest.raises(CommandError, match=r"2 stored file\(s\) are missing or changed"):
        call_command("backup", str(target), stdout=StringIO())
    manifest = archive.verified(target)
    assert manifest.damaged == [lost.file.name, changed.file.name]
    assert FILES + sound.file.name in manifest.parts


@committed
def test_a_backup_that_is_killed_or_fails_leaves_no_file_under_its_name(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools, target = tmp_path / "tools", tmp_path / "backups" / "coop.tar.gz"
    tools.mkdir()
    target.parent.mkdir()
    slow = tools / "pg_dump"
    slow.write_text("#!/bin/sh\necho begun\nexec sleep 60\n")
    slow.chmod(0o755)
    running = subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(target)],
        cwd=ROOT,
        env=place.environment | {"DATABASE_URL": here(), "ALVEOLE_PG_BIN": str(tools)},
        start_new_session=True,
    )
    wait_for(lambda: [path for path in target.parent.rglob("*.sql") if path.stat().st_size])
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not target.exists()

    slow.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    monkeypatch.setenv("ALVEOLE_PG_BIN", str(tools))
    with pytest.raises(BackupError, match=r"could not be saved: server version mismatch"):
        save(target)
    assert not target.exists()
    monkeypatch.delenv("ALVEOLE_PG_BIN")
    save(target)
    assert archive.verified(target)
    with pytest.raises(BackupError, match="already exists"):
        save(target)
