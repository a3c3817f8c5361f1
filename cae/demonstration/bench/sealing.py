"""A ballot sealed in Chromium, against the bare operations on the curve that it takes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from django.conf import settings

from cae.demonstration.bench.report import Comparison
from cae.embedded.browser import find_chromium, launch_options
from governance.engines.ballots.credentials import new_uuid
from governance.engines.ballots.elections import Question, write_election
from governance.engines.ballots.group import encode_point, multiply_base, random_scalar

QUESTIONS, ANSWERS = 10, ("Pour", "Contre", "Abstention")
NAME = f"ballot of {QUESTIONS} questions sealed in a browser"
LIMIT = 1.5
PATIENCE = 120
SCRIPT = Path(__file__).with_suffix(".js")


def measure_sealing(*, turns: int = 20) -> list[Comparison]:
    """Nothing where the machine has no Chromium: there is no other browser to ask."""
    if find_chromium() is None:
        return []
    spent: Queue[dict[str, list[float]]] = Queue()
    with _serving(_pages(turns), spent) as address, _browsing(address):
        found = spent.get(timeout=PATIENCE)
    return [Comparison(NAME, median(found["ours"]), median(found["bare"]), LIMIT)]


def _pages(turns: int) -> dict[str, tuple[str, bytes]]:
    page = f"""<!doctype html><title>Bench</title><body data-turns="{turns}">
        <script type="module" src="/bench.js"></script>"""
    return {
        "/": ("text/html", page.encode()),
        "/bench.js": ("text/javascript", SCRIPT.read_bytes()),
        "/election.json": ("application/json", _election().encode()),
    }


def _election() -> str:
    return write_election(
        uuid=new_uuid(),
        name="Bench",
        description="",
        public_key=encode_point(multiply_base(random_scalar())),
        questions=[Question(f"Résolution {rank}", ANSWERS, 1, 1) for rank in range(QUESTIONS)],
    )


@contextmanager
def _serving(pages: dict[str, tuple[str, bytes]], spent: Queue[Any]) -> Iterator[str]:
    """Serves the bench and our own scripts, and takes in what was measured."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path) or ("text/javascript", _script(self.path))
            self._send(200 if body else 404, kind, body)

        def do_POST(self) -> None:
            spent.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(200, "text/plain", b"")

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """The bench says what it measured, not what it served."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _script(path: str) -> bytes:
    known = {
        f"/{file.relative_to(settings.BASE_DIR)}": file
        for folder in ("js/ballots", "vendor/noble")
        for file in (settings.BASE_DIR / "static" / folder).glob("*.js")
    }
    return known[path].read_bytes() if path in known else b""


@contextmanager
def _browsing(address: str) -> Iterator[None]:
    options = launch_options()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [options["executable_path"], *options["args"], "--headless", f"--user-data-dir={profile}"]
        browser = subprocess.Popen([*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            browser.terminate()
            browser.wait(timeout=PATIENCE)
