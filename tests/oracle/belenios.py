"""Debian's `belenios-tool`, by the authors of the protocol: found on this machine, or fetched with the
libraries that it needs into a folder of its own, where it runs on them without being installed."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

FOLDER = Path("/var/tmp/alveole-belenios")
SUITE = "trixie"  # the first Debian whose tool knows the group Ed25519
LEAST = (3, 0)
SOURCES = Path("/etc/apt")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PATIENCE = 150


class NoOracle(Exception):
    """There is no `belenios-tool` 3.0 here, and why none could be had."""


@cache
def command() -> tuple[str, ...]:
    """How to call it. Refuses with the reason where it cannot be had."""
    installed = shutil.which("belenios-tool")
    if installed and version((installed,)) >= LEAST:
        return (installed,)
    return _fetched()


def told(*words: str, folder: Path) -> tuple[int, str]:
    """What the tool answers in this folder: its status, and what it says."""
    done = subprocess.run(
        [*command(), *words], cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.returncode, done.stdout + done.stderr


def version(tool: Sequence[str]) -> tuple[int, ...]:
    said = subprocess.run([*tool, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return tuple(map(int, re.findall(r"\d+", said.stdout.split()[0])))


def _fetched() -> tuple[str, ...]:
    for program in ("apt-get", "apt-cache", "dpkg", "dpkg-deb"):
        if not shutil.which(program):
            raise NoOracle(f"no belenios-tool 3.0 here, nor {program} to fetch it")
    try:
        root = FOLDER / "root"
        if not root.exists():
            FOLDER.mkdir(exist_ok=True)
            with _alone():
                if not root.exists():
                    _fetch(root)
        if root.stat().st_uid not in {0, os.getuid()}:
            raise OSError(f"{root} is somebody else's")
        return _from(root)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise NoOracle(f"belenios-tool 3.0 could not be fetched: {said.strip().splitlines()[-1]}") from error


@contextmanager
def _alone() -> Iterator[None]:
    """Two runs of the tests fetch it once."""
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _from(root: Path) -> tuple[str, ...]:
    """Its own loader and libraries: the machine's may be older. Neither root nor a chroot is needed."""
    loader = next(path for path in root.glob("usr/lib*/**/ld-linux-*.so.?") if path.is_file())
    libraries = ":".join(str(path) for path in root.glob("usr/lib/*-linux-gnu*"))
    return (str(loader), "--library-path", libraries, str(root / "usr/bin/belenios-tool"))


def _fetch(root: Path) -> None:
    """By the machine's own mirror and proxy, with lists of its own: what is installed is not touched."""
    made = FOLDER / "made"
    shutil.rmtree(made, ignore_errors=True)
    for folder in ("lists/partial", "cache/archives/partial", "root"):
        (made / folder).mkdir(parents=True)
    (made / "status").touch()
    signed = f"Signed-By: {KEYRING}\n" if KEYRING.exists() else ""
    source = f"Types: deb\nURIs: {_mirror()}\nSuites: {SUITE}\nComponents: main\n{signed}"
    (made / "debian.sources").write_text(source)
    apart = [
        f"Dir::Etc::sourcelist={made}/debian.sources",
        "Dir::Etc::sourceparts=/dev/null",
        f"Dir::State::lists={made}/lists",
        f"Dir::State::status={made}/status",
        f"Dir::Cache={made}/cache",
        "Acquire::Languages=none",
        "APT::Sandbox::User=",
    ]
    options = [word for option in apart for word in ("-o", option)]
    _run("apt-get", *options, "-qq", "update", within=made)
    no = [
        f"--no-{kind}" for kind in ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")
    ]
    needed = _run("apt-cache", *options, "depends", "--recurse", *no, "belenios-tool", within=made)
    packages = sorted({line for line in needed.splitlines() if re.fullmatch(r"[a-z0-9][a-z0-9.+-]*", line)})
    _run("apt-get", *options, "-qq", "download", *packages, within=made)
    for package in sorted(made.glob("*.deb")):
        _run("dpkg-deb", "-x", str(package), "root", within=made)
    if version(_from(made / "root")) < LEAST:
        raise OSError("what the mirror gives is older than 3.0")
    (made / "root").rename(root)
    shutil.rmtree(made)


def _mirror() -> str:
    """Where this machine takes Debian from; read in its files: apt tells it only once it has lists."""
    files = [SOURCES / "sources.list", *sorted((SOURCES / "sources.list.d").glob("*.*"))]
    lines = [line for file in files if file.exists() for line in file.read_text().splitlines()]
    for line in lines:
        if found := re.search(r"^(?:deb\b|URIs:).*?(\w+://\S+/debian)/?(?=\s|$)", line):
            return found[1]
    raise OSError("this machine takes no packages from a mirror of Debian")


def _run(*words: str, within: Path) -> str:
    return subprocess.run(
        words, cwd=within, capture_output=True, text=True, timeout=PATIENCE, check=True
    ).stdout
