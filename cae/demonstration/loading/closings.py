"""The books in the demonstration: months closed and locked, entries by hand, a model, a subscription."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from accounting.models import Account, AnalyticAccount, Journal, Period
from accounting.selectors.accounts import shared_section
from accounting.selectors.periods import first_to_close
from accounting.services.entry_models import (
    ModelContent,
    ModelLineContent,
    RecurringContent,
    create_model,
    create_recurring,
    post_due,
)
from accounting.services.manual import ManualContent, ManualLineContent, create_manual, validate_manual
from accounting.services.periods import close_month, lock_month
from accounting.states.manual import LineSide
from accounting.states.periods import PeriodState
from cae.core.periods import Month
from cae.demonstration.loading.people import Population
from people.models import User

# How many of the months closed may still be reopened.
STILL_OPENED = 2


def write_by_hand(population: Population, *, today: date) -> None:
    """An accrual to be reversed next month, an entry that does not balance yet, the rent of the offices."""
    actor, month = population.accounts["accountant"], Month.of(today)
    accounts = {row.number: row for row in Account.objects.all()}
    journal, section = Journal.objects.get(code="OD"), shared_section()

    def lines(debit: str, credit: str, amount: str, short: str = "0") -> tuple[ManualLineContent, ...]:
        owed = Decimal(amount) - Decimal(short)
        return (
            ManualLineContent(accounts[debit], section, debit=Decimal(amount)),
            ManualLineContent(accounts[credit], section, credit=owed),
        )

    accrued = ManualContent(
        journal,
        month.first,
        "Honoraires du commissaire aux comptes, à recevoir",
        lines("604000", "401000", "2400.00"),
        piece="CCA-1",
        reverse_on=month.next().first,
    )
    row = create_manual(accrued, form_key=uuid4(), actor=actor)
    validate_manual(row, version=row.version, actor=actor)
    waiting = ManualContent(
        journal,
        month.first,
        "Frais bancaires du mois, à compléter",
        lines("627000", "512000", "86.40", short="6.40"),
    )
    create_manual(waiting, form_key=uuid4(), actor=actor)
    _rent_the_offices(accounts, section, today=today, actor=actor)


def _rent_the_offices(
    accounts: dict[str, Account], section: AnalyticAccount, *, today: date, actor: User
) -> None:
    """A model, and its subscription since last month."""
    rent = ModelContent(
        "Loyer des bureaux",
        Journal.objects.get(code="AC"),
        "Loyer des bureaux",
        (
            ModelLineContent(accounts["611000"], section, LineSide.DEBIT, share=Decimal(1)),
            ModelLineContent(accounts["401000"], section, LineSide.CREDIT, share=Decimal(1)),
        ),
    )
    model = create_model(rent, form_key=uuid4(), actor=actor)
    since = RecurringContent(
        model, "Loyer des bureaux", "month", Month.of(today).previous().first, Decimal("1850.00")
    )
    create_recurring(since, form_key=uuid4(), actor=actor)
    post_due(today=today)


def close_months(population: Population, *, today: date) -> None:
    """From the first month of the books to two months ago, the last two of them not locked: nothing else may
    be booked there afterwards, so it comes last."""
    actor = population.accounts["accountant"]
    last = Month.of(today).previous().previous()
    month = first_to_close()
    while month is not None and month <= last:
        close_month(month, looked=True, actor=actor, today=today)
        month = month.next()
    closed = list(Period.objects.filter(state=PeriodState.CLOSED).order_by("starts_on"))
    for period in closed[:-STILL_OPENED]:
        lock_month(period.month, actor=population.accounts["manager"])
