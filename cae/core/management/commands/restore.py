"""`./alveole restore FILE`: brings a saved cooperative back, and proves its books."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cae.core.backup.archive import BackupError
from cae.core.backup.restoring import restore_backup


class Command(BaseCommand):
    help = "Restores what `backup` saved, after checking all of it."
    # The place may be empty: nothing of it can be checked yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what this place holds")

    def handle(self, *_args: Any, file: Path, yes: bool, **_options: Any) -> None:
        try:
            manifest = restore_backup(file.absolute(), replace=yes, say=self.stdout.write)
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Restored: the cooperative of {manifest.made_at}")
        call_command("check_books", stdout=self.stdout, stderr=self.stderr)
