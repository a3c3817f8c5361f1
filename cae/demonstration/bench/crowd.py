"""The same pages among a thousand people and a hundred thousand invoices (`./alveole bench --load`)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.tables import TOTALS
from cae.demonstration.bench.pages import LIMIT, READER, NotConstant, compare
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from cae.demonstration.mass.building import open_stalls, sell
from cae.demonstration.mass.people import Stall
from cae.demonstration.mass.plan import DAYS, Season
from people.models import User

# The first invoices of the cooperative are those of its first activities, who then sell nothing more: their
# own list stays the same while the house grows around it.
FIRST_INVOICES, FIRST_ACTIVITIES = 1000, 20
GROWN_LIMIT = 1.3
HTMX = {"HX-Request": "true"}

Say = Callable[[str], None]


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
    client = _reader(stall.author.email)
    url = reverse("invoicing:invoice_list")
    return medians({"ours": lambda: client.get(url)}, seconds=seconds)["ours"]


def _reader(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def _pages(stalls: list[Stall], seconds: float, today: date, say: Say) -> list[Comparison]:
    seller = stalls[-1]
    own = reverse("accounting:activity_statement", args=[seller.activity.pk])
    pages = [
        ("accountant: home", READER, reverse("portal:home")),
        ("accountant: invoices", READER, reverse("invoicing:invoice_list")),
        ("accountant: receipts", READER, reverse("invoicing:receipt_list")),
        ("accountant: customers", READER, reverse("invoicing:customer_list")),
        ("accountant: entries", READER, reverse("accounting:entry_list")),
        ("accountant: contributions", READER, reverse("accounting:run_list")),
        ("accountant: people", READER, reverse("people:person_list")),
        ("accountant: statement of an activity", READER, own),
        ("entrepreneur: home", seller.author.email, reverse("portal:home")),
        ("entrepreneur: invoices", seller.author.email, reverse("invoicing:invoice_list")),
        ("entrepreneur: statement", seller.author.email, own),
    ]
    found = []
    for name, email, url in pages:
        say(f"Measuring {name}…")
        try:
            found.append(compare(_reader(email), name, url, seconds, limit=LIMIT))
        except NotConstant as reason:
            # One page less in the table is better than a house built for nothing.
            say(f"{name} is left out: {reason}")
    return found


def prove(*, say: Say) -> None:
    """Last, since it reads everything: raises CommandError when the books are not whole."""
    started = time.monotonic()
    call_command("check_books")
    say(f"Books whole, proved in {time.monotonic() - started:.0f} s.")


def measure_sums(*, seconds: float) -> dict[str, float]:
    """What comes after the page, in milliseconds: totals of the list, figures of the home page."""
    client = _reader(READER)
    addresses: dict[str, str] = {
        "totals of the invoices": f"{reverse('invoicing:invoice_list')}?{TOTALS}=1",
        "figures of the home page": reverse("portal:home_figures"),
    }
    found = {}
    for name, url in addresses.items():
        ask = partial(client.get, url, headers=HTMX)
        found[name] = medians({name: ask}, seconds=seconds)[name]
    return found
