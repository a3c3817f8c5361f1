"""Each package that is delivered stands in THIRD_PARTY.md with a licence that AGPL-3.0-or-later accepts."""

from __future__ import annotations

import hashlib
import re

import pytest
from packaging.utils import canonicalize_name

from cae.embedded.locks import BUCKET, EMBEDDED, RUN, packages
from cae.embedded.slots import ROOT

ACCEPTED = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-or-later", "ISC", "LGPL-2.1-only",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "public domain",
}  # fmt: skip
ROW = re.compile(r"^\| ([a-z0-9.-]+) \| ([^|]+) \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    rows = ROW.findall((ROOT / "THIRD_PARTY.md").read_text())
    return {canonicalize_name(name): licence for name, licence in rows if name != "package"}


@pytest.mark.parametrize("lock", [RUN, EMBEDDED, BUCKET])
def test_every_delivered_package_is_listed_with_an_accepted_licence(lock: str) -> None:
    table = listed()
    for line in packages((ROOT / lock).read_text()):
        name = canonicalize_name(line.partition("==")[0])
        assert name in table, f"{name} is missing from THIRD_PARTY.md"
        assert ACCEPTED & set(table[name].split(" OR ")), f"{name}: {table[name]} was never accepted"


def test_nothing_is_listed_that_is_no_longer_used() -> None:
    used = {
        canonicalize_name(line.partition("==")[0])
        for lock in (RUN, EMBEDDED, BUCKET)
        for line in packages((ROOT / lock).read_text())
    }
    assert not listed().keys() - used


def test_the_licence_is_the_published_text() -> None:
    """The checksum of the Free Software Foundation's text, as distributions quote it."""
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
