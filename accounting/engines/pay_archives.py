"""A published archive of the rules of pay: verified, read where it lies, kept as one of our folders."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from accounting.engines.pay_rules import (
    LICENCE,
    MANIFEST,
    PROGRAM,
    RULES,
    Rules,
    RulesUnreadable,
    read_manifest,
)

PACKAGE = "modele-social"
_FACTS, _SOURCE = "package/package.json", "package/dist/index.js"
_JSON = re.compile(r'export const json = (?:/\*@__PURE__\*/ )?(".*");\n', re.DOTALL)
# Ten times what the package weighs: an archive beyond is not it.
_MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class Archive:
    """What a published archive holds."""

    version: str
    sha256: str
    rules: Rules

    @property
    def dated_on(self) -> date:
        """The day that the rules give themselves. Raises RulesUnreadable."""
        try:
            return datetime.strptime(str(self.rules.get("date")), "%d/%m/%Y").date()  # noqa: DTZ007
        except ValueError as error:
            raise RulesUnreadable("date") from error


def read_archive(path: Path, sha256: str) -> Archive:
    """Gives the content of an archive. Raises RulesUnreadable: another hash, another package, no rules."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256.strip().lower():
        raise RulesUnreadable("sha256")
    try:
        with tarfile.open(path) as archive:
            facts = json.loads(_member(archive, _FACTS))
            source = _JSON.search(_member(archive, _SOURCE).decode())
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise RulesUnreadable(path.name) from error
    if facts.get("name") != PACKAGE or source is None:
        raise RulesUnreadable(path.name)
    read = Archive(str(facts["version"]), found, json.loads(json.loads(source[1])))
    # A version without its day says nothing of its age: refused at once.
    _day = read.dated_on
    return read


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.getmember(name)
    content = archive.extractfile(member) if member.isfile() and member.size < _MOST_BYTES else None
    if content is None:
        raise KeyError(name)
    return content.read()


def write_folder(folder: Path, archive: Archive, former: Path) -> str:
    """Writes a folder of rules beside the former one, whose program and licence it takes over; whole or not
    at all. Gives the hash of the rules. Raises FileExistsError when the folder is there."""
    if folder.exists():
        raise FileExistsError(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        place = Path(name) / folder.name
        place.mkdir()
        (place / RULES).write_text(_written(archive.rules), "utf-8")
        for kept in (PROGRAM, LICENCE):
            shutil.copyfile(former / kept, place / kept)
        hashes = {
            kept: hashlib.sha256((place / kept).read_bytes()).hexdigest()
            for kept in (PROGRAM, RULES, LICENCE)
        }
        facts = {
            "package": PACKAGE,
            "version": archive.version,
            "archive_sha256": archive.sha256,
            "dated_on": archive.dated_on.isoformat(),
            "program": "publicodes",
            "program_version": read_manifest(former).program_version,
            "licence": "MIT",
            "files": hashes,
        }
        (place / MANIFEST).write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")
        place.rename(folder)
    return hashes[RULES]


def _written(rules: Rules) -> str:
    """One rule a line, so that a comparison of two versions shows the rules that changed."""
    lines = (
        f"{json.dumps(name, ensure_ascii=False)}: "
        f"{json.dumps(rule, ensure_ascii=False, separators=(',', ':'))}"
        for name, rule in rules.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"
