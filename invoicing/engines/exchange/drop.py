"""The platform as two folders: we write into `outbox`, it writes into `inbox`, and both sides rename a file
into place once it is whole. Many platforms offer nothing else than this, by SFTP."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from invoicing.engines.exchange.protocol import MOST_BYTES, Arrived, ExchangeDown

# A worker that died holds its claims no longer than this.
CLAIM_SECONDS = 15 * 60
_PARTIAL = (".part", ".tmp", ".filepart")
# A claim is named after its file, behind a key that no other claim has.
_MARK = "--"


class FileDrop:
    is_there = True

    def __init__(self, root: Path) -> None:
        self.root = root

    def submit_invoice(self, name: str, content: bytes) -> None:
        self._submit(name, content)

    def submit_status(self, name: str, content: bytes) -> None:
        self._submit(name, content)

    def _submit(self, name: str, content: bytes) -> None:
        if not name or Path(name).name != name or name.startswith("."):
            raise ValueError(f"not the name of a file: {name!r}")
        try:
            outbox = self._folder("outbox")
            partial = outbox / f".{name}.{uuid4().hex}.part"
            with partial.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(outbox / name)
        except OSError as error:
            raise ExchangeDown(_words(error)) from error

    def fetch(self, most: int) -> Iterator[Arrived]:
        try:
            waiting = [*self._left_behind(), *self._whole_files("inbox")]
            taking = self._folder("taking")
        except OSError as error:
            raise ExchangeDown(_words(error)) from error
        given = 0
        for path in waiting:
            if given >= most:
                return
            name = path.name.partition(_MARK)[2] if path.parent == taking else path.name
            claim = taking / f"{uuid4().hex}{_MARK}{name}"
            try:
                path.rename(claim)
            except FileNotFoundError:
                continue  # another worker has it
            except OSError as error:
                raise ExchangeDown(_words(error)) from error
            given += 1
            yield self._read(claim, name)

    def _read(self, claim: Path, name: str) -> Arrived:
        try:
            os.utime(claim)
            content = claim.read_bytes() if claim.stat().st_size <= MOST_BYTES else None
        except OSError as error:
            raise ExchangeDown(_words(error)) from error
        return Arrived(name, content, str(claim))

    def keep(self, arrived: Arrived) -> None:
        self._put(arrived, "done")

    def refuse(self, arrived: Arrived) -> None:
        self._put(arrived, "error")

    def _put(self, arrived: Arrived, folder: str) -> None:
        """Nothing is overwritten: the key of the claim goes with the file."""
        claim = Path(arrived.ticket)
        try:
            claim.rename(self._folder(folder) / claim.name)
        except OSError as error:
            raise ExchangeDown(_words(error)) from error

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _whole_files(self, folder: str) -> list[Path]:
        """Files by name; neither those being written, nor folders, nor links that lead elsewhere."""
        found = sorted(self._folder(folder).iterdir())
        return [path for path in found if _is_whole(path)]

    def _left_behind(self) -> list[Path]:
        """What a dead worker had claimed."""
        limit = time.time() - CLAIM_SECONDS
        return [path for path in self._whole_files("taking") if _touched(path) < limit]


def _is_whole(path: Path) -> bool:
    if path.name.startswith(".") or path.name.lower().endswith(_PARTIAL):
        return False
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def _touched(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return time.time()


def _words(error: OSError) -> str:
    return error.strerror or type(error).__name__
