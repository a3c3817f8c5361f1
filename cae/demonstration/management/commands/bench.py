"""`./alveole bench`: says how long things take, on data of its own; never fails a build."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cae.demonstration.bench.ballots import measure_ballots
from cae.demonstration.bench.batch import DOCUMENTS, measure_batch
from cae.demonstration.bench.bookings import measure_bookings
from cae.demonstration.bench.books import measure_books
from cae.demonstration.bench.contribution import measure_contribution
from cae.demonstration.bench.crowd import Crowd, measure_crowd, measure_sums, prove
from cae.demonstration.bench.fec import measure_fec
from cae.demonstration.bench.ground import own_cooperative
from cae.demonstration.bench.incoming import measure_incoming
from cae.demonstration.bench.issuing import measure_issuing
from cae.demonstration.bench.pages import measure_pages
from cae.demonstration.bench.path import measure_path
from cae.demonstration.bench.pay import measure_pay
from cae.demonstration.bench.pay_month import measure_pay_month
from cae.demonstration.bench.printing import measure_printing
from cae.demonstration.bench.report import Report
from cae.demonstration.bench.sealing import measure_sealing
from cae.demonstration.bench.sitting import measure_screen, measure_sitting
from cae.demonstration.bench.voting import measure_voting

FIRST_ENTREPRENEUR = "p1@mass.example"


class Command(BaseCommand):
    help = "Measures pages, issuing, printing and contributions in a database that is thrown away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--load", action="store_true", help="a large house instead: takes a while")
        parser.add_argument("--books", action="store_true", help="a million lines of the books instead")
        parser.add_argument("--people", type=int, default=1000, help="with --load")
        parser.add_argument("--invoices", type=int, default=100_000, help="with --load")
        parser.add_argument("--pdfs", type=int, default=DOCUMENTS, help="how many in the batch of PDFs")
        parser.add_argument("--seconds", type=float, default=10, help="time given to each comparison")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The bench loads the demonstration: it runs with DEMONSTRATION=1 only.")
        measure = self._load if options["load"] else self._books if options["books"] else self._usual
        report = measure(options)
        self.stdout.write(report.as_json() if options["json"] else report.as_text())

    def _load(self, options: dict[str, Any]) -> Report:
        """Lists, home and statement in a large house, then its documents issued by many at once."""
        crowd = Crowd(options["people"], options["invoices"], options["seconds"])
        start = time.perf_counter()
        with own_cooperative(empty=True):
            comparisons = measure_crowd(crowd, say=partial(self._say, options=options))
            sums = measure_sums(seconds=options["seconds"])
            self._say("Measuring the issue of documents…", options)
            rates = measure_issuing(FIRST_ENTREPRENEUR)
            report = Report(comparisons, rates, time.perf_counter() - start, sums)
            self._say(report.as_text(), options)
            self._say("Proving the books…", options)
            prove(say=lambda sentence: self._say(sentence, options))
            return report

    def _books(self, options: dict[str, Any]) -> Report:
        """Statements among a thousand lines, then a million, and their FEC."""
        start = time.perf_counter()
        with own_cooperative(empty=True):
            comparisons = measure_books(seconds=options["seconds"])
            self._say("Measuring the FEC…", options)
            of_fec, sums = measure_fec()
            return Report(comparisons + of_fec, [], time.perf_counter() - start, sums)

    def _usual(self, options: dict[str, Any]) -> Report:
        start = time.perf_counter()
        with own_cooperative():
            loading = time.perf_counter() - start
            self._say("Measuring pages…", options)
            say = partial(self._say, options=options)
            comparisons = measure_pages(seconds=options["seconds"], say=say)
            self._say("Measuring the path…", options)
            comparisons += measure_path(seconds=options["seconds"], say=say)
            self._say("Measuring the places…", options)
            comparisons += measure_bookings(seconds=options["seconds"], say=say)
            self._say("Measuring a sitting…", options)
            comparisons += measure_sitting(seconds=options["seconds"], say=say)
            self._say("Measuring the Factur-X file…", options)
            comparisons.append(measure_printing(seconds=options["seconds"]))
            self._say("Measuring the issue of documents…", options)
            rates = measure_issuing()
            self._say("Measuring what comes in…", options)
            rates += measure_incoming()
            self._say("Measuring a batch of PDFs…", options)
            batches = [measure_batch(options["pdfs"])]
            self._say("Measuring the contribution of a month…", options)
            comparisons.append(measure_contribution())
            self._say("Measuring a simulated pay…", options)
            comparisons += measure_pay()
            self._say("Measuring a month of pay…", options)
            works = [measure_pay_month()]
            self._say("Measuring the secret ballot…", options)
            comparisons += measure_ballots()
            self._say("Measuring the ballots of an assembly…", options)
            rates.append(measure_screen(seconds=options["seconds"] / 2))
            rates.append(measure_voting())
            self._say("Measuring a secret ballot in the browser…", options)
            comparisons += measure_sealing()
            return Report(comparisons, rates, loading, batches=batches, works=works)

    def _say(self, sentence: str, options: dict[str, Any]) -> None:
        if not options["json"]:
            self.stderr.write(sentence)
