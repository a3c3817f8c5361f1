"""Compiles the style sheet, or tells with --check whether the committed one is what the sources give."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cae.core import stylesheet


class Command(BaseCommand):
    help = "Compile static/scss and static/css into static/build/alveole.css"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        text, target = stylesheet.compiled(stylesheet.static_folder()), stylesheet.built_file()
        if options["check"]:
            if not target.exists() or target.read_text() != text:
                raise CommandError("static/build/alveole.css is not what the sources give: run ./alveole css")
            return
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
        self.stdout.write(f"{target.name}: {len(text.encode()) // 1024} KB")
