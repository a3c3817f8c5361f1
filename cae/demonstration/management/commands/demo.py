"""`manage.py demo`: fills an empty house with the invented cooperative, or with a large one to measure."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cae.demonstration.loading.loader import CheckerAbsent, load
from cae.demonstration.mass.building import build
from invoicing.models import Invoice, Quote


class Command(BaseCommand):
    help = "Loads Co-Actions into an empty database, dated from today; with sizes, a base to measure on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, help="instead of Co-Actions: so many entrepreneurs")
        parser.add_argument("--invoices", type=int, help="so many invoices issued over a year")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration lets anybody in: it is loaded with DEMONSTRATION=1 only.")
        if get_user_model().objects.exists():
            raise CommandError(
                "This house already has accounts: the demonstration is loaded into an empty one."
            )
        people, invoices = options["people"], options["invoices"]
        if (people is None) != (invoices is None) or (people is not None and min(people, invoices) < 1):
            raise CommandError("A large house is asked with both --people and --invoices, one at least.")
        today, now, started = timezone.localdate(), timezone.now(), time.monotonic()
        if people is not None:
            build(people, invoices, today=today, now=now, say=self.stdout.write)
        else:
            try:
                load(today=today, now=now)
            except CheckerAbsent as absence:
                raise CommandError(str(absence)) from absence
        seconds, documents = time.monotonic() - started, Invoice.objects.count()
        self.stdout.write(
            f"The demonstration is loaded in {seconds:.1f} s: {documents} invoices and credit notes, "
            f"{Quote.objects.count()} quotes."
        )
