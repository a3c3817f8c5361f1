"""manage.py fetch_mail: takes in the unread messages of the letter box of MAIL_IN_URL."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from invoicing.services.mail_in import fetch_letters


class Command(BaseCommand):
    help = "Takes in the unread messages of the box of MAIL_IN_URL; without it, does nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(str(fetch_letters(at=timezone.now())))
