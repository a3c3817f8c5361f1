"""The same pages among a thousand people and a hundred thousand invoices (`./alveole bench --load`)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cae.core.tables import TOTALS
from cae.demonstration.bench.pages import (
    ADVISOR,
    READER,
    Say,
    Shown,
    measure_all,
    paid_invoice,
    reader,
)
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from cae.demonstration.mass.building import open_stalls, sell
from cae.demonstration.mass.people import Stall
from cae.demonstration.mass.plan import DAYS, Season
from invoicing.models import Invoice

# The first invoices of the cooperative are those of its first activities, who then sell nothing more: their
# own list stays the same while the house grows around it.
FIRST_INVOICES, FIRST_ACTIVITIES = 1000, 20
GROWN_LIMIT = 1.3
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Crowd:
    """How many people and invoices, and how long each measure lasts."""

    people: int
    invoices: int
    seconds: float

    @property
    def first(self) -> Season:
        stalls = min(FIRST_ACTIVITIES, self.people)
        return Season(min(FIRST_INVOICES, self.invoices // 2), range(stalls), 2 * DAYS, DAYS)

    @property
    def rest(self) -> Season:
        return Season(self.invoices - self.first.count, range(self.first.stalls.stop, self.people))


def measure_crowd(crowd: Crowd, *, say: Say) -> list[Comparison]:
    """Grows the house in two seasons; the list of an entrepreneur is measured after each."""
    today, now = timezone.localdate(), timezone.now()
    stalls = open_stalls(crowd.people, today=today, now=now, say=say)
    sell(stalls, crowd.first, today=today, say=say)
    early = _own_list(stalls[0], crowd.seconds)
    started = time.monotonic()
    sell(stalls, crowd.rest, today=today, say=say)
    say(f"{crowd.rest.count} invoices written in {time.monotonic() - started:.0f} s.")
    grown = Comparison(
        f"own list, {crowd.invoices} against {crowd.first.count}",
        ours=_own_list(stalls[0], crowd.seconds),
        bare=early,
        limit=GROWN_LIMIT,
    )
    return [grown, *_pages(stalls, crowd.seconds, today, say)]


def _own_list(stall: Stall, seconds: float) -> float:
    client = reader(stall.author.email)
    url = reverse("invoicing:invoice_list")
    return medians({"ours": lambda: client.get(url)}, seconds=seconds)["ours"]


def _pages(stalls: list[Stall], seconds: float, today: date, say: Say) -> list[Comparison]:
    seller = stalls[-1]
    own = seller.author.email
    lists = {
        "invoices": "invoicing:invoice_list",
        "quotes": "invoicing:quote_list",
        "receipts": "invoicing:receipt_list",
        "customers": "invoicing:customer_list",
        "entries": "accounting:entry_list",
        "contributions": "accounting:run_list",
        "people": "people:person_list",
    }
    statement = reverse("accounting:activity_statement", args=[seller.activity.pk])
    invoice = paid_invoice(Invoice.objects.filter(activity=seller.activity)).get_absolute_url()
    pages = [
        Shown("accountant: home", READER, reverse("portal:home")),
        *(Shown(f"accountant: {name}", READER, reverse(url)) for name, url in lists.items()),
        Shown("accountant: statement of an activity", READER, statement),
        Shown("accountant: page of one invoice", READER, invoice),
        Shown("accountant: documents to check", READER, reverse("invoicing:queue")),
        Shown("advisor: home", ADVISOR, reverse("portal:home")),
        Shown("advisor: invoices", ADVISOR, reverse("invoicing:invoice_list")),
        Shown("entrepreneur: home", own, reverse("portal:home")),
        Shown("entrepreneur: invoices", own, reverse("invoicing:invoice_list")),
        Shown("entrepreneur: receipts", own, reverse("invoicing:receipt_list")),
        Shown("entrepreneur: statement", own, statement),
        Shown("entrepreneur: page of one invoice", own, invoice),
    ]
    return measure_all(pages, seconds, say)


def prove(*, say: Say) -> None:
    """Last, since it reads everything: raises CommandError when the books are not whole."""
    started = time.monotonic()
    call_command("check_books")
    say(f"Books whole, proved in {time.monotonic() - started:.0f} s.")


def measure_sums(*, seconds: float) -> dict[str, float]:
    """What comes after the page, in milliseconds: totals of the list, figures of the home page."""
    client = reader(READER)
    addresses: dict[str, str] = {
        "totals of the invoices": f"{reverse('invoicing:invoice_list')}?{TOTALS}=1",
        "figures of the home page": reverse("portal:home_figures"),
    }
    found = {}
    for name, url in addresses.items():
        ask = partial(client.get, url, headers=HTMX)
        found[name] = medians({name: ask}, seconds=seconds)[name]
    return found
