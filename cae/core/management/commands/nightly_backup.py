"""The backup service: one archive each night, the newest kept, and a notice when one could not be made."""

import subprocess
import sys
from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from pathlib import Path
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from cae.core.backup.telling import tell

PATTERN = "alveole-*.tar.gz"
AGAIN_AFTER = timedelta(hours=1)


def save(folder: Path) -> tuple[bool, str]:
    """Does: makes an archive in a process of its own. Gives whether it is there, and what went wrong."""
    target = folder / f"alveole-{timezone.localtime():%Y-%m-%d-%H%M%S}.tar.gz"
    command = [sys.executable, "manage.py", "backup", str(target)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True, check=False)
    words = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
    return target.exists(), words[-1].removeprefix("CommandError: ") if done.returncode else ""


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Does: deletes all but the newest archives. Gives those that went."""
    old = sorted(folder.glob(PATTERN), reverse=True)[keep:]
    for path in old:
        path.unlink()
    return old


def next_at(now: datetime, hour: time) -> datetime:
    """The next time that the clock of the cooperative shows this hour."""
    at = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return at if at > now else at + timedelta(days=1)


class Command(BaseCommand):
    help = "Makes a backup each night and keeps the newest; --once makes one and ends, for cron or a timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=14, help="how many archives stay (14)")
        parser.add_argument("--at", type=time.fromisoformat, default=time(3), help="when, as 03:00")
        parser.add_argument("--once", action="store_true")

    def handle(self, *_args: Any, folder: Path, keep: int, at: time, once: bool, **_options: Any) -> None:
        if not folder.is_dir() or keep < 1:
            raise CommandError(f"There is no folder {folder}." if keep > 0 else "--keep is at least 1.")
        if once:
            _made, fault = self._one_night(folder.absolute(), keep)
            if fault:
                raise CommandError(fault)
            return
        self._every_night(folder.absolute(), keep, at)

    def _every_night(self, folder: Path, keep: int, at: time) -> None:
        # The first day has no archive yet: its health is counted from here.
        if not (folder / "started").exists():
            (folder / "started").touch()
        made = True
        while True:
            now = timezone.localtime()
            wake = next_at(now, at) if made else min(next_at(now, at), now + AGAIN_AFTER)
            sleep((wake - now).total_seconds())
            made, _fault = self._one_night(folder, keep, tell_it=made)
            connection.close()  # a day is long, and a restore wants nobody else connected

    def _one_night(self, folder: Path, keep: int, *, tell_it: bool = True) -> tuple[bool, str]:
        """Old archives go by their count: a night that makes none deletes none."""
        made, fault = save(folder)
        for path in forget_old(folder, keep):
            self.stdout.write(f"Forgotten: {path.name}")
        if fault:
            self.stderr.write(f"The backup went wrong: {fault}")
            if tell_it and not tell(fault):
                self.stderr.write("Nobody could be told of it.")
        return made, fault
