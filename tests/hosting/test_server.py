"""The commands of a server, outside containers: production settings, real processes, a page."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cae.core.backup import archive
from cae.embedded.processes import Child, Lifeline
from cae.embedded.programs import PROGRAMS, program_named
from cae.embedded.servers import Servers, start_first_free
from cae.embedded.slots import ROOT
from tests.embedded.conftest import wait_for

pytestmark = pytest.mark.full

GIVEN = ("PATH", "HOME", "LANG")


class Server:
    """What docker-compose.yml starts, with this machine's addresses in the place of a container's."""

    def __init__(self, servers: Servers, folder: Path) -> None:
        self.folder = folder
        self.lifeline = Lifeline()
        self.children: list[Child] = []
        self.web, self.checker = free_address(), free_address()
        self.places = {
            "0.0.0.0:8000": self.web,
            "127.0.0.1:8000": self.web,
            "0.0.0.0:8790": self.checker,
            "127.0.0.1:8790": self.checker,
            "/tmp/beat": str(folder / "beat"),
            "/backups": str(folder / "backups"),
        }
        (folder / "backups").mkdir()
        kept = {name: os.environ[name] for name in GIVEN if name in os.environ}
        self.environment = (
            kept
            | servers.environment
            | {
                "DJANGO_SETTINGS_MODULE": "cae.settings.production",
                "SECRET_KEY": secrets.token_urlsafe(60),
                "CHECKER_URL": f"tcp://{self.checker}",
                "SITE_URL": "https://coop.example",
                "ALLOWED_HOSTS": "coop.example",
                "EMAIL_URL": "consolemail://",
                "TRUSTED_PROXIES": "1",
                "FILES_DIR": str(folder / "files"),
                "STATIC_DIR": str(folder / "static"),
                "ALVEOLE_STATE": str(folder),
                "PYTHONUNBUFFERED": "1",
            }
        )

    def words(self, command: list[str]) -> list[str]:
        assert command[0] == "python"
        return [sys.executable, *(self.places.get(word, word) for word in command[1:])]

    def run(self, *words: str, **environment: str) -> str:
        done = subprocess.run(
            self.words(["python", *words]),
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            words = self.words(program_named(name).server_words)
            self.children.append(self.lifeline.spawn(name, words, output=log, cwd=ROOT, env=self.environment))

    def stop(self) -> list[str]:
        """Gives the names of those that did not end by themselves when asked."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + 30
        late = [child.name for child in self.children if not child.wait_or_kill(deadline)]
        self.children.clear()
        return late

    def well(self, name: str) -> bool:
        words = self.words(["python", "-m", "cae.embedded.health", *program_named(name).health.split()])
        return subprocess.run(words, cwd=ROOT, env=self.environment, check=False).returncode == 0

    def page(self, path: str, **headers: str) -> tuple[int, str]:
        """As the proxy hands a visitor's call over."""
        connection = http.client.HTTPConnection(self.web, timeout=20)
        connection.request("GET", path, headers={"Host": "coop.example"} | headers)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, answer.headers.get("Location") or content


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def server(state: Path) -> Iterator[Server]:
    servers = start_first_free("server", throwaway=True)
    made = Server(servers, state)
    try:
        yield made
    finally:
        made.stop()
        made.lifeline.close()
        servers.stop()


def test_a_server_opens_answers_works_saves_and_says_how_it_is(server: Server) -> None:
    server.run("manage.py", "prepare", "--files-only", DJANGO_SETTINGS_MODULE="cae.settings.image")
    server.run(*program_named("prepare").server_words[1:])
    for program in PROGRAMS:
        if not program.ends:
            server.start(program.name)
    wait_for(lambda: server.well("web"), 60)

    status, page = server.page("/", **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert "<html" in page
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert style is not None, "styles carry the hash of their content"
    assert server.page(style[1], **{"X-Forwarded-Proto": "https"})[0] == 200
    assert server.page("/") == (301, "https://coop.example/"), "nothing is said without TLS"
    assert server.page("/", Host="evil.example")[0] == 400

    for name in ("checker", "worker", "beat", "backup"):
        wait_for(lambda name=name: server.well(name), 60)
    told = server.run("manage.py", "invite_administrator", "anne@coop.example", "Anne", "Martin")
    link = re.search(r"https://coop\.example(/\S+)", told)
    assert link is not None
    assert server.page(link[1], **{"X-Forwarded-Proto": "https"})[0] in (200, 302)

    server.run("manage.py", "nightly_backup", "/backups", "--once")
    (saved,) = (server.folder / "backups").glob("alveole-*.tar.gz")
    assert archive.verified(saved).tables["people_person"]["rows"] == 1
    assert server.stop() == []
