"""An origin of its own for the scripts of the vote: our static files under our content policy, and what each
test says of the rest. No database, no house."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

POLICY = "; ".join(
    f"{name} {' '.join(sources)}" for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
HTML, JSON = "text/html; charset=utf-8", "application/json"


@dataclass(frozen=True)
class Sent:
    """What a page posted."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Answer:
    body: str = ""
    kind: str = JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Origin:
    url: str
    pages: dict[str, Answer] = field(default_factory=dict)
    # What answers a POST; None hangs up without a word.
    posted: Callable[[Sent], Answer | None] = lambda _sent: Answer(status=404)
    asked: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def clear(self) -> None:
        self.pages = {"/": Answer("<!doctype html><html lang=fr><title>Vide</title>", HTML)}
        self.posted = lambda _sent: Answer(status=404)
        self.asked, self.sent = [], []

    def answer(self, path: str) -> Answer | bytes:
        self.asked.append(path)
        known = self.pages.get(urlsplit(path).path)
        if known is not None:
            return known
        file = settings.BASE_DIR / urlsplit(path).path.removeprefix("/")
        return file.read_bytes() if path.startswith("/static/") and file.is_file() else Answer(status=404)


@contextmanager
def serving() -> Iterator[Origin]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = origin.answer(self.path)
            if isinstance(answer, bytes):
                kind = mimetypes.guess_type(self.path)[0] or "application/octet-stream"
                self._send(answer, kind, 200, {})
            else:
                self._send(answer.body.encode(), answer.kind, answer.status, answer.headers)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = Sent(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            origin.sent.append(sent)
            answer = origin.posted(sent)
            if answer is not None:
                self._send(answer.body.encode(), answer.kind, answer.status, answer.headers)

        def _send(self, body: bytes, kind: str, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            fixed = {
                "Content-Type": kind,
                "Content-Length": str(len(body)),
                "Content-Security-Policy": POLICY,
            }
            for name, value in (fixed | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Tests say by themselves what was asked."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    origin = Origin(f"http://localhost:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
