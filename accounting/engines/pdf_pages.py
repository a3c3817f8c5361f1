"""Reads the text of each page of a PDF, and cuts some of its pages out, with nothing of the others."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject

# What may lead from a page to others: links, threads of articles, the structure of the whole document.
_LEADING = ("/Annots", "/B", "/StructParents", "/AA", "/PieceInfo", "/Metadata")


class Unreadable(Exception):
    """Not a PDF, damaged, or locked by a password."""


def _reader(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable
        return reader
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise Unreadable from error


def page_texts(content: bytes) -> list[str]:
    """Gives the text of each page. Raises Unreadable."""
    reader = _reader(content)
    try:
        return [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable from error


class PageCutter:
    """Cuts parts out of one document, read once."""

    def __init__(self, content: bytes) -> None:
        self._reader = _reader(content)

    def cut(self, first: int, last: int) -> bytes:
        """Gives the pages from `first` to `last`, counted from 1, as a document of their own."""
        writer = PdfWriter()
        for rank in range(first - 1, last):
            page = writer.add_page(self._reader.pages[rank], excluded_keys=_LEADING)
            for name in _LEADING:
                page.pop(NameObject(name), None)
        output = BytesIO()
        writer.write(output)
        return output.getvalue()
