"""The file of a backup: a compressed tar of the database, the stored files, and last of all their manifest.

The manifest comes last: its presence says that everything before it was written.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
DATABASE = "database.sql"
FILES = "files/"
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
UNREADABLE = (tarfile.TarError, EOFError, zlib.error, OSError, UnicodeDecodeError)


class BackupError(Exception):
    """The backup or the restoring stops here; the message is one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Manifest:
    """What the archive holds, so that whoever restores it can prove that nothing is missing."""

    version: str
    made_at: str
    # "app.name" of each migration that the database had gone through.
    migrations: list[str]
    # table → its columns and its count of rows.
    tables: dict[str, dict[str, Any]]
    # Whether the same SECRET_KEY will read what this one locked; the key itself is not here.
    key: str
    # Documents whose file was missing or changed when the backup was made.
    damaged: list[str] = field(default_factory=list)
    # part → SHA-256, in the order of the archive.
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class _Hashed(io.RawIOBase):
    """Reads through to another file, and keeps the hash of what went by."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.hash.update(piece)
        return piece


class Writer:
    """Adds one part after the other, then the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        """Does: writes a part. Gives its SHA-256."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = _Hashed(source)
        self._tar.addfile(info, hashed)
        self.parts[name] = hashed.hash.hexdigest()
        return self.parts[name]

    def finish(self, manifest: Manifest) -> None:
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(text), len(text))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    path.touch(mode=0o600)
    with tarfile.open(path, "w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar)


def parts(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Gives each part, in the order of the archive; its content has to be read before the next is asked."""
    with tarfile.open(path, "r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content


def _read_manifest(path: Path, text: bytes) -> Manifest:
    try:
        found = json.loads(text)
        if found["format"] > FORMAT:
            raise BackupError(
                f"{path} was made by a newer Alvéole ({found['version']}): install that one first."
            )
        return Manifest(**found)
    except (ValueError, KeyError, TypeError) as problem:
        raise BackupError(f"The manifest of {path} cannot be read.") from problem


def _read_whole(path: Path) -> tuple[dict[str, str], bytes | None]:
    """Gives the hash of each part as it is, and the text of the manifest."""
    found: dict[str, str] = {}
    manifest: bytes | None = None
    for name, content in parts(path):
        if name == MANIFEST:
            manifest = content.read()
            continue
        reader = _Hashed(content)
        while reader.read(PIECE):
            pass
        found[name] = reader.hash.hexdigest()
    return found, manifest


def verified(path: Path) -> Manifest:
    """Does: reads the whole archive. Refuses: any part missing, added or changed. Gives its manifest."""
    try:
        found, text = _read_whole(path)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except UNREADABLE as problem:
        raise BackupError(f"{path} is damaged, cut short, or no backup of Alvéole ({problem}).") from problem
    if text is None:
        raise BackupError(f"{path} is damaged, cut short, or no backup of Alvéole: it has no manifest.")
    manifest = _read_manifest(path, text)
    wrong = sorted(name for name, _ in found.items() ^ manifest.parts.items())
    if wrong or DATABASE not in found:
        raise BackupError(f"{path} is damaged: {wrong[0] if wrong else DATABASE} is not what was saved.")
    return manifest
