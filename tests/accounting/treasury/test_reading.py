"""The cash of sections and of the cooperative, read from the books (ACC-30)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.treasury.cash import CashState, summed
from accounting.models import AnalyticAccount
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.treasury import cash_of_house, cash_states
from accounting.services.posting import post_entry
from cae.core.money import ZERO
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db

LAST_OF_MARCH, MAY = date(2026, 3, 31), date(2026, 5, 12)


def move(section: AnalyticAccount, taken: str, given: str, amount: str, on: date) -> None:
    lines = (debit(taken, section.pk, Decimal(amount)), credit(given, section.pk, Decimal(amount)))
    with transaction.atomic():
        post_entry(EntryDraft("OD", on, "Essai", lines), actor=None, source=None)


def busy(section: AnalyticAccount) -> None:
    """Of each line of the cash, over whole months and the one that has begun."""
    for taken, given, amount, on in (
        ("bank", "revenue_services", "1000.00", date(2026, 2, 3)),
        ("customer", "revenue_services", "600.00", LAST_OF_MARCH),
        ("expense_travel", "supplier", "150.00", date(2026, 4, 1)),
        ("gross_pay", "pay_due", "300.00", date(2026, 4, 30)),
        ("employer_charges", "social_bodies", "80.00", date(2026, 5, 1)),
        ("revenue_services", "vat_collected", "100.00", MAY),
        ("expense_meals", "claimant", "40.00", MAY),
        # After the day that is asked.
        ("bank", "revenue_services", "7.00", date(2026, 5, 13)),
    ):
        move(section, taken, given, amount, on)


def test_the_cash_of_a_section_on_a_day_is_that_of_its_lines() -> None:
    section, idle = section_of(make_activity()), section_of(make_activity())
    busy(section)
    found = cash_states([section, idle], MAY)
    assert found[section.pk] == CashState(
        Decimal("1000.00"),
        Decimal("-180.00"),
        Decimal("-150.00"),
        Decimal("-300.00"),
        Decimal("600.00"),
        Decimal("-40.00"),
    )
    assert found[idle.pk] == CashState()
    # The last day of a month is in its total; the day after is not yet.
    march = cash_states([section], LAST_OF_MARCH)[section.pk]
    assert (march.cash, march.customers, march.suppliers) == (Decimal("1000.00"), Decimal("600.00"), ZERO)
    assert cash_states([section], date(2026, 3, 30))[section.pk].customers == ZERO


def test_the_cooperative_is_the_sum_of_its_sections_in_as_few_questions() -> None:
    sections = [shared_section(), *(section_of(make_activity()) for _turn in range(30))]
    for section in sections[:3]:
        busy(section)
    with CaptureQueriesContext(connection) as one:
        cash_states(sections[:1], MAY)
    with CaptureQueriesContext(connection) as all_of_them:
        states = cash_states(sections, MAY)
    assert len(one) == len(all_of_them) == 1
    assert summed(states.values()) == cash_of_house(MAY)
    assert cash_of_house(MAY).reference == Decimal("2010.00")
