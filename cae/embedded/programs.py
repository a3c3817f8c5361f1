"""The processes of the application, in one place: what each runs, where, and what it needs.

`./alveole run` reads this list; `docker-compose.yml` and `docs/hosting.md` repeat it for a server, and
`tests/hosting` fails when they say something else.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """One process: what follows the word `python`, then the words that its place adds."""

    name: str
    command: str
    on_server: str = ""
    # None: not started by `./alveole run`. {names} are filled with what the supervisor hands over.
    on_laptop: str | None = ""
    needs: tuple[str, ...] = ()
    # What `cae.embedded.health` asks it, on a server.
    health: str = ""
    # It does its work before the others start, and ends.
    ends: bool = False

    @property
    def server_words(self) -> list[str]:
        return ["python", *self.command.split(), *self.on_server.split()]

    def laptop_words(self, **handed_over: object) -> list[str]:
        assert self.on_laptop is not None, f"{self.name} does not run on a laptop"
        added = [word.format_map(handed_over) for word in self.on_laptop.split()]
        return [sys.executable, *self.command.split(), *added]


SERVERS = ("database", "queue")
PREPARED = (*SERVERS, "prepare")

PROGRAMS = (
    Program("prepare", "manage.py prepare", on_server="--database-only", needs=SERVERS, ends=True),
    Program(
        "web",
        "-m gunicorn cae.wsgi --preload --threads 4 --no-control-socket",
        # A worker of gunicorn touches a file every second: in memory, so that a slow disk never kills it.
        on_server="--bind 0.0.0.0:8000 --workers 3 --worker-tmp-dir /dev/shm",
        on_laptop="--bind fd://{web} --workers 2 --graceful-timeout 3 --log-level warning",
        needs=(*PREPARED, "checker"),
        health="web 127.0.0.1:8000",
    ),
    Program(
        "worker",
        "-m celery --app cae.celery worker --loglevel INFO --concurrency 2",
        on_laptop="--without-mingle --without-gossip",
        needs=(*PREPARED, "checker"),
        health="worker",
    ),
    Program(
        "beat",
        "-m celery --app cae.celery beat --loglevel WARNING",
        on_server="--schedule /tmp/beat",
        on_laptop="--schedule {beat}",
        needs=PREPARED,
        health="beat /tmp/beat",
    ),
    Program(
        "checker",
        "-m invoicing.engines.checker.server",
        on_server="--tcp 0.0.0.0:8790",
        on_laptop="--fd {checker}",
        health="checker 127.0.0.1:8790",
    ),
    Program(
        "backup",
        "manage.py nightly_backup",
        on_server="/backups --keep 14 --at 03:00",
        on_laptop=None,
        needs=PREPARED,
        health="backup /backups",
    ),
)


def program_named(name: str) -> Program:
    return next(one for one in PROGRAMS if one.name == name)
