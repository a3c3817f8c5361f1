"""`manage.py verify_election ARCHIVE`: verifies the archive of a secret vote, says all of it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from governance.engines.ballot_words import auditor_words
from governance.engines.ballots.auditor import add_options, verify_files


class Command(BaseCommand):
    help = "Verifies the public archive of a secret vote: docs/verify/README.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        with override("en"):
            add_options(parser, auditor_words())

    def handle(self, *_args: Any, **options: Any) -> None:
        with override(options["lang"]):
            status = verify_files(options, auditor_words(), self.stdout.write, self.stderr.write)
        if status:
            sys.exit(status)
