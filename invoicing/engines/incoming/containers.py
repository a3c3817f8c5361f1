"""From the bytes of a file to the XML inside, without trusting any of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cae.core.uploads import kind_of
from invoicing.engines.incoming.facts import Attached, Unreadability, Unreadable

MOST_BYTES = 20 * 1024 * 1024
# An invoice of ten thousand lines is below; what is larger holds pictures, which a PDF carries better.
MOST_XML_BYTES = 10 * 1024 * 1024
MOST_ATTACHMENTS = 20
XML_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
ORDER_NAME = "order-x.xml"
_PICTURES = frozenset({"png", "jpeg", "webp"})
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1")

# Broken files are everyday life here: what pypdf thinks of each is no matter for the journal of the server.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def xml_of(content: bytes) -> tuple[bytes, tuple[Attached, ...], bool]:
    """Gives the XML of a file, the other files that its PDF carries, and whether some were left out. Raises
    Unreadable."""
    if not content.strip():
        raise Unreadable(Unreadability.EMPTY)
    if len(content) > MOST_BYTES:
        raise Unreadable(Unreadability.TOO_LARGE)
    kind = kind_of(content)
    if kind == "programme":
        raise Unreadable(Unreadability.PROGRAMME)
    if kind == "pdf":
        return _xml_of_pdf(content)
    if kind in _PICTURES or content[4:12] in _HEIC:
        raise Unreadable(Unreadability.PICTURE)
    if not _looks_like_xml(content):
        raise Unreadable(Unreadability.UNKNOWN_FORMAT)
    return content, (), False


def parse(xml: bytes) -> etree._Element:
    """Gives the root element; nothing outside is read, no entity is followed. Raises Unreadable."""
    if len(xml) > MOST_XML_BYTES:
        raise Unreadable(Unreadability.TOO_LARGE)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        # A bomb may be refused for its size before its DOCTYPE is seen as such.
        reason = Unreadability.DOCTYPE if b"<!DOCTYPE" in xml[:4096] else Unreadability.BROKEN_XML
        raise Unreadable(reason, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(Unreadability.DOCTYPE)
    return root


def _looks_like_xml(content: bytes) -> bool:
    head = content[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return head.startswith(b"<")


def _xml_of_pdf(content: bytes) -> tuple[bytes, tuple[Attached, ...], bool]:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(Unreadability.LOCKED_PDF)
        embedded = dict(_embedded(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Unreadable(Unreadability.DAMAGED_PDF, str(error)) from error
    by_name = {name.lower(): data for name, data in embedded.items()}
    found = next((name for name in XML_NAMES if name in by_name), None)
    if found is None:
        if ORDER_NAME in by_name:
            raise Unreadable(Unreadability.ORDER)
        raise Unreadable(Unreadability.NO_DATA if _is_whole(content) else Unreadability.DAMAGED_PDF)
    others = [(name, data) for name, data in embedded.items() if name.lower() != found]
    kept = tuple(
        Attached(name=name, mime=mime_of(data), content=data) for name, data in others[:MOST_ATTACHMENTS]
    )
    return by_name[found], kept, len(others) > len(kept)


def _embedded(reader: PdfReader) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    for one in reader.attachment_list:
        data = one.content
        left -= len(data)
        if left < 0:
            raise Unreadable(Unreadability.TOO_LARGE)
        yield str(one.name), data


def _is_whole(content: bytes) -> bool:
    """Tells a PDF without electronic data from one whose data was lost with a part of the file."""
    try:
        return len(PdfReader(BytesIO(content), strict=True).pages) > 0
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        return False


def mime_of(content: bytes) -> str:
    """What the bytes are, whatever the sender says of them."""
    known = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
    kind = kind_of(content)
    if kind == "text":
        return "application/xml" if _looks_like_xml(content) else "text/plain"
    return known.get(kind, "application/octet-stream")
