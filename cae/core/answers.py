"""A file as the answer of a page: shown in its place or saved, under its own name whatever its letters, and
left in no cache on the way."""

from __future__ import annotations

from django.core.files import File
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

PDF = "application/pdf"


def file_shown(content: bytes, *, name: str, mime: str = PDF) -> HttpResponse:
    """Answers with a file that the browser opens where it can."""
    return _file(content, name, mime, saved=False)


def file_saved(content: bytes | str, *, name: str, mime: str) -> HttpResponse:
    """Answers with a file that the browser keeps."""
    return _file(content, name, mime, saved=True)


def file_streamed(handle: File[bytes], *, name: str, mime: str, size: int) -> StreamingHttpResponse:
    """Answers with a file too long to be held: the browser keeps it as it is read; closed at the end."""
    response = FileResponse(handle, content_type=mime)
    response["Content-Length"] = str(size)
    _named(response, name, saved=True)
    return response


def _file(content: bytes | str, name: str, mime: str, *, saved: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    _named(response, name, saved=saved)
    return response


def _named(response: HttpResponseBase, name: str, *, saved: bool) -> None:
    response["Content-Disposition"] = content_disposition_header(saved, name) or ""
    response["Cache-Control"] = "private, no-store"
