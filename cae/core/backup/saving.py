"""Makes a backup: one moment of the database, then the files that its rows name."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cae.core.backup import database
from cae.core.backup.archive import DATABASE, FILES, BackupError, Manifest, Writer, writing
from cae.core.models import Document

Say = Callable[[str], object]
WORD_EVERY = 500


def version() -> str:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as project:
        return str(tomllib.load(project)["project"]["version"])


def key_mark() -> str:
    """Says whether two places have one SECRET_KEY, without telling it."""
    return salted_hmac("cae.core.backup", "key", algorithm="sha256").hexdigest()[:16]


def applied_migrations() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def _named_files() -> Iterator[tuple[str, str]]:
    """Every stored file that a row names, with the hash that the row keeps of it, if it does."""
    for document in Document.objects.order_by("pk").iterator():
        yield str(document.file.name), document.sha256
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField) and model is not Document:
                names = model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from ((str(name), "") for name in names.iterator() if name)


def _add_files(writer: Writer, say: Say) -> list[str]:
    """Does: copies the files. Gives the names of those that are missing or no longer what was stored."""
    damaged: list[str] = []
    count = 0
    for name, sha256 in _named_files():
        if FILES + name in writer.parts:
            continue
        try:
            with default_storage.open(name, "rb") as content:
                kept = writer.add(FILES + name, content, content.size)
        except FileNotFoundError:
            damaged.append(name)
            continue
        if sha256 and kept != sha256:
            damaged.append(name)
        count += 1
        if count % WORD_EVERY == 0:
            say(f"Files: {count}")
    say(f"Files: {count}")
    return damaged


def save_backup(target: Path, *, say: Say) -> Manifest:
    """Does: writes database, files and manifest into one archive, which takes its name once it is whole.
    Refuses: a name already taken, a folder that is not there. Leaves behind: the archive, or nothing.

    Documents are only ever added, and their file is written before their row: files read after the moment
    of the database hold all that its rows name."""
    if target.exists():
        raise BackupError(f"{target} already exists: choose another name.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.")
    with tempfile.TemporaryDirectory(prefix=".alveole-backup-", dir=target.parent) as folder:
        draft, sql = Path(folder) / "archive", Path(folder) / DATABASE
        with database.snapshot() as moment, writing(draft) as writer:
            say("Database…")
            database.dump(moment, sql)
            size = sql.stat().st_size
            say(f"Database: {size / 1_000_000:.1f} MB")
            with sql.open("rb") as content:
                writer.add(DATABASE, content, size)
            sql.unlink()
            damaged = _add_files(writer, say)
            manifest = Manifest(
                version=version(),
                made_at=timezone.now().isoformat(timespec="seconds"),
                migrations=applied_migrations(),
                tables=database.tables(),
                key=key_mark(),
                damaged=damaged,
                parts=dict(writer.parts),
            )
            writer.finish(manifest)
        with draft.open("rb") as whole:
            os.fsync(whole.fileno())
        draft.rename(target)
    return manifest
