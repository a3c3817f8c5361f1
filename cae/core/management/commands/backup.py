"""`./alveole backup FILE`: the whole cooperative in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cae.core.backup.archive import BackupError
from cae.core.backup.saving import save_backup


class Command(BaseCommand):
    help = "Writes the database, the stored files and their hashes into one compressed file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a name that is not taken yet, ending in .tar.gz")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            manifest = save_backup(file.absolute(), say=self.stdout.write)
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(facts["rows"] for facts in manifest.tables.values())
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"Saved: {file} ({size:.1f} MB, {rows} rows, {len(manifest.parts) - 1} files)")
        if manifest.damaged:
            raise CommandError(
                f"The backup is whole, but {len(manifest.damaged)} stored file(s) are missing or changed, "
                f"first {manifest.damaged[0]}."
            )
