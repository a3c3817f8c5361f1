"""Turns HTML into PDF, the same way for every document: the only module that imports WeasyPrint.

WeasyPrint is imported at the first document, never at start-up: it costs half a second and 60 MB
that web pages without PDF do not need. What can be shared between documents is built once per
process (building it anew doubles the time), and one document is made at a time: Pango's font map
does not bear two threads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.contrib.staticfiles import finders

FONT_SHEET = "css/pdf/fonts.css"
FONT_FOLDER = "fonts/pdf"
SHEET_FOLDER = "css/pdf"
REPLACEMENT = "\u25a1"

# Images of past documents are worth keeping (a logo is decoded once), but not for ever.
MOST_IMAGES = 64

# Invisible characters that shaping would turn into « .notdef »: controls but tab and line ends, soft hyphen,
# joiners, marks of direction, variation selectors, tones of skin, tags.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)

_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")

# Pango draws a space in the font of the character before it, so each font has these three (plain,
# non-breaking, narrow) and no other is used.
SPACES = frozenset(" \u00a0\u202f")
_OTHER_SPACES = re.compile("[\u1680\u2000-\u200a\u205f\u3000]")

_one_at_a_time = Lock()


class Variant(StrEnum):
    """What the file promises."""

    PLAIN = ""
    ARCHIVE = "pdf/a-3b"
    ACCESSIBLE_ARCHIVE = "pdf/a-3a"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file carried inside the PDF."""

    name: str
    content: bytes
    description: str
    relationship: str = "Alternative"


@dataclass(frozen=True, slots=True)
class _Press:
    """What all documents of this process share."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    images: dict[str, Any]
    covered: frozenset[int]


def render_pdf(
    html: str,
    *,
    stylesheet: str,
    variant: Variant = Variant.ARCHIVE,
    attachments: Sequence[Attached] = (),
    xmp: str = "",
    watermark: str = "",
) -> bytes:
    """The document as PDF.

    `stylesheet` is a static file; `xmp` holds `rdf:Description` elements to add to the metadata;
    `watermark` is written across each page of a draft.
    """
    with _one_at_a_time:
        press = _press()
        if len(press.images) > MOST_IMAGES:
            press.images.clear()
        sheets = [_sheet(FONT_SHEET), _sheet(stylesheet)]
        if watermark:
            sheets.append(_watermark_sheet(watermark))
        page = press.weasyprint.HTML(
            string=printable(html, press.covered), base_url=_static(SHEET_FOLDER), url_fetcher=press.fetcher
        )
        document = page.render(stylesheets=sheets, font_config=press.fonts, cache=press.images)
        now = datetime.now(UTC).replace(microsecond=0)
        document.metadata.created = document.metadata.modified = now.isoformat()
        document.metadata.attachments = [_attachment(press, item, now) for item in attachments]
        if xmp:
            _extend_metadata(document.metadata, xmp)
        pdf: bytes = document.write_pdf(pdf_variant=variant.value or None, finisher=_each_file_once)
        return pdf


def printable(text: str, covered: frozenset[int]) -> str:
    """The text without invisible characters, and with a square for each one that no shipped font draws.

    A character without glyph would make the file invalid as PDF/A (veraPDF 6.2.11.8).
    """
    clean = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    clean = _INVISIBLE.sub("", _OTHER_SPACES.sub(" ", clean))
    unknown = {ord(character) for character in set(clean)} - covered - {0x9, 0xA}
    return clean.translate(dict.fromkeys(unknown, REPLACEMENT)) if unknown else clean


@lru_cache(maxsize=1)
def _press() -> _Press:
    import weasyprint  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    covered: set[int] = set()
    for path in sorted(Path(_static(FONT_FOLDER)).glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            covered.update(font.getBestCmap())

    class HouseFetcher(URLFetcher):  # type: ignore[misc]  # its package has no types
        """Reads what the document carries, and the style sheets and fonts of the house: no other file."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.lower().startswith("file:") and not is_ours(url):
                raise ValueError(f"not a file of the press: {url}")
            return super().fetch(url, headers)

    fetcher = HouseFetcher(allowed_protocols={"file", "data"})
    return _Press(weasyprint, fetcher, FontConfiguration(), {}, frozenset(covered))


def is_ours(url: str) -> bool:
    """Whether an address names a style sheet or a font of the press."""
    path = Path(url2pathname(urlsplit(url).path)).resolve()
    return any(path.is_relative_to(Path(_static(folder)).resolve()) for folder in (FONT_FOLDER, SHEET_FOLDER))


@lru_cache(maxsize=32)
def _sheet(name: str) -> Any:
    press = _press()
    return press.weasyprint.CSS(filename=_static(name), font_config=press.fonts, url_fetcher=press.fetcher)


@lru_cache(maxsize=8)
def _watermark_sheet(text: str) -> Any:
    press = _press()
    quoted = text.replace("\\", "").replace('"', "").replace("\n", " ")
    rule = f'body::after {{ content: "{quoted}"; }}'
    sheet = Path(_static("css/pdf/watermark.css")).read_text(encoding="utf-8")
    return press.weasyprint.CSS(string=sheet + rule, font_config=press.fonts, url_fetcher=press.fetcher)


def _static(name: str) -> str:
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(f"static file {name}")
    return str(path)


def _attachment(press: _Press, item: Attached, now: datetime) -> Any:
    return press.weasyprint.Attachment(
        string=item.content,
        name=item.name,
        description=item.description,
        relationship=item.relationship,
        url_fetcher=press.fetcher,
        created=now,
        modified=now,
    )


def _extend_metadata(metadata: Any, xmp: str) -> None:
    """Puts the descriptions inside WeasyPrint's own `rdf:RDF`.

    Its `xmp_metadata` would add a second one to the packet, which strict readers do not see.
    """
    plain = metadata.generate_rdf_metadata

    def generate(variant: str, version: int, conformance: str) -> bytes:
        head, end, rest = plain(variant, version, conformance).rpartition(b"</rdf:RDF>")
        if not end or rest.strip():
            raise RuntimeError("unexpected metadata of WeasyPrint")
        return bytes(head + xmp.encode() + end)

    metadata.generate_rdf_metadata = generate


def _each_file_once(_document: Any, pdf: Any) -> None:
    """WeasyPrint 70 lists each attachment twice among the associated files."""
    files = pdf.catalog.get("AF")
    if files:
        files[:] = dict.fromkeys(files)
