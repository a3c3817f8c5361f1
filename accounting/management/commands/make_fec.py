"""`manage.py make_fec 2026`: produces the FEC of a year of the books, checks it, says where it is."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounting.selectors.fec_files import FEC_FILE, files_of_exports
from accounting.selectors.fec_words import fault_words, faults_kept
from accounting.selectors.periods import year_span
from accounting.services.fec_making import make_fec
from cae.core.errors import Refused
from cae.core.templatetags.formats import money


class Command(BaseCommand):
    help = "Produces the FEC (LPF art. A47 A-1) of a year of the books and checks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("year", nargs="?", type=int, help="the year that holds its 31 December")
        which.add_argument("--on", type=date.fromisoformat, help="the year that holds this day, AAAA-MM-JJ")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = options["on"] or date(options["year"], 12, 31)
        try:
            export = make_fec(year_span(on), actor=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        file = files_of_exports([export])[export.pk, FEC_FILE]
        facts = {
            "export": export,
            "file": file,
            "count": export.line_count,
            "debit": money(export.debit),
            "credit": money(export.credit),
        }
        self.stdout.write(
            _("%(export)s : %(file)s, lignes : %(count)d, débit %(debit)s, crédit %(credit)s.") % facts
        )
        self.stdout.write(str(file.file.name))
        if export.is_provisional:
            self.stdout.write(_("L’exercice n’est pas clos : ce fichier est provisoire."))
        if export.reads_openings:
            self.stdout.write(
                _("Les à-nouveaux sont les soldes de la veille : aucune écriture ne les passe.")
            )
        if export.fault_count:
            for fault in faults_kept(export.faults):
                self.stderr.write(fault_words(fault))
            raise CommandError(_("Défauts trouvés : %(count)d.") % {"count": export.fault_count})
