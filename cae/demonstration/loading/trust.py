"""Who validates alone in the demonstration, and what waits for the team (INV-16, PEO-24)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population
from invoicing.models import Invoice
from invoicing.services.self_validating import give_self_validation
from invoicing.services.submitting import submit_invoice
from invoicing.states.sales import CheckedKind

# Person, kind of document, ceiling before tax, since how many days.
TRUSTED: tuple[tuple[str, CheckedKind, str | None, int], ...] = (
    ("entrepreneur", CheckedKind.QUOTE, "3000.00", 320),
    ("entrepreneur", CheckedKind.INVOICE, "3000.00", 320),
    ("associate", CheckedKind.QUOTE, None, 700),
    ("associate", CheckedKind.INVOICE, None, 700),
    ("associate", CheckedKind.CREDIT_NOTE, "500.00", 210),
    ("trusted", CheckedKind.QUOTE, None, 500),
    ("trusted", CheckedKind.INVOICE, None, 500),
    ("lacoste", CheckedKind.QUOTE, "5000.00", 120),
    ("duboscq", CheckedKind.QUOTE, "10000.00", 400),
    ("duboscq", CheckedKind.INVOICE, "6000.00", 400),
)
# What these people finished waits for the team: the first months are read before they leave.
CHECKED = ("project-holder", "checked")


def trust(population: Population, *, today: date) -> None:
    for slug, kind, ceiling, since in TRUSTED:
        give_self_validation(
            population.persons[slug],
            kind=kind,
            ceiling=None if ceiling is None else Decimal(ceiling),
            starts_on=days_ago(today, since),
            reason="Documents relus sans correction depuis un an",
            actor=population.accounts["accountant"],
        )


def hand_over(shops: Iterable[Shop], population: Population, *, today: date) -> None:
    authors = {population.accounts[slug] for slug in CHECKED}
    mine = {shop.activity.pk: shop.author for shop in shops if shop.author in authors}
    drafts = Invoice.objects.drafts().invoices().filter(activity__in=mine, lines__isnull=False)
    for draft in drafts.distinct().order_by("pk"):
        submit_invoice(draft, actor=mine[draft.activity_id], on=today)
