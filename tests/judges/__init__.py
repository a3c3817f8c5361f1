"""Four judges of a Factur-X file, independent of the code that makes it: XSD, two schematrons, veraPDF.

They run in child processes: SaxonC and a Java machine do not share one, and neither suits pytest's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent


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
    """Judges many files for the price of one start of each engine (about 5 s)."""
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{n}.pdf" for n, name in enumerate(pdfs)}
        for name, path in paths.items():
            path.write_bytes(pdfs[name])
        files = [str(path) for path in paths.values()]
        read, archived = _child("tests.judges.reading", files), _child("tests.judges.verapdf", files)
    return {name: Judgement(**read[str(path)], pdfa=archived[str(path)]) for name, path in paths.items()}


def judge_archives(pdfs: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What veraPDF alone blames in files that carry no XML: quotes, proofs."""
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{n}.pdf" for n, name in enumerate(pdfs)}
        for name, path in paths.items():
            path.write_bytes(pdfs[name])
        archived = _child("tests.judges.verapdf", [str(path) for path in paths.values()])
    return {name: list(archived[str(path)]) for name, path in paths.items()}


def _child(module: str, files: list[str]) -> dict[str, dict[str, list[str]]]:
    done = subprocess.run(
        [sys.executable, "-m", module, *files],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))
