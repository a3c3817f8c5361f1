"""A bucket in this process: the few words of the S3 protocol that storing, reading and listing need."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY = "cle-d-essai"


class FakeBucket(ThreadingHTTPServer):
    """Keeps objects by path; like a private bucket, refuses whoever does not sign with its key."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.objects: dict[str, bytes] = {}
        self.unsigned = 0
        self.down = False

    @property
    def url(self) -> str:
        return f"s3+http://{KEY}:secret%2Fd-essai@127.0.0.1:{self.server_port}/coop/fichiers?region=fr-par"


class _Door(BaseHTTPRequestHandler):
    server: FakeBucket

    def log_message(self, *_arguments: object) -> None:
        """The tests read what comes out, not a log."""

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _let_in(self) -> str | None:
        """Gives the path of the object, or answers and gives None."""
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        signed = f"Credential={KEY}/" in self.headers.get("Authorization", "")
        if self.server.down:
            self._answer(503)
        elif not signed:
            self.server.unsigned += 1
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        else:
            return unquote(urlsplit(self.path).path).removeprefix("/coop/")
        return None

    def do_PUT(self) -> None:
        if (name := self._let_in()) is not None:
            self.server.objects[name] = self.body
            self._answer(200, ETag=f'"{zlib.crc32(self.body):x}"')

    def do_GET(self) -> None:
        name = self._let_in()
        if name is None:
            return
        if name.strip("/") == "coop":
            question = parse_qs(urlsplit(self.path).query)
            self._list(question["prefix"][0])
        elif name in self.server.objects:
            content = self.server.objects[name]
            self._answer(200, content, ETag=f'"{zlib.crc32(content):x}"')
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_HEAD = do_GET  # noqa: N815 - the name is that of the protocol

    def do_DELETE(self) -> None:
        if (name := self._let_in()) is not None:
            self.server.objects.pop(name, None)
            self._answer(204)

    def _list(self, prefix: str) -> None:
        """One folder: its files, and the folders in it."""
        below = [name.removeprefix(prefix) for name in self.server.objects if name.startswith(prefix)]
        files = sorted(name for name in below if "/" not in name)
        folders = sorted({name.partition("/")[0] for name in below if "/" in name})
        rows = "".join(
            [f"<Contents><Key>{escape(prefix + name)}</Key></Contents>" for name in files]
            + [
                f"<CommonPrefixes><Prefix>{escape(prefix + name)}/</Prefix></CommonPrefixes>"
                for name in folders
            ]
        )
        self._answer(
            200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()
        )


@contextmanager
def fake_bucket() -> Iterator[FakeBucket]:
    server = FakeBucket()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
