"""`manage.py load_demonstration`: fills an empty house with the invented cooperative."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cae.demonstration.loading.loader import CheckerAbsent, load
from invoicing.models import Invoice


class Command(BaseCommand):
    help = "Loads the demonstration, dated relative to today, into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day it is, in the demonstration")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration lets anybody in: it is loaded with DEMONSTRATION=1 only.")
        if get_user_model().objects.exists():
            raise CommandError(
                "This house already has accounts: the demonstration is loaded into an empty one."
            )
        started = time.monotonic()
        try:
            load(today=options["today"] or timezone.localdate(), now=timezone.now())
        except CheckerAbsent as absence:
            raise CommandError(str(absence)) from absence
        count, seconds = Invoice.objects.count(), time.monotonic() - started
        self.stdout.write(f"The demonstration is loaded in {seconds:.1f} s: {count} documents.")
