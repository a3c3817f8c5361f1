"""A batch of Factur-X files in one process, then in two: how much the second helps, what they weigh."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django

from cae.demonstration.bench.memory import most_megabytes
from cae.demonstration.bench.report import Batch
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice

DOCUMENTS = 1000
AIM = 1.6


def measure_batch(documents: int = DOCUMENTS) -> Batch:
    """The same pages each time: what is measured is the making, not the reading of the database."""
    rows = Invoice.objects.issued().invoices().filter(facts__isnull=False).order_by("issued_on", "pk")[:20]
    pages = []
    for invoice in rows:
        facts = EInvoice.from_json(invoice.facts)  # type: ignore[arg-type]
        pages.append((invoice_html(facts), build_xml(facts)))
    alone, peak_alone = _made(pages, documents, processes=1)
    both, peak_both = _made(pages, documents, processes=2)
    return Batch("Factur-X files in a batch", documents, alone, both, max(peak_alone, peak_both), AIM)


def _made(pages: list[tuple[str, bytes]], documents: int, *, processes: int) -> tuple[float, float]:
    """Seconds, and the megabytes of the heaviest process. Each has made a file before the clock starts: what
    a worker loads once is no part of a batch."""
    share = documents // processes
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        list(pool.map(_print, [pages] * processes, [1] * processes))
        start = time.perf_counter()
        peaks = list(pool.map(_print, [pages] * processes, [share] * processes))
        return time.perf_counter() - start, max(peaks)


def _print(pages: list[tuple[str, bytes]], count: int) -> float:
    for number in range(count):
        html, xml = pages[number % len(pages)]
        facturx_pdf(html, xml)
    return most_megabytes()
