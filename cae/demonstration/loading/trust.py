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
from invoicing.states import CheckedKind

# Person, kind of document, ceiling before tax, since how many days.
TRUSTED: tuple[tuple[str, CheckedKind, str | None, int], ...] = (
    ("entrepreneur", CheckedKind.QUOTE, "3000.00", 320),
    ("entrepreneur", CheckedKind.INVOICE, "3000.00", 320),
    ("associate", CheckedKind.QUOTE, None, 700),
    ("associate", CheckedKind.INVOICE, None, 700),
    ("associate", CheckedKind.CREDIT_NOTE, "500.00", 210),
)
# What this person finished waits for the team: the first months are read before they leave.
CHECKED = "project-holder"


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
    author = population.accounts[CHECKED]
    activities = [shop.activity for shop in shops if shop.author == author]
    for draft in Invoice.objects.drafts().filter(activity__in=activities, lines__isnull=False).distinct():
        submit_invoice(draft, actor=author, on=today)
