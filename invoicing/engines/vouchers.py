"""The file of a receipt: what it is, whether it can be read, and the picture that a browser draws of it.

The file itself is kept as it came, with its hash; the picture beside it has neither place nor author."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cae.core.uploads import is_cut_short, kind_of
from invoicing.engines.pictures import MOST_POINTS

MIMES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
}
# Wide enough to read a till ticket, light enough for the list of a phone.
SHOWN_SIDE = 1600
SHOWN_QUALITY = 80
# A picture lighter than this is shown as it came, when a browser draws it.
LIGHT = 400 * 1024
_DRAWN_BY_BROWSERS = ("jpeg", "png")
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class VoucherFile:
    """A file that can be read: what it is, or why it cannot."""

    kind: str
    fault: str = ""

    @property
    def mime(self) -> str:
        return MIMES[self.kind]


def read_file(content: bytes) -> VoucherFile:
    """Tells what a file is by its content. `fault`: programme, unknown, broken, locked, huge; or nothing."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return VoucherFile("heic", _picture_fault(content, "heic"))
    kind = kind_of(content)
    if kind == "programme":
        return VoucherFile("", "programme")
    if kind == "pdf":
        return VoucherFile("pdf", _pdf_fault(content))
    if kind in MIMES:
        return VoucherFile(kind, _picture_fault(content, kind))
    return VoucherFile("", "unknown")


def shown_picture(content: bytes, kind: str) -> bytes | None:
    """The JPEG that stands for the file on a page; None when the file is drawn as it came, or is a PDF."""
    if kind == "pdf" or (kind in _DRAWN_BY_BROWSERS and len(content) <= LIGHT):
        return None
    with _opened(content, kind) as picture:
        picture.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    drawn = BytesIO()
    paper.save(drawn, "JPEG", quality=SHOWN_QUALITY, optimize=True)
    return drawn.getvalue()


def _opened(content: bytes, kind: str) -> Image.Image:
    if kind == "heic":
        decoded: Image.Image = pi_heif.open_heif(BytesIO(content), convert_hdr_to_8bit=True).to_pillow()
        return decoded
    return Image.open(BytesIO(content), formats=(kind.upper(),))


def _picture_fault(content: bytes, kind: str) -> str:
    if is_cut_short(content):
        return "broken"
    try:
        if kind == "heic":
            width, height = pi_heif.open_heif(BytesIO(content)).size
        else:
            with Image.open(BytesIO(content), formats=(kind.upper(),)) as picture:
                width, height = picture.size
        if width * height > MOST_POINTS:
            return "huge"
        with _opened(content, kind) as whole:
            whole.load()
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        RuntimeError,
        Image.DecompressionBombError,
    ):
        return "broken"
    return ""


def _pdf_fault(content: bytes) -> str:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return "locked"
        return "" if len(reader.pages) else "broken"
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return "broken"
