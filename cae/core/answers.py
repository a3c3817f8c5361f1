"""A file as the answer of a page: shown in its place or saved, under its own name whatever its letters, and
left in no cache on the way."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"


def file_shown(content: bytes, *, name: str, mime: str = PDF) -> HttpResponse:
    """Answers with a file that the browser opens where it can."""
    return _file(content, name, mime, saved=False)


def file_saved(content: bytes | str, *, name: str, mime: str) -> HttpResponse:
    """Answers with a file that the browser keeps."""
    return _file(content, name, mime, saved=True)


def _file(content: bytes | str, name: str, mime: str, *, saved: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = content_disposition_header(saved, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
