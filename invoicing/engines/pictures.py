"""A picture that somebody brings: read by its content, drawn anew, so that nothing else of the file is kept.

What comes out has neither place, nor author, nor anything hidden behind the points (EXIF, comments).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from cae.core.uploads import is_cut_short, kind_of

# A small file may swell to gigabytes of points.
MOST_POINTS = 40_000_000
# Printed at 20 mm beside a line, shown twice as large on its page.
PHOTO_SIDE = 480
PHOTO_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """The file as it is kept."""

    content: bytes
    mime: str
    extension: str


def photo_fault(content: bytes) -> str:
    """Why a file is no photo: programme, unknown, broken, huge; or nothing."""
    kind = kind_of(content)
    if kind == "programme":
        return "programme"
    return picture_fault(content) if kind in ("png", "jpeg") else "unknown"


def picture_fault(content: bytes) -> str:
    """Why a PNG or a JPEG cannot be drawn: broken, huge; or nothing."""
    if is_cut_short(content):
        return "broken"
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MOST_POINTS:
                return "huge"
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "broken"
    return ""


def on_paper(content: bytes, *, side: int) -> Image.Image:
    """The picture the right way up, no larger than that, opaque on white."""
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        layered = ImageOps.exif_transpose(picture).convert("RGBA")
    layered.thumbnail((side, side))
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def printable_photo(content: bytes) -> Picture:
    """The photo of an article, as catalogue and quotes show it."""
    kept = BytesIO()
    on_paper(content, side=PHOTO_SIDE).save(kept, "JPEG", quality=PHOTO_QUALITY, optimize=True)
    return Picture(kept.getvalue(), "image/jpeg", "jpg")
