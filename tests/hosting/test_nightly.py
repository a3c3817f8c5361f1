"""The backup service: its hour, what it keeps, whom it tells, and how it is asked for its health."""

from __future__ import annotations

import http.server
import json
import os
import socketserver
import struct
import threading
import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from cae.core.backup import telling
from cae.core.management.commands import nightly_backup
from cae.core.models import Notice
from cae.embedded import health
from cae.embedded.programs import program_named
from tests.factories.people import make_admin, make_user


def archives(folder: Path, *days: int) -> None:
    for day in days:
        (folder / f"alveole-2026-01-{day:02}-030000.tar.gz").touch()


def kept(folder: Path) -> list[str]:
    return sorted(path.name[16:18] for path in folder.glob("alveole-*"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-01-10 01:00", "2026-01-10 03:00"), ("2026-01-10 03:00", "2026-01-11 03:00")],
)
def test_it_wakes_at_the_next_three_in_the_morning(now: str, expected: str) -> None:
    at = nightly_backup.next_at(timezone.make_aware(datetime.fromisoformat(now)), time(3))
    assert at == timezone.make_aware(datetime.fromisoformat(expected))


def test_only_the_newest_stay_and_nothing_else_goes(tmp_path: Path) -> None:
    archives(tmp_path, 1, 2, 3, 4, 5)
    (tmp_path / "alveole-notes.txt").touch()
    (tmp_path / "coop.tar.gz").touch()
    gone = nightly_backup.forget_old(tmp_path, 3)
    assert kept(tmp_path)[:3] == ["03", "04", "05"]
    assert len(gone) == 2
    assert (tmp_path / "coop.tar.gz").exists()
    assert (tmp_path / "alveole-notes.txt").exists()


@pytest.fixture
def nights(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Each night answers the next (made, fault); the waits are noted, then the service is stopped."""
    seen: dict[str, Any] = {"answers": [], "waits": [], "told": []}

    def save(_folder: Path) -> tuple[bool, str]:
        return seen["answers"].pop(0)

    def sleep(seconds: float) -> None:
        if not seen["answers"]:
            raise KeyboardInterrupt
        seen["waits"].append(seconds)

    monkeypatch.setattr(nightly_backup, "save", save)
    monkeypatch.setattr(nightly_backup, "sleep", sleep)
    monkeypatch.setattr(nightly_backup, "tell", lambda fault: seen["told"].append(fault) or True)
    return seen


def serve(folder: Path, *words: str) -> None:
    call_command("nightly_backup", str(folder), *words, stdout=StringIO(), stderr=StringIO())


def test_a_failed_night_is_tried_again_within_the_hour_and_told_once(
    tmp_path: Path, nights: dict[str, Any]
) -> None:
    nights["answers"] = [(True, ""), (False, "no space"), (False, "no space"), (True, "1 lost"), (True, "")]
    with pytest.raises(KeyboardInterrupt):
        serve(tmp_path)
    hour = timedelta(hours=1).total_seconds()
    assert max(nights["waits"][2:4]) <= hour
    assert nights["told"] == ["no space"]


def test_an_archive_with_a_lost_document_is_told_and_not_made_again_at_once(
    tmp_path: Path, nights: dict[str, Any]
) -> None:
    far = (timezone.localtime() - timedelta(hours=3)).strftime("%H:%M")
    nights["answers"] = [(True, "1 lost"), (True, "")]
    with pytest.raises(KeyboardInterrupt):
        serve(tmp_path, "--at", far)
    assert nights["told"] == ["1 lost"]
    assert min(nights["waits"]) > timedelta(hours=2).total_seconds()


def test_once_makes_one_and_fails_with_the_sentence(tmp_path: Path, nights: dict[str, Any]) -> None:
    archives(tmp_path, 1, 2, 3)
    nights["answers"] = [(True, ""), (False, "There is no database.")]
    serve(tmp_path, "--once", "--keep", "2")
    assert kept(tmp_path) == ["02", "03"]
    with pytest.raises(CommandError, match="There is no database"):
        serve(tmp_path, "--once", "--keep", "2")
    assert kept(tmp_path) == ["02", "03"]


@pytest.mark.parametrize(("folder", "keep"), [("nowhere", "3"), (".", "0")])
def test_a_wrong_folder_or_count_is_refused(tmp_path: Path, folder: str, keep: str) -> None:
    with pytest.raises(CommandError):
        serve(tmp_path / folder, "--keep", keep)


@pytest.mark.django_db
def test_the_administrators_are_told_and_nobody_else() -> None:
    admin = make_admin()
    make_user("auditor")
    assert telling.tell("There is no space left.")
    notice = Notice.objects.get(kind=telling.FAILED)
    assert notice.user == admin
    assert "There is no space left." in notice.text


@pytest.mark.django_db
def test_a_database_that_is_down_is_no_second_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: Any, **_more: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(telling, "notify", fail)
    assert telling.tell("There is no database.") is False
    assert not Notice.objects.exists()


def test_the_service_is_unwell_when_its_last_archive_is_old(tmp_path: Path, capsys: Any) -> None:
    asked = [*program_named("backup").health.split()[:1], str(tmp_path)]
    (tmp_path / "started").touch()
    assert health.main(asked) == 0
    old = clock.time() - 27 * 3600
    os.utime(tmp_path / "started", (old, old))
    archives(tmp_path, 1)
    os.utime(tmp_path / "alveole-2026-01-01-030000.tar.gz", (old, old))
    assert health.main(asked) == 1
    assert "older than 26 hours" in capsys.readouterr().out
    archives(tmp_path, 2)
    assert health.main(asked) == 0


def test_beat_is_unwell_when_it_plans_nothing(tmp_path: Path) -> None:
    assert health.main(["beat", str(tmp_path / "beat")]) == 1
    (tmp_path / "beat.db").touch()
    assert health.main(["beat", str(tmp_path / "beat")]) == 0


@contextmanager
def listening(door: Callable[..., Any]) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class Page(http.server.BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        asked_as_a_proxy = self.headers["X-Forwarded-Proto"] == "https"
        self.send_response(self.status if asked_as_a_proxy else 301)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Silent."""


class Broken(Page):
    status = 503


class Checker(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        (size,) = struct.unpack(">I", self.rfile.read(4))
        assert json.loads(self.rfile.read(size)) == {"ping": True}
        self.wfile.write(struct.pack(">I", 2) + b"{}")


class Silent(socketserver.BaseRequestHandler):
    """Takes the call and hangs up."""


@pytest.mark.parametrize(
    ("name", "door", "status"),
    [("web", Page, 0), ("web", Broken, 1), ("checker", Checker, 0), ("checker", Silent, 1)],
)
def test_a_door_is_asked_as_its_callers_ask_it(name: str, door: Callable[..., Any], status: int) -> None:
    with listening(door) as address:
        assert health.main([name, address]) == status


def test_a_closed_door_is_unwell(unused_address: str) -> None:
    for name in ("web", "checker"):
        assert health.main([name, unused_address]) == 1


@pytest.fixture
def unused_address() -> str:
    with socketserver.TCPServer(("127.0.0.1", 0), Silent) as server:
        return f"127.0.0.1:{server.server_address[1]}"
