"""`./alveole lock`: four lock files that add up, with hashes and without any registry's address.

requirements.lock is what a server installs; requirements-embedded.lock adds the embedded servers of a
laptop; requirements-s3.lock adds what files kept in a bucket need; requirements-test.lock adds what tests
and checks need. No package stands in two of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = "requirements.lock"
EMBEDDED = "requirements-embedded.lock"
BUCKET = "requirements-s3.lock"
TEST = "requirements-test.lock"
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "-q",
)
GROUPS = {
    RUN: (),
    EMBEDDED: ("--extra=embedded",),
    BUCKET: ("--extra=s3",),
    TEST: ("--extra=embedded", "--extra=s3", "--group=test", "--group=check"),
}


def packages(text: str) -> dict[str, str]:
    """Cuts a lock file into its packages: the line that names one, and the indented lines under it."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            lines = found.setdefault(line.split(" \\")[0].strip(), [])
        lines.append(line)
    return {pinned: "".join(block) for pinned, block in found.items()}


def compile_lock(uv: str, output: Path, *options: str) -> dict[str, str]:
    command = [uv, "pip", "compile", "pyproject.toml", *OPTIONS, "--output-file", str(output), *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return packages(output.read_text())


def lock(uv: str, *, upgrade: bool) -> None:
    """Everything is resolved once; the smaller sets are then bound to the same versions."""
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder) / "everything.txt"
        former = [ROOT / name for name in GROUPS]
        if not upgrade:
            everything.write_text("".join(path.read_text() for path in former if path.exists()))
        compile_lock(uv, everything, *GROUPS[TEST])
        written: set[str] = set()
        for name, groups in GROUPS.items():
            needed = compile_lock(uv, Path(folder) / name, "--constraint", str(everything), *groups)
            added = {pinned: block for pinned, block in needed.items() if pinned not in written}
            (ROOT / name).write_text("".join(added.values()))
            written |= added.keys()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./alveole lock", description=__doc__)
    parser.add_argument("uv", help=argparse.SUPPRESS)
    parser.add_argument(
        "--upgrade", action="store_true", help="take newer versions where pyproject.toml allows"
    )
    options = parser.parse_args(arguments)
    lock(options.uv, upgrade=options.upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
