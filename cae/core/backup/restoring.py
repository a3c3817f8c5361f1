"""Restores a backup: proves the archive first, then brings files and database in, then proves the books."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from cae.celery import app
from cae.core.backup import database
from cae.core.backup.archive import DATABASE, FILES, PIECE, BackupError, Manifest, parts, verified
from cae.core.backup.saving import key_mark

Say = Callable[[str], object]
IN_MEMORY = 8 * 1024 * 1024


def _stored_names(folder: str = "") -> Iterator[str]:
    """Every file of the store, whatever holds it."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in names if name)
    for inner in folders:
        yield from _stored_names(prefix + inner)


def _refuse_another_version(manifest: Manifest) -> None:
    known = {".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"This backup was made by another, newer Alvéole ({manifest.version}: {newer[0]}): "
            "install that version, restore, then upgrade."
        )
    if known - set(manifest.migrations):
        return  # an older one: migrations bring it here
    for table, columns in database.expected_columns().items():
        if columns != manifest.tables.get(table, {}).get("columns"):
            raise BackupError(
                f"This backup was made between two releases: its table {table} is another. "
                f"Restore it with the very version that made it ({manifest.version})."
            )


def _refuse_a_place_in_use(*, replace: bool) -> None:
    if others := database.others_connected():
        raise BackupError(
            f"{others} other connection(s) use this database: "
            "stop web, worker and beat (or ./alveole run) first."
        )
    users, documents = database.people_and_documents()
    files = next(_stored_names(), None)
    if (users or documents or files) and not replace:
        raise BackupError(
            f"This place is not empty ({users} accounts, {documents} documents): "
            "save it first, then add --yes to replace all of it."
        )


def _same(name: str, sha256: str) -> bool:
    found = hashlib.sha256()
    with default_storage.open(name, "rb") as content:
        while piece := content.read(PIECE):
            found.update(piece)
    return found.hexdigest() == sha256


def _put(name: str, content: IO[bytes]) -> None:
    # A store may read a file twice, which a part of a compressed archive does not allow.
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        shutil.copyfileobj(content, copy)
        copy.seek(0)
        if (kept := default_storage.save(name, File(copy))) != name:
            default_storage.delete(kept)
            raise BackupError(f"The file {name} could not take its place.")


def _bring_files(path: Path, manifest: Manifest, say: Say) -> set[str]:
    """Does: adds the files that are not there. Gives those whose name is taken by another file."""
    taken: set[str] = set()
    count = 0
    for part, content in parts(path):
        name = part.removeprefix(FILES)
        if name == part:
            continue
        if not default_storage.exists(name):
            _put(name, content)
        elif not _same(name, manifest.parts[part]):
            taken.add(name)
        count += 1
    say(f"Files: {count}")
    return taken


def _overwrite(path: Path, names: set[str]) -> None:
    for part, content in parts(path):
        if (name := part.removeprefix(FILES)) in names:
            default_storage.delete(name)
            _put(name, content)


def _bring_database(path: Path, manifest: Manifest, say: Say) -> None:
    for part, content in parts(path):
        if part == DATABASE:
            database.load(content)
            break
    found, saved = database.tables(), manifest.tables
    if wrong := sorted(name for name in saved if found.get(name) != saved[name]):
        raise BackupError(f"The table {wrong[0]} does not hold what was saved.")
    say(f"Database: {len(saved)} tables, {sum(facts['rows'] for facts in saved.values())} rows")


def _forget_the_former_place() -> None:
    """Sessions, cached answers and waiting jobs speak of rows that are gone. The jobs that matter are rows
    too, and the periodic jobs take them up again."""
    try:
        cache.clear()
        app.control.purge()
    except (RedisError, OperationalError) as problem:
        raise BackupError(f"The queue does not answer, nothing was restored: {problem}") from problem


def restore_backup(path: Path, *, replace: bool, say: Say) -> Manifest:
    """Does: checks every hash, brings files and database in, migrates, empties cache and queue.
    Refuses: a damaged archive, a newer version, a place in use, a place that is not empty unless `replace`.
    Leaves behind: what the archive holds; after a refusal, the place as it was."""
    say("Checking the archive…")
    manifest = verified(path)
    _refuse_another_version(manifest)
    _refuse_a_place_in_use(replace=replace)
    _forget_the_former_place()
    taken = _bring_files(path, manifest, say)
    _bring_database(path, manifest, say)
    # Nothing of the former place was touched until its database had gone.
    _overwrite(path, taken)
    for name in list(_stored_names()):
        if FILES + name not in manifest.parts:
            default_storage.delete(name)
    call_command("migrate", verbosity=0, interactive=False)
    if manifest.key != key_mark():
        say("SECRET_KEY is another one here: second factors, personal links and sessions are void.")
    connection.close()
    return manifest
