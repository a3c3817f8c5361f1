"""What a file really is, by its first bytes: its name is only what somebody says of it."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused

# Windows, Linux, macOS (thin, fat, both byte orders), Java, scripts.
_PROGRAMMES = (
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"#!",
    b"<?php",
)
_KINDS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
)
# What proves something: a paper printed as a file, or photographed.
_PROOFS = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
_MEGABYTE = 1024 * 1024
# As long as the column of a stored file.
_LONGEST_NAME = 120
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 4096


def is_programme(content: bytes) -> bool:
    """Tells whether the file would run if it were opened."""
    # « MZ » may begin a sheet of words; a Windows program also holds zeros right after it.
    return content.startswith(_PROGRAMMES) or (content.startswith(b"MZ") and b"\0" in content[:_LOOKED_AT])


def kind_of(content: bytes) -> str:
    """Gives programme, pdf, png, jpeg, webp, zip, old_office, text, or unknown."""
    if is_programme(content):
        return "programme"
    for mark, kind in _KINDS:
        if content.startswith(mark):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    head = content[:_LOOKED_AT]
    if content.startswith(_UTF16):
        return "text"
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return "unknown" if controls else "text"


def is_cut_short(picture: bytes) -> bool:
    """A PNG without its last chunk, or a JPEG without its last mark: WeasyPrint tells Pillow, for the whole
    process, to read such a file as if it were whole."""
    if picture.startswith(b"\x89PNG"):
        return b"IEND" not in picture
    return picture.startswith(b"\xff\xd8") and b"\xff\xd9" not in picture


def refuse_programme(content: bytes, *, field: str | None = None) -> None:
    """Raises Refused(file_refused) when the file is a program, whatever its name says."""
    if is_programme(content):
        sentence = _("Ce fichier est un programme, malgré son nom : il n’est pas accepté.")
        raise Refused(Code.FILE_REFUSED, sentence, field=field)


def proof_mime(content: bytes, *, most: int, field: str) -> str:
    """Gives the type of a PDF or a picture brought as a proof, of so many megabytes at most. Raises
    Refused(file_refused) at the field."""
    refuse_programme(content, field=field)
    mime = _PROOFS.get(kind_of(content))
    if mime is None:
        raise Refused(Code.FILE_REFUSED, _("Déposez un PDF, un PNG ou un JPEG."), field=field)
    if len(content) > most * _MEGABYTE:
        sentence = _("Ce fichier dépasse %(most)d Mo : réduisez-le avant de le déposer.") % {"most": most}
        raise Refused(Code.FILE_REFUSED, sentence, field=field)
    return mime


def plain_name(name: str, *, otherwise: str) -> str:
    """Gives the name of a file without the folders of whoever sends it; another word when it has none."""
    return PurePath(name.replace("\\", "/")).name[-_LONGEST_NAME:] or otherwise
