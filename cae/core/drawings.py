"""A signature drawn with a finger: the bytes a browser sends, read as an image or refused."""

from __future__ import annotations

import base64
import binascii
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from cae.core.errors import Code, Refused
from cae.core.uploads import is_cut_short

# A line on a white ground takes far less; a photograph has no place here.
MAX_BYTES = 100 * 1024
MAX_SIDE = 2000
PREFIX = "data:image/png;base64,"
_MARK = b"\x89PNG\r\n\x1a\n"


def decode_drawing(text: str, *, field: str = "drawing") -> bytes:
    """Gives the bytes behind the address that a canvas gives of itself. Raises Refused(file_refused)."""
    if not text.startswith(PREFIX) or len(text) > len(PREFIX) + MAX_BYTES * 4 // 3 + 4:
        raise _unreadable(field)
    try:
        return base64.b64decode(text[len(PREFIX) :], validate=True)
    except (binascii.Error, ValueError):
        raise _unreadable(field) from None


def encode_drawing(content: bytes) -> str:
    """Gives the address under which a page shows the drawing without asking for a file."""
    return PREFIX + base64.b64encode(content).decode()


def clean_drawing(content: bytes, *, field: str = "drawing") -> bytes:
    """Gives the drawing, written anew as a plain PNG: what else the file carried is left behind.

    Raises Refused(file_refused) for anything but a small PNG, Refused(value_missing) for a blank sheet."""
    if len(content) > MAX_BYTES or not content.startswith(_MARK) or is_cut_short(content):
        raise _unreadable(field)
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            if max(image.size) > MAX_SIDE:
                raise _unreadable(field)
            ink = image.convert("RGBA")
            # On white and without transparency: what PDF/A prints the same everywhere.
            sheet = Image.new("RGBA", ink.size, "white")
            sheet.alpha_composite(ink)
            flat = sheet.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise _unreadable(field) from None
    if flat.getcolors(maxcolors=1) is not None:
        raise Refused(Code.VALUE_MISSING, _("Le cadre est vide : dessinez votre signature."), field=field)
    written = BytesIO()
    flat.save(written, "PNG", optimize=True)
    return written.getvalue()


def _unreadable(field: str) -> Refused:
    return Refused(
        Code.FILE_REFUSED,
        _("Ce dessin n’est pas une image PNG de moins de 100 Ko : recommencez, ou tapez votre nom."),
        field=field,
    )
