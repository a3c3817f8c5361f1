"""Makes the house ready to open: translations, tables, static files, demonstration at first start."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from cae.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles translations, migrates, collects static files, loads the demonstration if it is empty."

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not settings.DEMONSTRATION:
            return
        if not get_user_model().objects.exists():
            call_command("load_demonstration")
        if settings.SLOT_DIR:
            with (Path(settings.SLOT_DIR) / "accounts.txt").open("w") as accounts:
                call_command("show_accounts", stdout=accounts)
