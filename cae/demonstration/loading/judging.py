"""Has the judges read the next documents while the former ones are written: half the time of a loading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

from invoicing.engines.checker.protocol import Finding
from invoicing.engines.cii import content_hash
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice
from invoicing.selectors.einvoices import einvoice_of
from invoicing.services.checking import judged

Findings = tuple[Finding, ...]


class Ahead:
    """Judges by the content; what was not asked in advance is asked at once."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._asked: dict[str, Future[Findings]] = {}

    def ask(self, drafts: Iterable[tuple[Invoice, date]]) -> None:
        """Each draft, as it will be issued on its day."""
        for draft, on in drafts:
            content = einvoice_of(draft, on=on)
            self._asked[content_hash(content)] = self._pool.submit(judged, content)

    def findings(self, content: EInvoice) -> Findings:
        asked = self._asked.pop(content_hash(content), None)
        return asked.result() if asked else judged(content)


@contextmanager
def judging_ahead() -> Iterator[Ahead]:
    """Left early, nothing more is asked."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        yield Ahead(pool)
    finally:
        pool.shutdown(cancel_futures=True)
