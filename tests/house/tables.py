"""Tables of docs/ drawn from the code: an unread change fails, `ALVEOLE_WRITE_DOCS=1` writes them."""

import os
from pathlib import Path


def check_generated(path: Path, text: str) -> None:
    """Compares the page with what the code says; writes it first when asked to."""
    if os.environ.get("ALVEOLE_WRITE_DOCS"):
        path.write_text(text)
    assert path.exists(), f"{path.name} is missing: ALVEOLE_WRITE_DOCS=1 ./alveole test tests/house writes it"
    assert path.read_text() == text, f"{path.name} changed: read it, then write it with ALVEOLE_WRITE_DOCS=1"


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
