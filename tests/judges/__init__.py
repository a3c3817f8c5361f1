"""Four judges of a Factur-X file, independent of the code that makes it: XSD, two schematrons, veraPDF.

They run in child processes: SaxonC and a Java machine do not share one, and neither suits pytest's.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from typing import Any

from tests.judges.sitting import ANSWER

ROOT = Path(__file__).parent.parent.parent
# Seconds after which a silent engine is given up.
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Judgement:
    """What each judge blames; all empty when the file is right."""

    xsd: list[str] = field(default_factory=list)
    facturx: list[str] = field(default_factory=list)
    br_fr: list[str] = field(default_factory=list)
    pdfa: list[str] = field(default_factory=list)
    container: list[str] = field(default_factory=list)
    page: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.xsd, *self.facturx, *self.br_fr, *self.pdfa, *self.container, *self.page]


def judge(pdf: bytes) -> Judgement:
    return judge_all({"file": pdf})["file"]


def judge_all(pdfs: Mapping[str, bytes]) -> dict[str, Judgement]:
    """Judges many files; the first call starts the engines (about 5 s)."""
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{n}.pdf" for n, name in enumerate(pdfs)}
        for name, path in paths.items():
            path.write_bytes(pdfs[name])
        files = [str(path) for path in paths.values()]
        read, archived = (
            seated("tests.judges.reading").hear(files),
            seated("tests.judges.verapdf").hear(files),
        )
    return {name: Judgement(**read[str(path)], pdfa=archived[str(path)]) for name, path in paths.items()}


def judge_archives(pdfs: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What veraPDF alone blames in files that carry no XML: quotes, proofs."""
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{n}.pdf" for n, name in enumerate(pdfs)}
        for name, path in paths.items():
            path.write_bytes(pdfs[name])
        archived = seated("tests.judges.verapdf").hear([str(path) for path in paths.values()])
    return {name: list(archived[str(path)]) for name, path in paths.items()}


class Bench:
    """A child process where judges sit for the whole session: starting an engine takes longer than most of
    what it judges."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.log = TemporaryFile("w+")  # noqa: SIM115 (read when the child dies)
        self.child = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            cwd=ROOT,
        )
        # Killed, not asked to leave: SaxonC's own end of process may hang.
        atexit.register(self.child.kill)

    def hear(self, files: list[str]) -> dict[str, Any]:
        """What is blamed in each file; RuntimeError when the engine is gone or stays silent."""
        assert self.child.stdin
        assert self.child.stdout
        late = Timer(PATIENCE, self.child.kill)
        late.start()
        try:
            self.child.stdin.write(json.dumps(files) + "\n")
            self.child.stdin.flush()
            # An engine may print words of its own before its answer.
            for line in self.child.stdout:
                if line.startswith(ANSWER):
                    return dict(json.loads(line.removeprefix(ANSWER)))
        except BrokenPipeError:
            pass
        finally:
            late.cancel()
        self.child.kill()
        self.child.wait()
        seated.cache_clear()
        with self.log:
            self.log.seek(0)
            raise RuntimeError(f"{self.module}: {self.log.read()[-2000:]}")


@cache
def seated(module: str) -> Bench:
    return Bench(module)
