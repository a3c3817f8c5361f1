"""Months closed and entries by hand, made through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Entry, Period
from accounting.selectors.accounts import shared_section
from accounting.services.periods import close_month
from accounting.services.posting import post_entry
from cae.core.periods import Month

TODAY = date(2026, 11, 27)


def post(on: date, amount: str = "100.00", *, journal: str = "OD", source: Any = None) -> Entry:
    """An entry of the shared section, as small as can be."""
    section, sum_of = shared_section().pk, Decimal(amount)
    lines = (debit("627000", section, sum_of), credit("bank", section, sum_of))
    return post_entry(EntryDraft(journal, on, "Frais bancaires", lines), actor=None, source=source)


def close(text: str, *, actor: Any = None, today: date = TODAY) -> Period:
    """A month closed, whatever is pointed at."""
    return close_month(Month.parse(text), looked=True, actor=actor, today=today)
