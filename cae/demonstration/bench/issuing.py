"""Issuing by one client and by sixteen at once: how many a second, and that no number is missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from cae.demonstration.bench.report import Rate
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, VatRate
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.services.checking import check_invoice
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.issuing import issue_invoice
from people.models import User

CLIENTS = (1, 16)
DOCUMENTS = 96
AUTHOR = "entrepreneur@demo.coop"

Act = Callable[[Invoice], object]


def measure_issuing(author_email: str = AUTHOR) -> list[Rate]:
    """With verdicts given beforehand, then with the judges asked on the way."""
    author, today = User.objects.get(email=author_email), timezone.localdate()
    rates = []
    for clients in CLIENTS:
        drafts = _drafts(author, today)
        for draft in drafts:
            check_invoice(draft, actor=author, on=today)
        rates.append(_rate("issuing", clients, drafts, lambda draft: _issue(draft, author, today)))
    for clients in CLIENTS:
        drafts = _drafts(author, today)
        rates.append(
            _rate(
                "judging and issuing", clients, drafts, lambda draft: _judge_and_issue(draft, author, today)
            )
        )
    return rates


def _issue(draft: Invoice, author: User, today: date) -> None:
    issue_invoice(draft, actor=author, on=today, today=today)


def _judge_and_issue(draft: Invoice, author: User, today: date) -> None:
    check_invoice(draft, actor=author, on=today)
    _issue(draft, author, today)


def _drafts(author: User, today: date) -> list[Invoice]:
    """Invoices of three lines, each with its own content, so that each asks for its own verdict."""
    own = Activity.objects.owned_by(author, on=today)
    customer = Customer.objects.active().filter(activity__in=own, siren__gt="").order_by("pk")[0]
    rate = vat_rates_in_force(today).get(code="normal")
    return [_draft(customer, rate, author) for _number in range(DOCUMENTS)]


def _draft(customer: Customer, rate: VatRate, author: User) -> Invoice:
    key = uuid4()
    lines = tuple(
        LineContent(f"Reportage {key}", quantity=Decimal(quantity), unit_price=Decimal(420), vat_rate=rate)
        for quantity in (1, 2, 3)
    )
    content = DraftContent(customer=customer, lines=lines, order_reference="BENCH")
    return create_draft(customer.activity, content=content, form_key=key, actor=author)


def _rate(name: str, clients: int, drafts: Sequence[Invoice], act: Act) -> Rate:
    """Each client has its own connection, as each web process does."""
    shares = [drafts[first::clients] for first in range(clients)]
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda share: _work(share, act), shares))
    seconds = time.perf_counter() - start
    return Rate(name, clients, len(drafts), seconds, gaps=_gaps(drafts))


def _work(share: Sequence[Invoice], act: Act) -> None:
    try:
        for draft in share:
            act(draft)
    finally:
        connection.close()


def _gaps(drafts: Sequence[Invoice]) -> int:
    """How many numbers are missing between the first and the last that these documents received."""
    rows = Invoice.objects.filter(pk__in=[draft.pk for draft in drafts]).values_list("number", flat=True)
    ranks = sorted(int(str(number).rpartition("-")[2]) for number in rows)
    return ranks[-1] - ranks[0] + 1 - len(set(ranks))
