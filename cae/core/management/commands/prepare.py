"""Makes the house ready to open: translations, tables, static files, demonstration at first start."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from cae.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles translations, migrates, collects static files, loads the demonstration if it is empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--files-only", action="store_true", help="what an image holds: no database needed")
        part.add_argument("--database-only", action="store_true", help="what is left to do beside that image")

    def handle(self, *_args: Any, files_only: bool, database_only: bool, **_options: Any) -> None:
        if not database_only:
            compile_catalogues()
            call_command("collectstatic", verbosity=0, interactive=False)
        if not files_only:
            call_command("migrate", verbosity=0, interactive=False)
            self._open_demonstration()

    def _open_demonstration(self) -> None:
        if not settings.DEMONSTRATION:
            return
        if not get_user_model().objects.exists():
            call_command("demo")
        if settings.SLOT_DIR:
            with (Path(settings.SLOT_DIR) / "accounts.txt").open("w") as accounts:
                call_command("show_accounts", stdout=accounts)
