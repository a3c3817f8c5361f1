"""`manage.py write_verifier`: makes the one file by which anyone verifies an election without the house, or
tells with --check whether the committed one is what the sources give."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cae.core.catalogues import compile_catalogues
from governance.management.assembling import TARGET, assembled


class Command(BaseCommand):
    help = "Assembles docs/verify/verify_election.py from governance/engines/ballots."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        compile_catalogues()
        text = assembled()
        if options["check"]:
            if not TARGET.exists() or TARGET.read_text() != text:
                raise CommandError("docs/verify/verify_election.py is not what the sources give.")
            return
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(text)
        self.stdout.write(f"{TARGET.name}: {len(text.encode()) // 1024} KB")
