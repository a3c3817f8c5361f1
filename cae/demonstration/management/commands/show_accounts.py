"""`manage.py show_accounts`: who may be tried in the demonstration, and with which password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from cae.demonstration.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Prints the e-mail and role of each account of the demonstration, and their password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("There are no such accounts outside the demonstration.")
        width = max(len(account.email) for account in ACCOUNTS)
        with translation.override("fr"):
            lines = [f"  {account.email:<{width}}  {account.role}" for account in ACCOUNTS]
        self.stdout.write("\n".join(["Accounts:", *lines, f"Password of all of them: {PASSWORD}"]))
